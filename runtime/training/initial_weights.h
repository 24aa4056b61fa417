/* initial_weights.h - the values training starts from */
#ifndef INITIAL_WEIGHTS_H
#define INITIAL_WEIGHTS_H

#include <stdint.h>

/* Fills every tensor of the model as its row of the table says. A value is a function of the seed,
 * the tensor's place in the table and the value's place in PyTorch's order: the same for every
 * target, layout and number of threads. Runs on the pool. */
void initial_weights_draw(uint64_t seed);

#endif
