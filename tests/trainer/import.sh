#!/bin/sh
# A data set made of folders of pictures (make data IMAGES=...): the bytes that predict feeds, what is printed of
# it in a spec, splits, more classes than a byte tells, broken files, and folders that are none.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/$(basename "$0" .sh)
. tests/generated/common
. tests/trainer/refused
rm -rf "$scratch" && mkdir -p "$scratch"
import=${BUILD:-build}/import/import

make_import() { # make_import FOLDER OPTION...
    folder=$1
    shift
    "$import" --into "$scratch/data" "$@" "$folder" >"$scratch/said" 2>"$scratch/err"
}
copy() { # copy FOLDER IMAGE...: of tests/images
    mkdir -p "$1"
    folder=$1
    shift
    for image; do cp "tests/images/$image" "$folder/"; done
}

photos=$scratch/photos/
copy "$photos/train/Löwenzahn" rgb.png turned6.jpg turned7.png moving.gif truncated.png
copy "$photos/train/bird's nest/deeper" cmyk.jpg plain1000.ppm
copy "$photos/valid/Löwenzahn" palette4_interlaced.png
copy "$photos/valid/bird's nest" alpha.png rgb.jpg text.png
touch "$photos/train/.DS_Store"

made() {
    # shellcheck disable=SC2086  # PARALLEL is empty or one word
    BUILD=${BUILD:-build} IMAGES=$photos ARGS="--into '$scratch/data' --size 8x9" .make/import \
        >"$scratch/said" 2>"$scratch/err" &&
        grep -q "data/photos: 6 images to train on and 3 to test with, of 2 classes" "$scratch/said" &&
        [ "$(cat "$scratch/data/photos/classes.txt")" = "Löwenzahn
bird's nest" ]
}
broken_are_named() {
    grep -q "^castnet: .*photos/train/Löwenzahn/truncated.png: .*cut short.*; left out" "$scratch/err" &&
        grep -q "^castnet: .*photos/valid/bird's nest/text.png: not a PNG.*; left out" "$scratch/err" &&
        grep -qx "castnet: 2 of 11 files were left out" "$scratch/err" && [ "$(wc -l <"$scratch/err")" = 3 ]
}

# The lines that are printed, in a spec; its network has one layer.
spec_of_what_was_said() {
    {
        echo 'return net.model {'
        echo '  name = "imported",'
        sed -n '/^    input = /,/class_names/p' "$scratch/said"
        echo '  forward = function(x) return net.linear(net.flatten(x), "fc", { out = 2 }) end,'
        echo '  loss = net.cross_entropy {}, train = { optimizer = net.sgd {}, epochs = 1 },'
        echo '}'
    } >"$scratch/imported.lua"
    # shellcheck disable=SC2086
    "${MAKE:-make}" ${PARALLEL:-} -f .make/model.mk MODEL="$scratch/imported.lua" TARGET=portable BATCH=3 programs \
        >"$scratch/build.log" 2>&1 || {
        cat "$scratch/build.log"
        return 1
    }
    model=${BUILD:-build}/imported-portable-b3
    "$model/train" --data "$scratch/data/photos" --out "$scratch/run" --no-plots >"$scratch/log"
}
# Softmaxes with all digits there are: a byte that differs shows.
bytes_are_predicts() {
    weights=$scratch/run/last.safetensors
    "$model/predict" --data "$scratch/data/photos" --weights "$weights" --record 0,1,2 | sed 's/.*:  //' >"$scratch/records"
    "$model/predict" --data "$scratch/data/photos" --weights "$weights" "$photos/valid/Löwenzahn/palette4_interlaced.png" \
        "$photos/valid/bird's nest/alpha.png" "$photos/valid/bird's nest/rgb.jpg" | sed 's/.*:  //' >"$scratch/files"
    cat "$scratch/files"
    cmp "$scratch/records" "$scratch/files" && [ "$(sort -u "$scratch/files" | wc -l)" = 3 ]
}
same_again() {
    cp "$scratch/data/photos/train.bin" "$scratch/train.bin"
    make_import "$photos" --size 8x9 && cmp "$scratch/train.bin" "$scratch/data/photos/train.bin" &&
        (ulimit -s 64 && make_import "$photos" --size 8x9)
}
mean_and_std() { # of the training images, by their bytes
    lua5.4 - "$scratch/data/photos/train.bin" "$scratch/said" <<'END'
local file, said = assert(io.open(arg[1], "rb")), assert(io.open(arg[2])):read("a")
local sum, squares, n = { 0, 0, 0 }, { 0, 0, 0 }, 0
for record in file:lines(1 + 3 * 72) do
  n = n + 72
  for i = 0, 3 * 72 - 1 do
    local c, value = i // 72 + 1, record:byte(2 + i) / 255
    sum[c], squares[c] = sum[c] + value, squares[c] + value * value
  end
end
local mean, std = {}, {}
for c = 1, 3 do
  mean[c] = ("%.4f"):format(sum[c] / n)
  std[c] = ("%.4f"):format((squares[c] / n - (sum[c] / n) ^ 2) ^ 0.5)
end
local wanted = ("mean = { %s }, std = { %s }"):format(table.concat(mean, ", "), table.concat(std, ", "))
if not said:find(wanted, 1, true) then error(wanted) end
END
}

# Twelve images of two classes, each of one grey: what is in a file says which they are.
greys() {
    for i in 1 2 3 4 5 6 7 8; do mkdir -p "$scratch/greys/a" && echo "P2 1 1 99 $i" >"$scratch/greys/a/$i.pgm"; done
    for i in 11 12 13 14; do mkdir -p "$scratch/greys/b" && echo "P2 1 1 99 $i" >"$scratch/greys/b/$i.pgm"; done
}
values() { od -An -v -tu1 -w2 "$scratch/data/greys/$1" | sort; }
splits() {
    greys
    make_import "$scratch/greys" --split 0.25 --size 1 --channels 1 || return 1
    [ "$(values test.bin | wc -l)" = 3 ] && [ "$(values train.bin | wc -l)" = 9 ] &&
        [ "$(values test.bin | grep -c '^ *1 ')" = 1 ] && values test.bin >"$scratch/first" &&
        { values test.bin && values train.bin; } | sort -u | wc -l | grep -qx 12 &&
        make_import "$scratch/greys" --split 0.25 --size 1 --channels 1 && values test.bin | cmp - "$scratch/first" &&
        make_import "$scratch/greys" --split 0.25 --size 1 --channels 1 --seed 2 && ! values test.bin | cmp -s - "$scratch/first"
}
many_classes() { # 257: two bytes of label, the lower first
    for i in $(seq 1000 1256); do
        mkdir -p "$scratch/many/train/$i" "$scratch/many/test/$i"
        echo "P2 1 1 9 1" >"$scratch/many/train/$i/a.pgm"
    done
    cp "$scratch/many/train/1000/a.pgm" "$scratch/many/test/1256/"
    make_import "$scratch/many" --size 1 --channels 1 && [ "$(wc -c <"$scratch/data/many/train.bin")" = $((257 * 3)) ] &&
        [ "$(od -An -tu1 "$scratch/data/many/test.bin")" = "   0   1  28" ]
}
# Two images of a class, of which a fifth is none; more classes than are named; MNIST's.
untested() {
    for class in c "d e"; do
        mkdir -p "$scratch/greys/$class" && cp "$scratch/greys/a/1.pgm" "$scratch/greys/a/2.pgm" "$scratch/greys/$class/"
    done
    make_import "$scratch/greys" --split 0.2 --size 1 --channels 1 && grep -qx \
        "castnet: .*/greys: 2 of 4 classes have no images to test with (c, d e), so accuracy .*; add some, or give a larger --split" \
        "$scratch/err" && make_import "$scratch/many" --size 1 --channels 1 && grep -qx \
        "castnet: .*/many: 256 of 257 classes have .* (1000, 1001, 1002, 1003, ...), so .*; add some" "$scratch/err" &&
        [ "$(wc -l <"$scratch/err")" = 1 ] && make_import "$scratch/MNIST" &&
        grep -qx "castnet: .*/MNIST: 1 of 3 classes have .* (2), .*; add some" "$scratch/err"
}
# MNIST's four files, of 4 and 2 images of 3 x 2, one of them packed.
mnist() {
    mkdir -p "$scratch/MNIST" "$scratch/plain"
    lua5.4 - "$scratch/MNIST" <<'END'
local function file(name, text)
  local out = assert(io.open(arg[1] .. "/" .. name, "wb"))
  out:write(text)
  out:close()
end
for part, images in pairs { train = "abcdefghijklmnopqrstuvwx", t10k = "ABCDEFGHIJKL" } do
  file(part .. "-images-idx3-ubyte", string.pack(">I4I4I4I4", 0x803, #images // 6, 3, 2) .. images)
  file(part .. "-labels.idx1-ubyte", string.pack(">I4I4", 0x801, #images // 6) .. ("\0\1\2\1"):sub(1, #images // 6))
end
END
}
idx() {
    mnist
    ! pkg-config --exists zlib || gzip "$scratch/MNIST/train-images-idx3-ubyte"
    make_import "$scratch/MNIST" || return 1
    printf '\0abcdef\1ghijkl\2mnopqr\1stuvwx' | cmp - "$scratch/data/mnist/train.bin" &&
        printf '\0ABCDEF\1GHIJKL' | cmp - "$scratch/data/mnist/test.bin" && [ ! -e "$scratch/data/mnist/classes.txt" ] &&
        grep -q 'height = 3, width = 2, channels = 1,' "$scratch/said" &&
        grep -q 'data = { name = "MNIST", classes = 3, train = { "train.bin" }, test = { "test.bin" } },$' "$scratch/said"
}
bar() { # a bar on a terminal, and nothing of it elsewhere
    TERM=xterm script -qec "'$import' --into '$scratch/data' '$photos'" "$scratch/typescript" >"$scratch/out" </dev/null &&
        grep -q '#*\.*  [0-9]* of 11  [0-9]* files/s  [0-9:]* left' "$scratch/out" && ! grep -q 'files/s' "$scratch/err"
}
nothing_half() { # a class without images: the set that was there stays, nothing is left beside it
    mkdir -p "$scratch/bad/photos/train/empty" "$scratch/bad/photos/test/empty"
    ls -A "$scratch/data/photos" >"$scratch/before"
    cksum "$scratch/data/photos"/* >"$scratch/sums"
    refused "class empty has no images to train on" make_import "$scratch/bad/photos" &&
        ls -A "$scratch/data/photos" | cmp - "$scratch/before" && cksum "$scratch/data/photos"/* | cmp - "$scratch/sums"
}

# shellcheck disable=SC2086
"${MAKE:-make}" -s ${PARALLEL:-} -f .make/import.mk || exit 1
if ! "$import" --into "$scratch/data" --split 0.5 tests/images/none 2>&1 | grep -q castnet; then exit 1; fi
if ! pkg-config --exists gdk-pixbuf-2.0; then
    echo "skip: pictures, as there is no gdk-pixbuf"
    exit 77
fi
expect "is made" made
expect "broken files are named" broken_are_named
expect "mean and standard deviation are those of the images" mean_and_std
expect "what is printed is a spec's" spec_of_what_was_said
expect "the bytes are those that predict feeds" bytes_are_predicts
expect "the same bytes again, with a small stack, too" same_again
expect "splits each class by the seed" splits
expect "more classes than a byte tells" many_classes
expect "nothing is written half" nothing_half
expect "IDX files, packed or not" idx
expect "classes that are not tested are named" untested
expect "they have their size" refused "images are 3 x 2.*leave out --size" make_import "$scratch/MNIST" --size 3
rm "$scratch/MNIST/t10k-labels.idx1-ubyte"
expect "one of them is missing" refused "t10k-labels-idx1-ubyte: is not there" make_import "$scratch/MNIST"
if command -v script >/dev/null; then
    expect "a bar on a terminal" bar
else
    echo "skip: no script(1) here, terminals are not looked at"
fi
mkdir -p "$scratch/only/test/a" "$scratch/other/train/a" "$scratch/other/test/b" "$scratch/none"
cp tests/images/rgb.png "$scratch/other/train/a/" && cp tests/images/rgb.png "$scratch/other/test/b/"
expect "a folder without classes is refused" refused "none: no folders of classes" make_import "$scratch/none" --split 0.5
expect "no split where there are no folders for it" refused "give --split 0.2" make_import "$scratch/greys"
expect "no split where there are folders" refused "leave it out" make_import "$photos" --split 0.5
expect "nothing to train on" refused "no train/ to train on" make_import "$scratch/only"
expect "a class that is only tested" refused "there is no .*other/train/b to train on" make_import "$scratch/other"
expect "a name that is none" refused "a set's name is" make_import "$photos" --name 3d
expect "a name of files that castnet has" refused "has files of its own" make_import "$photos" --name CIFAR-10
expect "a part that is none" refused "above 0 and below 1" make_import "$scratch/greys" --split 1.5
summary
