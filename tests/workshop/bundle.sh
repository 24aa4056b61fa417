#!/bin/sh
# Bundles (make bundle): the same bytes each time, and with a compiler alone, without castnet, Lua or anything of this folder, they
# build by each compiler at each level and compute the same bits; what they show the linker, what they ask of it, and how much
# stack a call takes are what they say.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/bundle
. tests/generated/common
rm -rf "$scratch" && mkdir -p "$scratch"
scratch=$(absolute "$scratch")
top=$PWD

bundle() { # bundle ARGUMENT...: make's
    BUILD=${BUILD:-build} "${MAKE:-make}" -s bundle MODEL=resnet8_tiny TARGET=portable "$@"
}

archive() { echo "${BUILD:-build}/resnet8_tiny-portable$1.tar.gz"; }

twice() { # twice SUFFIX ARGUMENT...
    suffix=$1
    shift
    bundle "$@" && cp "$(archive "$suffix")" "$scratch/first" && touch gen/castnet && bundle "$@" && cmp "$scratch/first" "$(archive "$suffix")" &&
        tar -C "$scratch" -xzf "$scratch/first"
}

# A folder of commands that has a compiler and nothing else.
tools() {
    mkdir "$scratch/tools"
    for tool in sh make rm ar ranlib as ld cc gcc clang tcc g++ clang++ x86_64-linux-gnu-gcc; do
        path=$(command -v $tool) && ln -s "$path" "$scratch/tools/$tool"
    done
    ! PATH=$scratch/tools command -v lua5.4
}

alone() { # alone FOLDER COMMAND...: there, and with those commands alone
    folder=$1
    shift
    (cd "$scratch/$folder" && env -i PATH="$scratch/tools" "$@")
}

# The weights that a bundled network that trains writes, which one that infers reads.
weights=$scratch/weights.safetensors
trains() {
    alone resnet8_tiny-portable-b8-library make -s && "$scratch/resnet8_tiny-portable-b8-library/resnet8_tiny_example" 4 "$weights" >"$scratch/losses"
}

builds() { # builds FOLDER COMPILER FLAGS
    alone "$1" make -s clean && alone "$1" make -s CC="$2" CFLAGS="$3"
}

# The network as by a compiler that has no attributes, builtins or assembler.
builds_without_gnu() {
    alone "$1" make -s clean && alone "$1" make -s libresnet8_tiny.a CC=gcc CFLAGS="-O1 -U__GNUC__" && alone "$1" make -s CC=gcc CFLAGS=-O1
}

# Losses and weights, or logits, of what was built last.
trains_alike() {
    "$scratch/resnet8_tiny-portable-b8-library/resnet8_tiny_example" 4 "$scratch/again" | cmp - "$scratch/losses" && cmp "$scratch/again" "$weights"
}
infers_alike() {
    inferring=$scratch/resnet8_tiny-portable-inference
    "$inferring/resnet8_tiny_pack" "$weights" "$scratch/again" && cmp "$scratch/again" "$inferring/resnet8_tiny_weights.bin" &&
        "$inferring/resnet8_tiny_example" "$scratch/again" "$scratch/images" >"$scratch/classes.now" || return 1
    [ -s "$scratch/classes" ] || cp "$scratch/classes.now" "$scratch/classes"
    cmp "$scratch/classes.now" "$scratch/classes" && [ "$(wc -l <"$scratch/classes")" = 3 ]
}

linked() { # linked FOLDER: what its object shows the linker and asks of it is what tests/golden has, and nothing else
    tests/workshop/linked "$scratch/$1/resnet8_tiny.o" >"$scratch/linked" && diff -u "tests/golden/linked/resnet8_tiny-${1##*-}.txt" "$scratch/linked"
}

