#!/bin/sh
# A run that is stopped, in whatever way, and resumed computes what an uninterrupted one does, to
# the bit; damaged checkpoints and those of something else are told from whole ones.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common

# The epoch ends with step 313.
end="--max-steps 330 --checkpoint-every 5"

# Others go on from its checkpoint of step 300, which it removes itself after that of step 330.
whole() { # the run that nothing interrupts
    "$trainer" --out "$scratch/whole" --synthetic --quiet --max-steps 330 --checkpoint-every 300 \
        --log-steps "$scratch/whole.csv" &
    id=$!
    mkdir "$scratch/base"
    until cp "$scratch/whole/checkpoint-00000300.castnet" "$scratch/base" 2>"$scratch/err"; do
        kill -0 $id || return 1
        sleep 0.05
    done
    wait $id && cp "$scratch/whole.csv" "$scratch/base.csv"
}

copy_of_base() { # copy_of_base NAME
    rm -rf "${scratch:?}/$1"
    cp -R "$scratch/base" "$scratch/$1"
    cp "$scratch/base.csv" "$scratch/$1.csv"
}

go_on() { # go_on NAME OPTION...
    name=$1
    shift
    # shellcheck disable=SC2086
    train "$name" --resume --quiet $end --log-steps "$scratch/$name.csv" "$@"
}

as_whole() { # as_whole NAME: weights and logs but for times
    same whole/last.safetensors "$1/last.safetensors" &&
        same whole/best.safetensors "$1/best.safetensors" && same whole.csv "$1.csv" || return 1
    cut -d , -f 1-6 "$scratch/whole/log.csv" >"$scratch/whole.rows"
    cut -d , -f 1-6 "$scratch/$1/log.csv" | cmp - "$scratch/whole.rows"
}

# Kills after random delays (seeded) until the run gets through; they grow, so that it does on a busy machine, too.
killed_at_random() {
    copy_of_base killed
    kills=0
    for delay in $(lua5.4 -e 'math.randomseed(18) for i = 1, 60 do
        io.write(string.format("%.3f ", 0.2 + math.random() * (0.2 + i / 30 + (i / 30) ^ 3))) end'); do
        timeout -s KILL "$delay" "$trainer" --out "$scratch/killed" --resume --quiet --no-plots \
            --max-steps 330 --checkpoint-every 2 --log-steps "$scratch/killed.csv"
        status=$?
        [ $status != 0 ] || break
        kills=$((kills + 1))
        [ $status = 137 ] || return 1
    done 2>"$scratch/killed.err"
    cat "$scratch/killed.err"
    echo "killed $kills times"
    [ $status = 0 ] && [ $kills -ge 5 ] && ! grep -q 'castnet:' "$scratch/killed.err"
}

# Without plots: gnuplot outlives a killed trainer for a moment, and what it then leaves is drawn anew.
no_leftovers() { # two checkpoints, nothing half written
    find "$scratch/killed" -type f
    [ "$(find "$scratch/killed" -name 'checkpoint-*' | wc -l)" = 2 ] &&
        [ "$(find "$scratch/killed" -name '*.part' | wc -l)" = 0 ]
}

stopped_by() { # stopped_by SIGNAL STATUS: says how to go on
    copy_of_base stopped
    : >"$scratch/out" # no line of an earlier run
    # A signal that was ignored when this began, as HUP below nohup, would be by the trainer, too.
    env --default-signal="$1" "$trainer" --out "$scratch/stopped" --resume --log-steps "$scratch/stopped.csv" \
        --checkpoint-every 1000 >"$scratch/out" 2>"$scratch/err" &
    trainer_id=$!
    until grep -q '^epoch' "$scratch/out"; do sleep 0.05; done
    kill -s "$1" $trainer_id
    wait $trainer_id
    status=$?
    cat "$scratch/err"
    [ $status = "$2" ] && grep -q "stopped by SIG$1 after step .* --resume" "$scratch/err"
}

damaged() { # damaged HOW: the newest checkpoint of a copy
    copy_of_base damaged
    train damaged --resume --quiet --max-steps 303 --log-steps "$scratch/damaged.csv" || return 1
    file=$(newest damaged)
    case $1 in
    cut) truncate -s 100000 "$file" ;;
    middle) flip "$file" 100000 ;;
    esac
}

