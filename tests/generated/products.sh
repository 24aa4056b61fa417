#!/bin/sh
# The matrix products that kernels are made of (products.c), and those of bf16 (pairs.c), for every target that this machine runs, and with
# a BLAS; with and without sanitizers, by both compilers where they are there. For aarch64 where Debian's cross
# compiler and qemu are.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/products
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch

runs_here() { # runs_here TARGET
    case $1 in
    avx512bf16) grep -q avx512_bf16 /proc/cpuinfo ;;
    avx512) grep -q avx512bw /proc/cpuinfo ;;
    avx2) grep -q avx2 /proc/cpuinfo ;;
    esac
}

right() { # right NAME COMPILER FOLDER FLAG...: by NAME.c
    name=$1 compiler=$2 folder=$3
    shift 3
    # shellcheck disable=SC2046  # flags are words
    "$compiler" -std=c11 $warnings "$@" $(flag "$folder" CFLAGS_TARGET) $(blas "$folder" --cflags) -I "$folder" -I "$folder/runtime" \
        -o "$folder/$name" "tests/generated/$name.c" $(blas "$folder" --libs-only-L) \
        $(flag "$folder" LDLIBS_TARGET) &&
        OPENBLAS_NUM_THREADS=1 "$folder/$name" "${SEED:-1}"
}

# for_both NAME FOLDER TARGET: compilers, sanitizers. Instructions that are emulated are so much code that -O3 takes a minute.
for_both() {
    case $1-$3 in
    pairs-avx512bf16 | products-*) level=-O3 ;;
    *) level=-O2 ;;
    esac
    expect "$1 of $3" right $1 "$CC" $2 $level
    expect "$1 of $3, sanitized" right $1 "$CC" $2 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
    ! command -v clang >/dev/null || expect "$1 of $3 by clang" right $1 clang $2 $level
}

for target in avx512 avx2 portable blas; do
    runs_here $target || continue
    folder=$scratch/$target
    case $target in blas) option=--blas ;; *) option=--target=$target ;; esac
    [ $target != blas ] || gen/castnet gen/specs/resnet8_tiny.lua --blas --print-name >/dev/null 2>&1 || continue
    expect "$target is made" gen/castnet gen/specs/resnet8_tiny.lua -o $folder $option
    for_both products $folder $target
done
# What has no instructions for bf16 gives the bits that they give.
for target in avx512bf16 avx512 avx2 portable; do
    runs_here $target || continue
    folder=$scratch/$target-bf16
    expect "$target is made for bf16" gen/castnet tests/specs/bf16/bf16_apart.lua -o $folder --target=$target --precision=bf16
    for_both pairs $folder $target
done
on_arm() { # on_arm NAME FOLDER
    # shellcheck disable=SC2046  # flags are words
    aarch64-linux-gnu-gcc -std=c11 -O2 $warnings $(flag "$2" CFLAGS_TARGET) -static -I "$2" -I "$2/runtime" -o "$2/$1" \
        "tests/generated/$1.c" -lm && qemu-aarch64 "$2/$1" "${SEED:-1}"
}
if command -v aarch64-linux-gnu-gcc >/dev/null && command -v qemu-aarch64 >/dev/null; then
    expect "aarch64 is made" gen/castnet gen/specs/resnet8_tiny.lua -o $scratch/aarch64 --target aarch64
    expect "products of aarch64" on_arm products $scratch/aarch64
    expect "aarch64 is made for bf16" gen/castnet tests/specs/bf16/bf16_apart.lua -o $scratch/aarch64-bf16 --target aarch64 --precision bf16
    expect "pairs of aarch64" on_arm pairs $scratch/aarch64-bf16
fi
summary
