#!/bin/sh
# Every program under every limit that a shell sets: it ends within seconds, well or with one line, and
# leaves nothing half written. LIMITS=all tries many more values.
# shellcheck disable=SC3045  # ulimit -n, -s, -v: those of the shell that runs this
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common
skipped=0

expect "weights" train first --synthetic --no-eval --no-plots --quiet --max-steps 1
weights=$scratch/first/last.safetensors
pth=$scratch/first/last.pth
expect "weights for PyTorch" gen/castnet convert "$weights" "$pth"

# What import and castnet records take: pictures of all kinds, MNIST's files, CIFAR-10's pickles.
import=${BUILD:-build}/import/import
# shellcheck disable=SC2086  # PARALLEL is empty or one word
expect "the program of make data IMAGES=" "${MAKE:-make}" ${PARALLEL:-} -f .make/import.mk
photos=$scratch/photos idx=$scratch/idx pickles=$scratch/pickles
for part in train test; do
    mkdir -p "$photos/$part/one" "$photos/$part/two"
    cp tests/images/rgb.png tests/images/cmyk_progressive.jpg tests/images/deep.ppm "$photos/$part/one"
    cp tests/images/moving.gif tests/images/progressive.jpg tests/images/tall.png "$photos/$part/two"
done
mkdir "$idx" "$pickles"
for part in train t10k; do # 200 images of 28 x 28, all of class 0
    { printf '\0\0\10\3\0\0\0\310\0\0\0\34\0\0\0\34' && head -c 156800 /dev/zero; } >"$idx/$part-images-idx3-ubyte"
    { printf '\0\0\10\1\0\0\0\310' && head -c 200 /dev/zero; } >"$idx/$part-labels-idx1-ubyte"
done
for name in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
    cp tests/vectors/cifar/protocol2.pickle "$pickles/$name"
done
printf '\200\2}U\13label_names](U\3catU\3doges.' >"$pickles/batches.meta"

# limited FLAG VALUE COMMAND...: its status in $status, its complaints, through a pipe, in $scratch/err
limited() {
    flag=$1 value=$2
    shift 2
    {
        (
            ulimit -c 0
            if [ "$flag" = u ]; then # dash's ulimit has none
                exec timeout -k 1 30 prlimit "--nproc=$value" $as_user "$@"
            fi
            ulimit "-$flag" "$value" && exec timeout -k 1 30 "$@"
        ) 2>&1 >/dev/null
        echo $? >"$scratch/status"
    } | cat >"$scratch/err"
    read -r status <"$scratch/status"
    cat "$scratch/err"
    echo "-$flag $value: exit $status"
}

# Too little for the loader is told by the loader, for the shell of gen/castnet by the shell.
ends_well_or_with_one_line() {
    limited "$@"
    [ "$(find "$scratch/limited" -name '*.part*' 2>/dev/null)" = "" ] || return 1
    case $status in
    0) [ ! -s "$scratch/err" ] ;;
    1) [ "$(wc -l <"$scratch/err")" = 1 ] && grep -q '^castnet: ' "$scratch/err" ;;
    127) [ "$(wc -l <"$scratch/err")" = 1 ] ;;
    2) [ "$(wc -l <"$scratch/err")" = 1 ] && grep -Eq '^(/bin/sh|gen/castnet): [0-9]+: ' "$scratch/err" ;;
    *) false ;;
    esac
}

program_under() { # program_under PROGRAM COMMAND...: with the limit that `under` tries
    program=$1
    shift
    rm -rf "$scratch/limited"
    mkdir "$scratch/limited"
    [ -z "$as_user" ] || chmod 777 "$scratch/limited"
    expect "$program under ulimit -$limit $amount" ends_well_or_with_one_line "$limit" "$amount" "$@"
}

