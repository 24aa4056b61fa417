/* init.h - the values training starts from */
#ifndef INIT_H
#define INIT_H

#include <stdint.h>

/* Fills every tensor of the model as its row of the table says. A value is a function of the seed,
 * the tensor's place in the table and the value's place in PyTorch's order: the same for every
 * target, layout and number of threads. Runs on the pool. */
void init_weights(uint64_t seed);

#endif
