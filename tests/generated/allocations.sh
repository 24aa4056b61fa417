#!/bin/sh
# Generated code names no allocator and no file: all that its objects ask for is in a list. A step
# allocates nothing, whoever would do it (allocations.c), from the first on. What is built for the portable
# target asks for no thread and no BLAS.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/allocations
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch

# What generated code may ask for; math.h's functions in both precisions.
allowed="^(memcpy|memset|memmove|exp|expf|log|logf|pow|powf|sqrt|sqrtf)$"
with_blas="${allowed%)$}|cblas_sgemm)$"

undefined_names() { # undefined_names FILE...: what they ask for and don't define themselves
    nm "$@" | awk '$1 == "U" { used[$2] = 1 } NF == 3 { defined[$3] = 1 }
        END { for (name in used) if (!(name in defined) && name !~ /^_(GLOBAL_OFFSET|_stack_chk)/) print name }'
}

asks_only_for() { # asks_only_for PATTERN FOLDER
    undefined_names "$2"/*.o | grep -Ev "$1" && return 1
    return 0
}

generated() { # generated FOLDER SPEC OPTION...
    folder=$1
    shift
    gen/castnet "$@" -o "$folder" && compile_model "$folder" "$level"
}

level=-O1
for target in native portable; do
    expect "tiny compiles for $target" \
        generated $scratch/$target gen/specs/resnet8_tiny.lua --target $target --batch 16
    expect "tiny for $target asks for no more than it may" asks_only_for "$allowed" $scratch/$target
done
targets="native portable"
if gen/castnet gen/specs/resnet8_tiny.lua --blas --print-name >/dev/null 2>&1; then
    targets="$targets blas"
    expect "tiny compiles with a BLAS" generated $scratch/blas gen/specs/resnet8_tiny.lua --blas --batch 16
    expect "tiny with a BLAS asks for no more than it may" asks_only_for "$with_blas" $scratch/blas
fi
level=-O0
for spec in dropout max_pool_overlapping update_sgd_nesterov; do
    expect "$spec compiles" generated $scratch/$spec tests/specs/ops/$spec.lua --target portable
    expect "$spec asks for no more than it may" asks_only_for "$allowed" $scratch/$spec
done
refused() { ! "$@"; }
expect "a call would be seen" refused asks_only_for "^nothing$" $scratch/portable

# --- a step -------------------------------------------------------------------------------------

ends_with() { # ends_with STATUS COMMAND...
    status=$1
    shift
    "$@"
    is=$?
    [ "$is" = "$status" ] || { echo "status $is, not $status" && return 1; }
}

program() { # program FOLDER
    link_model "$1" -O1 "$1/allocations" tests/generated/allocations.c tests/generated/drive.c \
        tests/generated/tensors.c runtime/context.c runtime/platform/arena.c \
        "runtime/platform/$(flag "$1" POOL).c" runtime/platform/cpus.c runtime/platform/program.c \
        runtime/platform/processor.c runtime/platform/blas.c runtime/error.c -ldl
}

# The kernels of OpenBLAS's that run wherever the model does.
cores() { # cores FOLDER
    grep -q openblas "$1/flags.mk" || return
    case $(flag "$1" CFLAGS_TARGET) in
    *x86-64-v4*) echo Prescott Haswell SkylakeX ;;
    *x86-64-v3*) echo Prescott Haswell ;;
    esac
}

skipped=0
for target in $targets; do
    if ! program $scratch/$target >$scratch/log 2>&1 && grep -q '__libc_' $scratch/log; then
        echo "skip: the C library's allocator can't be replaced here"
        skipped=$((skipped + 1))
        continue
    fi
    expect "the program for $target links" program $scratch/$target
    expect "a step for $target allocates nothing" ends_with 0 $scratch/$target/allocations
    for core in $(cores $scratch/$target); do
        expect "nor does it with OpenBLAS's kernels for $core" \
            ends_with 0 env OPENBLAS_CORETYPE="$core" $scratch/$target/allocations
    done
    expect "an allocation in a step would be seen" ends_with 3 $scratch/$target/allocations main
    expect "a mapping in a step would be seen" ends_with 3 $scratch/$target/allocations map
done
if [ -x $scratch/native/allocations ] && [ "$(flag $scratch/native POOL)" = pool ]; then
    expect "an allocation in a thread would be seen" ends_with 3 $scratch/native/allocations worker
fi

# --- a portable trainer -------------------------------------------------------------------------

trainer() { # trainer FOLDER
    # shellcheck disable=SC2046
    link_model "$1" -O0 "$1/train" runtime/train.c $(runtime_sources) \
        "runtime/platform/$(flag "$1" POOL).c"
}

calls() { nm -u "$1" | grep -iE 'pthread_|cblas|openblas'; } # the names among undefined ones
calls_none() { ! calls "$1"; }

expect "the portable trainer links" trainer $scratch/portable
expect "it asks for no thread and no BLAS" calls_none $scratch/portable/train
if [ "$(flag $scratch/native POOL)" = pool ]; then
    expect "which another would be seen to ask for" calls $scratch/native/allocations
fi

summary >$scratch/summary
status=$?
sed "s/failed$/failed, $skipped skipped/" $scratch/summary
exit $status
