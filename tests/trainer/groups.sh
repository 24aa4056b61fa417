#!/bin/sh
# Runs with groups of parameters, an optimiser of their own and slow weights: one that is resumed, with another number of
# threads, computes what an uninterrupted one does, to the bit; plan, console and run.json say what moves what; each group takes
# its factors of what the command line says.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common

# A stem of stride 4, an epoch of 313 batches of 32.
groups='groups = { net.group { parameters = { "*.bias", "bn1.weight" }, lr_factor = 8, weight_decay_factor = 0 },
    net.group { parameters = { "conv1.*", "layer*.conv*.weight" }, optimizer = net.muon { lr = 0.1, momentum = 0.6, ns_steps = 3,
    normalize_weights = true } },
    net.group { parameters = { "fc.weight" }, lr_factor = 2, weight_decay_factor = 3, momentum_factor = 0.5 } },
    lookahead = net.lookahead { every = 5, alpha = 0.2262190625, power = 3 }'
groups_model() {
    sed 's/{ out = 8, kernel = 3, padding = 1 }/{ out = 8, kernel = 3, stride = 4, padding = 1 }/
        s/net.adam { lr = 1e-3 }/net.sgd { lr = 0.05, momentum = 0.85, nesterov = true, weight_decay = 5e-4 }, '"$(echo "$groups" | tr '\n' ' ')"'/' \
        gen/specs/resnet8_tiny.lua >"$scratch/groups.lua" &&
        gen/castnet "$scratch/groups.lua" -o "$scratch/model" --batch 32 &&
        compile_model "$scratch/model" -O1 || return 1
    # shellcheck disable=SC2046
    link_model "$scratch/model" -O1 "$scratch/train" runtime/train.c $(runtime_sources) \
        "runtime/platform/$(flag "$scratch/model" POOL).c"
}

run() { # run OUT OPTION...
    out=$scratch/$1
    shift
    "$scratch/train" --out "$out" --synthetic --no-plots --log-steps "$out.csv" --no-eval --epochs 1 "$@"
}

plan_says() { grep -q "$1" "$scratch/model/plan.txt"; }

as_whole() { # as_whole OUT
    same whole/last.safetensors "$1/last.safetensors" && same whole.csv "$1.csv"
}

expect "a trainer with groups is made" groups_model
expect "the plan says what factors move" plan_says "^  \*.bias, bn1.weight: learning rate x 8, weight decay x 0 (sgd): .* tensors, .* values"
expect "each of them" plan_says "^  fc.weight: learning rate x 2, weight decay x 3, momentum x 0.5 (sgd): 1 tensor, .* values"
expect "and what has an optimiser of its own" plan_says "^  conv1.\*, layer\*.conv\*.weight: muon, learning rate x 2: 7 tensors, .* values"
expect "a run that stops after a synchronising step" run part --max-steps 250 --threads 1 --quiet
cp -R "$scratch/part" "$scratch/again" && cp "$scratch/part.csv" "$scratch/again.csv"
expect "an uninterrupted run" run whole --threads 1
expect "run.json says groups and lookahead" lua5.4 tests/trainer/json.lua "$scratch/whole/run.json" \
    "$(
    cat <<'END'
(function(recipe)
  local first, second = recipe.groups[1], recipe.groups[2]
  return first.parameters[1] == "*.bias" and first.lr_factor == 8 and first.weight_decay_factor == 0 and first.optimizer == nil
    and second.optimizer == "muon" and second.lr_factor == 2 and second.momentum == 0.6 and second.ns_steps == 3
    and second.normalize_weights == true and second.lr == nil and recipe.nesterov == true and recipe.momentum == 0.85
    and recipe.lookahead.every == 5 and recipe.lookahead.alpha == 0.2262190625 and recipe.lookahead.statistics == true
end)(run.recipe)
END
)"
expect "it goes on" run part --resume --quiet --threads 1
expect "it computes the same" as_whole part
if [ "$(flag "$scratch/model" POOL)" = pool ]; then
    expect "it goes on with two threads" run again --resume --quiet --threads 2
    expect "with two threads it computes the same" as_whole again
fi
expect "one step at no learning rate" run still --lr 0 --max-steps 1 --quiet
expect "a step by other numbers" run moved --lr 0.1 --momentum 0.8 --weight-decay 0.1 --max-steps 1 --quiet \
    --dump-gradients "$scratch/gradients"
expect "a step by others still" run other --lr 0.05 --momentum 0.5 --weight-decay 0.3 --max-steps 1 --quiet
expect "each group moves by its factors of them" lua5.4 tests/trainer/moved.lua "$scratch/still/last.safetensors" \
    "$scratch/gradients" "$scratch/moved/last.safetensors" 0.1 0.8 0.1 "$scratch/other/last.safetensors"
expect "a factor is refused on the command line" refused "--lr-factor: the spec has no such number" run none --lr-factor 2
expect "and so are Muon's steps" refused "--ns-steps: the spec has no such number" run none --ns-steps 3
summary
