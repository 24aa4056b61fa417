#!/bin/sh
# A recipe that ends within an epoch and begins with filters made of the training images: the same bits with any number of
# threads, resumed or not; what a run that has ended can still be asked for.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/$(basename "$0" .sh)
. tests/generated/common
. tests/trainer/refused
rm -rf "$scratch" && mkdir -p "$scratch"

# shellcheck disable=SC2086  # PARALLEL is empty or one word
"${MAKE:-make}" ${PARALLEL:-} -f .make/model.mk MODEL=tests/specs/small_cnn.lua TARGET=portable programs \
    >"$scratch/build.log" 2>&1 || {
    cat "$scratch/build.log"
    exit 1
}
model=${BUILD:-build}/small_cnn-portable

train() { # train OUT OPTION...: 10000 synthetic images are 100 batches
    out=$scratch/$1
    shift
    "$model/train" --out "$out" --synthetic --no-plots "$@" >"$scratch/said"
    status=$?
    cat "$scratch/said"
    return $status
}

says() { grep -q "$1" "$scratch/said"; }
says_nothing_of() { ! says "$1"; }

as_whole() { # as_whole OUT: weights, and the log but for times
    cmp "$scratch/whole/last.safetensors" "$scratch/$1/last.safetensors" &&
        cmp "$scratch/whole/best.safetensors" "$scratch/$1/best.safetensors" || return 1
    cut -d , -f 1-6 "$scratch/whole/log.csv" >"$scratch/whole.rows"
    cut -d , -f 1-6 "$scratch/$1/log.csv" | cmp - "$scratch/whole.rows"
}
rows() { [ "$(wc -l <"$scratch/$1/log.csv")" = "$2" ]; }
stands() { grep -q "$2" "$scratch/$1/run.json"; }

expect "runs" train whole --threads 1
expect "makes filters of images" says "^whitened whiten.weight, by patches of 500 training images"
expect "has the steps of 1.3 epochs" says "130 steps, 100 an epoch"
expect "its last epoch is the second of two" says "^epoch 2/2"
expect "is done after them" says "^done: 130 steps"
expect "two rows are in the log" rows whole 3
expect "the file of results says the length" stands whole '"epochs": 1.3'

expect "says what it freezes" grep -q "freezes  whiten.bias after 0.5 epochs, 50 steps" "$scratch/whole/training_log.txt"
expect "which is in the file of results" stands whole '"freeze_after": .{"epochs": 0.5, "parameters": "whiten.bias"}'
bias() { # bias OUT: the bytes of whiten.bias, 24 numbers
    lua5.4 - "$scratch/$1/last.safetensors" <<'END'
local file = assert(io.open(arg[1], "rb"))
local text = file:read "a"
local header = string.unpack("<s8", text)
local from, to = header:match('"whiten%.bias":{[^}]*"data_offsets":%[(%d+),(%d+)%]')
assert(to - from == 96)
io.write((text:sub(9 + #header + from, 8 + #header + to):gsub(".", function(c) return ("%02x"):format(c:byte()) end)), "\n")
END
}
stays_from() { # stays_from FROM TO: the bias of two runs
    bias "$1" && [ "$(bias "$1")" = "$(bias "$2")" ] && [ "$(bias "$1" | wc -c)" = 193 ]
}
moves() { ! stays_from "$@"; }
expect "before it is frozen" train fewer --max-steps 49 --no-eval
expect "when it is" train half --max-steps 50 --no-eval
expect "a bias has moved" moves fewer half
expect "and stays" stays_from half whole

expect "stops" train parts --threads 2 --max-steps 60
expect "goes on, and stops in the epoch that is cut short" train parts --resume --threads 1 --max-steps 117
expect "is not whitened again" says_nothing_of "^whitened"
expect "goes on to the end" train parts --resume --threads 2
expect "as if never stopped" as_whole parts
expect "is done already" train parts --resume
expect "and has changed nothing" as_whole parts
expect "it can't be made longer" refused "ended within epoch 2, so it can't be made longer" train parts --resume --epochs 2
expect "nor shorter" refused "the run has taken 130 steps; give more" train parts --resume --epochs 1.2
expect "is as long as its option says" train longer --epochs 0.25 --no-eval
expect "in steps" says "^done: 25 steps"
expect "can be made longer before its end" train longer --epochs 1.5 --max-steps 40
expect "so" train longer --resume --epochs 0.5
expect "in steps again" says "^done: 50 steps"

expect "is evaluated over views at its end" train whole --resume --tta flip+shift
expect "which it says" says "^final .* with mirrored and shifted images [0-9]"
in_words() { # in_words KIND: what eval says of the last weights is what run.json does
    evaluated=$("$model/eval" --weights "$scratch/whole/last.safetensors" --synthetic --quiet --tta "$1" |
        sed -n 's/^with .* accuracy \([0-9.]*\) %.*/\1/p')
    said=$(sed -n 's/.*"final": .*"tta_accuracy": 0\.\([0-9]*\).*/\1/p' "$scratch/whole/run.json")
    echo "$evaluated, 0.$said"
    [ "$(printf '%s' "$evaluated" | tr -d .)" = "$(printf '%s0000' "$said" | cut -c -4)" ]
}
expect "as eval says" in_words flip+shift
expect "which kind is in the file of results" stands whole '"tta": "flip+shift"'
expect "a kind that there is not is refused" refused "give flip or flip+shift" train whole --resume --tta shift
expect "so are views of no test set" refused "leaves out; give one" train whole --resume --tta flip --no-eval
expect "runs with two seeds" train seeds --runs 2 --epochs 0.1 --tta flip
expect "have a mean over views" says "^final test accuracy with mirrored images mean"
expect "and two more cells a row" grep -qE '^2(,[0-9.]+){8}$' "$scratch/seeds/runs.csv"

expect "begins with weights of a file" train from --init "$scratch/whole/last.safetensors" --max-steps 3
expect "which bring the filters" says_nothing_of "^whitened"
summary
