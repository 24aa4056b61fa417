/* metrics.h - loss and accuracy over a whole data set */
#ifndef METRICS_H
#define METRICS_H

#include "data/records.h"
#include "evaluation/confusion.h"

struct metrics {
    double loss;     /* mean over the images */
    double accuracy; /* fraction */
};

/* Runs the model, with its running statistics, on every image; the last batch may be smaller.
 * Counts the predictions in confusion, which may be NULL. Gives up, with -1, once stop() is not 0;
 * stop may be NULL. Else 0, and the result. */
int metrics_of_dataset(const struct dataset *dataset, struct confusion *confusion,
                       int (*stop)(void), struct metrics *result);

#endif
