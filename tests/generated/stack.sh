#!/bin/sh
# How much stack a function takes, as the compiler says: at most 2 KiB in generated code, whatever the spec's
# widths, and 10 KiB in the runtime (paths take 4 KiB each). Needs gcc.
set -u
cd "$(dirname "$0")/../.." || exit 1

CC=${STACK_CC:-gcc}
. tests/generated/common

if ! command -v "${CC%% *}" >/dev/null; then
    echo "skip: no gcc, whose -fstack-usage tells"
    exit 77
fi
scratch=${BUILD:-build}/tests/stack
rm -rf $scratch && mkdir -p $scratch

# within MOST: every function of $scratch/*.su; says which is not, or which takes no fixed room
within() {
    cat $scratch/*.su | awk -F '\t' -v most="$1" '
        { functions++ }
        $2 > most || $3 ~ /^dynamic$/ { print; bad = 1 }
        END { exit bad || functions == 0 }'
}

generated() { # generated SPEC TARGET
    rm -f $scratch/*.su
    rm -rf $scratch/model
    gen/castnet "$1" -o $scratch/model --target "$2" || return 1
    for source in $scratch/model/*.c; do
        # shellcheck disable=SC2046  # flags are words
        $CC -std=c99 -O3 $(flag $scratch/model CFLAGS_TARGET) $(blas $scratch/model --cflags) \
            -fstack-usage -c -o "$scratch/$(basename "$source" .c).o" "$source" || return 1
    done
    within 2048
}

runtime() { # with the header of the model made last
    rm -f $scratch/*.su
    image=
    ! image_flags=$(pkg-config --cflags gdk-pixbuf-2.0 2>/dev/null) || image=runtime/data/image_library.c
    for source in $(runtime_sources) runtime/platform/pool.c runtime/platform/pool_serial.c $image \
        runtime/train.c runtime/eval.c runtime/predict.c; do
        # shellcheck disable=SC2086
        $CC -std=c11 -O3 -I $scratch/model/runtime -I runtime $image_flags -fstack-usage \
            -c -o "$scratch/$(basename "$source" .c).o" "$source" || return 1
    done
    within 10240
}

for target in portable native; do
    for spec in tests/specs/golden/every_op.lua tests/specs/golden/frozen.lua tests/specs/ops/*many*.lua \
        tests/specs/ops/conv_winograd.lua; do
        expect "stack of $(basename "$spec") for $target" generated "$spec" $target
    done
done
expect "stack of resnet18 for native" generated gen/specs/resnet18.lua native
expect "stack of the runtime" runtime
summary
