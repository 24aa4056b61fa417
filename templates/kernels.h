//- kernels.h: prototypes.
@(header)
#ifndef CASTNET_KERNELS_H
#define CASTNET_KERNELS_H

#include "base.h"

/* Arrays are [height][width][BATCH][channel]; n is how many images take part. */
@(prototypes)
//: if graph.memory == "poison" then

/* Fills a dead tensor with NaN. */
void poison(void *tensor, size_t bytes);
//: end

#endif
