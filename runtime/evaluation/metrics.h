/* metrics.h - loss and accuracy over a whole data set */
#ifndef METRICS_H
#define METRICS_H

#include "data/records.h"
#include "evaluation/confusion.h"

/* Above METRICS_FEW classes it is also asked whether the true one is among the METRICS_TOP that
 * come first. */
enum { METRICS_TOP = 5, METRICS_FEW = 10, METRICS_HAVE_TOP = MODEL_CLASSES > METRICS_FEW };

struct metrics {
    double loss;     /* mean over the images, or over the weights of their classes */
    double accuracy; /* fraction */
    double top;      /* fraction with the true class among the METRICS_TOP; 0 unless
                      * METRICS_HAVE_TOP */
};

/* Runs the model, with its running statistics, on every image; the last batch may be smaller.
 * Counts the predictions in confusion, which may be NULL. Gives up, with -1, once stop() is not 0;
 * stop may be NULL. Else 0, and the result. */
int metrics_of_dataset(const struct dataset *dataset, struct confusion *confusion,
                       int (*stop)(void), struct metrics *result);

#endif
