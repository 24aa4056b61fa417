/* resume.h - a run's checkpoints: found again, checked against what is asked for now, saved */
#ifndef RESUME_H
#define RESUME_H

#include "error.h"
#include "training/run.h"

/* Finds the checkpoint and takes over what the run was begun with; run->resumed stays empty, with a
 * line on stderr, if there is none. 0, or -1 and an error: none can be read, or an option given
 * again is not as it was. */
int resume_find(struct run *run, struct error *error);

/* What the checkpoints of this run say about its options; the clock goes on from the last one. */
void resume_begin(struct run *run);

/* The checkpoint's state into the model, once the data are known to be the run's. 0, or -1 and an
 * error. */
int resume_restore(struct run *run, struct error *error);

/* Saves a checkpoint of where the run is, unless none is wanted. 0, or -1 and an error. */
int resume_save(struct run *run, struct error *error);

#endif
