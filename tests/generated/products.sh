#!/bin/sh
# The matrix products that kernels are made of (products.c), for every target that this machine runs, and with
# a BLAS; with and without sanitizers, by both compilers where they are there. For aarch64 where Debian's cross
# compiler and qemu are.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/products
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch

runs_here() { # runs_here TARGET
    case $1 in
    avx512) grep -q avx512bw /proc/cpuinfo ;;
    avx2) grep -q avx2 /proc/cpuinfo ;;
    esac
}

right() { # right COMPILER FOLDER FLAG...
    compiler=$1 folder=$2
    shift 2
    # shellcheck disable=SC2046  # flags are words
    "$compiler" -std=c11 $warnings "$@" $(flag "$folder" CFLAGS_TARGET) $(blas "$folder" --cflags) -I "$folder" -I "$folder/runtime" \
        -o "$folder/products" tests/generated/products.c $(blas "$folder" --libs-only-L) \
        $(flag "$folder" LDLIBS_TARGET) &&
        OPENBLAS_NUM_THREADS=1 "$folder/products" "${SEED:-1}"
}

for target in avx512 avx2 portable blas; do
    runs_here $target || continue
    folder=$scratch/$target
    case $target in blas) option=--blas ;; *) option=--target=$target ;; esac
    [ $target != blas ] || gen/castnet gen/specs/resnet8_tiny.lua --blas --print-name >/dev/null 2>&1 || continue
    expect "$target is made" gen/castnet gen/specs/resnet8_tiny.lua -o $folder $option
    expect "products of $target" right "$CC" $folder -O3
    expect "products of $target, sanitized" right "$CC" $folder -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
    ! command -v clang >/dev/null || expect "products of $target by clang" right clang $folder -O3
done
on_arm() { # on_arm FOLDER
    # shellcheck disable=SC2046  # flags are words
    aarch64-linux-gnu-gcc -std=c11 -O2 $warnings $(flag "$1" CFLAGS_TARGET) -static -I "$1" -I "$1/runtime" -o "$1/products" \
        tests/generated/products.c -lm && qemu-aarch64 "$1/products" "${SEED:-1}"
}
if command -v aarch64-linux-gnu-gcc >/dev/null && command -v qemu-aarch64 >/dev/null; then
    expect "aarch64 is made" gen/castnet gen/specs/resnet8_tiny.lua -o $scratch/aarch64 --target aarch64
    expect "products of aarch64" on_arm $scratch/aarch64
fi
summary