# The caller that the README prints, as it stands there.
printed_caller() { # printed_caller FOLDER
    awk '/^    #include/ { inside = 1 } inside && !/^    / && !/^$/ { exit } inside { print substr($0, 5) }' "$scratch/$1/README.md" >"$scratch/printed.c"
    set -- "$scratch/$1" ""
    [ "${1%library}" != "$1" ] || { (cd "$1" && gcc -c -o weights.o resnet8_tiny_weights.c) && set -- "$1" weights.o; }
    (cd "$1" && gcc -std=c11 -O1 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -I. -o "$scratch/printed" "$scratch/printed.c" $2 libresnet8_tiny.a) &&
        "$scratch/printed" | grep '^class [0-9]$\|^loss [0-9.]*$'
}

strict="-O2 -Werror -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion -Wfloat-conversion -Wcast-align -Wcast-qual
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wundef -Wvla -Wredundant-decls -Wwrite-strings -Wpointer-arith
    -Wnull-dereference -Wformat=2 -Wmissing-declarations -Wnested-externs -Wbad-function-cast -Wswitch-enum"
strict_gcc="-Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init -Warith-conversion -Wcast-align=strict -Wstrict-overflow=2"
strictly() { # strictly FOLDER COMPILER
    # shellcheck disable=SC2046,SC2086
    for source in "$scratch/$1"/*.c; do
        case $source in *_weights.c) continue ;; esac
        $2 -std=c99 $strict $([ "$2" != gcc ] || echo "$strict_gcc") -c -o "$scratch/strict.o" "$source" || return 1
    done
}

in_cpp() { # in_cpp FOLDER COMPILER: a caller in C++
    (cd "$scratch/$1" && "$2" -x c++ -std=c++11 -Wall -Wextra -pedantic -Werror -c -o "$scratch/cpp.o" resnet8_tiny_example.c &&
        "$2" -o "$scratch/cpp" "$scratch/cpp.o" libresnet8_tiny.a)
}

stack() { # stack FOLDER COMPILER LEVEL FLAGS...
    folder=$1 compiler=$2 level=$3
    shift 3
    limit=$(sed -n 's/#define RESNET8_TINY_STACK_BYTES \([0-9]*\).*/\1/p' "$scratch/$folder/resnet8_tiny.h")
    [ "$level" != -O0 ] || limit=$((3 * limit))
    "$compiler" -std=gnu11 "$level" "$@" -DNETWORK=resnet8_tiny -DUPPER=RESNET8_TINY -DNETWORK_H='"resnet8_tiny.h"' -I "$scratch/$folder" \
        -Wl,-z,now -o "$scratch/painted" tests/workshop/painted.c "$scratch/$folder/resnet8_tiny.c" || return 1
    taken=$("$scratch/painted" "$weights") && echo "$taken of $limit" && [ "$taken" -gt 100 ] && [ "$taken" -le "$limit" ] || return 1
    [ "$compiler" = gcc ] || return 0
    # What make plan says: 128 bytes go to the test's own function.
    gcc -std=c99 "$level" -fno-pie -fcallgraph-info=su -c -o "$scratch/graph.o" "$scratch/$folder/resnet8_tiny.c" &&
        said=$(lua5.4 .make/stack.lua "$scratch/graph.ci" resnet8_tiny) && echo "$said said" && [ "$taken" -le $((said + 128)) ] &&
        [ "$said" -le $((2 * taken)) ]
}

