#!/bin/sh
# Programs of Linux for other processors, emulated: the trainer's bundle of resnet8_tiny, linked statically, trains to the bits of
# this machine's on RISC-V, AArch64, ARMv7, s390x, whose byte order is the other one, and i686 with SSE; weights and checkpoints
# go from here to there and back. With NEON, whose sums have another order, losses are close, and so are those of a library's bundle
# and the logits of one that infers.
#
#   IMAGES=8      drawn ones that each trains on, in two steps
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/targets/linux
. tests/generated/common
rm -rf "$scratch" && mkdir -p "$scratch"
scratch=$(absolute "$scratch")
images=${IMAGES:-8}
batch=$((images / 2))

bundle() { # bundle TARGET
    BUILD=${BUILD:-build} "${MAKE:-make}" -s bundle MODEL=resnet8_tiny TARGET="$1" BATCH=$batch AS=trainer &&
        tar -C "$scratch" -xzf "${BUILD:-build}/resnet8_tiny-$1-b$batch-trainer.tar.gz"
}

build() { # build NAME TARGET COMPILER FLAG...
    folder=$scratch/$1
    cp -r "$scratch/resnet8_tiny-$2-b$batch-trainer" "$folder"
    "${MAKE:-make}" -s -C "$folder" CC="$3" CFLAGS="$4"
}

train() { # train NAME EMULATOR OUT STEPS OPTION...
    folder=$scratch/$1 emulator=$2 out=$3 steps=$4
    shift 4
    $emulator "$folder/train" --synthetic --no-eval --no-plots --quiet --log-steps "$out.csv" --out "$out" --max-steps "$steps" "$@"
}

here="$scratch/here"
first_here() {
    train here "" "$here/first" 1 --no-checkpoint --seed 3 && cp "$here/first/last.safetensors" "$scratch/start.safetensors" &&
        train here "" "$here/run" 1 --init "$scratch/start.safetensors" && cp -r "$here/run" "$here/one" &&
        train here "" "$here/run" 2 --resume
}

# Its first step, from weights of this machine, which here goes on from; and its second, from the checkpoint of this machine.
same_first() { train "$1" "$2" "$scratch/$1/run" 1 --init "$scratch/start.safetensors" && cmp "$scratch/$1/run/last.safetensors" "$here/one/last.safetensors"; }
same_second_here() {
    train here "" "$scratch/$1/run" 2 --resume && cmp "$scratch/$1/run/last.safetensors" "$here/run/last.safetensors"
}
same_second() {
    rm -rf "$scratch/$1/two" && cp -r "$here/one" "$scratch/$1/two" && train "$1" "$2" "$scratch/$1/two" 2 --resume &&
        cmp "$scratch/$1/two/last.safetensors" "$here/run/last.safetensors"
}

close_losses() { # close_losses NAME EMULATOR
    train "$1" "$2" "$scratch/$1/run" 2 --init "$scratch/start.safetensors" || return 1
    paste -d, "$scratch/$1/run.csv" "$here/run.csv" | awk -F, 'NR > 1 { print; n++; if (($2 - $5) ^ 2 > 1e-8 * $5 ^ 2) bad = 1 }
        END { exit bad || n != 2 }'
}

# Bundles of two files, by their own Makefiles.
small() { # small AS TARGET COMPILER [ARGUMENT...]: make's
    as=$1 target=$2 compiler=$3
    shift 3
    BUILD=${BUILD:-build} "${MAKE:-make}" -s bundle MODEL=resnet8_tiny TARGET="$target" BATCH=4 AS="$as" FORM=two "$@" &&
        tar -C "$scratch" -xzf "${BUILD:-build}/resnet8_tiny-$target-b4-$as.tar.gz" &&
        "${MAKE:-make}" -s -C "$scratch/resnet8_tiny-$target-b4-$as" CC="$compiler" CFLAGS="-Os -static -Werror"
}

small_neon() { # small_neon AS NAME ARGUMENT...: a program of that bundle
    program=$scratch/resnet8_tiny-aarch64-b4-$1/resnet8_tiny_$2
    shift 2
    qemu-aarch64 "$program" "$@"
}
small_here() {
    program=$scratch/resnet8_tiny-portable-b4-$1/resnet8_tiny_$2
    shift 2
    "$program" "$@"
}

close_lines() { # close_lines FILE FILE: the same words, the last number of each within 1e-4
    paste -d' ' "$1" "$2" | awk '{ print; n++; if (($(NF / 2) - $NF) ^ 2 > 1e-8 * $NF ^ 2 || $2 != $(NF / 2 + 2)) bad = 1 } END { exit bad || !n }'
}

shows() { NM=aarch64-linux-gnu-nm tests/workshop/linked "$scratch/resnet8_tiny-aarch64-b4-$1/resnet8_tiny.o" | diff -u "tests/golden/linked/resnet8_tiny-$1.txt" -; }

learns_with_neon() {
    small_here library example 3 "$scratch/small.safetensors" >"$scratch/losses.here" &&
        small_neon library example 3 "$scratch/small.neon" >"$scratch/losses.neon" && close_lines "$scratch/losses.neon" "$scratch/losses.here"
}

infers_with_neon() {
    lua5.4 tests/targets/draw_records.lua 4 >"$scratch/images" &&
        small_neon inference pack "$scratch/small.safetensors" "$scratch/packed" &&
        cmp "$scratch/packed" "$scratch/resnet8_tiny-aarch64-b4-inference/resnet8_tiny_weights.bin" &&
        small_here inference example "$scratch/resnet8_tiny-portable-b4-inference/resnet8_tiny_weights.bin" "$scratch/images" >"$scratch/logits.here" &&
        small_neon inference example "$scratch/packed" "$scratch/images" >"$scratch/logits.neon" &&
        close_lines "$scratch/logits.neon" "$scratch/logits.here"
}

expect "a trainer is made" bundle portable
expect "it is built here" build here portable "$CC" -O1
expect "it trains here" first_here
while read -r name runner compiler flags; do
    expect "it is built for $name" build "$name" portable "$compiler" "-Os -static $flags"
    expect "$name trains to the bits of this machine" same_first "$name" "$runner"
    expect "its checkpoint is gone on from here" same_second_here "$name"
    expect "$name goes on from the checkpoint of this machine" same_second "$name" "$runner"
done <<'MACHINES'
riscv64 qemu-riscv64 riscv64-linux-gnu-gcc
aarch64 qemu-aarch64 aarch64-linux-gnu-gcc
armv7 qemu-arm arm-linux-gnueabihf-gcc
s390x qemu-s390x s390x-linux-gnu-gcc
i686 qemu-i386 i686-linux-gnu-gcc -msse2 -mfpmath=sse
MACHINES
expect "a trainer with NEON is made" bundle aarch64
expect "it is built" build neon aarch64 aarch64-linux-gnu-gcc "-Os -static"
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
