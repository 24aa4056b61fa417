#!/bin/sh
# The built-in images can be learnt to over 95 %, so that a first run without data ends with a trained network.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common

learns() {
    train run --synthetic --epochs 2 --lr 0.01 --no-plots --quiet || return 1
    accuracy=$(tail -n 1 "$scratch/run/log.csv" | cut -d , -f 5)
    echo "test accuracy $accuracy"
    awk -v accuracy="$accuracy" 'BEGIN { exit !(accuracy > 0.95) }'
}

expect "over 95 % of the test images after two epochs" learns
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
