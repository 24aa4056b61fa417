/* several_runs.h - the same training with several seeds, one after the other
 *
 *   OUT/seed-S/    the run with seed S, as a single run leaves it
 *   OUT/runs.csv   a row a finished run
 *
 * Each run is a process of its own, forked before anything of a run exists: so nothing of one
 * reaches the next, and run S computes what `--seed S` alone computes. A run is finished if its
 * checkpoint is at its last step: --resume has each run go on from its own, and one that is
 * finished does nothing but say its result again.
 */
#ifndef SEVERAL_RUNS_H
#define SEVERAL_RUNS_H

#include "training/run.h"

/* Trains run->options.runs times; train does it once and returns an exit status. The first status
 * that is not 0 ends all. Returns the exit status. */
int several_runs_train(struct run *run, int (*train)(struct run *run, int argc, char **argv),
                       int argc, char **argv);

#endif
