#!/bin/sh
# Bare metal: a library of resnet8_mcu trains, and a network that only infers infers, on a Cortex-M3, M7 and M55 that qemu
# emulates, in 512 KiB of flash and 512 KiB of memory (board/board.ld). Losses, weights and logits have the bits of the same C
# on this machine. Says what each took.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/targets/cortex_m
. tests/generated/common
rm -rf "$scratch" && mkdir -p "$scratch"
scratch=$(absolute "$scratch")
board=$PWD/tests/targets/board
stack_bytes=9216 # RESNET8_MCU_STACK_BYTES and what is around a call

bundle() { # bundle AS ARGUMENT...: into a folder of that name
    as=$1
    shift
    BUILD=${BUILD:-build} "${MAKE:-make}" -s bundle MODEL=resnet8_mcu TARGET=portable AS="$as" FORM=two "$@" &&
        tar -C "$scratch" -xzf "${BUILD:-build}/resnet8_mcu-portable-$as.tar.gz" && mv "$scratch/resnet8_mcu-portable-$as" "$scratch/$as"
}

# 40 records, 20 steps of two images: CIFAR-10's first, or drawn ones.
make_records() {
    if [ -n "${CIFAR10_DIR:-}" ]; then
        head -c $((40 * 3073)) "$CIFAR10_DIR/data_batch_1.bin" >"$scratch/records.bin"
    else
        lua5.4 tests/targets/draw_records.lua 40 >"$scratch/records.bin"
    fi
    [ "$(wc -c <"$scratch/records.bin")" = $((40 * 3073)) ]
}

# Sources and flags of a program, which `cc` is given, in the bundle's folder: the bundle's flags are its Makefile's.
compiled() { # compiled AS OUT COMPILER FLAG...
    as=$1 out=$2
    shift 2
    flags=$(sed -n 's/^FLAGS := -std=gnu99 //p' "$scratch/$as/Makefile")
    program=train.c weights=
    [ "$as" = library ] || program=infer.c weights=resnet8_mcu_weights.c
    # shellcheck disable=SC2086  # flags are words
    (cd "$scratch/$as" && "$@" -std=gnu11 -Werror -Wpedantic -Wshadow $flags "-DRECORDS=\"$scratch/records.bin\"" -I. -I"$board" -o "$scratch/$out" \
        "$board/board.c" "$board/records.c" "$board/$program" resnet8_mcu.c $weights)
}

on_host() { compiled "$1" "$1.host" "$CC" -O2 "$board/host.c" && "$scratch/$1.host" >"$scratch/$1.said"; }

for_board() { # for_board AS NAME FLAG...
    as=$1 name=$2
    shift 2
    compiled "$as" "$as.$name.elf" arm-none-eabi-gcc "$@" -mthumb -Os -ffunction-sections -fdata-sections -nostartfiles \
        -Wl,--gc-sections -Wl,--defsym=STACK_BYTES=$stack_bytes -T "$board/board.ld" "$board/start.c"
}

emulated() { # emulated AS NAME MACHINE: says what the host's said
    timeout 300 qemu-system-arm -M "$3" -display none -monitor none -serial none -chardev stdio,id=host -icount shift=0 \
        -semihosting-config enable=on,target=native,chardev=host -kernel "$scratch/$1.$2.elf" </dev/null >"$scratch/$1.$2.said" &&
        grep -v '^ticks\|^stack' "$scratch/$1.$2.said" | cmp - "$scratch/$1.said"
}

# What it took: memory, flash but for the images, stack, and instructions a step or image, at so many nanoseconds a tick of the
# clock of an emulator that gives each instruction one.
taken() { # taken AS NAME NANOSECONDS COUNT
    arm-none-eabi-size -A "$scratch/$1.$2.elf" | awk -v as="$1" -v name="$2" -v period="$3" -v count="$4" -v said="$scratch/$1.$2.said" '
        function number(hex,    value, i) {
            for (i = 1; i <= length(hex); i++) value = value * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
            return value
        }
        $1 == ".text" { flash += $2 }
        $1 == ".data" || $1 == ".bss" { memory += $2 }
        END {
            while ((getline line <said) > 0) {
                split(line, word, " ")
                if (word[1] == "ticks") ticks = number(word[2]) * 16777216 + number(word[3])
                if (word[1] == "stack") stack = number(word[2])
            }
            printf "%s, %s: %d bytes of memory, %d of stack, %d of flash, %.1f million instructions %s\n", name, as, memory, stack,
                flash - 40 * 3073, ticks * period / count / 1e6, as == "library" ? "a step" : "an image"
        }'
}

too_much() { # a stack larger than what is left does not link
    stack_bytes=$((64 << 10))
    ! for_board library too_much -mcpu=cortex-m3 >"$scratch/linker" 2>&1 && grep "region .RAM. overflowed" "$scratch/linker"
}

expect "there are images" make_records
expect "a library is made" bundle library
expect "it trains here" on_host library
expect "it makes weights" sh -c "cd '$scratch/library' && '${MAKE:-make}' -s CFLAGS=-O1 && ./resnet8_mcu_example 20 ../weights.safetensors"
expect "a network that infers is made" bundle inference WEIGHTS="$scratch/weights.safetensors"
expect "it infers here" on_host inference
while read -r name machine period cpu; do
    for as in library inference; do
        # shellcheck disable=SC2086
        expect "$as for $name" for_board $as "$name" $cpu
        expect "$as on $name has the bits of this machine" emulated $as "$name" "$machine"
        [ ! -s "$scratch/$as.$name.said" ] || taken $as "$name" "$period" "$([ $as = library ] && echo 20 || echo 4)"
    done
done <<'BOARDS'
cortex-m3 mps2-an385 40 -mcpu=cortex-m3
cortex-m7 mps2-an500 40 -mcpu=cortex-m7 -mfloat-abi=hard
cortex-m55 mps3-an547 31.25 -mcpu=cortex-m55 -mfloat-abi=hard
BOARDS
expect "more than 512 KiB of memory does not link" too_much
summary
