#!/bin/sh
# eval and predict: ensembles and mirrored images, image files, files that are none, records.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common
skipped=0
eval=${trainer%train}eval
predict=${trainer%train}predict
first=$scratch/first/last.safetensors
second=$scratch/second/last.safetensors

# What eval says of the test set in its last line, without speed and memory.
evaluated() { # evaluated NAME OPTION...
    name=$1
    shift
    "$eval" --synthetic --quiet "$@" >"$scratch/$name" && tail -n 1 "$scratch/$name" |
        sed 's/.*test loss/test loss/' >"$scratch/$name.last"
}

one_is_itself() { # the mean of a file with itself is the file
    evaluated once --weights "$first" &&
        evaluated twice --weights "$first" --weights "$first" && same once.last twice.last &&
        grep -q '^test loss [0-9.]*  accuracy [0-9.]* % +- [0-9.]*$' "$scratch/once"
}

order_does_not_matter() {
    evaluated ab --weights "$first" --weights "$second" --tta flip &&
        evaluated ba --weights "$second" --weights "$first" --tta flip && same ab.last ba.last &&
        [ "$(wc -l <"$scratch/ab")" = 3 ] && ! same once.last ab.last
}

# An 11 x 10 image with nothing in it, a file that is none, and a pipe, which would be waited for.
others_go_on() {
    { printf 'P6 11 10 255\n' && head -c 330 /dev/zero; } >"$scratch/black.ppm"
    mkfifo "$scratch/pipe.png"
    timeout 60 "$predict" --weights "$first" "$scratch/none.png" "$scratch/pipe.png" "$scratch/black.ppm" \
        tests/images/bomb.png >"$scratch/out" 2>"$scratch/err"
    [ $? = 1 ] && [ "$(wc -l <"$scratch/err")" = 3 ] && [ "$(wc -l <"$scratch/out")" = 1 ] &&
        grep -q '^castnet: .*none.png: cannot open' "$scratch/err" &&
        grep -q '^castnet: .*pipe.png: not a regular file' "$scratch/err" &&
        grep -q '^castnet: .*bomb.png: 25000 x 25000 pixels' "$scratch/err" &&
        grep -qE 'black.ppm:  ([a-z0-9 ]+ [0-9.]+ %, ){2}[a-z0-9 ]+ [0-9.]+ %$' "$scratch/out"
}

# Made without the library: records and PPM files work, others are refused with a line that says what to do.
without_library() {
    portable=${BUILD:-build}/resnet8_tiny-portable-b32/predict
    "${MAKE:-make}" -s -f .make/model.mk MODEL=resnet8_tiny TARGET=portable BATCH=32 \
        IMAGE=data/image_none IMAGE_LIBS= $portable || return 1
    "$portable" --weights "$first" --synthetic --record 5 | grep -q '^record 5, ' &&
        refused 'rgb.png: .*apt-get install libgdk-pixbuf-2.0-dev' "$portable" \
            --weights "$first" tests/images/rgb.png &&
        "$portable" --weights "$first" "$scratch/black.ppm" | grep -q 'black.ppm:  '
}

# Records 0 to 9 of the test set as PPM files: a header, then red, green and blue for each pixel.
export_records() {
    lua5.4 - "$CIFAR10_DIR/test_batch.bin" "$scratch" <<'LUA'
local file = assert(io.open(arg[1], "rb"))
for record = 0, 9 do
  local bytes, pixels = file:read(3073), {}
  for i = 2, 1025 do
    pixels[#pixels + 1] = bytes:sub(i, i) .. bytes:sub(i + 1024, i + 1024) .. bytes:sub(i + 2048, i + 2048)
  end
  local out = assert(io.open(("%s/%d.ppm"):format(arg[2], record), "wb"))
  out:write("P6\n32 32\n255\n", table.concat(pixels))
  out:close()
end
LUA
}

records_are_their_images() {
    export_records || return 1
    "$predict" --weights "$first" --data "$CIFAR10_DIR" --record 0,1,2,3,4,5,6,7,8,9 |
        sed 's/.*:  //' >"$scratch/records"
    (for i in 0 1 2 3 4 5 6 7 8 9; do echo "$scratch/$i.ppm"; done) |
        xargs "$predict" --weights "$first" --data "$CIFAR10_DIR" | sed 's/.*:  //' >"$scratch/files"
    [ "$(wc -l <"$scratch/records")" = 10 ] && same records files
}

train first --synthetic --max-steps 30 --no-plots >"$scratch/log" 2>&1
train second --synthetic --max-steps 30 --no-plots --seed 2 >"$scratch/log" 2>&1
expect "the mean of a file with itself is the file" one_is_itself
expect "an ensemble doesn't mind the order" order_does_not_matter
expect "a member that is missing" refused 'no.safetensors' "$eval" --synthetic --weights "$first" \
    --weights "$scratch/no.safetensors"
expect "images go on after bad files" others_go_on
expect "a record beyond the end" refused 'records 0 to 1999' "$predict" --weights "$first" \
    --synthetic --record 2000
expect "without the library" without_library
if [ -n "${CIFAR10_DIR:-}" ]; then
    expect "an image says what its record says" records_are_their_images
else
    skipped=1
    echo "skip: images of records: CIFAR10_DIR is not set"
fi
a_name=$(printf '%s/a\033[31m\nb.ppm' "$scratch")
cp tests/images/rgb.ppm "$a_name"
one_line() { # one_line COMMAND...: without what a terminal obeys
    "$@" >"$scratch/said" 2>&1
    cat -v "$scratch/said"
    [ "$(wc -l <"$scratch/said")" = 1 ] && grep -q 'a?\[31m?b.ppm:  ' "$scratch/said"
}
expect "a file whose name has control characters" one_line "$predict" --weights "$first" "$a_name"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
