#!/bin/sh
# The folder of a run: it is one trainer's at a time, and a new run in it overwrites nothing.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common
skipped=0

short() { # short OUT OPTION...: three steps
    train "$@" --synthetic --no-eval --no-plots --max-steps 3
}

told() { # told TEXT COMMAND...: on the console
    text=$1
    shift
    "$@" >"$scratch/out" && grep "$text" "$scratch/out"
}

# A run without an end, and what another one in its folder gets to hear.
begin() {
    "$trainer" --out "$scratch/busy" --synthetic --no-plots --quiet --checkpoint-every 1 --epochs 1000 \
        2>"$scratch/busy.err" &
    first=$!
    until [ -s "$(newest busy 2>/dev/null)" ]; do sleep 0.05; done
}

others_are_refused() {
    for option in --quiet --resume "--runs 2"; do
        # shellcheck disable=SC2086
        refused "/busy: process $first trains into this folder; wait for it, or give another --out" \
            train busy --synthetic $option || return 1
    done
}

undisturbed() { # the first goes on, and nothing of it was moved
    kill -0 $first && sleep 0.3 && [ "$(find "$scratch/busy" -name 'earlier*')" = "" ] &&
        [ "$(find "$scratch/busy" -name 'checkpoint-*.castnet' | wc -l)" -ge 1 ] && [ ! -s "$scratch/busy.err" ]
}

free_after_kill() {
    kill -KILL $first
    wait $first
    : >"$scratch/busy/checkpoint-00000001.castnet.12345.part"
    train busy --resume --quiet --no-plots --max-steps 1 --no-checkpoint &&
        [ "$(find "$scratch/busy" -name '*.part')" = "" ]
}

# By a user without rights to this folder of a run.
without_right() { # without_right MODE TEXT OPTION...
    mode=$1 text=$2
    shift 2
    chown -R 65534 "$scratch/shut" && chmod "$mode" "$scratch/shut" &&
        refused "/shut.*: cannot $text" setpriv --reuid 65534 --clear-groups \
            "$trainer" --out "$scratch/shut" --synthetic --no-plots --quiet --max-steps 3 "$@"
    result=$?
    chmod 700 "$scratch/shut"
    [ $result = 0 ] && same shut/last.safetensors used/last.safetensors && [ ! -e "$scratch/shut/earlier-3" ]
}

same_weights() { # same_weights OUT...: as the first run's, kept before
    for out in "$@"; do same first.safetensors "$out/last.safetensors" || return 1; done
}

expect "a run" short used --seed 11
cp "$scratch/used/last.safetensors" "$scratch/first.safetensors"
expect "a second run says where the first one's files are" \
    told 'earlier  .* files of another run are now in .*/used/earlier-1 (1 earlier run is there)' short used --seed 12
expect "a third one says how many there are" \
    told 'are now in .*/used/earlier-2 (2 earlier runs are there)' short used --seed 13
expect "the first one's weights are there" same_weights used/earlier-1
expect "a run without checkpoints" short bare --no-checkpoint --seed 11
expect "its files are moved, too" told 'now in .*/bare/earlier-1' short bare --no-checkpoint --seed 12
expect "... with its weights" same_weights bare/earlier-1
expect "several runs" train seeds --synthetic --runs 2 --max-steps 1 --no-plots --quiet
cp "$scratch/seeds/runs.csv" "$scratch/runs.csv"
expect "other runs in their folder" train seeds --synthetic --runs 2 --max-steps 2 --no-plots --quiet
expect "the table of the first is kept" same runs.csv seeds/earlier-1/runs.csv
# A name that a terminal would obey is told with question marks, in one line.
odd=$(printf 'a\nb\033[31m')
is_printable() { # is_printable FILE: and has the name
    cat -v "$1"
    grep -q 'a?b?\[31m' "$1" && [ "$(tr -d '\n' <"$1" | tr -d '[:cntrl:]' | wc -c)" = "$(tr -d '\n' <"$1" | wc -c)" ]
}
oddly() { short "$odd" "$@" >"$scratch/said" 2>&1; }
expect "a folder whose name has control characters" oddly
expect "they are not shown" is_printable "$scratch/said"
expect "... nor logged" is_printable "$scratch/$odd/training_log.txt"
rm "$scratch/$odd"/checkpoint-*
expect "--resume there, without a checkpoint" oddly --resume
expect "... says so in one line" sh -c "grep -q '^castnet: no checkpoint in .*a?b?.*: starting' '$scratch/said'"
begin
expect "a folder that a trainer works in is refused to others" others_are_refused
expect "the first goes on undisturbed" undisturbed
expect "after kill -9 the folder is free, and what was half written goes" free_after_kill
if [ "$(id -u)" = 0 ] && setpriv --reuid 65534 --clear-groups test -x "$trainer" 2>"$scratch/err"; then
    cp -R "$scratch/used" "$scratch/shut"
    for option in --no-eval --resume; do
        expect "a folder that can't be read ($option)" without_right 300 "read the folder" $option
        expect "... or written to ($option)" without_right 500 "write" $option
        expect "... or entered ($option)" without_right 600 "write" $option
    done
else
    echo "skip: no other user can be had here, whom a folder's permissions bind"
    skipped=1
fi
summary | sed "s/failed$/failed, $skipped skipped/"
[ "$failed" = 0 ]
