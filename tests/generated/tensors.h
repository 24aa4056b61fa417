/* A generated model's tensors in PyTorch's order of values, for tests. Says once more, apart from
 * runtime/files/layout.c, what the layouts mean. */
#ifndef GENERATED_TENSORS_H
#define GENERATED_TENSORS_H

#include "context.h"

/* Values in the tensor, dead taps included. */
int tensor_count(const struct model_tensor *tensor);

/* to[count] := value or gradient; the gradient of dead taps reads 0. */
void tensor_value(const struct model_tensor *tensor, float *to);
void tensor_gradient(const struct model_tensor *tensor, float *to);

/* value (or gradient) := from[count]. */
void tensor_set_value(const struct model_tensor *tensor, const float *from);
void tensor_set_gradient(const struct model_tensor *tensor, const float *from);

/* NULL if there is none of that name. */
const struct model_tensor *tensor_find(const char *name);

/* What the spec's recipe says, before the first step: step 0, seed 1. */
struct model_hyper recipe_hyper(void);

/* The stages of the spec's freeze_after that have begun after so many steps, each taken for an
 * epoch. */
int recipe_frozen(int64_t steps);

#endif
