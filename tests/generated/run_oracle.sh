#!/bin/sh
# Generated models against the reference library (compare.c), spec by spec: those of tests/specs/ops
# and random ones, for several targets. One line a failure, then `N passed, N failed`.
#
#   tests/generated/run_oracle.sh [SPEC.lua...]      only these specs
#
#   SEED=1 RANDOM_SPECS=32  the random specs;  SANITIZE=address,undefined  instruments the models
#   TARGETS="portable avx2" for all specs, in place of the usual choice
set -u
cd "$(dirname "$0")/../.." || exit 1

. tests/generated/common

SEED=${SEED:-1}
RANDOM_SPECS=${RANDOM_SPECS:-32}
SANITIZE=${SANITIZE:-}
TARGETS=${TARGETS:-}
out=${BUILD:-build}/tests/oracle
flags="-O1${SANITIZE:+ -g -fsanitize=$SANITIZE -fno-sanitize-recover=all}"

# compile_reference: the truth and its float twin, once for all
compile_reference() {
    mkdir -p $out/reference
    for source in ops network; do
        # shellcheck disable=SC2086  # flags are words
        $CC -O2 -std=c11 $warnings -c -o $out/reference/$source.o \
            tests/reference/$source.c &&
            $CC -O2 -std=c11 $warnings -DREFERENCE_SINGLE -c \
                -o $out/reference/single_$source.o tests/reference/$source.c || return 1
    done
}

# build SPEC TARGET MEMORY DIR: generated files, record and comparison become DIR/compare
build() {
    rm -rf "$4" && mkdir -p "$4"
    case $2 in
    blas) options=--blas ;;
    *-bf16*)
        target=${2%-*}
        options="--with tests/specs/with/cheap_transforms.lua --target ${target%cheap}cheap --precision ${2#*-}"
        ;;
    *cheap) options="--with tests/specs/with/cheap_transforms.lua --target $2" ;;
    *) options="--target $2" ;;
    esac
    # shellcheck disable=SC2086  # words
    gen/castnet "$1" -o "$4/model" $options --memory "$3" &&
        lua5.4 tests/oracle/emit_oracle.lua "$1" >"$4/oracle.c" &&
        compile_model "$4/model" "$flags" &&
        link_model "$4/model" "$flags -I tests/reference" "$4/compare" tests/generated/compare.c \
            tests/generated/tensors.c tests/generated/run.c "$4/oracle.c" $out/reference/*.o
}

# coarseness TARGET SPEC: how many times as far off as floats a model may be. A bf16 has 8 bits for 24, 65536 times the rounding, of which
# floors leave room for a part; what layers make is kept in it, too. Where a spec has a kink, what is rounded flips some gradients.
coarseness() {
    case $1-$(basename "$2") in
    *-bf16*-bf16_on_load.lua) echo 8000 ;;
    *-bf16-*) echo 1500 ;;
    *-bf16_4x4-*) echo 6000 ;;
    *) echo 1 ;;
    esac
}

# try SPEC TARGET MEMORY: one line `passed SPEC` or `failed SPEC: why`
try() {
    dir=$out/$(basename "$1" .lua).$2.$3
    if ! build "$@" "$dir" >"$dir.log" 2>&1; then
        echo "failed $* (does not build, $dir.log): $(head -n 1 "$dir.log")"
    elif ! OPENBLAS_NUM_THREADS=1 "$dir/compare" "$SEED" "$(coarseness "$2" "$1")" >"$dir.log" 2>&1; then
        echo "failed $*:"
        cat "$dir.log"
    else
        echo "passed $*"
        rm -rf "$dir" "$dir.log"
    fi
}

if [ "${1:-}" = --try ]; then
    shift
    try "$@"
    exit
fi

# bf16_targets SPEC: targets that multiply bf16, by emulation, and by an instruction where there is one.
bf16_targets() {
    echo "${TARGETS:-portable}"
    [ -n "$TARGETS" ] || ! grep -q avx512_bf16 /proc/cpuinfo || echo avx512bf16
    case $1 in
    */bf16_tiles*) [ -n "$TARGETS" ] || ! grep -q avx2 /proc/cpuinfo || echo avx2 ;; # its transforms take two vectors at once
    esac
}

cheap_targets() {
    ! grep -q avx2 /proc/cpuinfo || echo avx2cheap
    ! grep -q avx512f /proc/cpuinfo || echo avx512cheap
}

# jobs SPEC...: SPEC TARGET MEMORY by lines. Each spec meets one or two targets, taking turns, `blas` seldom;
# `poison` overwrites tensors after their last use, which a wrong memory plan can't survive.
jobs() {
    number=0
    for spec in "$@"; do
        case $spec in
        */bf16/*)
            for target in $(bf16_targets "$spec"); do
                echo "$spec $target-bf16 poison"
                echo "$spec $target-bf16_4x4 poison"
            done
            continue
            ;;
        */bn_on_load*)
            for target in ${TARGETS:-portablecheap $(cheap_targets)}; do
                echo "$spec $target poison"
            done
            continue
            ;;
        esac
        for target in ${TARGETS:-portable}; do
            echo "$spec $target poison"
        done
        number=$((number + 1))
        [ -z "$TARGETS" ] || continue
        if [ $((number % 12)) = 0 ] && gen/castnet "$spec" --blas --print-name >/dev/null 2>&1; then
            echo "$spec blas plan"
        fi
        case $((number % 6)) in
        0 | 3) echo "$spec native plan" ;;
        1) ! grep -q avx2 /proc/cpuinfo || echo "$spec avx2 plan" ;;
        4) ! grep -q avx2 /proc/cpuinfo || echo "$spec avx2cheap plan" ;;
        2 | 5) ! grep -q avx512f /proc/cpuinfo || echo "$spec avx512cheap poison" ;;
        esac
    done
}

mkdir -p $out
exec 9>$out/lock
flock 9 # one run at a time: they share the folder
compile_reference || exit 1
if [ $# = 0 ]; then
    rm -rf $out/specs && mkdir -p $out/specs
    lua5.4 tests/generated/random_specs.lua "$SEED" "$RANDOM_SPECS" $out/specs || exit 1
    set -- tests/specs/ops/*.lua tests/specs/bf16/*.lua $out/specs/*.lua
fi
export CC SEED SANITIZE
jobs "$@" | xargs -L 1 -P "$(nproc)" "$0" --try >$out/results
grep -v '^passed' $out/results
passed=$(grep -c '^passed' $out/results)
failed=$(grep -c '^failed' $out/results)
summary