linked_weights() { # linked_weights FLAG: the same bytes as an object, by the assembler or from text
    (cd "$scratch/resnet8_tiny-portable-inference" && gcc -std=c99 -Wall -Wextra -Wpedantic -Werror $1 -c -o weights.o resnet8_tiny_weights.c &&
        objcopy -O binary -j .rodata weights.o weights.rodata && cmp weights.rodata resnet8_tiny_weights.bin &&
        gcc -std=c99 $1 '-DRESNET8_TINY_WEIGHTS_SECTION=".flash"' -c -o weights.o resnet8_tiny_weights.c &&
        objcopy -O binary -j .flash weights.o weights.rodata && cmp weights.rodata resnet8_tiny_weights.bin &&
        gcc -std=c99 $1 -DRESNET8_TINY_WEIGHTS_ALIGNMENT=4096 -c -o weights.o resnet8_tiny_weights.c &&
        objdump -h weights.o | grep -q ' \.rodata .*2\*\*12' &&
        [ "$(nm -P -t d weights.o | awk '$1 == "resnet8_tiny_weights" { print $4 + 0 }')" = "$(wc -c <resnet8_tiny_weights.bin)" ] &&
        ! gcc -std=c99 $1 -DRESNET8_TINY_WEIGHTS_ALIGNMENT=32 -c -o weights.o resnet8_tiny_weights.c)
}

# Elsewhere, with -I, by each compiler; a file of another size never becomes weights that attach reads beyond.
weights_elsewhere() { # weights_elsewhere COMPILER
    inferring=$scratch/resnet8_tiny-portable-inference cut=$scratch/cut bytes=$(wc -c <"$scratch/resnet8_tiny-portable-inference/resnet8_tiny_weights.bin")
    rm -rf "$cut" && mkdir "$cut" && cp "$inferring/resnet8_tiny_weights.c" "$inferring/resnet8_tiny.h" "$cut" || return 1
    (cd "$scratch" && "$1" -std=c99 -I "$inferring" -c -o weights.o "$inferring/resnet8_tiny_weights.c" &&
        objcopy -O binary -j .rodata weights.o weights.rodata && cmp weights.rodata "$inferring/resnet8_tiny_weights.bin") || return 1
    (cd "$cut" && head -c 1000 "$inferring/resnet8_tiny_weights.bin" >resnet8_tiny_weights.bin && "$1" -std=c99 -c -o weights.o resnet8_tiny_weights.c &&
        objcopy -O binary -j .rodata weights.o weights.rodata && [ "$(wc -c <weights.rodata)" = "$bytes" ] &&
        cat "$inferring/resnet8_tiny_weights.bin" "$inferring/resnet8_tiny.h" >resnet8_tiny_weights.bin &&
        ! "$1" -std=c99 -c -o weights.o resnet8_tiny_weights.c)
}

# A root that has a compiler, what it reads for these programs, and its C library: no shell, no make, nothing to call.
enter=chroot
[ "$(id -u)" = 0 ] || enter="unshare -r chroot"
root=$scratch/root
bundles="resnet8_tiny-portable-b8-library resnet8_tiny-portable-inference resnet8_tiny-portable-b4-trainer"
make_root() {
    mkdir "$root"
    for folder in $bundles; do cp -r "$scratch/$folder" "$root/" && find "$root/$folder" -name '*.[oa]' -exec rm {} + || return 1; done
    cp "$weights" "$scratch/images" "$root/"
    tcc=$(command -v tcc)
    libraries=$(dirname "$(gcc -print-file-name=crt1.o)")
    for source in $(cd "$root" && find . -name '*.c' ! -name '*_weights.c'); do
        folder=$root/$(echo "$source" | cut -d / -f 2)
        $tcc -E -I "$folder/runtime" -I "$folder/model/runtime" "$root/$source" || return 1
    done >"$scratch/read"
    for file in $tcc $(ldd "$tcc" | grep -o '/[^ ]*') "$libraries"/crt[1in].o "$libraries"/lib[cm].so "$libraries"/libmvec.so.1 "$libraries"/libm.so.6 \
        "$libraries"/ld-*.so.* "$libraries"/libc_nonshared.a "$($tcc -print-search-dirs | grep -o '/.*/libtcc1.a')" \
        $(sed -n 's/^# [0-9]* "\(\/usr\/[^"]*\.h\)".*/\1/p' "$scratch/read" | sort -u); do
        mkdir -p "$root/$(dirname "$file")" && cp -L "$file" "$root/$file" || return 1
    done
    ! $enter "$root" /bin/sh -c true 2>/dev/null
}
in_root() { # in_root PROGRAM FOLDER SOURCE... [-OPTION...]: compiles
    program=/$1 folder=/$2
    shift 2
    for word; do
        case $word in -*) set -- "$@" "$word" ;; *) set -- "$@" "$folder/$word" ;; esac
        shift
    done
    $enter "$root" "$tcc" -I "$folder" -I "$folder/runtime" -I "$folder/model/runtime" -o "$program" "$@"
}
library_in_root() {
    in_root trains resnet8_tiny-portable-b8-library resnet8_tiny_example.c resnet8_tiny.c && $enter "$root" /trains 4 /again | cmp - "$scratch/losses" &&
        cmp "$root/again" "$weights"
}
inference_in_root() {
    in_root packs resnet8_tiny-portable-inference resnet8_tiny_pack.c resnet8_tiny.c &&
        in_root infers resnet8_tiny-portable-inference resnet8_tiny_example.c resnet8_tiny.c && $enter "$root" /packs /weights.safetensors /packed &&
        cmp "$root/packed" "$scratch/resnet8_tiny-portable-inference/resnet8_tiny_weights.bin" && $enter "$root" /infers /packed /images | cmp - "$scratch/classes"
}
trainer_in_root() {
    # shellcheck disable=SC2046  # names are ours and without spaces
    in_root train $trainer $(cd "$root/$trainer" && find . -name '*.c') -lm &&
        $enter "$root" /train --synthetic --max-steps 1 --no-plots --no-eval --quiet --out /run && cmp "$root/run/last.safetensors" "$scratch/run-gcc/last.safetensors"
}

