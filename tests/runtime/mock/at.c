/* For tests whose model has no tensors with values; the others bring their own. */
#include "model.h"

void *MODEL(at)(struct model_context *context, size_t place)
{
    (void)context, (void)place;
    return NULL;
}
