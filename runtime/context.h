/* context.h - the program's one network: its memory, and where its tensors lie */
#ifndef CONTEXT_H
#define CONTEXT_H

#include "error.h"
#include "model.h"

/* NULL before context_open. */
extern struct model_context *context;

/* Maps the network's memory and opens it there, with the thread pool for its units; once. 0, or -1
 * where the system gives no memory. */
int context_open(struct error *error);

/* Values of a tensor, of its taps that meet padding at every output, and its gradient; NULL where
 * there are none. */
static inline void *context_value(const struct model_tensor *tensor)
{
    return MODEL(at)(context, tensor->value);
}

static inline float *context_dead(const struct model_tensor *tensor)
{
    return MODEL(at)(context, tensor->dead);
}

static inline float *context_gradient(const struct model_tensor *tensor)
{
    return MODEL(at)(context, tensor->gradient);
}

#endif
