#!/bin/sh
# The thread pool and the loader under ThreadSanitizer.
set -eu
cd "$(dirname "$0")/../.."

program=${BUILD:-build}/tests/threads
compile="${CC:-cc} -std=c11 -O1 -g -fsanitize=thread -I tests/runtime/mock -I runtime"
mkdir -p "${BUILD:-build}/tests"

# Neither every compiler nor every kernel can run it.
echo 'int main(void) { return 0; }' >$program-probe.c
if ! $compile -o $program-probe $program-probe.c || ! $program-probe; then
    echo "skip: ThreadSanitizer does not run here"
    exit 77
fi
# shellcheck disable=SC2086  # words
$compile -o $program tests/workshop/threads.c runtime/error.c runtime/data/rng.c runtime/data/augment.c \
    runtime/data/records.c runtime/platform/files.c runtime/data/synthetic.c \
    runtime/data/loader.c runtime/data/mix.c runtime/data/colors.c runtime/data/color_jitter.c runtime/data/trivial_augment.c runtime/platform/cpus.c runtime/platform/program.c runtime/platform/processor.c runtime/platform/arena.c runtime/platform/pool.c -lpthread -lm
$program # exits with 66 after a report
