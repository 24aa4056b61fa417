/* outputs.h - the files of a run in its folder */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include "error.h"
#include "files.h"

/* Before a new run in a folder with the checkpoints of another: moves that one's files (weights,
 * checkpoints, logs, plots) to the folder "earlier" in it, in place of what is there. *moved: how
 * many. 0, or -1 and an error. */
int outputs_set_aside(const char *folder, int *moved, struct error *error);

/* path := the trained network's in the folder, named after model and data set. 0, or -1 and an
 * error. */
int outputs_result_path(char path[FILES_PATH_BYTES], const char *folder, const char *dataset,
                        struct error *error);

#endif
