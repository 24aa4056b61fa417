#!/bin/sh
# How far sums are off (sums.c): long ones, over images of 128x128 and over 1000 images, of the specs of
# tests/specs/sums. Does not need PyTorch.
#
#   tests/generated/sums.sh [NAME...]     only these specs
#
#   TARGETS="portable avx2"   in place of portable and native
#   KEEP=1                    only builds; the programs stay in build/tests/sums/NAME.TARGET/sums
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/sums
. tests/generated/common

targets=portable
! grep -q avx2 /proc/cpuinfo || targets="portable native"
targets=${TARGETS:-$targets}
KEEP=${KEEP:-}

options() { # options TARGET: what `-exact` or `-bf16` behind a target's name means
    case $1 in
    *-exact) echo "--target ${1%-*} --exact" ;;
    *-bf16*) echo "--target ${1%-*} --precision ${1#*-}" ;;
    *) echo "--target $1" ;;
    esac
}

build() { # build NAME TARGET FOLDER
    rm -rf "$3" && mkdir -p "$3"
    # shellcheck disable=SC2046  # words
    gen/castnet "tests/specs/sums/$1.lua" -o "$3/model" $(options "$2") &&
        lua5.4 tests/oracle/emit_oracle.lua "tests/specs/sums/$1.lua" >"$3/oracle.c" &&
        compile_model "$3/model" -O3 &&
        link_model "$3/model" "-O2 -I tests/reference" "$3/sums" tests/generated/sums.c \
            tests/generated/tensors.c tests/generated/run.c "$3/oracle.c" $scratch/*.o
}

# ratio NAME TARGET: how many times as far off as PyTorch's float32 sums may be. Algorithms of fewer products sum what
# cancels.
ratio() {
    case $1.$2 in
    *-exact) echo 3 ;;
    *-bf16) echo 3 ;; # of PyTorch's under autocast
    *-bf16_4x4) echo 8 ;;
    bilinear.* | phases.* | five_and_three.*) echo 8 ;;
    *) echo 3 ;;
    esac
}

# check NAME TARGET: lines `passed ...` or `failed ...`
check() {
    folder=$scratch/$1.$2
    if ! build "$1" "$2" "$folder" >"$folder.log" 2>&1; then
        echo "failed $1 $2: does not build:"
        head -n 20 "$folder.log" | sed 's/^/    /'
    elif [ -z "$KEEP" ]; then
        case $2 in
        *-bf16*) peer=$1_bf16 ;;
        *) peer=$1 ;;
        esac
        OPENBLAS_NUM_THREADS=1 "$folder/sums" tests/vectors/sums.txt "$peer" "$(ratio "$@")" | sed "s/ $peer: / $1 $2: /"
        rm -rf "$folder"
    fi
}

mkdir -p $scratch
for source in ops network; do
    "$CC" -O2 -std=c11 $warnings -c -o $scratch/$source.o tests/reference/$source.c || exit 1
done
[ $# != 0 ] || set -- $(basename -s .lua tests/specs/sums/*.lua)
for name; do
    for target in $targets; do
        check "$name" "$target"
    done
    case $name in
    bilinear | phases | five_and_three) for target in native-exact native-bf16 native-bf16_4x4; do check "$name" $target; done ;;
    esac
done >$scratch/results
cat $scratch/results
[ -z "$KEEP" ] || exit 0
passed=$(grep -c '^passed' $scratch/results)
failed=$(grep -c '^failed' $scratch/results)
summary
