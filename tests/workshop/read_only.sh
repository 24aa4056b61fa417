#!/bin/sh
# A checkout that can't be written to: make says so in one line, and with BUILD=DIR everything works elsewhere;
# nothing else that is in such a folder is ever touched.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/read_only
. tests/generated/common
case $scratch in /*) ;; *) scratch=$(pwd)/$scratch ;; esac
checkout=$scratch/checkout
unmount() { ! mountpoint -q "$checkout" 2>/dev/null || umount "$checkout"; }
unmount
chmod -R u+w "$scratch" 2>/dev/null
rm -rf "$scratch" && mkdir -p "$checkout/build"
trap 'cd /; unmount; chmod -R u+w "$checkout"' EXIT
cp -R .make Makefile README.md gen runtime templates tests "$checkout"
cp build/.gitignore "$checkout/build/" 2>/dev/null

# Permissions don't bind root, a mount does.
if [ "$(id -u)" = 0 ]; then
    mount --bind "$checkout" "$checkout" 2>/dev/null && mount -o remount,ro,bind "$checkout" 2>/dev/null || {
        echo "skip: root can't mount anything read-only here"
        exit 77
    }
else
    chmod -R a-w "$checkout"
fi
cd "$checkout" || exit 1
unset BUILD
outputs=$scratch/outputs

in_one_line() { # in_one_line TEXT GOAL [NAME=VALUE...]: fails, and says nothing else of its own
    text=$1
    shift
    ! "${MAKE:-make}" -s MODEL=resnet8_tiny TARGET=portable "$@" >"$scratch/out" 2>"$scratch/err" || return 1
    cat "$scratch/err"
    [ "$(grep -cv '^make' "$scratch/err")" = 1 ] && grep -q "^castnet: .*$text" "$scratch/err"
}
works() { # works GOAL [ARGS]
    "${MAKE:-make}" -s "$1" MODEL=resnet8_tiny TARGET=portable BATCH=16 BUILD="$outputs" ARGS="${2:-}"
}
here() { for file in "$@"; do [ -e "$outputs/$file" ] || { echo "no $file"; return 1; }; done; }
model=resnet8_tiny-portable-b16

for goal in gen plan train eval predict export bench; do
    expect "make $goal says what to do" in_one_line "BUILD=DIR" $goal
done
data_url=file://$scratch/nothing
expect "make data says what to do" in_one_line "BUILD=DIR" data DATA_URL="$data_url"

expect "make gen" works gen
expect "writes into BUILD" here $model/base.h .gitignore
expect "make plan" works plan
expect "make train" works train "--synthetic --max-steps 2 --no-plots"
expect "trains into BUILD" here $model/train $model/run/last.safetensors
expect "make eval" works eval "--synthetic"
expect "make predict" works predict "--synthetic --record 0"
expect "make export" works export
# That it ends well; one step tells nothing of speed.
bench() { STEPS=1 ROUNDS=1 PYTHON=false works bench | grep "castnet .* images/s (median)"; }
expect "make bench" bench
expect "exports there" here $model/run/resnet8_tiny_synthetic.pth
not() { ! "$@"; }
expect "a download fails" not "${MAKE:-make}" -s data DATA_URL="$data_url" BUILD="$outputs"
expect "but goes there, too" here data.lock
expect "make clean" works clean
expect "keeps the run" here $model/run/last.safetensors
expect "and removes the rest" test ! -e "$outputs/$model/train"

mkdir "$scratch/mine" && : >"$scratch/mine/file"
expect "a folder with other things is refused" in_one_line "holds other things" plan BUILD="$scratch/mine"
expect "and never cleaned" in_one_line "holds other things" clean BUILD="$scratch/mine" RUNS=1
expect "nothing is lost" test -e "$scratch/mine/file"
expect "nor is a checkout one" in_one_line "holds other things" clean BUILD=. RUNS=1
summary
