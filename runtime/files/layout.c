/* layout.c - see layout.h */
#include "files/layout.h"
#include "context.h"

#include <string.h>

size_t layout_count(const struct model_tensor *tensor)
{
    size_t count = 1;

    for (int i = 0; i < tensor->rank; i++)
        count *= (size_t)tensor->dims[i];
    return count;
}

int layout_taps(const struct model_tensor *tensor)
{
    return tensor->dims[2] * tensor->dims[3];
}

size_t layout_conv_offset(const struct model_tensor *tensor, int out, int in, int tap, int *is_dead)
{
    int outs = tensor->dims[0] / tensor->groups;
    int place = tensor->taps[tap];
    const size_t *strides = tensor->strides;

    *is_dead = place < 0;
    if (place < 0)
        place = ~place;
    return (size_t)(out % outs) * strides[0] + (size_t)(out / outs) * strides[1] +
           (size_t)in * strides[2] + (size_t)place * strides[3];
}

void layout_export(const struct model_tensor *tensor, const float *live, const float *dead,
                   float *torch)
{
    int taps, is_dead;

    if (!tensor->taps) {
        memcpy(torch, live, layout_count(tensor) * sizeof *torch);
        return;
    }
    taps = layout_taps(tensor);
    for (int out = 0; out < tensor->dims[0]; out++)
        for (int in = 0; in < tensor->dims[1]; in++)
            for (int tap = 0; tap < taps; tap++) {
                size_t at = layout_conv_offset(tensor, out, in, tap, &is_dead);

                *torch++ = !is_dead ? live[at] : dead ? dead[at] : 0.0f;
            }
}

void layout_import(const struct model_tensor *tensor, const float *torch)
{
    float *live = context_value(tensor), *dead = context_dead(tensor);
    int taps, is_dead;

    if (!tensor->taps) {
        memcpy(live, torch, layout_count(tensor) * sizeof *torch);
        return;
    }
    taps = layout_taps(tensor);
    for (int out = 0; out < tensor->dims[0]; out++)
        for (int in = 0; in < tensor->dims[1]; in++)
            for (int tap = 0; tap < taps; tap++) {
                size_t at = layout_conv_offset(tensor, out, in, tap, &is_dead);

                *(is_dead ? dead + at : live + at) = *torch++;
            }
}
