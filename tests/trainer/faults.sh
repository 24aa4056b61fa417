#!/bin/sh
# Faults around a run: each ends it with one clear line, and nothing that was there is lost.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common
skipped=0
disk=$scratch/disk
trap 'mountpoint -q "$disk" && umount "$disk"' EXIT

short() { # short OUT OPTION...: six steps, a checkpoint after each
    name=$1
    shift
    train "$name" --synthetic --no-eval --no-plots --quiet --max-steps 6 --checkpoint-every 1 "$@"
}

go_on() { # go_on OUT OPTION...
    train "$@" --resume --no-plots --quiet --max-steps 6 --checkpoint-every 1
}

# --- folders that cannot be written to ---

touch "$scratch/file"
expect "a file instead of the folder" refused "file: cannot make the folder" short file
expect "a file above the folder" refused "file: cannot make the folder" short file/run
expect "a folder that cannot be made" refused "/proc/castnet: cannot make the folder" \
    "$trainer" --out /proc/castnet --synthetic
if [ "$(id -u)" != 0 ]; then
    mkdir "$scratch/closed" && chmod 500 "$scratch/closed"
    expect "a folder without permission" refused "closed: cannot write to the folder" short closed
fi
expect "a log that cannot be written" refused "/nonexistent/steps.csv: cannot write" \
    short unlogged --log-steps /nonexistent/steps.csv
mkfifo "$scratch/pipe"
expect "a log into a pipe that nobody reads" refused "/pipe: cannot write: a pipe or device that nobody reads" \
    timeout 60 "$trainer" --out "$scratch/unlogged" --synthetic --no-plots --log-steps "$scratch/pipe"
read_rows() { # this shell reads it, once the run has ended: its rows are few
    exec 9<>"$scratch/pipe"
    short piped --log-steps "$scratch/pipe" && [ "$(timeout 20 head -n 2 <&9 | wc -l)" = 2 ]
}
expect "and into one that is read" read_rows
mkdir -p "$scratch/occupied/last.safetensors"
expect "a folder where the weights should go" refused "last.safetensors: not a regular file" \
    short occupied

# --- a full disk ---

expect "a run that nothing disturbs" short whole

# full KIBIBYTES: the run on a disk of that size, which is too small
full() {
    mount -t tmpfs -o "size=$1k" castnet-test "$disk" || return 1
    refused "No space left on device" short disk
}

nothing_half_written() {
    ls -l "$disk"
    [ "$(find "$disk" -name '*.part')" = "" ]
}

goes_on_with_more_room() {
    mount -o remount,size=8m "$disk" && go_on disk 2>"$scratch/err"
    status=$?
    cat "$scratch/err"
    [ $status = 0 ] && ! [ -s "$scratch/err" ] && same whole/last.safetensors disk/last.safetensors
}

# The log of steps lies on a disk of one page, the rest elsewhere.
steps() { # steps OUT OPTION...: 200 steps, a checkpoint after every 50
    train "$@" --no-eval --no-plots --quiet --max-steps 200 --checkpoint-every 50
}

no_checkpoint_past_a_row() {
    mount -t tmpfs -o size=4k castnet-test "$disk" || return 1
    refused "steps.csv: rows could not be written: No space left on device" \
        steps rows --synthetic --log-steps "$disk/steps.csv" &&
        rows=$(($(wc -l <"$disk/steps.csv") - 1)) && echo "$rows rows" &&
        [ "$(newest rows)" = "$scratch/rows/checkpoint-00000$((rows / 50 * 50)).castnet" ]
}

all_rows_with_more_room() {
    mount -o remount,size=1m "$disk" &&
        steps rows --resume --log-steps "$disk/steps.csv" && same all-steps.csv disk/steps.csv
}

