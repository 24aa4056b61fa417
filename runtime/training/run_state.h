/* run_state.h - where a run is, beside the model's state: what a checkpoint keeps of it */
#ifndef RUN_STATE_H
#define RUN_STATE_H

#include <stdint.h>

#include "error.h"
#include "model.h"

/* Where a run is, beside the model's state. Members of 8 bytes, so that there is no padding. */
struct run_state {
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
    double best_test_top; /* see metrics.h */
    int64_t best_epoch;   /* from 1; 0: none */

    /* the same of the last epoch that was evaluated */
    double final_accuracy, final_test_accuracy;
    double final_test_top;
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
int run_state_check(const struct run_state *checkpoint, struct error *error);

#endif
