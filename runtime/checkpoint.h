/* checkpoint.h - everything that training needs to go on with the same bits, in one file
 *
 * OUT/checkpoint-STEP.castnet, the last two of them. A file is
 *   header (struct header in checkpoint.c): magic, format, model, struct checkpoint, sizes
 *   the stretches of MODEL(state), one after the other
 *   the file of the best weights, if an epoch was evaluated
 *   CRC-32 of all that, 4 bytes
 * little-endian. It is written aside, brought to the disk and renamed: it appears whole or not at
 * all, and only then is the last but two removed.
 */
#ifndef CHECKPOINT_H
#define CHECKPOINT_H

#include <stdint.h>

#include "error.h"
#include "files.h"
#include "model.h"
#include "records.h"

/* Where a run is, beside the model's state. Members of 8 bytes, so that there is no padding. */
struct checkpoint {
    int64_t step;    /* updates so far */
    int64_t epoch;   /* whole epochs so far, evaluation included */
    int64_t batches; /* done of the epoch under way */

    /* sums over the images of the epoch under way */
    double loss;
    int64_t correct, images;
    double seconds;

    double last_lr;     /* of the last step */
    double run_seconds; /* of the run so far */

    /* of the epoch with the best accuracy on the images that choose it: the held out, else the test
     * set's */
    double best_accuracy, best_test_accuracy;
    int64_t best_epoch; /* from 1; 0: none */

    /* the same of the last epoch that was evaluated */
    double final_accuracy, final_test_accuracy;
    int64_t final_epoch; /* from 1; 0: none */

    /* what the run was begun with */
    uint64_t seed;
    double numbers[MODEL_NUMBERS];                 /* of its recipe, see recipe.h */
    int64_t augment, shuffle, evaluate, synthetic; /* 0 or 1 */
    int64_t val_split;                             /* training images held out */
    uint64_t data;                     /* checkpoint_data of its images, none held out yet */
    int64_t train_images, test_images; /* their counts, the same */
};

/* Whether a run can be there: what a checksum vouches for need not be what castnet wrote. 0, or -1
 * and an error that names the member. */
int checkpoint_check(const struct checkpoint *checkpoint, struct error *error);

/* A number that tells data sets apart: of every image and label, and their order. */
uint64_t checkpoint_data(const struct dataset *train, const struct dataset *test);

/* Writes the model's state, where the run is, and the safetensors file `best` (not read before the
 * first evaluation) into a file of the folder, then removes all but the last two. 0, or -1 and an
 * error; then the files from before are as they were. */
int checkpoint_save(const char *folder, const struct checkpoint *checkpoint, const char *best,
                    struct error *error);

enum checkpoint_found { CHECKPOINT_FOUND, CHECKPOINT_NONE };

/* Looks for the newest whole checkpoint; a damaged one, and one that no run can have written, is
 * named on stderr and the one before it taken. path := its name. CHECKPOINT_FOUND; CHECKPOINT_NONE
 * if the folder has no checkpoint (or does not exist); -1 and an error if it or none of them can be
 * read or it is not of this model. */
int checkpoint_find(const char *folder, struct checkpoint *checkpoint, char path[FILES_PATH_BYTES],
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
