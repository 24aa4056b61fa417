//- layers.h: what the generated files call of each other.
@(header)
#ifndef CASTNET_LAYERS_H
#define CASTNET_LAYERS_H

#include "model.h"

//: if trains then
/* The three programs, on n images of the step now running. */
void run_forward(int n);
void run_backward(int n);
//: else
/* The evaluation program, on n images of the step now running. */
//: end
void run_evaluate(int n);
//: if graph.dead_decay == "factors" then

/* What weight decay has done to dead parameters since they were last brought up to date: a factor of
 * their values, one of their momentum (SGD's)@(graph.update.ema and " and one of their moving averages" or ""). */
extern double dead_decay[@(update.dead_factors(graph))];
//: end
//: if graph.update.ema then

/* How many training steps each batch norm has seen, and the moving average of that. */
extern int64_t num_batches_tracked[@(math.max(1, tensors.counters(graph)))];
extern int64_t average_batches_tracked[@(math.max(1, tensors.counters(graph)))];
//: end

#endif
