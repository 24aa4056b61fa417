/* Made by castnet 0.1.0 from resnet8_tiny.lua --as evaluator --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_LAYERS_H
#define CASTNET_LAYERS_H

#include "model.h"

/* The evaluation program, on n images of the step now running. */
void run_evaluate(int n);

#endif
