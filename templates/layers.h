//- layers.h: what the generated files call of each other.
@(header)
#ifndef CASTNET_LAYERS_H
#define CASTNET_LAYERS_H

#include "model.h"

/* The three programs, on n images of the step now running. */
void run_forward(int n);
void run_backward(int n);
void run_evaluate(int n);
//: if graph.dead_decay == "factors" then

/* What weight decay has done to dead parameters since they were last brought up to date: a factor of
 * their values and, for SGD, of their momentum. */
extern double dead_decay[2];
//: end

#endif
