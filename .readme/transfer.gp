# Draws transfer.png beside it: gnuplot .readme/transfer.gp, from the top folder. finetuned.csv and scratch.csv are
# the log.csv of the two runs that README describes.
set terminal pngcairo size 1000,420 font "sans,10"
set output ".readme/transfer.png"
set datafile separator ","
set multiplot layout 1,2 title "resnet18 on CIFAR-10: from a CIFAR-100 network, and from scratch"
set grid lc rgb "#dddddd"
set border 3
set tics nomirror
set xlabel "epoch"
set xrange [1:20]
set style line 1 lc rgb "#3b6fb6" lw 2
set style line 2 lc rgb "#d1652a" lw 2
set ylabel "test accuracy, percent"
set key bottom right
plot ".readme/finetuned.csv" skip 1 using 1:(100 * $5) with lines ls 1 title "fine-tuned", \
     ".readme/scratch.csv" skip 1 using 1:(100 * $5) with lines ls 2 title "from scratch"
set ylabel "loss"
set key top right
plot ".readme/finetuned.csv" skip 1 using 1:4 with lines ls 1 title "fine-tuned, test", \
     ".readme/finetuned.csv" skip 1 using 1:2 with lines ls 1 dt 2 title "training", \
     ".readme/scratch.csv" skip 1 using 1:4 with lines ls 2 title "from scratch, test", \
     ".readme/scratch.csv" skip 1 using 1:2 with lines ls 2 dt 2 title "training"
