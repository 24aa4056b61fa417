/* evaluate.h - loss and accuracy over a whole data set */
#ifndef EVALUATE_H
#define EVALUATE_H

#include "confusion.h"
#include "records.h"

struct evaluation {
    double loss;     /* mean over the images */
    double accuracy; /* fraction */
};

/* Runs the model, with its running statistics, on every image; the last batch may be smaller.
 * Counts the predictions in confusion, which may be NULL. Gives up, with -1, once stop() is not 0;
 * stop may be NULL. Else 0, and the result. */
int evaluate_dataset(const struct dataset *dataset, struct confusion *confusion, int (*stop)(void),
                     struct evaluation *result);

#endif
