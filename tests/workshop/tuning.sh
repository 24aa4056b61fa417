#!/bin/sh
# make tune: what it writes is taken by TUNING= and --tuning, in a folder of its own, and a run of other choices is not gone on
# with. That files are refused which do not fit is tests/gen/test_tuning.lua's.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/generated/common
MAKE=${MAKE:-make}
scratch=${BUILD:-build}/tests/tuning
dir=${BUILD:-build}/castnet_tuning_test-b16
rm -rf $scratch $dir $dir-*
mkdir -p $scratch
trap 'rm -rf $dir $dir-*' EXIT
spec=$scratch/spec.lua
sed 's/name *= *"resnet8_tiny"/name = "castnet_tuning_test"/' gen/specs/resnet8_tiny.lua >$spec

made() { # made GOAL [VARIABLE=...]
    # shellcheck disable=SC2086  # PARALLEL is empty or one word
    "$MAKE" ${PARALLEL:-} -f .make/model.mk MODEL=$spec TARGET=native BATCH=16 SANITIZE= TUNE_SECONDS=1 "$@"
}
castnet() { gen/castnet $spec --batch 16 "$@"; }
trainer() { echo "$dir-tuning-$(digest "$1")/train"; }
digest() { castnet --tuning "$1" --print-name | sed 's/.*-tuning-//'; }
is_sorted() { sed 1,3d "$1" | LC_ALL=C sort -c; }

expect "make tune" made tune
expect "it writes sorted lines" is_sorted $dir/tuning.txt
expect "... as many as there are choices" test "$(wc -l <$dir/tuning.txt)" = "$(wc -l <$dir/tune/candidates/1.txt)"
expect "... and leaves no trainers behind" test ! -e $dir/tune/build
expect "castnet takes them" castnet --tuning $dir/tuning.txt -o $scratch/c
expect "... and says so in each file" grep -q -e "--tuning $(digest $dir/tuning.txt)\." $scratch/c/kernels.c
expect "the same times" castnet --choose $dir/tune/times.txt -o $scratch
expect "... give the same bytes" cmp $dir/tuning.txt $scratch/tuning.txt

for i in 1 2; do
    expect "TUNING= candidate $i" made programs TUNING=$dir/tune/candidates/$i.txt
    eval "trainer_$i=\$(trainer $dir/tune/candidates/$i.txt)"
    eval "digest_$i=\$(digest $dir/tune/candidates/$i.txt)"
done
# shellcheck disable=SC2154  # set above
expect "each has a folder of its own" test "$trainer_1" != "$trainer_2"
train() { # train PROGRAM OPTION...
    program=$1
    shift
    "$program" --synthetic --out $scratch/run --no-eval --no-plots --quiet --threads 1 "$@"
}
resume_by_another() {
    ! train "$trainer_2" --resume --max-steps 4 2>$scratch/err && cat $scratch/err &&
        grep -q "is of another model: the trainer .*--tuning $digest_1.*--tuning $digest_2" $scratch/err
}
expect "a run by one" train "$trainer_1" --max-steps 2
expect "is not gone on with by another" resume_by_another
expect "... but by the same" train "$trainer_1" --resume --max-steps 4

evaluate() { "${trainer_1%train}eval" --synthetic --weights $scratch/run/last.safetensors; }
expect "the evaluator has the forward choices" evaluate
summary
