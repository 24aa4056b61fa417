#!/bin/sh
# Bundles for AArch64 with NEON, emulated: sums have another order than in plain C, so a trainer's and a library's losses are close
# to those of plain C on this machine, and so are the logits of a network that infers; packed weights are the same bytes, linked
# names those of tests/golden.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/targets/neon
. tests/targets/common

close_losses() { # close_losses NAME EMULATOR
    train "$1" "$2" "$scratch/$1/run" 2 --init "$here/start.safetensors" || return 1
    paste -d, "$scratch/$1/run.csv" "$here/run.csv" | awk -F, 'NR > 1 { print; n++; if (($2 - $5) ^ 2 > 1e-8 * $5 ^ 2) bad = 1 }
        END { exit bad || n != 2 }'
}

# Bundles of two files, by their own Makefiles.
small() { # small AS TARGET COMPILER [ARGUMENT...]: make's
    as=$1 target=$2 compiler=$3
    shift 3
    BUILD=${BUILD:-build} "${MAKE:-make}" -s bundle MODEL=resnet8_tiny TARGET="$target" BATCH=8 AS="$as" FORM=two "$@" &&
        tar -C "$scratch" -xzf "${BUILD:-build}/resnet8_tiny-$target-b8-$as.tar.gz" &&
        "${MAKE:-make}" -s -C "$scratch/resnet8_tiny-$target-b8-$as" CC="$compiler" CFLAGS="-Os -static -Werror"
}

small_neon() { # small_neon AS NAME ARGUMENT...: a program of that bundle
    program=$scratch/resnet8_tiny-aarch64-b8-$1/resnet8_tiny_$2
    shift 2
    qemu-aarch64 "$program" "$@"
}
small_here() {
    program=$scratch/resnet8_tiny-portable-b8-$1/resnet8_tiny_$2
    shift 2
    "$program" "$@"
}

close_lines() { # close_lines FILE FILE: the same words, the last number of each within 1e-4
    paste -d' ' "$1" "$2" | awk '{ print; n++; if (($(NF / 2) - $NF) ^ 2 > 1e-8 * $NF ^ 2 || $2 != $(NF / 2 + 2)) bad = 1 } END { exit bad || !n }'
}

shows() { NM=aarch64-linux-gnu-nm tests/workshop/linked "$scratch/resnet8_tiny-aarch64-b8-$1/resnet8_tiny.o" | diff -u "tests/golden/linked/resnet8_tiny-$1.txt" -; }

learns_with_neon() {
    small_here library example 3 "$scratch/small.safetensors" >"$scratch/losses.here" &&
        small_neon library example 3 "$scratch/small.neon" >"$scratch/losses.neon" && close_lines "$scratch/losses.neon" "$scratch/losses.here"
}

infers_with_neon() {
    lua5.4 tests/targets/draw_records.lua 4 >"$scratch/images" &&
        small_neon inference pack "$scratch/small.safetensors" "$scratch/packed" &&
        cmp "$scratch/packed" "$scratch/resnet8_tiny-aarch64-b8-inference/resnet8_tiny_weights.bin" &&
        small_here inference example "$scratch/resnet8_tiny-portable-b8-inference/resnet8_tiny_weights.bin" "$scratch/images" >"$scratch/logits.here" &&
        small_neon inference example "$scratch/packed" "$scratch/images" >"$scratch/logits.neon" &&
        close_lines "$scratch/logits.neon" "$scratch/logits.here"
}

trains_here 16
expect "a trainer with NEON is made" bundle aarch64 16
expect "it is built" build neon aarch64 16 aarch64-linux-gnu-gcc "-Os -static"
expect "its losses are close" close_losses neon qemu-aarch64
expect "a library is made and built here" small library portable "$CC"
expect "a library with NEON is" small library aarch64 aarch64-linux-gnu-gcc
expect "its losses are close" learns_with_neon
for target in portable aarch64; do
    compiler=$CC
    [ $target = portable ] || compiler=aarch64-linux-gnu-gcc
    expect "a network that infers, $target, is made and built" small inference $target "$compiler" WEIGHTS="$scratch/small.safetensors"
done
expect "its packed weights are the same, its logits close" infers_with_neon
for as in library inference; do expect "the $as shows the linker and asks of it what it says" shows $as; done
summary
