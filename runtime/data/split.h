/* split.h - training images held out to choose the best epoch by */
#ifndef SPLIT_H
#define SPLIT_H

#include <stdint.h>

#include "data/records.h"
#include "error.h"

/* Moves `count` images out of train into held_out, which was empty; both keep the order of the data
 * set. Each class gives its share, rounded so that the sum is right (largest remainders first);
 * which of its images is a function of the seed alone. 0, or -1 and an error with both as they
 * were: count is not from 1 to train->count - 1, or no memory. */
int split_hold_out(struct dataset *train, struct dataset *held_out, int count, uint64_t seed,
                   struct error *error);

#endif
