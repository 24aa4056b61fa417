/* evaluate.h - loss and accuracy over a whole data set */
#ifndef EVALUATE_H
#define EVALUATE_H

#include "cifar10.h"

struct evaluation {
    double loss;     /* mean over the images */
    double accuracy; /* fraction */
};

/* Runs the model, with its running statistics, on every image; the last batch may be smaller. */
struct evaluation evaluate_dataset(const struct dataset *dataset);

#endif
