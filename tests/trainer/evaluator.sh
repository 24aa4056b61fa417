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
# Classes that weigh differently: the loss is a mean over the weights of all images, however many a batch has. The set that is
# drawn has 2000 to test with: the last batches are smaller.
sed 's/net.cross_entropy {}/net.cross_entropy { class_weights = { 9, 1, 0.5, 1, 1, 1, 1, 4, 1, 1 }, label_smoothing = 0.1 }/
    s/"resnet8_tiny"/"tiny_weighted"/' gen/specs/resnet8_tiny.lua >"$scratch/tiny_weighted.lua"
evaluated() { # evaluated BATCH: the test loss of the weights just trained
    "${MAKE:-make}" ${PARALLEL:-} -f .make/model.mk MODEL="$scratch/tiny_weighted.lua" TARGET=portable BATCH="$1" programs >/dev/null &&
        "${BUILD:-build}/tiny_weighted-portable-b$1/eval" --synthetic --quiet --weights "$scratch/run/last.safetensors" |
        sed -n 's/^test loss \([^ ]*\) .*/\1/p'
}
same_loss() { [ -n "$1" ] && awk -v one="$1" -v other="$2" 'BEGIN { exit !(one - other < 2e-6 && other - one < 2e-6) }'; }
expect "weighted classes are evaluated as they were trained" after "$scratch/tiny_weighted.lua"
expect "their loss is that of another batch" same_loss "$(evaluated 50)" "$(evaluated 7)"
expect "run.json says the loss" lua5.4 tests/trainer/json.lua "$scratch/run/run.json" \
    "run.recipe.class_weights[1] == 9 and run.recipe.label_smoothing == 0.1 and run.recipe.mean[1] == 0.4914"
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
