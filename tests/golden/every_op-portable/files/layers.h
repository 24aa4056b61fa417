/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_LAYERS_H
#define CASTNET_LAYERS_H

#include "every_op.h"

/* To the linker these begin with the network's prefix: there may be others in the program. */
#define run_forward every_op_run_forward
#define run_backward every_op_run_backward
#define run_evaluate every_op_run_evaluate

/* The three programs, on n images of the step now running. */
void run_forward(struct every_op *c, int n);
void run_backward(struct every_op *c, int n);
void run_evaluate(struct every_op *c, int n);

#endif
