#!/bin/sh
# Weights don't depend on the compiler, nor on how hard it optimises: nothing is contracted or reordered that
# the C doesn't say. Trainers of one spec for each target, made by gcc and clang at several levels, train on the
# same drawn images and write the same bytes.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/compilers
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch

command -v clang >/dev/null || echo "skip clang: it is not installed"

# A stem of stride 4 makes steps short; clipping, averages, decay and Muon have arithmetic of their own.
groups='groups = { net.group { parameters = { "layer*.conv*.weight" }, optimizer = net.muon { lr = 0.02 } } }, lookahead = net.lookahead {}'
sed 's/{ out = 8, kernel = 3, padding = 1 }/{ out = 8, kernel = 3, stride = 4, padding = 1 }/
    s/net.adam { lr = 1e-3 }/net.adamw { lr = 1e-3, decay = "weights" }, clip_norm = 1, ema_decay = 0.9, '"$groups"'/' \
    gen/specs/resnet8_tiny.lua >$scratch/spec.lua

build() { # build FOLDER TARGET CC FLAGS [OPTION...]
    folder=$1 target=$2 CC=$3 flags=$4
    shift 4
    mkdir -p "$folder" && gen/castnet $scratch/spec.lua -o "$folder" --target "$target" --batch 16 "$@" || return 1
    # shellcheck disable=SC2046
    compile_model "$folder" "$flags" && link_model "$folder" "$flags" "$folder/train" runtime/train.c $(runtime_sources) \
        "runtime/platform/$(flag "$folder" POOL).c"
}

train() { # train FOLDER [THREADS]
    "$1/train" --synthetic --max-steps 8 --no-plots --no-eval --no-checkpoint --quiet --threads "${2:-1}" --out "$1/run"
}

runs_here() { # runs_here TARGET: has this processor what it needs? By the target that native means here
    case $1-$(native) in
    avx512-avx512 | avx2-avx* | portable-*) ;;
    *) return 1 ;;
    esac
}
native() { lua5.4 -e 'package.path = "gen/?.lua"; print(require("targets").resolve("native").name)'; }

for target in avx512 avx2 portable; do
    if ! runs_here $target; then
        echo "skip $target: not this processor's"
        continue
    fi
    first=
    for how in gcc-O3 gcc-O1 clang-O2; do
        command -v "${how%-*}" >/dev/null || continue
        folder=$scratch/$target-$how
        expect "$how builds for $target" build "$folder" $target "${how%-*}" "-${how#*-}"
        expect "$how trains for $target" train "$folder"
        first=${first:-$folder}
        expect "$how for $target: the same weights" cmp "$first/run/last.safetensors" "$folder/run/last.safetensors"
    done
done

# Nor do they depend on who multiplies bf16, the processor or plain C.
bf16() { # bf16 TARGET CC FLAGS THREADS
    build $scratch/$1-bf16 $1cheap "$2" "$3" --with tests/specs/with/cheap_transforms.lua --precision bf16_4x4 && train $scratch/$1-bf16 "$4"
}
if grep -q avx512_bf16 /proc/cpuinfo; then
    expect "bf16 by instructions" bf16 avx512bf16 gcc -O3 1
    grep -q f4_bf16 $scratch/avx512bf16-bf16/layers.txt || expect "bf16 is there" false
    expect "bf16 in plain C, on two threads" bf16 avx512 gcc -O2 2
    expect "bf16: the same weights" cmp $scratch/avx512bf16-bf16/run/last.safetensors $scratch/avx512-bf16/run/last.safetensors
else
    echo "skip bf16: not this processor's"
fi
summary
