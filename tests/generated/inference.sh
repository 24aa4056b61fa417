#!/bin/sh
# Networks that only infer (--as inference) against their trainers' evaluation, under ASan and UBSan: specs in which norms
# fold and such in which they don't, and random ones, at a batch of 1 and at one that does not divide the images. What they ask
# of a program around them is memcpy and memset, and they compute in single precision.
#
#   tests/generated/inference.sh [SPEC.lua...]      SEED=1 RANDOM_SPECS=4
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/inference
. tests/generated/common
rm -rf "$scratch" && mkdir -p "$scratch"

flags="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
[ $# != 0 ] || {
    mkdir "$scratch/specs"
    lua5.4 tests/generated/random_specs.lua "${SEED:-1}" "${RANDOM_SPECS:-4}" "$scratch/specs" || exit 1
    set -- gen/specs/resnet8_tiny.lua tests/specs/golden/every_op.lua tests/specs/ops/fixed_stores.lua "$scratch"/specs/*.lua
    for name in bn_alone bn_of_itself bn_shared conv_dead_taps conv_depthwise conv_grouped_sizes functions pools_ceil; do
        set -- "$@" tests/specs/ops/$name.lua
    done
}

infers() { # infers SPEC TARGET BATCH MEMORY
    folder=$scratch/model
    rm -rf "$folder" && mkdir "$folder" &&
        gen/castnet "$1" --target portable -o "$folder/trainer" &&
        gen/castnet "$1" --as inference --target "$2" --batch "$3" --memory "$4" --prefix inferred -o "$folder/inferred" || return 1
    compile_model "$folder/trainer" -O0 && compile_model "$folder/inferred" "$flags -Wdouble-promotion -Wconversion" &&
        link_model "$folder/trainer" "$flags -I $folder/inferred" "$folder/compare" tests/generated/inference.c \
            tests/generated/tensors.c tests/generated/run.c "$folder"/inferred/*.o && "$folder/compare"
}

# Of all but the sanitizers: memcpy and memset. And it has no double.
asks_little() {
    ! grep -nw double "$folder"/inferred/*.[ch] && nm -u "$folder"/inferred/*.o | awk '
        $1 == "U" && $2 !~ /^inferred_|^__(asan|ubsan)|^(memcpy|memset|_GLOBAL_OFFSET_TABLE_)$/ { print; bad = 1 } END { exit bad }'
}

native() { lua5.4 -e 'package.path = "gen/?.lua"; print(require("targets").resolve("native").name)'; }

number=0
for spec; do
    number=$((number + 1))
    case $((number % 4)) in
    0) expect "$spec, native, batch 1" infers "$spec" "$(native)" 1 poison ;;
    1) expect "$spec, portable, batch 1" infers "$spec" portable 1 poison ;;
    2) expect "$spec, portable, batch 3" infers "$spec" portable 3 separate ;;
    3) expect "$spec, native, batch 3" infers "$spec" "$(native)" 3 plan ;;
    esac
    expect "$spec asks for memcpy and memset alone, and has no double" asks_little
done
summary
