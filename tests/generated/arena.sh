#!/bin/sh
# The memory of a network comes from the system in one piece (runtime/platform/arena.c): one of more than 1 GiB computes on few
# images what a small one does, to the last bit, and programs say so in one line if there is no memory.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/arena
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch

# steps FOLDER BATCH TARGET: builds and runs; only the pages of 4 images are ever touched
steps() {
    gen/castnet gen/specs/resnet8_tiny.lua -o "$1" --batch "$2" --target "$3" &&
        compile_model "$1" -O1 && link_model "$1" -O1 "$1/steps" tests/generated/steps.c \
        tests/generated/drive.c tests/generated/tensors.c runtime/context.c runtime/platform/arena.c \
        runtime/platform/pool_serial.c \
        runtime/error.c && OPENBLAS_NUM_THREADS=1 "$1/steps" 4 >"$1.out"
}

above_1_gib() {
    bytes=$(sed -n 's/#define RESNET8_TINY_BYTES \([0-9]*\).*/\1/p' "$1/resnet8_tiny.h")
    echo "$bytes bytes" && [ "$bytes" -gt 1073741824 ]
}

refused() { # refused KIB COMMAND...: without the address space for it
    kib=$1
    shift
    (ulimit -v "$kib" && "$@" >$scratch/refused 2>&1)
    status=$?
    cat $scratch/refused
    [ $status = 1 ]
}

# shellcheck disable=SC2046
trainer() { # trainer FOLDER
    link_model "$1" -O0 "$1/train" runtime/train.c $(runtime_sources) "runtime/platform/$(flag "$1" POOL).c"
}

one_line() {
    grep -n . $scratch/refused
    [ "$(wc -l <$scratch/refused)" = 1 ] && grep -q '^castnet: cannot map .* MiB' $scratch/refused
}

# without_memory FOLDER KIB
without_memory() {
    expect "the trainer of $(basename "$1") links" trainer "$1"
    expect "... fails in $2 KiB" refused "$2" "$1/train" --synthetic --max-steps 1 --threads 1 --out $scratch/run
    expect "... with one line" one_line
}

expect "a model of 4096 images runs" steps $scratch/large 4096 native
expect "its memory is above 1 GiB" above_1_gib $scratch/large
expect "a model of 16 images runs" steps $scratch/small 16 native
expect "both compute the same" cmp $scratch/large.out $scratch/small.out
expect "a portable model of 128 images runs" steps $scratch/portable 128 portable

if (ulimit -v 800000) 2>/dev/null; then
    without_memory $scratch/large 800000
    without_memory $scratch/portable 16000
fi

expect "arena_map's own test links" link_model $scratch/small -O1 $scratch/map tests/generated/arena.c runtime/platform/arena.c
expect "arena_map does what arena.h says" $scratch/map
summary
