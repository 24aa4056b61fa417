#!/bin/sh
# The memory plan at work: a model with its tensors in one arena (--memory plan), the same with every
# tensor filled with NaN after its last use (poison) and one with every tensor by itself (separate)
# must compute the same to the last bit, partial batches too. The separate build once more with the
# sanitizers, which see a step outside of any tensor: a line between two is poisoned. And each of these nets, shown to hold.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/poison
. tests/generated/common

model() { # model SPEC TARGET MEMORY FOLDER [BATCH]
    gen/castnet "$1" -o "$4" --target "$2" --batch "${5:-16}" --memory "$3"
}

printed() { # printed FOLDER FLAGS [TWIN]: what the model's steps print goes to FOLDER.out
    compile_model "$@" && link_model "$1" "$2" "$1/steps" tests/generated/steps.c \
        tests/generated/drive.c tests/generated/tensors.c tests/generated/run.c &&
        OPENBLAS_NUM_THREADS=1 "$1/steps" >"$1.out"
}

# Instrumented code rounds as its own optimisation has it: that it runs is all.
sanitized() { # sanitized FOLDER [TWIN]
    printed "$1" "-O0 -g -fsanitize=address,undefined -fno-sanitize-recover=all" "${2:-}"
}

# check SPEC TARGET: one line `passed ...` or `failed ...`
check() {
    dir=$scratch/$(basename "$1" .lua).$2
    mkdir -p "$dir"
    for memory in separate plan poison; do
        if ! { model "$1" "$2" $memory "$dir/$memory" && printed "$dir/$memory" -O1 "$dir/separate" &&
            cmp "$dir/separate.out" "$dir/$memory.out"; } >"$dir/log" 2>&1; then
            echo "failed $1 $2 $memory: $(head -n 3 "$dir/log")"
        else
            echo "passed $1 $2 $memory"
        fi
    done
    if { model "$1" "$2" separate "$dir/sanitized" 4 && sanitized "$dir/sanitized"; } \
        >"$dir/log" 2>&1; then
        echo "passed $1 $2 sanitized"
    else
        echo "failed $1 $2 sanitized:" && head -n 12 "$dir/log"
    fi
}

# --- the nets themselves, on resnet8_tiny -------------------------------------------------------

tiny=gen/specs/resnet8_tiny.lua
twin=$scratch/resnet8_tiny.portable

edit() { # edit FILE SCRIPT: a sed script that must change something
    sed "$2" "$1" >"$1.new" && ! cmp -s "$1" "$1.new" && mv "$1.new" "$1"
}

plan_too_tight() { # layer2.0.conv1 where its block's output will lie
    dir=$scratch/tight
    model $tiny portable plan $dir || return 1
    at=$(sed -n 's/^ *c->layer2_0 = place(c, \([0-9]*\));/\1/p' $dir/resnet8_tiny.c)
    edit $dir/resnet8_tiny.c "s/\(c->layer2_0_conv1 = place(c, \)[0-9]*/\1$at/" || return 1
    ! printed $dir -O1 $twin/separate || ! cmp $dir.out $twin/separate.out
}

poison_too_early() { # in forward, though backward reads it
    dir=$scratch/early
    model $tiny portable poison $dir &&
        edit $dir/forward.c 's/^ *bn_add_relu_16c16_forward/poison(c->layer2_0_relu1, 64);&/' &&
        ! printed $dir -O1 $twin/separate && grep 'not finite' $dir.out
}

array_too_small() {
    dir=$scratch/small
    model $tiny portable separate $dir 4 &&
        bytes=$(sed -n 's/^layer2\.0\.relu1  *16x16x16  *\([0-9]*\) .*/\1/p' $dir/plan.txt)
    at=$(sed -n 's/^ *c->layer2_0_relu1 = place(c, \([0-9]*\));/\1/p' $dir/resnet8_tiny.c)
    end=$((at + bytes))
    edit $dir/resnet8_tiny.c "s/place(c, $end), 64)/place(c, $((end - 64))), 128)/" || return 1
    ! sanitized $dir $twin/sanitized 2>$dir.log && grep 'use-after-poison' $dir.log
}

if [ "${1:-}" = --check ]; then
    check "$2" "$3"
    exit
fi

rm -rf $scratch && mkdir -p $scratch
export CC
# Two specs a time; ops that keep, share, drop or choose something.
xargs -L 1 -P "$(nproc)" "$0" --check >$scratch/results <<END
$tiny portable
$tiny native
tests/specs/ops/dropout.lua native
tests/specs/ops/max_pool_overlapping.lua portable
tests/specs/ops/conv_dead_taps.lua native
tests/specs/ops/freeze_prefix.lua native
tests/specs/ops/freeze_middle.lua portable
END
grep -v '^passed' $scratch/results
passed=$(grep -c '^passed' $scratch/results)
failed=$(grep -c '^failed' $scratch/results)
expect "a plan too tight changes the numbers" plan_too_tight
expect "poison too early is seen" poison_too_early
expect "an array too small is seen" array_too_small
summary