refused() { # refused ARGUMENT...: one line that says why
    bundle "$@" >"$scratch/said" 2>&1 && return 1
    grep -q '^castnet: \|^resnet8_tiny_pack: \|castnet: ' "$scratch/said"
}

# The same weights as torch.compile's wrapper names them make the same packed ones.
wrapped() {
    LUA_PATH='gen/?.lua;gen/?/init.lua' lua5.4 - "$weights" "$scratch/wrapped.safetensors" <<'END' || return 1
local input, output, safetensors = require "convert.input", require "convert.output", require "convert.safetensors"
local file, out = input.open(arg[1]), output.open(arg[2])
local list = safetensors.read(file)
for _, tensor in ipairs(list) do
  tensor.name = "_orig_mod." .. tensor.name
  tensor.pieces = function() return file:pieces(tensor.first, tensor.bytes, tensor.name) end
end
safetensors.write(out, list)
out:commit()
END
    cp "$(archive -inference)" "$scratch/first"
    bundle AS=inference FORM=two WEIGHTS="$scratch/wrapped.safetensors" 2>"$scratch/said" && cmp "$scratch/first" "$(archive -inference)" &&
        grep -q "^castnet: .*wrapped.safetensors: the names of the weights are taken without _orig_mod\.$" "$scratch/said"
}

# And PyTorch's file of them does.
of_pytorch() {
    gen/castnet convert "$weights" "$scratch/weights.pth" && bundle AS=inference FORM=two WEIGHTS="$scratch/weights.pth" &&
        cmp "$scratch/first" "$(archive -inference)"
}

# A trainer may begin with another network's, a library takes all or nothing.
of_another() { bundle AS=trainer WEIGHTS="$another" && refused AS=library WEIGHTS="$another" && refused AS=inference WEIGHTS="$another"; }

