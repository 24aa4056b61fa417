/* Made by castnet 0.1.0 from training_words.lua --target portable --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_LAYERS_H
#define CASTNET_LAYERS_H

#include "model.h"

/* The three programs, on n images of the step now running. */
void run_forward(int n);
void run_backward(int n);
void run_evaluate(int n);

/* What weight decay has done to dead parameters since they were last brought up to date: a factor of
 * their values, one of their momentum (SGD's) and one of their moving averages. */
extern double dead_decay[3];

/* How many training steps each batch norm has seen, and the moving average of that. */
extern int64_t num_batches_tracked[1];
extern int64_t average_batches_tracked[1];

#endif
