#!/bin/sh
# Generated models against PyTorch: resnet8_tiny with each optimiser (tests/specs/torch), steps and
# losses that tests/torch/tiny.py recorded. Does not need PyTorch.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/torch_vectors
. tests/generated/common

# check OPTIMISER TARGET [TWIN]: lines `passed ...` or `failed ...`. The model of TWIN has the same
# kernels.
check() {
    folder=$scratch/$1.$2
    state=$([ "$1" != sgd ] || echo -DSTATE_MOMENTUM)
    if ! { gen/castnet "tests/specs/torch/$1.lua" -o "$folder" --target "$2" &&
        compile_model "$folder" -O2 "${3:-}" &&
        link_model "$folder" "-O2 -I tests/generated -I tests/reference $state" \
            "$folder/torch_vectors" tests/generated/torch_vectors.c tests/generated/tensors.c \
            tests/generated/run.c tests/reference/vectors.c; } >"$scratch/log" 2>&1; then
        echo "failed: $1 $2 does not build:"
        head -n 20 "$scratch/log" | sed 's/^/    /'
        return
    fi
    OPENBLAS_NUM_THREADS=1 "$folder/torch_vectors" tests/vectors/tiny.bin "$1" >"$scratch/log" 2>&1
    status=$?
    sed "s/^\([a-z]*\)\( *\)/\1\2$1 $2: /;s/^\(    *\)$1 $2: /\1/" "$scratch/log"
    [ $status -lt 2 ] || echo "failed: $1 $2 ended with status $status"
}

rm -rf $scratch && mkdir -p $scratch
targets=portable
grep -q avx2 /proc/cpuinfo && targets="portable native"
for target in $targets; do
    check adam "$target"
    check adamw "$target" "$scratch/adam.$target"
    check sgd "$target" "$scratch/adam.$target"
done >$scratch/results
cat $scratch/results
passed=$(grep -c '^passed' $scratch/results)
failed=$(grep -c '^failed' $scratch/results)
summary
