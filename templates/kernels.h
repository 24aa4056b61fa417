//- kernels.h: prototypes.
@(header)
#ifndef CASTNET_KERNELS_H
#define CASTNET_KERNELS_H

#include "base.h"

//: if not is_one_file then
/* To the linker these begin with the network's prefix: there may be others in the program. */
//:   for _, kernel in ipairs(kernel_names) do
#define @(kernel) @(prefix)_@(kernel)
//:   end
//: end

/* Arrays are [height][width][BATCH][channel]; n is how many images take part. What is updated is read and written, what is
 * accumulated is that where `add` is 1 and written where it is 0, NULL is nothing to work on,
 * scratch is nobody's before and after a call, and a result lies over an argument only where that is said. */
@(prototypes)

#endif
