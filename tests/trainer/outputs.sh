#!/bin/sh
# What a run leaves in its folder, with gnuplot, without it, and with one that misbehaves; what it
# shows on terminals.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common
finished=$scratch/finished

run() { # run OUT OPTION...: one epoch and a little, of the first batches
    train "$@" --synthetic --epochs 1
}

holds() { # holds OUT NAME...
    out=$1
    shift
    for name in "$@"; do
        [ -s "$scratch/$out/$name" ] || {
            echo "no $name"
            return 1
        }
    done
}

pngs() { # pngs OUT: complete to the last chunk, nothing half written
    for name in loss_curve training_plots confusion; do
        file=$scratch/$1/$name.png
        [ "$(head -c 4 "$file" | tail -c 3)" = PNG ] &&
            [ "$(tail -c 8 "$file" | head -c 4)" = IEND ] || return 1
    done
    [ "$(find "$scratch/$1" -name '*.part')" = "" ]
}

log_is_what_was_shown() {
    sed 's/^....-..-.. ..:..:..  //' "$finished/training_log.txt" | tail -n +2 >"$scratch/log.lines"
    grep -v '^epoch 1/1  [#.]' "$scratch/console" >"$scratch/console.lines" # how far it is, after a minute
    cmp "$scratch/log.lines" "$scratch/console.lines" &&
        head -n 1 "$finished/training_log.txt" | grep -q 'command  .*train --out .* --epochs 1'
}

csv_is_whole() {
    [ "$(wc -l <"$finished/log.csv")" = 2 ] && grep -q '^1,.*,.*,.*,.*,0.001,.*,.*' "$finished/log.csv" &&
        [ "$(wc -l <"$finished/confusion.csv")" = 11 ]
}

# says OUT LUA: is that true of its run.json?
says() { lua5.4 tests/trainer/json.lua "$scratch/$1/run.json" "$2"; }

# Numbers as log.csv has them; the options that were given, the spec's, and what was made of the spec.
json_tells() {
    says finished "run.status == 'done' and run.recipe.epochs == 1 and run.recipe.lr == 0.001 and run.recipe.seed == 1" &&
        says finished "run.recipe.optimizer == 'Adam' and run.recipe.crop_padding == 4 and run.model.batch == 32" &&
        says finished "run.model.spec_sha256 == '$(sha256sum <gen/specs/resnet8_tiny.lua | cut -d ' ' -f 1)'" &&
        says finished "run.data.synthetic and run.data.test_images == 2000 and run.results.epochs == 1" &&
        says finished "run.results.final.test_accuracy == $(tail -n 1 "$finished/log.csv" | cut -d , -f 5)" &&
        says finished "run.results.final.test_top5 == nil and run.results.weights:find('resnet8_tiny_synthetic')" &&
        says finished "run.command[4] == '--synthetic' and run.machine.threads >= 1"
}

# Recall and precision of each class are those of the table.
classes_are_counted() {
    awk -F , '
        FNR == NR && FNR > 1 { for (i = 2; i <= NF; i++) { row[$1] += $i; column[i - 1] += $i }; right[$1] = $(FNR) }
        FNR < NR && FNR > 1 {
            if ($2 != row[$1] || $3 != column[FNR - 1] || $4 != right[$1]) bad = 1
            if ($5 - $4 / $2 > 1e-6 || ($3 > 0 && $6 - $4 / $3 > 1e-6) || ($3 == 0 && $6 != "")) bad = 1
        }
        END { exit bad || FNR != 11 }' "$finished/confusion.csv" "$finished/classes.csv"
}

# A folder of programs that stand before the real ones; gnuplot is what is given.
put_gnuplot() { # put_gnuplot SCRIPT
    mkdir -p "$scratch/bin"
    printf '#!/bin/sh\n%s\n' "$1" >"$scratch/bin/gnuplot"
    chmod +x "$scratch/bin/gnuplot"
}

# A picture that a limit cuts short, as a full disk does, takes no other's place.
cut_short() {
    cp "$finished/loss_curve.png" "$scratch/loss_curve.png"
    (
        trap '' XFSZ
        ulimit -f 8
        cd "$finished" && gnuplot plots.gp
    )
    ls -A "$finished"
    cmp "$finished/loss_curve.png" "$scratch/loss_curve.png" && pngs finished
}

resumed() { # resumed PATH: the last steps of a run, with that PATH
    rm -rf "$scratch/again"
    cp -R "$scratch/almost" "$scratch/again"
    env PATH="$1" "$(absolute "$trainer")" --out "$scratch/again" --resume >"$scratch/out" 2>"$scratch/err"
    status=$?
    cat "$scratch/out" "$scratch/err"
    return $status
}

