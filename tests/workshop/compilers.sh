#!/bin/sh
# CC may be several words, and any C compiler: trainers made by each, and a line where one can't make a target.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/cc
. tests/generated/common
rm -rf "$scratch" && mkdir -p "$scratch"
skipped=0
CCACHE_DIR=$(absolute "$scratch")/ccache # not in HOME, which may not be writable
export CCACHE_DIR

# A spec with little to do.
sed 's/{ out = 8, kernel = 3, padding = 1 }/{ out = 8, kernel = 3, stride = 4, padding = 1 }/' \
    gen/specs/resnet8_tiny.lua >"$scratch/spec.lua"

trains() { # trains CC TARGET
    "${MAKE:-make}" -s train CC="$1" CFLAGS=-O1 MODEL="$scratch/spec.lua" TARGET="$2" BATCH=16 BUILD="$scratch/build" \
        ARGS="--synthetic --no-eval --no-plots --max-steps 3 --out $scratch/run" >"$scratch/said" 2>&1
    status=$?
    cat "$scratch/said"
    [ $status = 0 ] && ! grep -i warning "$scratch/said" && cksum <"$scratch/run/last.safetensors" >>"$scratch/sums"
}
refused() { # refused TEXT CC TARGET
    ! trains "$2" "$3" && [ "$(grep -c '^castnet: ' "$scratch/said")" = 1 ] && grep -q "^castnet: .*$1" "$scratch/said"
}
knows_headers() { # what an object was made of is written beside it
    for file in "$scratch"/build/*/obj/runtime/platform/clock.d; do grep -q 'runtime/platform/clock.h' "$file" || return 1; done
}

for cc in "gcc -pipe" "ccache gcc" "clang -pipe" tcc; do
    missing=
    for word in $cc; do
        case $word in -*) ;; *) command -v "$word" >/dev/null 2>&1 || missing=$word ;; esac
    done
    if [ -n "$missing" ]; then
        echo "skip $cc: $missing is not installed"
        skipped=$((skipped + 1))
        continue
    fi
    CC=$cc
    expect "need takes CC=$cc" env CC="$cc" .make/need build
    expect "CC=$cc trains" trains "$cc" portable
    expect "CC=$cc tells which headers it read" knows_headers
done
expect "all train to the same bits" test "$(sort -u "$scratch/sums" | wc -l)" = 1
if command -v tcc >/dev/null 2>&1; then
    expect "tcc has no vectors" refused "CC=tcc makes no code for TARGET=avx2 .*TARGET=portable" tcc avx2
fi
expect "a compiler that isn't there" refused "there is no command no-such-cc" "no-such-cc -O2" portable
summary | sed "s/failed$/failed, $skipped skipped/"
[ "$failed" = 0 ]
