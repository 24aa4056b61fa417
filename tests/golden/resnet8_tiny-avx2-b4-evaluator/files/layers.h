/* Made by castnet 0.1.0 from resnet8_tiny.lua --as evaluator --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_LAYERS_H
#define CASTNET_LAYERS_H

#include "resnet8_tiny.h"

/* To the linker these begin with the network's prefix: there may be others in the program. */
#define run_evaluate resnet8_tiny_run_evaluate

/* The evaluation program, on n images of the step now running. */
void run_evaluate(struct resnet8_tiny *c, int n);

#endif