without_gnuplot() {
    mkdir -p "$scratch/empty"
    resumed "$(absolute "$scratch")/empty:/nonexistent" &&
        [ "$(grep -c 'no gnuplot: apt-get install gnuplot-nox' "$scratch/out")" = 1 ] &&
        [ ! -s "$scratch/err" ]
}

failing_gnuplot() {
    put_gnuplot 'exit 1'
    resumed "$scratch/bin:$PATH" &&
        [ "$(grep -c '^castnet: gnuplot did not draw' "$scratch/err")" = 1 ]
}

# It goes on drawing for longer than the run is stopped: the run does not wait, and leaves nobody.
slow_gnuplot_is_stopped() {
    put_gnuplot ": >'$scratch/again/.loss_curve.png.'\$PPID.part
        echo \$\$ >'$scratch/gnuplot.id'; exec sleep 60"
    rm -rf "$scratch/again" "$scratch/gnuplot.id"
    cp -R "$scratch/almost" "$scratch/again"
    PATH=$scratch/bin:$PATH "$trainer" --out "$scratch/again" --resume --epochs 2 \
        >"$scratch/out" 2>"$scratch/err" &
    id=$!
    until [ -s "$scratch/gnuplot.id" ]; do sleep 0.05; done
    sleep 0.2
    kill -TERM $id
    wait $id
    [ $? = 143 ] && says again "run.status == 'stopped' and run.recipe.resumed:find('checkpoint')" && ! kill -0 "$(cat "$scratch/gnuplot.id")" 2>"$scratch/err" &&
        [ "$(find "$scratch/again" -name '*.part')" = "" ]
}

on_terminal() { # on_terminal KIND COLUMNS: what a terminal of that width gets
    rm -rf "$scratch/again"
    cp -R "$scratch/almost" "$scratch/again"
    TERM=$1 script -qec "stty columns $2; '$trainer' --out '$scratch/again' --resume --no-plots \
        --max-steps 312" "$scratch/typescript" >"$scratch/out" </dev/null
    cat -v "$scratch/out"
}

# Each drawing of the line, between \r and the code that clears the rest, is narrower than that.
bar_fits() { # bar_fits COLUMNS
    on_terminal xterm "$1" >"$scratch/seen"
    tr '\r' '\n' <"$scratch/out" | sed -n 's/\x1b\[K$//p' | awk -v width="$1" '
        length($0) >= width { print; wide = 1 }
        /^epoch 1\/1/ { drawn = 1 }
        END { exit wide || !drawn }'
}

dumb_terminal() {
    on_terminal dumb 80 >"$scratch/seen"
    grep -q '^epoch 1/1' "$scratch/out" && ! grep -q "$(printf '\033')" "$scratch/out"
}

expect "a run" run finished
grep -v '^$' "$scratch/log" >"$scratch/console"
expect "it leaves its files" holds finished best.safetensors last.safetensors log.csv plots.gp \
    training_log.txt confusion.csv checkpoint-00000313.castnet
expect "training_log.txt is what the console showed" log_is_what_was_shown
expect "run.json tells what it was and came to" json_tells
expect "classes.csv has recall and precision" classes_are_counted
expect "log.csv and confusion.csv are whole" csv_is_whole
if command -v gnuplot >"$scratch/out"; then
    expect "it leaves plots" holds finished loss_curve.png training_plots.png confusion.png
    expect "the plots are whole" pngs finished
    expect "a plot that is cut short does not replace a whole one" cut_short
else
    echo "skip: no gnuplot here, plots are not looked at"
    skipped=1
fi
expect "a run that --max-steps cuts" train cut --synthetic --epochs 1 --max-steps 3
! command -v gnuplot >/dev/null || expect "its plots are drawn, too" pngs cut
expect "most of a run" train almost --synthetic --epochs 1 --max-steps 290 --no-eval --no-plots
expect "without gnuplot one line says so" without_gnuplot
expect "a failing gnuplot is told once" failing_gnuplot
expect "a slow gnuplot ends with the run" slow_gnuplot_is_stopped
expect "a new run moves the earlier one's files" run finished --max-steps 1 --no-eval --no-plots
expect "they are there" holds finished/earlier-1 best.safetensors log.csv training_log.txt plots.gp \
    run.json classes.csv
if command -v script >"$scratch/out"; then
    for columns in 20 40 120; do
        expect "the bar fits into $columns columns" bar_fits $columns
    done
    expect "no control codes on a dumb terminal" dumb_terminal
else
    echo "skip: no script(1) here, terminals are not looked at"
    skipped=$((${skipped:-0} + 1))
fi
echo "$passed passed, $failed failed, ${skipped:-0} skipped"
[ "$failed" = 0 ]
