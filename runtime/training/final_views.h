/* final_views.h - the accuracy of a trained network over several views of each test image */
#ifndef FINAL_VIEWS_H
#define FINAL_VIEWS_H

#include "error.h"
#include "training/run.h"

/* With --tta, of the last weights and the best, as they are in the folder: run->views. The model's
 * weights are then one of both. RUN_GO_ON, RUN_STOP, or -1 and an error. */
int final_views_judge(struct run *run, struct error *error);

#endif
