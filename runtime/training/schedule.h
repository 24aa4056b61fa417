/* schedule.h - learning rate (and momentum) of every step, with the values of
 * torch.optim.lr_scheduler. */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdint.h>

#include "model.h"

/* Updates of so many epochs of steps_per_epoch updates: the nearest whole number, at least 1. */
int64_t schedule_steps(double epochs, int steps_per_epoch);

/* Sets everything in out but the seed for update `step` (0-based) of a run of `epochs` epochs,
 * whole or not, of `steps_per_epoch` updates. The schedules are StepLR, MultiStepLR, ExponentialLR,
 * LinearLR, PolynomialLR, CosineAnnealingLR, CosineAnnealingWarmRestarts and OneCycleLR (cosine
 * annealing), moved every step or every epoch, over the run without its warm-up or, as SequentialLR
 * has it, over a part of that: each starts from the learning rate and counts from where its part
 * begins. In the warm-up of W = round(warmup_epochs * steps_per_epoch) steps, at most the whole
 * run, step i has (i + 1) / W of the learning rate (of OneCycleLR: of the one that it starts with);
 * this is SequentialLR([LinearLR(1 / W, total_iters = W - 1), schedule], [W]). Steps past the end
 * of the run keep the last one's values. */
void schedule_at(const struct model_recipe *recipe, int64_t step, int steps_per_epoch,
                 double epochs, struct model_hyper *out);

#endif
