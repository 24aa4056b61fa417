#!/bin/sh
# Runs with several seeds are what single runs with those seeds are; they are stopped and resumed.
# Images held out for choosing the best epoch are the same for any number of threads.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common

several() { # several OUT OPTION...: three runs of some steps, 500 images held out
    train "$@" --synthetic --runs 3 --seed 7 --val-split 500 --max-steps 5 --no-plots --quiet
}

single() { # single OUT OPTION...: the second of them by itself
    train "$@" --synthetic --seed 8 --val-split 500 --max-steps 5 --no-plots --quiet
}

# Weights, and log.csv but for its times.
same_run() { # same_run OUT OTHER
    for name in best last resnet8_tiny_synthetic; do
        same "$1/$name.safetensors" "$2/$name.safetensors" || return 1
    done
    for folder in "$1" "$2"; do
        cut -d , -f 1-6,9-10 "$scratch/$folder/log.csv" >"$scratch/$folder/rows"
    done
    same "$1/rows" "$2/rows"
}

columns=seed,best_epoch,best_accuracy,best_test_accuracy,final_epoch,final_accuracy,final_test_accuracy
columns=$columns,best_tta_accuracy,final_tta_accuracy

# Each seed's row of runs.csv against its log.csv, the cells of --tta empty; mean and deviation against awk's.
table_is_right() { # table_is_right OUT
    head -n 1 "$scratch/$1/runs.csv" | grep -qx "$columns" || return 1
    for seed in 7 8 9; do
        row=$(tail -n 1 "$scratch/$1/seed-$seed/log.csv")
        val=$(echo "$row" | cut -d , -f 10) test=$(echo "$row" | cut -d , -f 5)
        grep -qx "$seed,1,$val,$test,1,$val,$test,," "$scratch/$1/runs.csv" || return 1
    done
    wanted=$(awk -F , 'NR > 1 { n++; sum += $4; x[n] = $4 } END {
        for (i = 1; i <= n; i++) d += (x[i] - sum / n) ^ 2
        printf "mean %.2f %%, standard deviation %.2f %%", 100 * sum / n, 100 * sqrt(d / (n - 1)) }' \
        "$scratch/$1/runs.csv")
    cat "$scratch/$1.out"
    [ "$(grep -c "test accuracy $wanted" "$scratch/$1.out")" = 2 ]
}

logged() { # logged OUT OPTION...: the same with what it says in OUT.out
    several "$@" >"$scratch/$1.out"
}

# In the second run, or right after it.
stopped() { # stopped SIGNAL STATUS
    "$trainer" --out "$scratch/stopped" --synthetic --runs 3 --seed 7 --val-split 500 --no-plots --quiet \
        --max-steps 5 2>"$scratch/err" &
    id=$!
    until [ -e "$scratch/stopped/seed-8/log.csv" ]; do sleep 0.02; done
    kill -s "$1" $id
    wait $id
    status=$?
    cat "$scratch/err"
    [ $status = "$2" ] && [ "$(wc -l <"$scratch/err")" = 1 ] &&
        grep -q "stopped by SIG$1 after .* of .*; to go on: .*--runs 3 .* --resume\$" "$scratch/err"
}

chosen_by_them() {
    sed -n 's/.*  \(best .*\|chosen .*\)/\1/p' "$scratch/single/training_log.txt"
    grep -q 'best  *epoch 1: validation accuracy [0-9.]* %.*, test accuracy' \
        "$scratch/single/training_log.txt" &&
        grep -q 'chosen  *by 500 training images held out' "$scratch/single/training_log.txt"
}

expect "three runs" logged several --threads 1
expect "one of them by itself" single single --threads 2
expect "with two threads it gives the same bits" same_run several/seed-8 single
expect "runs.csv, mean and standard deviation" table_is_right several
expect "the summary says that they chose" chosen_by_them
expect "SIGTERM stops the runs" stopped TERM 143
expect "they go on" several stopped --resume
for seed in 7 8 9; do
    expect "and give seed $seed's bits" same_run stopped/seed-$seed several/seed-$seed
done
expect "finished runs say their results again" logged several --resume
expect "which are the same" table_is_right several
cp "$scratch/several/runs.csv" "$scratch/runs.csv"
fewer() { # fewer SEED...: two of the three runs again
    train several --synthetic --runs 2 --seed "$1" --val-split 500 --max-steps 5 --no-plots --quiet --resume
}
for seed in 7 8; do
    expect "two runs from seed $seed say theirs" fewer $seed
    expect "and the table keeps the third's" same several/runs.csv runs.csv
done
# As it was before there was --tta.
sed 's/,[^,]*,[^,]*$//' "$scratch/runs.csv" >"$scratch/several/runs.csv"
expect "a table without the cells of --tta is one still" fewer 7
expect "and its rows get them" same several/runs.csv runs.csv
cp -R "$scratch/several" "$scratch/mixed"
expect "two shorter runs in that folder" train mixed --synthetic --runs 2 --seed 7 --val-split 500 --max-steps 4 \
    --crop-padding 2 --no-plots --quiet
expect "are not mixed with the third that it had" refused "means would mix them" \
    train mixed --synthetic --runs 3 --seed 7 --val-split 500 --max-steps 4 --resume --no-plots --quiet
expect "without their seed they are refused" refused "give --seed as for the first" \
    train several --synthetic --runs 3 --resume
expect "another split is refused" refused "begun with 500 images held out" \
    train single --resume --val-split 400
expect "more images than there are" refused "give 1 to 9999" \
    train many --synthetic --val-split 10000
touch "$scratch/file"
expect "no folder for the runs" refused "cannot make the folder" several file
summary
