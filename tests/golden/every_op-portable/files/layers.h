/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_LAYERS_H
#define CASTNET_LAYERS_H

#include "model.h"

/* The three programs, on n images of the step now running. */
void run_forward(int n);
void run_backward(int n);
void run_evaluate(int n);

#endif
