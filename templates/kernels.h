//- kernels.h: prototypes.
@(header)
#ifndef CASTNET_KERNELS_H
#define CASTNET_KERNELS_H

#include "base.h"

/* To the linker these begin with the network's prefix: there may be others in the program. */
//: for _, instance in ipairs(graph.instances) do
#define @(instance.name) @(prefix)_@(instance.name)
//: end

/* Arrays are [height][width][BATCH][channel]; n is how many images take part. */
@(prototypes)

#endif
