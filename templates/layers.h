//- layers.h: what the generated files call of each other.
@(header)
#ifndef CASTNET_LAYERS_H
#define CASTNET_LAYERS_H

#include "@(prefix).h"

//: if not is_one_file then
/* To the linker these begin with the network's prefix: there may be others in the program. */
//: if trains then
#define run_forward @(prefix)_run_forward
#define run_backward @(prefix)_run_backward
//: end
#define run_evaluate @(prefix)_run_evaluate

//: end
//: if trains then
/* The three programs, on n images of the step now running. */
@(static)void run_forward(struct @(prefix) *c, int n);
@(static)void run_backward(struct @(prefix) *c, int n);
//: else
/* The evaluation program, on n images of the step now running. */
//: end
@(static)void run_evaluate(struct @(prefix) *c, int n);

#endif
