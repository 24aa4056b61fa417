#!/bin/sh
# The evaluator: eval and predict, made of the evaluation program alone, find what the trainer found, to the bit,
# and have nothing of a training step in them.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common

# after SPEC OPTION...: trains a few steps, and tests the weights with the program made for that
after() {
    spec=$1 freeze=${2:-}
    # shellcheck disable=SC2086  # PARALLEL is empty or one word
    "${MAKE:-make}" ${PARALLEL:-} -f .make/model.mk MODEL="$spec" TARGET=portable BATCH=50 FREEZE="$freeze" programs || return 1
    model=${BUILD:-build}/$(gen/castnet "$spec" --print-name --target portable --batch 50 ${freeze:+--freeze "$freeze"})
    "$model/train" --synthetic --max-steps 3 --quiet --no-plots --out "$scratch/run" || return 1
    sed -n 's/^1,[^,]*,[^,]*,\([^,]*\),\([^,]*\),.*/\1 \2/p' "$scratch/run/log.csv" >"$scratch/trainer"
    "$model/eval" --synthetic --quiet --weights "$scratch/run/last.safetensors" >"$scratch/eval" || return 1
    awk 'NR == FNR { loss = $1; hits = $2; next }
        { exit !(sprintf("%.6f", loss) == $3 && sprintf("%.2f", 100 * hits) == $5) }' "$scratch/trainer" "$scratch/eval"
}

# Moving averages, decay of weights alone, clipping; dead taps, whose store weights are read into.
sed 's/net.adam { lr = 1e-3 }/net.adamw { lr = 1e-3, decay = "weights" }, clip_norm = 1, ema_decay = 0.9/
    s/"resnet8_tiny"/"tiny_averaged"/; s/{ out = 8, kernel = 3, padding = 1 }/{ out = 8, kernel = 3, stride = 4, padding = 1 }/' \
    gen/specs/resnet8_tiny.lua >"$scratch/tiny_averaged.lua"

expect "resnet8_tiny is evaluated as it was trained" after gen/specs/resnet8_tiny.lua
expect "so are moving averages and dead taps" after "$scratch/tiny_averaged.lua"
expect "and frozen layers" after gen/specs/resnet8_tiny.lua conv1,bn1
nothing_of_training() {
    ! nm "${BUILD:-build}"/resnet8_tiny-portable-b50/eval | grep -E '_grad_|backward|_update|checkpoint_'
}
expect "eval has nothing of a training step" nothing_of_training
trainer_has_it() { nm "${BUILD:-build}"/resnet8_tiny-portable-b50/train | grep -q backward; }
expect "which train has" trainer_has_it
smaller() { # the arena of the evaluator is smaller than the trainer's
    awk '/^Total/ { total[FILENAME] = $2 } END { for (f in total) if (f ~ /evaluator/) small = total[f]; else large = total[f]
        exit !(small > 0 && small < large) }' "${BUILD:-build}"/resnet8_tiny-portable-b50/plan.txt \
        "${BUILD:-build}"/resnet8_tiny-portable-b50/evaluator/plan.txt
}
expect "its arena is smaller" smaller
summary
