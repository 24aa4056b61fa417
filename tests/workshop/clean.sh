#!/bin/sh
# `make clean` removes what can be made again, and nothing that a run left, unless RUNS=1 asks for it.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/clean
. tests/generated/common
rm -rf "$scratch" && mkdir -p "$scratch"
outputs="$scratch/a b%s"

put() { # put FILE...
    for file in "$@"; do
        mkdir -p "$outputs/$(dirname "$file")" && : >"$outputs/$file" || return 1
    done
}

fill() {
    put .gitignore data/test_batch.bin cifar.tar.gz.part logs/x net/train net/obj/train.o net/init/start.safetensors \
        net/bundle/net/net.safetensors \
        net/run/log.csv net/run/mine.txt net/run/earlier-1/best.safetensors steps.csv net/steps.csv.earlier-2 \
        out/a.pth out/g.safetensors seeds/runs.csv seeds/seed-1/log.csv \
        "mine/a
run/checkpoint-00000007.castnet" tests/x/log.csv fuzz/x/log.csv
}

is_left() { # is_left FILE...: those, and no other
    find "$outputs" -type f
    for file in "$@"; do [ -e "$outputs/$file" ] || return 1; done
    [ "$(find "$outputs" -type f -exec printf x \; | wc -c)" = $# ]
}

says_so() {
    cat "$scratch/said"
    [ "$(grep -c 'stays, it holds a run (RUNS=1' "$scratch/said")" = 3 ] &&
        [ "$(grep -c 'stays, a run made it (RUNS=1' "$scratch/said")" = 4 ] && grep -q '/out/a.pth stays' "$scratch/said" &&
        grep -q 'castnet: .*/a b%s/net/run stays' "$scratch/said" && grep -q '/seeds stays' "$scratch/said"
}

expect "a folder of outputs" fill
.make/clean "$outputs" >"$scratch/said"
expect "runs, data and downloads stay, and nothing else" is_left .gitignore data/test_batch.bin cifar.tar.gz.part \
    net/run/log.csv net/run/mine.txt net/run/earlier-1/best.safetensors steps.csv net/steps.csv.earlier-2 out/a.pth \
    out/g.safetensors seeds/runs.csv seeds/seed-1/log.csv "mine/a
run/checkpoint-00000007.castnet"
expect "it says what stays" says_so
expect "RUNS=1 works" env RUNS=1 .make/clean "$outputs"
expect "with RUNS=1 runs go, too" is_left .gitignore data/test_batch.bin cifar.tar.gz.part
expect "a run in the folder itself" put log.csv net/train
expect "all of that one stays" .make/clean "$outputs"
expect "it did" is_left .gitignore data/test_batch.bin cifar.tar.gz.part log.csv net/train
summary
