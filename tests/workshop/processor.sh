#!/bin/sh
# A program on a processor without the instructions it was compiled for says so in one line, instead of dying of
# SIGILL: with a list that no processor fulfils, and, where qemu can play an older one, a whole trainer.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/processor
export OPENBLAS_NUM_THREADS=1 # or a program starts itself again, outside of qemu
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch
skipped=0

# model.h as the generator writes it for another list.
program() { # program NAME INSTRUCTIONS: one that would say `ran`
    printf '%s\n' '#define MODEL_OPTIONS "--target made-up"' "$2" >$scratch/model.h
    printf '%s\n' '#include <stdio.h>' '#include "platform/processor.h"' \
        'int main(void) { processor_check(); return puts("ran") < 0; }' >$scratch/main.c
    # shellcheck disable=SC2086  # words
    ${CC:-cc} -std=c11 $warnings -I $scratch -I runtime -o "$scratch/$1" $scratch/main.c runtime/platform/processor.c
}
complains() { # complains TEXT COMMAND...: with one line, and without running
    text=$1
    shift
    "$@" >$scratch/out 2>$scratch/err
    status=$?
    cat $scratch/out $scratch/err
    [ $status = 1 ] && [ ! -s $scratch/out ] && [ "$(wc -l <$scratch/err)" = 1 ] &&
        grep -q "^castnet: this processor lacks $text, .*TARGET=portable" $scratch/err
}
runs() { [ "$("$@")" = ran ]; }
no_check() { ! nm "$1" | grep -q cpu_model; }

expect "no instructions wanted" program none ""
expect "it runs" runs $scratch/none
expect "nothing of a check is left" no_check $scratch/none
if [ "$(uname -m)" = x86_64 ]; then
    # Of one generation of accelerators, Knights Mill, and nothing else.
    expect "instructions that are not here" program knights \
        '#define MODEL_INSTRUCTIONS(each) each("sse2") each("avx5124vnniw") each("avx5124fmaps")'
    expect "are told" complains "avx5124vnniw avx5124fmaps" $scratch/knights
    expect "instructions that are here" program here '#define MODEL_INSTRUCTIONS(each) each("sse2")'
    expect "are found" runs $scratch/here
fi

trainer() { # trainer TARGET
    "${MAKE:-make}" -s -f .make/model.mk MODEL=resnet8_tiny TARGET="$1" BATCH=32 programs
}
if command -v qemu-x86_64 >/dev/null 2>&1 && [ "$(uname -m)" = x86_64 ]; then
    for target in avx2 avx512 avx512bf16; do
        expect "a trainer for $target" trainer $target
        for name in train eval predict; do
            expect "$name on an older processor" complains ".*fma.*bmi2.*" \
                qemu-x86_64 -cpu Nehalem ${BUILD:-build}/resnet8_tiny-$target-b32/$name --version
        done
    done
    expect "a portable trainer" trainer portable
    expect "runs there" qemu-x86_64 -cpu Nehalem ${BUILD:-build}/resnet8_tiny-portable-b32/train --version
else
    echo "skip: no qemu-x86_64 to play an older processor"
    skipped=1
fi
summary | sed "s/failed$/failed, $skipped skipped/"
[ "$failed" = 0 ]