mkdir "$disk"
if mount -t tmpfs -o size=1m castnet-test "$disk" 2>"$scratch/out"; then
    umount "$disk"
    for size in 100 600; do # room for no checkpoint, for two
        expect "a full disk, $size KiB" full $size
        expect "nothing half written on it" nothing_half_written
        [ $size = 100 ] || expect "it goes on with more room, $size KiB" goes_on_with_more_room
        umount "$disk"
    done
    expect "200 steps and their log" steps all-rows --synthetic --log-steps "$scratch/all-steps.csv"
    expect "no checkpoint is made past a row that is not on the disk" no_checkpoint_past_a_row
    expect "with more room no row is missing" all_rows_with_more_room
    umount "$disk"
else
    echo "skip: no small disk can be mounted here (needs root), full disks are not tested"
    skipped=1
fi

# --- a write that fails once ---

preloaded=$(absolute "$scratch")
$CC -shared -fPIC -o "$scratch/failing_write.so" tests/trainer/failing_write.c -ldl

# Rows of epochs and steps: every third step makes a checkpoint, so the row that failed is behind one.
fails_once() { # fails_once OUT FILE AT
    env LD_PRELOAD="$preloaded/failing_write.so" FAIL_FILE="$2" FAIL_AT="$3" "$trainer" --out "$scratch/$1" \
        --synthetic --no-eval --no-plots --quiet --max-steps 316 --checkpoint-every 3 \
        --log-steps "$scratch/$1.csv"
}

no_row_is_lost() { # no_row_is_lost OUT
    same once.csv "$1.csv" && [ "$(cut -d , -f 1 "$scratch/$1/log.csv" | tr '\n' ' ')" = "epoch 1 2 " ] &&
        [ "$(grep -c ' epoch [12]/' "$scratch/$1/training_log.txt")" = 2 ]
}

expect "a run with two rows of epochs" fails_once once nothing 0
expect "it has them" no_row_is_lost once
for file in log.csv training_log.txt epoch-log.csv; do
    for at in 2 5; do
        expect "a write to $file fails once (number $at)" fails_once epoch-log $file $at
        expect "... and no row is lost" no_row_is_lost epoch-log
        rm -rf "$scratch/epoch-log" "$scratch/epoch-log.csv"
    done
done

# --- a clock that steps back, or stands ---

$CC -shared -fPIC -o "$scratch/stepping_clock.so" tests/trainer/stepping_clock.c
stepping() { # stepping OPTION...
    env LD_PRELOAD="$preloaded/stepping_clock.so" "$trainer" --out "$scratch/stepping" --synthetic --no-eval --no-plots \
        --quiet --checkpoint-every 1 "$@"
}
sane_times() { # no negative seconds, no infinite speed
    cat "$scratch/stepping/log.csv"
    awk -F , 'NR > 1 && !($7 >= 0 && $8 > 0 && $8 < 1e9) { bad = 1 } END { exit bad || NR < 2 }' "$scratch/stepping/log.csv"
}
expect "a clock that steps back" stepping --max-steps 4
expect "... is no fault of the run's checkpoint" stepping --max-steps 315 --resume
expect "... nor of its log" sane_times

# --- files that a user names ---

for file in log.csv best.safetensors checkpoint-00000001.castnet; do
    expect "--log-steps where the run writes $file" refused "log-steps .*the run writes another file there" \
        short own --log-steps "$scratch/own/../own/$file"
    expect "--dump-gradients where the run writes $file" \
        refused "dump-gradients .*the run writes another file there" \
        short own --dump-gradients "$scratch/own/$file"
done
expect "both in one file" refused "name one file" \
    short own --log-steps "$scratch/one" --dump-gradients "$scratch/one"
expect "gradients and steps" short dumped --max-steps 1 --dump-gradients "$scratch/g" --log-steps "$scratch/s"
cp "$scratch/g" "$scratch/g.first" && cp "$scratch/s" "$scratch/s.first"
expect "of another run, to the same names" short dumped2 --seed 9 --max-steps 2 \
    --dump-gradients "$scratch/g" --log-steps "$scratch/s"
expect "the first run's gradients are there" same g.first g.earlier-1
expect "the first run's steps are there" same s.first s.earlier-1

# --- data that were named and are not there ---

