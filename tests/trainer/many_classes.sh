#!/bin/sh
# A thousand classes, the class of a record in two bytes: trained, evaluated, predicted; and 256, the most
# that one byte tells, without a warning of its label.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/$(basename "$0" .sh)
. tests/generated/common
. tests/trainer/refused
rm -rf "$scratch" && mkdir -p "$scratch/data"

programs() { # programs SPEC
    # shellcheck disable=SC2086  # PARALLEL is empty or one word
    "${MAKE:-make}" ${PARALLEL:-} -f .make/model.mk MODEL="$1" TARGET=portable programs >"$scratch/build.log" 2>&1 || {
        cat "$scratch/build.log"
        return 1
    }
}
programs tests/specs/many_kinds.lua || exit 1
model=${BUILD:-build}/many_kinds-portable

# make_records FILE COUNT SEED: three label bytes, the first of which is none; class k shows the ten bits of k.
make_records() {
    lua5.4 - "$1" "$2" "$3" <<'END'
local path, count, seed = arg[1], math.tointeger(arg[2]), math.tointeger(arg[3])
math.randomseed(seed)
local file = assert(io.open(path, "wb"))
for i = 0, count - 1 do
  local class = i * 37 % 1000
  file:write(string.char(255), string.pack("<I2", class))
  for bit = 0, 15 do file:write(string.char((class >> bit & 1) * 200 + math.random(0, 55))) end
end
file:close()
END
}

learns() { # of a thousand classes, chance is 0.1 %
    tail -n 1 "$scratch/run/log.csv"
    awk -F , 'END { exit !($5 > 0.9) }' "$scratch/run/log.csv"
}
is_right() { # is_right PROGRAM ARGUMENT...: above 90 % in what it says
    "$@" >"$scratch/said" || return 1
    cat "$scratch/said"
    sed -n 's/.*accuracy \([0-9.]*\) %.*/\1/p' "$scratch/said" | awk '{ right = $1 > 90 } END { exit !right }'
}
# After some steps the true class is among the first five much more often than the first; so say all that tell.
five() {
    "$model/train" --data "$data" --out "$scratch/short" --no-plots --max-steps 60 --val-split 500 >"$scratch/said" &&
        head -n 1 "$scratch/short/log.csv" | grep -q ',val_accuracy,test_top5,val_top5$' &&
        awk -F , 'END { exit !($11 > 1.3 * $5 && $12 > 1.3 * $10 && $11 < 1) }' "$scratch/short/log.csv" &&
        lua5.4 tests/trainer/json.lua "$scratch/short/run.json" \
            "run.results.final.test_top5 == $(tail -n 1 "$scratch/short/log.csv" | cut -d , -f 11)" || return 1
    for weights in "--weights $scratch/short/last.safetensors" \
        "--weights $scratch/short/last.safetensors --weights $scratch/short/last.safetensors"; do
        # shellcheck disable=SC2086  # words
        "$model/eval" --data "$data" $weights >"$scratch/said" || return 1
        top=$(tail -n 1 "$scratch/said" | sed -n 's/.*  \(top-5 [0-9.]* %\).*/\1/p')
        [ -n "$top" ] && grep "test loss.*$top" "$scratch/short/training_log.txt" || return 1
    done
}
predicts() { # record 27 is of class 27 * 37 = 999, record 7 of 259
    "$model/predict" --data "$data" --weights "$weights" --record 27,7 >"$scratch/said" || return 1
    cat "$scratch/said"
    grep -q '^record 27, class 999:  class 999 ' "$scratch/said" && grep -q '^record 7, class 259:  class 259 ' "$scratch/said"
}

make_records "$scratch/data/a.bin" 5000 1
make_records "$scratch/data/b.bin" 1000 2
data=$scratch/data weights=$scratch/run/best.safetensors

expect "trains" "$model/train" --data "$data" --out "$scratch/run" --no-plots --quiet --val-split 500
expect "learns" learns
expect "top-5 is told" five
weights=$scratch/run/best.safetensors
expect "is evaluated" is_right "$model/eval" --data "$data" --weights "$weights"
expect "is evaluated with mirrored images" "$model/eval" --data "$data" --weights "$weights" --tta flip
expect "predicts" predicts
printf '\350\003' | dd of="$data/b.bin" bs=1 seek=$((19 * 4 + 1)) conv=notrunc status=none
expect "a label out of range is refused" refused "b.bin: record 4 has label 1000, the model knows 0 to 999" \
    "$model/eval" --data "$data" --weights "$weights"

sed -e 's/many_kinds/byte_of_kinds/' -e 's/1000/256/g' -e 's/label_bytes = 3/label_bytes = 1/' \
    tests/specs/many_kinds.lua >"$scratch/byte_of_kinds.lua"
no_warning() { programs "$scratch/byte_of_kinds.lua" && ! grep -n warning "$scratch/build.log"; }
expect "256 classes make no comparison that is always false" no_warning
summary
