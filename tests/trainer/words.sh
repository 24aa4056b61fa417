#!/bin/sh
# Runs with clipping, moving averages, weight decay of weights alone, changed colors and a schedule of parts: one that is
# resumed, with another number of threads, computes what an uninterrupted one does, to the bit; what is
# tested is what is saved; and without the words in the spec their numbers are refused.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common

# A stem of stride 4: an epoch of 312 batches of 32, the rest dropped, takes a second or two. The second part
# of the schedule begins with the step after those of the run that ends early.
parts='schedule = net.sequential { milestones = { 300 / 312 }, parts = {
    net.linear_lr { start_factor = 0.5, end_factor = 1, per = "step" }, net.exponential { gamma = 0.9, per = "step" } } }'
words_model() {
    sed 's/{ out = 8, kernel = 3, padding = 1 }/{ out = 8, kernel = 3, stride = 4, padding = 1 }/
        s/flip = true/&, trivial_augment = true, color_jitter = { brightness = 0.4, hue = 0.1 }, random_erasing = 0.5, cutmix = 1/
        s/net.adam { lr = 1e-3 }/net.adamw { lr = 1e-3, decay = "weights" }, clip_norm = 1, ema_decay = 0.99, drop_last = true, '"$(echo "$parts" | tr '\n' ' ' | sed 's:/:\\/:')"'/' \
        gen/specs/resnet8_tiny.lua >"$scratch/words.lua" &&
        gen/castnet "$scratch/words.lua" -o "$scratch/model" --batch 32 &&
        compile_model "$scratch/model" -O1 || return 1
    for program in train eval; do
        # shellcheck disable=SC2046
        link_model "$scratch/model" -O1 "$scratch/$program" runtime/$program.c $(runtime_sources) \
            "runtime/platform/$(flag "$scratch/model" POOL).c" || return 1
    done
}

words() { # words OUT OPTION...
    out=$scratch/$1
    shift
    "$scratch/train" --out "$out" --synthetic --no-plots --log-steps "$out.csv" "$@"
}

numbers="--clip-norm 0.7 --ema-decay 0.97 --weight-decay 0.1"

begin() { # begin OUT OPTION...
    # shellcheck disable=SC2086  # numbers are words
    words "$@" $numbers >"$scratch/said"
    status=$?
    cat "$scratch/said"
    return $status
}

says() { grep "$1" "$scratch/said"; }

as_whole() { # as_whole OUT: weights and logs but for times
    same whole/last.safetensors "$1/last.safetensors" &&
        same whole/best.safetensors "$1/best.safetensors" && same whole.csv "$1.csv" || return 1
    cut -d , -f 1-6 "$scratch/whole/log.csv" >"$scratch/whole.rows"
    cut -d , -f 1-6 "$scratch/$1/log.csv" | cmp - "$scratch/whole.rows"
}

# The accuracy that the last epoch's line says is that of last.safetensors.
saves_what_it_tests() {
    said=$(sed -n 's/^epoch 2.*  test loss .*  accuracy \([0-9.]*\) %.*/\1/p' "$scratch/said")
    evaluated=$("$scratch/eval" --weights "$scratch/whole/last.safetensors" --synthetic --quiet |
        sed 's/.*accuracy \([0-9.]*\) %.*/\1/')
    echo "$said, $evaluated"
    [ -n "$said" ] && [ "$said" = "$evaluated" ]
}

# By SIGTERM right after the first epoch's weights are saved: while they are tested, as a rule.
# shellcheck disable=SC2086
stopped_in_a_test() {
    "$scratch/train" --out "$scratch/tested" --synthetic --no-plots --max-steps 330 --threads 1 \
        --log-steps "$scratch/tested.csv" $numbers &
    id=$!
    until [ -e "$scratch/tested/last.safetensors" ]; do
        kill -0 $id || return 1
        sleep 0.01
    done
    kill -s TERM $id
    wait $id
    [ $? = 143 ]
}