expect "there are tools" tools
head -c 9216 /dev/zero | tr '\0' '\101' >"$scratch/images"
expect "a library is the same bytes twice" twice -b8-library AS=library FORM=two BATCH=8
expect "it trains" trains
expect "a network that infers is the same bytes twice" twice -inference AS=inference FORM=two WEIGHTS="$weights"
expect "weights behind a wrapper's prefix" wrapped
expect "weights as PyTorch has them" of_pytorch
another=$top/tests/vectors/pth/small.safetensors
expect "another network's weights" of_another
for folder in resnet8_tiny-portable-b8-library resnet8_tiny-portable-inference; do
    alike=infers_alike
    [ "${folder%library}" = "$folder" ] || alike=trains_alike
    for how in "gcc -O0" "gcc -O2" "gcc -O3" "gcc -Os" "clang -O0" "clang -O3" "tcc -O0" "musl-gcc -O2"; do
        compiler=${how% *}
        if ! command -v "$compiler" >/dev/null; then
            echo "skip $compiler: it is not installed"
            continue
        fi
        [ -e "$scratch/tools/$compiler" ] || ln -s "$(command -v "$compiler")" "$scratch/tools/"
        expect "$folder builds by $how" builds $folder "$compiler" "${how#* }"
        expect "$folder by $how computes the same bits" $alike
    done
    expect "$folder builds without GNU C" builds_without_gnu $folder
    expect "$folder without GNU C computes the same bits" $alike
    expect "$folder by gcc" builds $folder gcc -O2
    expect "$folder shows the linker and asks of it what it says" linked $folder
    expect "$folder: the caller in its README" printed_caller $folder
    for compiler in gcc clang; do
        command -v $compiler >/dev/null || continue
        expect "$folder by $compiler's strictest warnings" strictly $folder $compiler
        expect "$folder called in C++ by $compiler" in_cpp $folder "$(echo $compiler | sed 's/gcc/g++/; s/clang/clang++/')"
    done
done
for how in "gcc -O0" "gcc -O1" "gcc -O3" "clang -O0" "clang -O3"; do
    command -v "${how% *}" >/dev/null || continue
    expect "stack of a network that infers, $how" stack resnet8_tiny-portable-inference "${how% *}" "${how#* }" -DINFERS
    expect "stack of a library, $how" stack resnet8_tiny-portable-b8-library "${how% *}" "${how#* }"
done
expect "weights in an object" linked_weights ""
expect "weights in an object, from text" linked_weights -DRESNET8_TINY_WEIGHTS_AS_TEXT
for compiler in gcc clang; do
    command -v $compiler >/dev/null || continue
    expect "weights in an object, compiled elsewhere by $compiler" weights_elsewhere $compiler
done
expect "weights that are none are refused" refused AS=inference WEIGHTS=README.md
expect "weights that are not there are refused" refused AS=inference WEIGHTS=none.safetensors
expect "a trainer in two files is refused" refused AS=trainer FORM=two
expect "a trainer is the same bytes twice" twice -b4-trainer AS=trainer BATCH=4
trainer=resnet8_tiny-portable-b4-trainer
for how in "gcc -O1" "clang -O2" "tcc -O0" "musl-gcc -Os"; do
    command -v "${how% *}" >/dev/null || continue
    expect "a trainer builds by $how" builds $trainer "${how% *}" "${how#* }"
    expect "it trains" "$scratch/$trainer/train" --synthetic --max-steps 1 --no-plots --no-eval --quiet --out "$scratch/run-${how% *}"
    expect "a trainer by $how computes the same bits" cmp "$scratch/run-${how% *}/last.safetensors" "$scratch/run-gcc/last.safetensors"
done
if ! command -v tcc >/dev/null || ! $enter / true 2>/dev/null; then
    echo "skip bundles in a root that has a compiler alone: that takes tcc, and root or user namespaces"
else
    expect "there is a root that has a compiler alone" make_root
    expect "a library builds and trains there" library_in_root
    expect "a network that infers builds and infers there" inference_in_root
    expect "a trainer builds and trains there" trainer_in_root
fi
expect "a library in files of its own" twice -b8-library AS=library BATCH=8
expect "it builds" alone resnet8_tiny-portable-b8-library make -s CFLAGS=-O1
expect "and computes the same bits" trains_alike
cd "$top" || exit 1
summary
