#!/bin/sh
# `make data` against archives made here: a broken download is resumed, a false one refused, and
# build/data is there completely or not at all. Uses a copy of the scripts in a scratch folder.
set -u
cd "$(dirname "$0")/../.." || exit 1
command -v curl >/dev/null 2>&1 || {
    echo "skip: needs curl"
    exit 77
}
unset BUILD # the copy has a build/ of its own
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch" && rm -rf "$scratch"' EXIT # what a read-only checkout gave, too
mkdir "$scratch/build" "$scratch/cifar-10-batches-bin"
cp -R .make "$scratch/.make"
cd "$scratch" || exit 1

for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
    truncate -s 30730000 "cifar-10-batches-bin/$file.bin"
done
tar -cf - cifar-10-batches-bin | gzip -1 >good.tar.gz
rm -r cifar-10-batches-bin
head -c 300000 good.tar.gz >short.tar.gz
mkdir other
echo "no images" >other/readme
tar -czf other.tar.gz other
md5() { md5sum <"$1" | cut -d ' ' -f 1; }
part=build/cifar-10-binary.tar.gz.part

passed=0 failed=0
expect() { # expect WHAT CONDITION...
    what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $what"
        sed 's/^/    /' log
    fi
}
data() { DATA_URL="file://$scratch/$1" DATA_MD5=$(md5 "${2:-good.tar.gz}") .make/data >log 2>&1; }
refused() { ! data "$@" && [ ! -e build/data ] && [ ! -e build/data.new ]; }

expect "a truncated archive is refused" refused short.tar.gz
expect "an unreachable address is an error" refused missing.tar.gz
expect "another archive is refused" refused other.tar.gz other.tar.gz
expect "its message is one line" grep -q '^castnet: .*not the binary version' log
cp short.tar.gz $part
expect "a broken download is resumed" data good.tar.gz
expect "all six files are there" test "$(cat build/data/*.bin | wc -c)" = $((6 * 30730000))
expect "no archive is left" test ! -e $part -a ! -e build/cifar-10-binary.tar.gz
expect "nothing is downloaded twice" data missing.tar.gz
rm -r build/data
{ echo garbage && cat good.tar.gz good.tar.gz; } >$part
expect "a part of something else is thrown away" data good.tar.gz
rm build/data/test_batch.bin
expect "an incomplete folder is replaced" data good.tar.gz

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