under() { # under FLAG VALUE...: all programs
    limit=$1
    shift
    for amount in "$@"; do
        program_under train $folder/train --synthetic --no-eval --no-plots --quiet --max-steps 2 --threads 2 \
            --out "$scratch/limited/run"
        program_under eval $folder/eval --synthetic --weights "$weights" --threads 2
        program_under predict $folder/predict --synthetic --weights "$weights" --record 1 --threads 2
        program_under "import of pictures" "$import" --into "$scratch/limited" "$photos"
        program_under "import of IDX files" "$import" --into "$scratch/limited" "$idx"
        program_under "castnet convert" gen/castnet convert "$pth" "$scratch/limited/a.safetensors"
        program_under "castnet convert back" gen/castnet convert "$weights" "$scratch/limited/a.pth"
        program_under "castnet records" gen/castnet records "$pickles" -o "$scratch/limited"
        program_under "castnet" gen/castnet gen/specs/resnet8_tiny.lua -o "$scratch/limited/model"
    done
}

as_user=
if [ "${LIMITS:-}" = all ]; then
    under v 20000 40000 60000 $(seq 70000 10000 700000)
    under n $(seq 3 20)
    under f $(seq 0 5) $(seq 10 20 400)
    under s $(seq 16 4 128)
else
    under v 60000 100000 200000 300000 400000 500000
    under n 4 5 7
    under f 0 100
    under s 32 64
fi
if [ "$(id -u)" != 0 ]; then
    echo "skip: a limit of processes counts what else this user runs"
    skipped=1
elif as_user="setpriv --reuid $((60000 + $$ % 5000)) --clear-groups" && # runs nothing else
    $as_user test -x $folder/train 2>"$scratch/out"; then
    under u 1 2 3 4
else
    echo "skip: no other user can be had here, and root has no limit of processes"
    skipped=1
fi
as_user=

# --- closed descriptors, and what is printed ---

closed() { # nothing but rows in log.csv
    train closed --synthetic --no-eval --no-plots --max-steps 2 "$@" &&
        [ "$(grep -c -v '^[0-9,.e+-]*$' "$scratch/closed/log.csv")" = 1 ]
}
closed_out() { closed <&- >&-; }
closed_all() { closed <&- >&- 2>&-; }
expect "a run without stdin and stdout" closed_out
expect "a run without stderr, too" closed_all

lost() { # lost COMMAND...: its output to a full disk
    refused "cannot write to stdout: No space left on device" to_full "$@"
}
to_full() { "$@" >/dev/full; }
for program in train eval predict; do
    expect "$program --help to a full disk" lost $folder/$program --help
    expect "$program --version to a full disk" lost $folder/$program --version
done
expect "eval to a full disk" lost $folder/eval --synthetic --weights "$weights"
expect "predict to a full disk" lost $folder/predict --synthetic --weights "$weights" --record 1

goes_on_without() { # goes_on_without WHY COMMAND...: says so once, and its log has all
    why=$1
    shift
    "$@" 2>"$scratch/err"
    cat "$scratch/err"
    [ "$(wc -l <"$scratch/err")" = 1 ] && grep -q "^castnet: .*stdout: $why; training goes on" "$scratch/err" &&
        grep -q '  done: 2 steps' "$scratch/lost/training_log.txt" && cmp "$scratch/lost/last.safetensors" \
        "$scratch/closed/last.safetensors"
}
run_to_lose() { train lost --synthetic --no-eval --no-plots --max-steps 2; }
run_to_full() { run_to_lose >/dev/full; }
run_to_nobody() { run_to_lose | true; }
expect "a run whose console is full" goes_on_without "No space left on device" run_to_full
expect "a run whose console went away" goes_on_without "Broken pipe" run_to_nobody
all_runs_to_full() {
    train several --synthetic --no-plots --runs 2 --max-steps 1 >/dev/full 2>"$scratch/err"
    status=$?
    cat "$scratch/err"
    [ $status = 1 ] && [ "$(wc -l <"$scratch/several/runs.csv")" = 3 ]
}
expect "several runs, whose means are lost" all_runs_to_full

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