falls_back() {
    go_on damaged 2>"$scratch/err"
    status=$?
    cat "$scratch/err"
    [ $status = 0 ] && grep -q '00000303.castnet: is cut.*using .*00000300.castnet' "$scratch/err"
}

# The same tensors, options and recipe: only what a step computes differs.
other_model() {
    sed 's/relu(add(y, short))/add(y, short)/' gen/specs/resnet8_tiny.lua >"$scratch/resnet8_tiny.lua" &&
        ! cmp -s gen/specs/resnet8_tiny.lua "$scratch/resnet8_tiny.lua" &&
        gen/castnet "$scratch/resnet8_tiny.lua" -o "$scratch/model" --batch 32 &&
        compile_model "$scratch/model" -O1 &&
        link_model "$scratch/model" -O1 "$scratch/other" runtime/train.c $(runtime_sources) \
            runtime/platform/pool.c -lpthread
}

# A finished run whose checkpoints alone were copied elsewhere.
only_checkpoints() { # only_checkpoints OUT
    rm -rf "${scratch:?}/alone"
    mkdir "$scratch/alone"
    cp "$scratch/$1"/checkpoint-*.castnet "$scratch/alone"
}

expect "an uninterrupted run" whole
for threads in 1 2; do
    copy_of_base go-on
    expect "it goes on with $threads threads" go_on go-on --threads $threads
    expect "with $threads threads it computes the same" as_whole go-on
done
expect "killed at random moments it gets through" killed_at_random
expect "killed at random moments it computes the same" as_whole killed
expect "killed at random moments it leaves nothing" no_leftovers
expect "SIGTERM stops it" stopped_by TERM 143
expect "after SIGTERM it goes on" train stopped --resume --quiet \
    --log-steps "$scratch/stopped.csv" --max-steps 330
expect "SIGHUP stops it" stopped_by HUP 129
for how in cut middle; do
    expect "a checkpoint is damaged ($how)" damaged $how
    expect "the one before is used ($how)" falls_back
done
expect "after that it computes the same" as_whole damaged
for file in "$scratch"/damaged/checkpoint-*; do flip "$file" 5000; done
expect "without a whole one it stops" refused "there is no older one" go_on damaged
# The folder of a run of three epochs, the last two of them without a change.
expect "an epoch" train first --synthetic --quiet --no-plots --epochs 3 --max-steps 313
expect "two more without a better one" train first --resume --quiet --no-plots --lr 0
only_checkpoints first
expect "of a finished run the checkpoints alone are enough" train alone --resume --quiet --no-plots
for name in best last resnet8_tiny_synthetic; do
    expect "... for $name" same first/$name.safetensors alone/$name.safetensors
done
only_checkpoints first && rm "$(newest alone)"
expect "of one without a better epoch to come, too" train alone --resume --quiet --no-plots --lr 0
expect "... for the best" same first/best.safetensors alone/best.safetensors
expect "a run without evaluation" train untested --synthetic --quiet --no-plots --no-eval --epochs 1
only_checkpoints untested
expect "of that one, too" train alone --resume --quiet --no-plots
expect "... for its last weights" same untested/last.safetensors alone/last.safetensors
expect "fewer epochs than it has are refused" refused "epochs 2: the run has begun epoch 3" \
    train first --resume --epochs 2
mkdir "$scratch/zeros"
for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
    truncate -s 30730000 "$scratch/zeros/$file.bin"
done
expect "another model is made" other_model
expect "a checkpoint of another text of the spec is refused, which is what it names" \
    refused "is of another model: the spec's text (its sha256) was [0-9a-f]*, here it is [0-9a-f]*; to go on" \
    "$scratch/other" --out "$scratch/base" --resume
expect "another seed is refused" refused "begun with 1" go_on base --seed 2
expect "another switch is refused" refused "begun without it" go_on base --no-shuffle
expect "another number is refused" refused "crop-padding 3: the run was begun with 4" go_on base --crop-padding 3
expect "other data are refused" refused "made with other data.* without --resume$" go_on base --data "$scratch/zeros"
expect "a run of these data" train zeros --data "$scratch/zeros" --quiet --no-plots --no-eval --max-steps 2
mkdir "$scratch/both"
cp "$(newest base)" "$(newest zeros)" "$scratch/both"
expect "an older checkpoint of these data is offered" \
    refused "other data.*; checkpoint-00000002.castnet is of this one: move the newer away" \
    train both --resume --data "$scratch/zeros" --quiet
summary
