#!/bin/sh
# Programs of Linux for other processors, emulated: the trainer's bundle of resnet8_tiny, linked statically, trains to the bits of
# this machine's on RISC-V, AArch64, ARMv7, s390x, whose byte order is the other one, and i686 with SSE; weights and checkpoints
# go from here to there and back.
#
#   IMAGES=N      drawn ones that each trains on, in two steps; else as many as the list at the end says: all of 128 takes minutes
#   COUNT=1       also says what each takes: memory, code, instructions
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/targets/linux
. tests/targets/common

# Its first step, from weights of this machine, which here goes on from; and its second, from the checkpoint of this machine.
same_first() { train "$1" "$2" "$scratch/$1/run" 1 --init "$here/start.safetensors" && cmp "$scratch/$1/run/last.safetensors" "$here/one/last.safetensors"; }
same_second_here() {
    train "${here##*/}" "" "$scratch/$1/run" 2 --resume && cmp "$scratch/$1/run/last.safetensors" "$here/run/last.safetensors"
}
same_second() {
    rm -rf "$scratch/$1/two" && cp -r "$here/one" "$scratch/$1/two" && train "$1" "$2" "$scratch/$1/two" 2 --resume &&
        cmp "$scratch/$1/two/last.safetensors" "$here/run/last.safetensors"
}

# Instructions of a run of so many steps, which qemu counts.
instructions() { # instructions NAME EMULATOR STEPS
    train "$1" "$2 -plugin $scratch/count.so -d plugin -D $scratch/counted" "$scratch/$1/counted" "$3" --no-checkpoint >/dev/null &&
        sed -n 's/^instructions //p' "$scratch/counted"
}
counts() { "$CC" -O1 -Wall -Wextra -Werror -shared -fPIC -o "$scratch/count.so" tests/targets/count.c; }

# What it took: instructions a step, and all that its program has in memory: code and constants, what it changes.
taken() { # taken NAME EMULATOR IMAGES
    one=$(instructions "$1" "$2" 1) && two=$(instructions "$1" "$2" 2) && size "$scratch/$1/train" &&
        size "$scratch/$1/train" | awk -v name="$1" -v steps=$((two - one)) -v images="$3" -v memory="$(sed -n 's/^Total \([0-9]*\) .*/\1/p' "$scratch/$1/plan.txt")" '
            NR == 2 { printf "%s, trainer: %d bytes of memory for the network, %d of code and constants with the C library, %.1f million instructions a step of %d images\n",
                name, memory, $1, steps / 1e6, images / 2 }' >"$scratch/$1/taken"
}

[ -z "${COUNT:-}" ] || expect "qemu can count instructions" counts
while read -r name images runner compiler flags; do
    images=${IMAGES:-$images}
    trains_here "$images"
    expect "it is built for $name" build "$name" portable "$images" "$compiler" "-Os -static $flags"
    expect "$name trains to the bits of this machine" same_first "$name" "$runner"
    expect "its checkpoint is gone on from here" same_second_here "$name"
    expect "$name goes on from the checkpoint of this machine" same_second "$name" "$runner"
    [ -z "${COUNT:-}" ] || { expect "its instructions are counted" taken "$name" "$runner" "$images" && cat "$scratch/$name/taken"; }
done <<'MACHINES'
riscv64 8 qemu-riscv64 riscv64-linux-gnu-gcc
aarch64 128 qemu-aarch64 aarch64-linux-gnu-gcc
armv7 8 qemu-arm arm-linux-gnueabihf-gcc
s390x 8 qemu-s390x s390x-linux-gnu-gcc
i686 8 qemu-i386 i686-linux-gnu-gcc -msse2 -mfpmath=sse
MACHINES
summary
