/* epochs.h - the training itself: epochs of steps, an evaluation and weights to disk after each */
#ifndef EPOCHS_H
#define EPOCHS_H

#include "error.h"
#include "training/run.h"

/* From where the run is to its end. RUN_GO_ON: it is done; RUN_STOP; or -1 and an error. */
int epochs_train(struct run *run, struct error *error);

/* Whether the run ends where it is, as the best epoch is too long ago. */
bool epochs_lost_patience(const struct run *run);

#endif
