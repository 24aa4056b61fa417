/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_LAYERS_H
#define CASTNET_LAYERS_H

#include "resnet8_tiny.h"

/* To the linker these begin with the network's prefix: there may be others in the program. */
#define run_forward resnet8_tiny_run_forward
#define run_backward resnet8_tiny_run_backward
#define run_evaluate resnet8_tiny_run_evaluate

/* The three programs, on n images of the step now running. */
void run_forward(struct resnet8_tiny *c, int n);
void run_backward(struct resnet8_tiny *c, int n);
void run_evaluate(struct resnet8_tiny *c, int n);

#endif
