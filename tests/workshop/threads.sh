#!/bin/sh
# Threads under ThreadSanitizer: the pool and the loader by themselves, then steps of a network whose optimiser multiplies
# matrices in several units, of which several threads make the weights that one makes.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/races
. tests/generated/common
rm -rf "$scratch" && mkdir -p "$scratch"
sanitized="-O1 -g -fsanitize=thread"

# Neither every compiler nor every kernel can run it.
echo 'int main(void) { return 0; }' >"$scratch/probe.c"
# shellcheck disable=SC2086  # words
if ! $CC $sanitized -o "$scratch/probe" "$scratch/probe.c" || ! "$scratch/probe"; then
    echo "skip: ThreadSanitizer does not run here"
    exit 77
fi

# A report makes 66 of a program's exit status.
by_themselves() {
    sources=tests/workshop/threads.c
    for name in error data/rng data/augment data/records data/synthetic data/loader data/mix data/colors data/color_jitter \
        data/trivial_augment platform/files platform/cpus platform/program platform/processor platform/arena platform/pool; do
        sources="$sources runtime/$name.c"
    done
    # shellcheck disable=SC2086
    $CC -std=c11 $sanitized -I tests/runtime/mock -I runtime -o "$scratch/threads" $sources -lpthread -lm && "$scratch/threads"
}

# In plain C, all of whose reads and writes the compiler instruments; of Muon's matrices the shorter side, 150, makes three units.
trainer() {
    sed 's/out = 90/out = 150/; s/out = 100/out = 200/' tests/specs/ops/update_muon_group.lua >"$scratch/spec.lua" &&
        gen/castnet "$scratch/spec.lua" -o "$scratch/model" --target portable &&
        compile_model "$scratch/model" "$sanitized" || return 1
    # shellcheck disable=SC2046
    link_model "$scratch/model" "$sanitized" "$scratch/train" runtime/train.c $(runtime_sources) runtime/platform/pool.c -lpthread
}

train() { # train THREADS
    "$scratch/train" --synthetic --max-steps 10 --no-eval --no-plots --quiet --threads "$1" --out "$scratch/$1"
}

same() { cmp "$scratch/$1/last.safetensors" "$scratch/$2/last.safetensors"; }

expect "pool and loader" by_themselves
expect "a trainer is made" trainer
expect "it trains on one thread" train 1
for threads in 2 3; do
    expect "it trains on $threads" train $threads
    expect "$threads make one thread's weights" same $threads 1
done
summary
