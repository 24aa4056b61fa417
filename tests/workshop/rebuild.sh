#!/bin/sh
# What is built again, and when: nothing without a change, no object when the generated text stays
# as it was, and no folder shared between different options.
set -u
cd "$(dirname "$0")/../.." || exit 1
MAKE=${MAKE:-make}
scratch=${BUILD:-build}/tests/rebuild
dir=${BUILD:-build}/castnet_rebuild_test
rm -rf $scratch $dir $dir-avx2 $dir-b8
mkdir -p $scratch
trap 'rm -rf $dir $dir-*' EXIT
spec=$scratch/spec.lua
sed 's/name *= *"resnet8_tiny"/name = "castnet_rebuild_test"/' gen/specs/resnet8_tiny.lua >$spec

passed=0 failed=0
expect() { # expect WHAT CONDITION...
    what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $what"
        sed 's/^/    /' $scratch/log
    fi
}
build() { # build TARGET [VARIABLE=...]: what make did is in the log
    goal=$1
    shift
    # shellcheck disable=SC2086  # PARALLEL is empty or one word
    "$MAKE" ${PARALLEL:-} -f .make/model.mk MODEL=$spec SANITIZE= \
        TARGET=native BATCH= "$@" "$goal" >$scratch/log 2>&1
}
did() { grep -q "^  $1" $scratch/log; }
did_not() { ! did "$1"; }

expect "a spec outside gen/specs builds" build programs
expect "its trainer is there" test -x $dir/train
expect "a second make works" build programs
expect "... and generates nothing" did_not generate
expect "... and compiles nothing" did_not compile
sleep 1 # file times are this coarse on some file systems
touch $spec
expect "make after the spec was touched works" build programs
expect "... and generates" did generate
expect "... and compiles nothing" did_not compile
expect "other options build" build generate TARGET=avx2
expect "... in a folder of their own" test -f $dir-avx2/base.h
expect "another batch builds" build generate BATCH=8
expect "... in a folder of its own" test -f $dir-b8/base.h
expect "other compiler flags build" build programs CFLAGS=-O1
expect "... and compile" did compile
# Objects of a castnet whose files lay elsewhere, made by a compiler without -MP.
rm -rf $dir/obj/runtime/*/
echo "$dir/obj/runtime/train.o: runtime/gone.h" >$dir/obj/runtime/gone.d
expect "where other files were compiled before" build programs CFLAGS=-O1
expect "... it compiles" did compile
rm $dir/obj/runtime/gone.d
# A folder that another machine used before, where native is something else.
sed -i 's/^\(GENERATED_FROM .*\)$/\1-of-another-machine/' $dir/generated.mk
expect "where native was something else" build generate
expect "... it generates" did generate
expect "... once" build generate
expect "... not twice" did_not generate
before=$(cksum $dir/*.c $dir/base.h)
echo "return net.nothing()" >$spec
not() { ! "$@"; }
expect "a broken spec is an error" not build programs
expect "... and leaves the generated files alone" test "$(cksum $dir/*.c $dir/base.h)" = "$before"

# -j alone would be as many jobs as there are files.
mkdir $scratch/mute
printf '#!/bin/sh\nexit 1\n' >$scratch/mute/nproc && chmod +x $scratch/mute/nproc
one_job() { env -u MAKEFLAGS PATH="$scratch/mute:$PATH" "$MAKE" -n gen >$scratch/log 2>&1 && grep -q -e ' -j1 ' $scratch/log; }
expect "where nproc says nothing, one job runs" one_job

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
