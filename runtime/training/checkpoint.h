/* checkpoint.h - everything that training needs to go on with the same bits, in one file
 *
 * OUT/checkpoint-STEP.castnet, the last two of them. A file is
 *   header (struct header in checkpoint.c): magic, format, model, struct run_state, sizes
 *   the stretches of MODEL(states), one after the other
 *   the file of the best weights, if an epoch was evaluated
 *   CRC-32 of all that, 4 bytes
 * little-endian. It is written aside, brought to the disk and renamed: it appears whole or not at
 * all, and only then is the last but two removed.
 */
#ifndef CHECKPOINT_H
#define CHECKPOINT_H

#include <stdint.h>

#include "data/records.h"
#include "error.h"
#include "model.h"
#include "platform/files.h"
#include "training/run_state.h"

/* A number that tells data sets apart: of every image and label, and their order. */
uint64_t checkpoint_data(const struct dataset *train, const struct dataset *test);

/* Writes the model's state, where the run is, and the safetensors file `best` (not read before the
 * first evaluation) into a file of the folder, then removes all but the last two. 0, or -1 and an
 * error; then the files from before are as they were. */
int checkpoint_save(const char *folder, const struct run_state *checkpoint, const char *best,
                    struct error *error);

enum checkpoint_found { CHECKPOINT_FOUND, CHECKPOINT_NONE };

/* Looks for the newest whole checkpoint; a damaged one, and one that no run can have written, is
 * named on stderr and the one before it taken. path := its name. CHECKPOINT_FOUND; CHECKPOINT_NONE
 * if the folder has no checkpoint (or does not exist); -1 and an error if it or none of them can be
 * read or it is not of this model. */
int checkpoint_find(const char *folder, struct run_state *checkpoint, char path[FILES_PATH_BYTES],
                    struct error *error);

/* Of a checkpoint that error refuses: adds to error the newest one of the folder before `step` that
 * is of this model and, unless data is NULL, of these images (checkpoint_data), if there is one.
 * Never taken by itself, as who changed model or data may not want it. -1. */
int checkpoint_offer_older(const char *folder, int64_t step, const uint64_t *data,
                           struct error *error);

/* Puts the model's state back from a file that checkpoint_find named, and the best weights, if it
 * has any, into the file `best`. 0, or -1 and an error. */
int checkpoint_restore(const char *path, const char *best, struct error *error);

/* Whether a file of this name in a run's folder is a checkpoint; its step. */
int checkpoint_is_name(const char *name, int64_t *step);

#endif
