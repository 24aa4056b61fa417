#!/bin/sh
# Functions of one value (templates/kernels/parts/functions.h) against libm, as plain C and with this machine's vectors, with both
# compilers: the same text of results, for they have the same bits everywhere.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/functions
. tests/generated/common

run() { # run NAME COMPILER FLAGS...: what the program says goes to NAME.txt
    name=$1
    shift
    "$@" -std=c99 -O3 -Wall -Wextra -Wpedantic -Wshadow -Werror -ffp-contract=off -fno-math-errno -fno-trapping-math \
        -I "$scratch/model" -o "$scratch/$name" tests/generated/functions/accuracy.c -lm &&
        "$scratch/$name" >"$scratch/$name.txt" || { cat "$scratch/$name.txt" && return 1; }
}

same() { cmp "$scratch/plain.txt" "$scratch/$1.txt"; }

rm -rf "$scratch" && mkdir -p "$scratch"
expect "a model with such functions" gen/castnet tests/specs/ops/functions.lua -o "$scratch/model" --target portable
expect "functions in plain C" run plain "$CC"
if grep -q avx2 /proc/cpuinfo; then
    expect "functions with AVX2" run avx2 "$CC" -march=x86-64-v3
    expect "AVX2 changes nothing" same avx2
fi
if command -v clang >/dev/null; then
    expect "functions by clang" run clang clang
    expect "clang changes nothing" same clang
fi
summary
