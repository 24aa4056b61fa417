#!/bin/sh
# A generated network against PyTorch: twenty steps with every optimiser and every schedule, as tests/torch/recipes.py
# recorded them. Does not need PyTorch.
#
#   recipes.sh [FILE]      of the recorded steps; else tests/vectors/recipes.bin
#
# Prints lines `passed ...` and `failed ...`, at the end `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/recipes
. tests/generated/common
vectors=${1:-tests/vectors/recipes.bin}

# compare NAME OPTIMISER [TWIN]: the spec with this optimiser; the model of TWIN has the same kernels
compare() {
    folder=$scratch/$1
    mkdir -p "$folder"
    sed "s/net.adam {}/net.$2/" tests/specs/torch/recipes.lua >"$folder/recipes.lua"
    if ! { gen/castnet "$folder/recipes.lua" -o "$folder" --target native && compile_model "$folder" -O1 "${3:-}" &&
        link_model "$folder" "-O1 -I tests/generated -I tests/reference" "$folder/recipes" \
            tests/generated/recipes.c tests/generated/tensors.c tests/generated/run.c \
            tests/reference/vectors.c runtime/training/schedule.c; } >"$scratch/log" 2>&1; then
        echo "failed: $1 does not build:"
        head -n 20 "$scratch/log" | sed 's/^/    /'
        return
    fi
    OPENBLAS_NUM_THREADS=1 "$folder/recipes" "$vectors" "$1" >"$scratch/log" 2>&1
    status=$?
    sed "s/^\(passed\|failed\) /&$1, /" "$scratch/log"
    [ $status -lt 2 ] || echo "failed: $1 ended with status $status"
}

rm -rf $scratch && mkdir -p $scratch
{
    compare adam 'adam { lr = 3e-3, beta2 = 0.99, eps = 1e-3, weight_decay = 0.05 }'
    compare adamw 'adamw { lr = 3e-3, beta2 = 0.99, eps = 1e-3, weight_decay = 0.5 }' $scratch/adam
    compare momentum 'sgd { lr = 0.02, momentum = 0.9, weight_decay = 0.05 }' $scratch/adam
    compare nesterov 'sgd { lr = 0.02, momentum = 0.9, weight_decay = 0.05, nesterov = true }' $scratch/adam
} >$scratch/results
cat $scratch/results
passed=$(grep -c '^passed' $scratch/results)
failed=$(grep -c '^failed' $scratch/results)
summary
