#!/bin/sh
# Runs with every augmentation, set on the command line: the same bits with any number of threads and
# when resumed; what was on is told and remembered.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common

all="--crop-padding 2 --flip alternating --cutout 8 --random-erasing 0.5 --mixup 0.4 --cutmix 0.7 --warmup 0.5"

run() { # run OUT OPTION...
    name=$1
    shift
    # shellcheck disable=SC2086
    train "$name" --synthetic --no-eval --no-plots --max-steps 330 "$@" >"$scratch/$name.out"
}

tells() { grep -q "^recipe .*, warmup 0.5, crop padding 2, flip alternating, cutout 8, random erasing 0.5, mixup 0.4, cutmix 0.7" "$1"; }

# The epoch ends with step 313: an image is flipped in one part of the run and not in the other.
# shellcheck disable=SC2086
expect "a run with all of it" run whole $all --threads 1
expect "the console names it" tells "$scratch/whole.out"
# shellcheck disable=SC2086
expect "part of it, with 2 threads" run part $all --threads 2 --max-steps 157
expect "the rest, with what the checkpoint remembers" run part --resume --threads 2
expect "the console names that, too" tells "$scratch/part.out"
expect "both computed the same" same whole/last.safetensors part/last.safetensors
expect "a number that changed is refused" refused "cutout 9: the run was begun with 8" \
    run part --resume --cutout 9
expect "a word that changed is refused" refused "flip 0.5: the run was begun with alternating" \
    run part --resume --flip 0.5
expect "a number out of its limits is refused" refused "mixup -1: give a number from 0" \
    run other --mixup -1
# shellcheck disable=SC2086
expect "a short run with all of it" run short $all --max-steps 4
for without in "--cutout 0" "--random-erasing 0" "--mixup 0" "--cutmix 0" "--flip 0.5" "--warmup 0" "--crop-padding 0"; do
    # shellcheck disable=SC2086
    expect "one with $without" run without $all $without --max-steps 4
    expect "they differ" differs without/last.safetensors short/last.safetensors
done
# shellcheck disable=SC2086
expect "a run with --no-augment" run off $all --no-augment --max-steps 4
expect "one with all of that off" run none --warmup 0.5 --crop-padding 0 --flip 0 --max-steps 4
expect "they are the same" same off/last.safetensors none/last.safetensors
summary
