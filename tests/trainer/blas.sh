#!/bin/sh
# Where OpenBLAS picked kernels that are older than the target, as for a processor that it can't know, a program
# starts again with others and says so; a user's choice stays, and there is no loop.
set -u
cd "$(dirname "$0")/../.." || exit 1
BLAS=1
. tests/trainer/common
export OPENBLAS_NUM_THREADS=1
unset OPENBLAS_CORETYPE CASTNET_BLAS_PICKED
wanted=$(sed -n 's/^#define MODEL_BLAS_CORE "\([^"]*\)".*/\1/p' "$(dirname "$trainer")/runtime/model.h")
if [ -z "$wanted" ]; then
    echo "skip: native here has no OpenBLAS kernels of its own to wish for"
    exit 77
fi
${CC:-cc} -shared -fPIC -o "$scratch/unknown.so" tests/trainer/unknown_core.c || exit 1

here=$(cd "$scratch" && pwd)
on_unknown() { # on_unknown LOADS [SETTING...] COMMAND...: where OpenBLAS is loaded so many times
    loads=$1
    shift
    rm -f "$scratch/loads"
    env LD_PRELOAD="$here/unknown.so" COUNT="$here/loads" "$@" || return 1
    [ "$(wc -c <"$scratch/loads")" = "$loads" ] || { echo "$(wc -c <"$scratch/loads") loads" && return 1; }
}

says() { # says BLAS LOADS SETTING...: in the line of a trainer's machine
    blas=$1 loads=$2
    shift 2
    on_unknown "$loads" "$@" "$trainer" --out "$scratch/run" --synthetic --no-eval --no-plots \
        --no-checkpoint --max-steps 1 >"$scratch/out" 2>&1 || { cat "$scratch/out" && return 1; }
    cat "$scratch/out"
    grep -qF ", products OpenBLAS $blas, arena " "$scratch/out"
}

expect "an unknown processor gets the target's kernels" \
    says "$wanted (set by castnet: it picked Prescott)" 2 HAS="$wanted"
expect "an empty variable is none" \
    says "$wanted (set by castnet: it picked Prescott)" 2 OPENBLAS_CORETYPE=
expect "a user's choice stays" \
    says "Prescott (slow: set OPENBLAS_CORETYPE to $wanted)" 1 OPENBLAS_CORETYPE=Prescott
expect "a user's core that suits is not commented" says "$wanted" 1 OPENBLAS_CORETYPE="$wanted"
expect "an OpenBLAS without these kernels: no loop" says "Prescott (slow: it has no $wanted)" 2 HAS=none

arguments_survive() {
    on_unknown 2 "$trainer" --out "$scratch/two words * \$x" --synthetic --no-eval --no-plots --max-steps 1 \
        --quiet && [ -e "$scratch/two words * \$x/last.safetensors" ]
}
expect "arguments survive" arguments_survive
closed_survive() {
    on_unknown 2 "$trainer" --out "$scratch/closed" --synthetic --no-eval --no-plots --max-steps 1 <&- >&- 2>&- &&
        [ -e "$scratch/closed/last.safetensors" ]
}
expect "closed descriptors survive" closed_survive
for name in eval predict; do
    expect "$name starts again, too" on_unknown 2 "$(dirname "$trainer")/$name" --version
done

# The real thing: a processor that has the instructions, but a model number that OpenBLAS hasn't heard of. What is
# started again runs outside of qemu.
skipped=0
if command -v qemu-x86_64 >/dev/null 2>&1; then
    for_avx2() {
        "${MAKE:-make}" ${PARALLEL:-} -s -f .make/model.mk MODEL=resnet8_tiny TARGET=avx2 BATCH=32 BLAS=1 programs
    }
    unknown_model() {
        qemu-x86_64 -cpu max,vendor=GenuineIntel,family=6,model=250 "${BUILD:-build}/resnet8_tiny-avx2-blas-b32/train" \
            --out "$scratch/qemu" --synthetic --no-eval \
            --no-plots --no-checkpoint --max-steps 1 >"$scratch/out" 2>&1
        cat "$scratch/out"
        grep -qF "products OpenBLAS Haswell (set by castnet: it picked " "$scratch/out"
    }
    expect "a trainer for avx2" for_avx2
    expect "a processor of an unknown model" unknown_model
else
    echo "skip: no qemu-x86_64 to play an unknown processor"
    skipped=1
fi
summary | sed "s/failed$/failed, $skipped skipped/"
[ "$failed" = 0 ]
