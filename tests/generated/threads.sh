#!/bin/sh
# Weights don't depend on how many threads made them, nor on chance: the trainer with 1, 2 and 3
# threads and once more, over the partial batch at an epoch's end, shuffled and augmented, writes the
# same bytes each time; so does it with more threads than there is work for, and so does a network of all kinds
# of units that are made smaller then. Another seed doesn't.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/weights-of-threads
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch

# 10000 synthetic images are 78 batches of 128 and one of 16. With a stem of stride 4, an epoch
# takes a second or two. Gradients are clipped by their norm, a sum over all of them; Muon's products are sums, too.
groups='groups = { net.group { parameters = { "layer*.conv*.weight" }, optimizer = net.muon { lr = 0.02 } } }, lookahead = net.lookahead {}'
trainer() {
    sed 's/{ out = 8, kernel = 3, padding = 1 }/{ out = 8, kernel = 3, stride = 4, padding = 1 }/
        s/net.adam { lr = 1e-3 }/net.adamw { lr = 1e-3, decay = "weights" }, clip_norm = 1, ema_decay = 0.9, '"$groups"'/' \
        gen/specs/resnet8_tiny.lua >$scratch/spec.lua
    made $scratch/spec.lua $scratch/model $scratch/train
}

made() { # made SPEC FOLDER PROGRAM
    # shellcheck disable=SC2046
    gen/castnet "$1" -o "$2" && compile_model "$2" -O2 &&
        link_model "$2" -O2 "$3" runtime/train.c $(runtime_sources) "runtime/platform/$(flag "$2" POOL).c"
}

trainer=$scratch/train
train() { # train OUT OPTION...
    out=$scratch/$1
    shift
    $trainer --synthetic --epochs 2 --max-steps 81 --no-eval --quiet --out "$out" \
        --log-steps "$out.csv" "$@"
}

same() { # same OUT OUT: weights and losses
    cmp "$scratch/$1/last.safetensors" "$scratch/$2/last.safetensors" &&
        cmp "$scratch/$1.csv" "$scratch/$2.csv"
}

other() { ! same "$@"; }
all_steps() { [ "$(grep -c '^[0-9]' $scratch/one.csv)" = 81 ]; }

expect "the trainer is built" trainer
expect "one thread trains" train one --threads 1
expect "the run goes into the second epoch" all_steps
if [ "$(flag $scratch/model POOL)" = pool ]; then
    expect "two threads train" train two --threads 2
    expect "two threads make one thread's weights" same one two
    expect "three threads train" train three --threads 3
    expect "three threads make one thread's weights" same one three
    expect "forty threads, for which units are made smaller, train" train forty --threads 40 --max-steps 6
    expect "one thread trains as long" train six --threads 1 --max-steps 6
    expect "forty threads make one thread's weights" same six forty
    expect "a network of such units is built" made tests/specs/many_threads.lua $scratch/units $scratch/train_units
    trainer=$scratch/train_units
    expect "one thread trains it" train units-1 --threads 1 --max-steps 3
    for threads in 2 3 7 12 24 64; do
        expect "$threads threads train it" train units-$threads --threads $threads --max-steps 3
        expect "$threads threads make one thread's weights" same units-1 units-$threads
    done
    trainer=$scratch/train
    expect "two threads train again" train again --threads 2
    expect "a second run makes the first's weights" same two again
else
    expect "one thread trains again" train again --threads 1
    expect "a second run makes the first's weights" same one again
fi
expect "another seed trains" train seed --threads 1 --seed 2 --max-steps 3
expect "another seed makes other weights" other one seed
summary
