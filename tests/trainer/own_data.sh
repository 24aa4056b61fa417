#!/bin/sh
# A data set of one's own: 8x8 grey images of three classes, two label bytes a record, from the spec to the
# table of classes; what is wrong with its files is told in a line.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/$(basename "$0" .sh)
. tests/generated/common
. tests/trainer/refused
rm -rf "$scratch" && mkdir -p "$scratch/data"

# shellcheck disable=SC2086  # PARALLEL is empty or one word
"${MAKE:-make}" ${PARALLEL:-} -f .make/model.mk MODEL=tests/specs/three_kinds.lua TARGET=portable programs \
    >"$scratch/build.log" 2>&1 || {
    cat "$scratch/build.log"
    exit 1
}
model=${BUILD:-build}/three_kinds-portable

make_records() { # make_records FILE COUNT SEED: the classes in turn; the second label byte is none
    lua5.4 - "$1" "$2" "$3" <<'END'
local path, count, seed = arg[1], math.tointeger(arg[2]), math.tointeger(arg[3])
math.randomseed(seed)
local bright = {
  [0] = function(y) return y < 3 end, function(_, x) return x < 3 end,
  function(y, x) return y > 2 and y < 6 and x > 2 and x < 6 end,
}
local file = assert(io.open(path, "wb"))
for i = 0, count - 1 do
  file:write(string.char(i % 3, 200))
  for y = 0, 7 do
    for x = 0, 7 do file:write(string.char((bright[i % 3](y, x) and 120 or 0) + math.random(0, 99))) end
  end
end
file:close()
END
}

train() { # train OUT OPTION...
    out=$scratch/$1
    shift
    "$model/train" --out "$out" --no-plots "$@" >"$scratch/console"
}
draws() { # all the PNGs, without a word (in the C locale gnuplot has one about its degree sign)
    "$model/train" --out "$scratch/plots" --data "$data" --epochs 1 >"$scratch/console" &&
        rm "$scratch/plots/confusion.png" && (cd "$scratch/plots" && LC_ALL=C.UTF-8 gnuplot plots.gp) 2>"$scratch/err" &&
        [ -s "$scratch/plots/confusion.png" ] &&
        [ ! -s "$scratch/err" ]
}
counts() { # what gnuplot reads is every row and column of the table
    (cd "$scratch/plots" && sed -n '/^set datafile separator/p; /^counts = /p' plots.gp >counts.gp &&
        echo 'stats counts matrix nooutput; print STATS_size_x, STATS_size_y, int(STATS_records * STATS_mean)' >>counts.gp &&
        gnuplot counts.gp) >"$scratch/counted" 2>&1
    grep -qx '3 3 90' "$scratch/counted"
}
from_variable() { THREEKINDS_DIR=$scratch/data train variable --max-steps 3; }
learns() { # nine of ten test images at least
    awk -F , 'END { exit !($5 > 0.9) }' "$scratch/run/log.csv"
}

make_records "$scratch/data/a.bin" 300 1
make_records "$scratch/data/b.bin" 95 2
make_records "$scratch/data/test.bin" 90 3
data=$scratch/data

expect "trains" train run --data "$data"
expect "tells how many images there are" grep -q "395 training and 90 test images" "$scratch/console"
expect "learns" learns
expect "names the classes, by their width" grep -q "^向日葵                    30 " "$scratch/console"
expect "names them in the file, too" grep -qxF \
    'true/predicted,"Löwenzahn, 100 %","#1 ""bird'"'"'s"" \nest??/",向日葵' "$scratch/run/confusion.csv"
if command -v gnuplot >/dev/null; then
    expect "names them in the picture" draws
    expect "counts them in the picture" counts
else
    echo "skip: the picture of classes, as there is no gnuplot"
fi
expect "is evaluated" "$model/eval" --data "$data" --weights "$scratch/run/best.safetensors"
expect "the variable of the set's name is read" from_variable
expect "tells its own name in --help" sh -c "'$model/train' --help | grep -q 'THREEKINDS_DIR, else build/data/threekinds'"
expect "drawn shapes fit its size" train drawn --synthetic --max-steps 3
expect "and are not called by its name" grep -q "drawn shapes, not Three kinds" "$scratch/console"
expect "without data make says what to do" refused "gen/specs/README.md, Data" env "BIN=$model" "DIR=$model" \
    .make/run train threekinds THREEKINDS_DIR "$scratch/none"

head -c 6000 "$data/a.bin" >"$scratch/cut" && mv "$scratch/cut" "$data/a.bin"
expect "a file cut short is refused" refused "a.bin has 6000 bytes, not whole records of 66" train bad --data "$data"
make_records "$data/a.bin" 300 1
printf '\003' | dd of="$data/b.bin" bs=66 seek=7 conv=notrunc status=none
expect "a label out of range is refused" refused "b.bin: record 7 has label 3, the model knows 0 to 2" \
    train bad --data "$data"
make_records "$data/b.bin" 95 2
rm "$data/test.bin"
expect "a missing file is refused" refused "test.bin: cannot open: No such file.*the folder of Three kinds" train bad --data "$data"

# CIFAR-100 itself, with a network of the size of resnet8_tiny: chance is 1 %.
small_spec() {
    sed -e 's/"resnet8_tiny"/"cifar100_tiny"/' -e 's/out = 10 /out = 100 /' gen/specs/resnet8_tiny.lua |
        sed '$d'
    sed -n '/^  data  = /,/^  *train = { "train.bin"/p' gen/specs/resnet18_cifar100.lua
    echo "}"
}
real() {
    small_spec >"$scratch/cifar100_tiny.lua"
    # shellcheck disable=SC2086
    "${MAKE:-make}" ${PARALLEL:-} -f .make/model.mk MODEL="$scratch/cifar100_tiny.lua" TARGET=native CFLAGS=-O2 programs &&
        "${BUILD:-build}/cifar100_tiny/train" --data "$CIFAR100_DIR" --out "$scratch/real" --no-plots --max-steps 100 &&
        awk -F , 'END { exit !($5 > 0.025) }' "$scratch/real/log.csv" &&
        grep -q "50000 training and 10000 test images" "$scratch/real/training_log.txt" &&
        grep -q "^true/predicted,apple," "$scratch/real/confusion.csv"
}
if [ -n "${CIFAR100_DIR:-}" ]; then
    expect "a short run on CIFAR-100 learns" real
else
    echo "skip: a run on CIFAR-100, as CIFAR100_DIR is not set"
fi
summary
