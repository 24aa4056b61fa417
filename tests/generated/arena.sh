#!/bin/sh
# Arenas above 1 GiB come from the system (runtime/platform/arena.c): such a model computes on few images what
# one with a static arena does, to the last bit, and says so in one line if there is no memory.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/arena
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch

# steps FOLDER BATCH TARGET: builds and runs; only the pages of 4 images are ever touched
steps() {
    gen/castnet gen/specs/resnet8_tiny.lua -o "$1" --batch "$2" --target "$3" &&
        compile_model "$1" -O1 && link_model "$1" -O1 "$1/steps" tests/generated/steps.c \
        tests/generated/drive.c tests/generated/tensors.c runtime/platform/arena.c runtime/platform/pool_serial.c \
        runtime/error.c && OPENBLAS_NUM_THREADS=1 "$1/steps" 4 >"$1.out"
}

above_1_gib() {
    bytes=$(sed -n 's/#define MODEL_ARENA_BYTES \([0-9]*\)L.*/\1/p' "$1/model.h")
    echo "$bytes bytes" && [ "$bytes" -gt 1073741824 ] && grep 'model_map(' "$1/resnet8_tiny.c"
}

refused() { # without the address space for it
    (ulimit -v 800000 && "$@" >$scratch/refused 2>&1)
    status=$?
    cat $scratch/refused
    [ $status != 0 ]
}

# shellcheck disable=SC2046
trainer() {
    link_model $scratch/mapped -O0 $scratch/train runtime/train.c $(runtime_sources) \
        "runtime/platform/$(flag $scratch/mapped POOL).c"
}

one_line() {
    grep -n . $scratch/refused
    [ "$(wc -l <$scratch/refused)" = 1 ] && grep -q '^castnet: cannot map .* MiB' $scratch/refused
}

expect "a model of 2048 images runs" steps $scratch/mapped 2048 native
expect "its arena is above 1 GiB" above_1_gib $scratch/mapped
expect "a model of 16 images runs" steps $scratch/static 16 native
expect "both compute the same" cmp $scratch/mapped.out $scratch/static.out

if (ulimit -v 800000) 2>/dev/null; then
    expect "without memory, open fails" refused $scratch/mapped/steps 4
    expect "... and nothing else does" grep -qx 'open failed' $scratch/refused
    expect "its trainer links" trainer
    expect "without memory, the trainer fails" refused $scratch/train --synthetic --max-steps 1 \
        --threads 1 --out $scratch/run
    expect "... with one line" one_line
fi

expect "model_map's own test links" link_model $scratch/static -O1 $scratch/map tests/generated/arena.c \
    runtime/platform/arena.c runtime/platform/pool_serial.c runtime/error.c
expect "model_map does what model.h says" $scratch/map
summary
