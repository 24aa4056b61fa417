#!/bin/sh
# Several networks in one program: two models, and one of them at two batch sizes, take turns at their steps under ASan
# and UBSan, and each computes to the last bit what it computes alone. What the linker sees of a network begins with its
# prefix; its header is C++, too.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/two_models
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch

flags="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"

# made PREFIX SPEC OPTION...: the network, and its part of a program as one object that shows the part alone
made() {
    prefix=$1 folder=$scratch/$1
    shift
    gen/castnet "$@" --target portable --prefix "$prefix" -o "$folder" && compile_model "$folder" "$flags" || return 1
    mkdir "$folder/part"
    for source in part drive tensors run; do
        # shellcheck disable=SC2086  # flags are words
        $CC -std=c11 $warnings $flags -DPART="${prefix}_part" -I "$folder/runtime" -I runtime \
            -c -o "$folder/part/$source.o" tests/generated/$source.c || return 1
    done
    ld -r -o "$folder/part.o" "$folder"/part/*.o &&
        objcopy -G "${prefix}_part" "$folder/part.o"
}

prefixed() { # prefixed PREFIX: all that its objects show the linker, but for the sanitizers'
    nm -g --defined-only $scratch/"$1"/*.o | awk -v prefix="$1" '
        NF == 3 { seen++ }
        NF == 3 && index($3, prefix "_") != 1 && $3 !~ /^__(asan|odr_asan|ubsan)/ { print; bad = 1 }
        END { exit bad || !seen }'
}

linked() { # linked PREFIX...: a program of the parts in turn
    program=$scratch/of-$(echo "$*" | tr ' ' '-')
    {
        for prefix; do echo "int ${prefix}_part(int turn);"; done
        echo 'int main(void) { int turn = 0, more = 1; while (more) {'
        for prefix; do echo "more = ${prefix}_part(turn);"; done
        echo 'turn++; } return 0; }'
    } >"$program.c"
    objects=
    for prefix; do objects="$objects $scratch/$prefix/*.o"; done
    # shellcheck disable=SC2086
    $CC $flags -o "$program" "$program.c" $objects -lm
}

printed() { # printed PREFIX...: what the program prints
    program=$scratch/of-$(echo "$*" | tr ' ' '-')
    "$program" >"$program.out"
}

alike() { # alike PREFIX: what it printed among the others is what it printed alone
    options=$(sed -n 's/#define MODEL_OPTIONS "\(.*\)"/\1/p' $scratch/"$1"/runtime/model.h)
    awk -v mark="= $options" '/^= / { mine = $0 == mark } mine' $scratch/of-large-small-other.out | cmp - $scratch/of-"$1".out
}

expect "a network is made" made large gen/specs/resnet8_tiny.lua --batch 16
expect "the same at another batch size is" made small gen/specs/resnet8_tiny.lua --batch 6
expect "another model is" made other tests/specs/golden/training_words.lua
for prefix in large small other; do
    expect "$prefix shows its prefix alone" prefixed $prefix
    expect "$prefix links alone" linked $prefix
    expect "$prefix runs alone" printed $prefix
done
expect "all link into one program" linked large small other
expect "they take turns" printed large small other
for prefix in large small other; do expect "$prefix computes what it does alone" alike $prefix; done

in_cpp() { # in_cpp COMPILER
    gen/castnet gen/specs/resnet8_tiny.lua --target portable --batch 4 -o $scratch/cpp && compile_model $scratch/cpp -O1 &&
        echo '#include "resnet8_tiny_recipe.h"' >$scratch/recipe.cc &&
        "$1" -std=c++11 -Wall -Wextra -pedantic -Werror -I $scratch/cpp -o $scratch/caller tests/generated/caller.cc \
            $scratch/recipe.cc $scratch/cpp/*.o -lm && $scratch/caller
}
for compiler in g++ clang++; do
    if command -v $compiler >/dev/null; then
        expect "a program in C++ by $compiler" in_cpp $compiler
    else
        echo "skip $compiler: it is not installed"
    fi
done
summary