not_its_own_weights() { # the average isn't what it averages
    words one --max-steps 3 --no-eval --quiet --ema-decay 0.5 &&
        words other --max-steps 3 --no-eval --quiet --ema-decay 0.9 && same one.csv other.csv &&
        ! same one/last.safetensors other/last.safetensors
}

expect "a trainer with all words is made" words_model
expect "an uninterrupted run" begin whole --max-steps 330 --threads 1
expect "it says which weights are tested" says "^average .* are tested"
expect "it says what the numbers are" \
    says "^recipe .*clip norm 0.7, ema decay 0.97.*weight decay 0.1.*random erasing 0.5, cutmix 1, trivial augment, color jitter 0.4 0 0 0.1, decay of weights alone, last batches dropped"
expect "run.json has them" lua5.4 tests/trainer/json.lua "$scratch/whole/run.json" \
    "run.recipe.trivial_augment and run.recipe.color_jitter.hue == 0.1 and run.recipe.erasing_ratio[2] == 3.3"
expect "and the numbers of the parts of the schedule" lua5.4 tests/trainer/json.lua "$scratch/whole/run.json" "$(
    cat <<'END'
(function(first, second)
  return first.schedule == "linear_lr" and first.begins == 0 and first.start_factor == 0.5 and first.end_factor == 1
    and first.total_iters == 0 and first.per == "step" and second.schedule == "exponential" and second.gamma == 0.9
    and second.begins == 300 / 312
end)(run.recipe.schedule_parts[1], run.recipe.schedule_parts[2])
END
)"
expect "without augmentation" words plain --max-steps 3 --no-eval --quiet --no-augment
expect "with it" words augmented --max-steps 3 --no-eval --quiet
expect "they differ" differs plain/last.safetensors augmented/last.safetensors
expect "an epoch is whole batches" says "^run .* 312 an epoch"
expect "it saves what it tests" saves_what_it_tests
expect "it says the schedule" says "^recipe .*schedule linear lr (.*) each step, after 0.961.* epochs exponential (gamma 0.9) each step"
expect "the plan says it" grep -q "^  from epoch 0.961.* exponential (gamma 0.9) each step" "$scratch/model/plan.txt"
expect "a run that ends early" begin part --max-steps 300 --threads 1
cp -R "$scratch/part" "$scratch/again" && cp "$scratch/part.csv" "$scratch/again.csv"
expect "it goes on" words part --resume --quiet --max-steps 330 --threads 1
expect "it computes the same" as_whole part
if [ "$(flag "$scratch/model" POOL)" = pool ]; then
    expect "it goes on with two threads" words again --resume --quiet --max-steps 330 --threads 2
    expect "with two threads it computes the same" as_whole again
fi
expect "SIGTERM stops a run that tests" stopped_in_a_test
expect "it goes on, too" words tested --resume --quiet --max-steps 330
expect "it computes the same, too" as_whole tested
expect "another number is refused" refused "run was begun with 0.97" \
    words again --resume --ema-decay 0.5
expect "averages change what is saved, not the training" not_its_own_weights
expect "patience without held out images is refused" refused "hold some out with --val-split N" words none --patience 2
waits="--val-split 1000 --patience 1 --epochs 6 --lr 0 --quiet"
# shellcheck disable=SC2086
expect "a run that loses patience" words waits $waits
expect "it says so" grep -q "^.*patience 1 epochs since the best: stopped after epoch" "$scratch/waits/training_log.txt"
# shellcheck disable=SC2086
expect "its first epoch" words waits_again $waits --max-steps 281
expect "the rest, which knows when the best was" words waits_again --resume --quiet
expect "both stopped at the same place" same waits.csv waits_again.csv
expect "a number of a part is refused" refused "--gamma: the spec has no such number" words none --gamma 0.5
no_code() { ! nm "$trainer" | grep -E "colors_|trivial_|jitter_"; }
expect "without words for colors there is no code for them" no_code
for word in clip-norm ema-decay weight-decay brightness; do
    expect "--$word is refused without the word" refused "--$word: the spec has no such number" \
        train none "--$word" 0.5
done
summary
