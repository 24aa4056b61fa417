# What scripts know of the data sets that can be downloaded (sourced, POSIX sh).

# Does folder $2 hold the files of data set $1 (cifar10, cifar100) in full? Of other sets nothing is known
# here: theirs is whole when the folder is there, and programs look at the files.
set_is_whole() {
    case $1 in
    cifar10)
        for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
            has_size "$2/$file.bin" $((10000 * 3073)) || return 1
        done
        ;;
    cifar100) has_size "$2/train.bin" $((50000 * 3074)) && has_size "$2/test.bin" $((10000 * 3074)) ;;
    *) [ -d "$2" ] ;;
    esac
}

has_size() { # has_size FILE BYTES
    [ "$(stat -L -c %s "$1" 2>/dev/null)" = "$2" ]
}