named() { # named FOLDER PROGRAM OPTION...: as make runs it
    folder=$1 program=$2 made=${BUILD:-build}/resnet8_tiny-b32
    shift 2
    CIFAR10_DIR=$folder DIR=$made BIN=$made ARGS=$* .make/run "$program" cifar10 CIFAR10_DIR build/data
}
predict_named() { # predict_named FOLDER: an image file, so only names of classes could come from there
    CIFAR10_DIR=$1 "${BUILD:-build}"/resnet8_tiny-b32/predict --weights "$scratch/whole/last.safetensors" tests/images/rgb.jpg
}
mkdir "$scratch/empty"
for folder in "$scratch/typo" "$scratch/empty" "$scratch/file"; do
    kind=${folder##*/}
    expect "train on a folder that was named ($kind)" refused "$kind/data_batch_1.bin: cannot open" \
        named "$folder" train --out "$scratch/unnamed" --max-steps 1
    expect "eval on one ($kind)" refused "$kind/test_batch.bin: cannot open" \
        named "$folder" eval --weights "$scratch/whole/last.safetensors"
    expect "train with --data ($kind)" refused "$kind/data_batch_1.bin: cannot open" \
        named "" train --data "$folder" --out "$scratch/unnamed"
    expect "nothing was made ($kind)" test ! -e "$scratch/unnamed"
done
expect "predict with names from one" refused "typo: cannot read the folder" predict_named "$scratch/typo"

# --- data that change between runs ---

mkdir "$scratch/data"
for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
    truncate -s 30730000 "$scratch/data/$file.bin"
done
on_files() { # on_files OPTION...
    train files --data "$scratch/data" --no-eval --no-plots --quiet "$@"
}
expect "a run on files" on_files --max-steps 1
flip "$scratch/data/data_batch_3.bin" 12345678
expect "one changed byte is noticed" refused "made with other data" on_files --max-steps 2 --resume
flip "$scratch/data/data_batch_3.bin" 12345678
expect "with the old one it goes on" on_files --max-steps 2 --resume
truncate -s 30729999 "$scratch/data/test_batch.bin"
expect "a shorter file is noticed" refused "test_batch.bin .*cut short" \
    on_files --max-steps 3 --resume
rm "$scratch/data/data_batch_1.bin"
expect "a missing file is noticed" refused "data_batch_1.bin: cannot open" \
    on_files --max-steps 3 --resume

# --- a loss that is not a number ---

expect "a run to go wrong" short nan --max-steps 3
expect "a loss that is not finite ends it" \
    refused "step 5 (epoch 1): loss is .*, first inf or nan in .*; try a smaller --lr, with --resume" \
    go_on nan --lr 1e30
expect "training_log.txt tells of it" grep -q 'castnet: step .* loss is' "$scratch/nan/training_log.txt"

# spoil FILE TENSOR: its values become 1e38, so that the sums of what it is applied to overflow
spoil() {
    lua5.4 - "$1" "$2" <<'END'
local file = assert(io.open(arg[1], "r+b"))
local header = file:read(string.unpack("<I8", file:read(8)))
local entry = header:match('"' .. arg[2]:gsub("%p", "%%%0") .. '":(%b{})')
local first, last = entry:match('"data_offsets":%[(%d+),(%d+)%]')
file:seek("set", 8 + #header + first)
file:write((string.pack("<f", 1e38):rep((last - first) // 4)))
file:close()
END
}
cp "$scratch/whole/last.safetensors" "$scratch/spoilt.safetensors"
spoil "$scratch/spoilt.safetensors" layer2.0.conv1.weight
expect "the first tensor that is not finite is named, not what comes of it" \
    refused "step 1 (epoch 1): loss is nan, first inf or nan in layer2.0.conv1;" \
    short spoilt --init "$scratch/spoilt.safetensors"

rm "$scratch/nan"/checkpoint-0000000[4-9]*
cp -R "$scratch/nan" "$scratch/good"
expect "from the checkpoint before, it goes on" go_on good --lr 0.001
expect "to the weights of a run that never went wrong" same whole/last.safetensors \
    good/last.safetensors
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
