#!/bin/sh
# Networks as a library (--as library), under ASan and UBSan: they begin with the trainer's weights to the bit, learn, save
# and load; they ask for nothing but memcpy and memset.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/library
. tests/generated/common
rm -rf "$scratch" && mkdir -p "$scratch"

sanitized="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -Wdouble-promotion -Wconversion"

made() { # made SPEC TARGET: the library as objects, and what it is tested with
    rm -rf "$scratch/model" && mkdir "$scratch/model" &&
        gen/castnet "$1" --target portable --batch 16 -o "$scratch/model/trainer" && compile_model "$scratch/model/trainer" -O0 &&
        gen/castnet "$1" --as library --target "$2" --batch 16 --prefix learner -o "$scratch/model/learner" &&
        compile_model "$scratch/model/learner" "$sanitized" || return 1
    # shellcheck disable=SC2046
    link_model "$scratch/model/trainer" -O1 "$scratch/model/drawn" tests/generated/drawn.c $(runtime_sources) \
        runtime/platform/pool_serial.c
}

works() {
    # shellcheck disable=SC2086  # flags are words
    "$scratch/model/drawn" "$scratch/model/first" 7 &&
        $CC -std=c11 $warnings $sanitized -Wno-conversion -I "$scratch/model/learner" -o "$scratch/model/library" tests/generated/library.c \
            "$scratch/model/learner"/*.o && "$scratch/model/library" "$scratch/model/first" 7
}

asks_little() { # of what is no sanitizer's
    nm -u "$scratch/model/learner"/*.o | awk '$1 == "U" && $2 !~ /^learner_|^__(asan|ubsan)|^(memcpy|memset|_GLOBAL_OFFSET_TABLE_)$/ { print; bad = 1 }
        END { exit bad }'
}

native() { lua5.4 -e 'package.path = "gen/?.lua"; print(require("targets").resolve("native").name)'; }

for spec in gen/specs/resnet8_tiny.lua tests/specs/golden/training_words.lua tests/specs/golden/optimizers.lua \
    tests/specs/golden/dead_taps.lua; do
    for target in portable "$(native)"; do
        expect "$spec, $target, is made" made "$spec" "$target"
        expect "$spec, $target, works" works
        expect "$spec, $target, asks for memcpy and memset alone" asks_little
    done
done
# The same of one file, with bf16 in memory; its example has a main of its own.
in_one_file() {
    rm -rf "$scratch/model/learner" && gen/castnet gen/specs/resnet8_tiny.lua --as library --target portable --batch 16 --prefix learner \
        --precision bf16 --form two -o "$scratch/model/learner" && rm -f "$scratch/model/learner"/*example.c &&
        compile_model "$scratch/model/learner" "$sanitized"
}
expect "a library in one file, bf16 in memory, is compiled" in_one_file
expect "... and asks for memcpy and memset alone" asks_little
summary
