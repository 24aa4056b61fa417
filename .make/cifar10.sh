# Shared by the scripts that look for CIFAR-10 (sourced, POSIX sh).

# Does folder $1 hold the six files of the binary version, each 10000 records of 3073 bytes?
cifar10_whole() {
    for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
        [ "$(stat -L -c %s "$1/$file.bin" 2>/dev/null)" = 30730000 ] || return 1
    done
}
