/* layout.c - see layout.h */
#include "files/layout.h"
#include "context.h"

size_t layout_count(const struct model_tensor *tensor)
{
    size_t count = 1;

    for (int i = 0; i < tensor->rank; i++)
        count *= (size_t)tensor->dims[i];
    return count;
}

/* Where value [out][in][tap] of a tensor with taps lies in live or dead. */
static float *conv_value(const struct model_tensor *tensor, float *live, float *dead, int out,
                         int in, int tap)
{
    const size_t *strides = tensor->strides;
    int outs = tensor->dims[0] / tensor->groups, place = tensor->taps[tap];
    float *values = place < 0 ? dead : live;

    return values ? values + (size_t)(out % outs) * strides[0] + (size_t)(out / outs) * strides[1] +
                        (size_t)in * strides[2] + (size_t)(place < 0 ? ~place : place) * strides[3]
                  : NULL;
}

void layout_each(const struct model_tensor *tensor, float *live, float *dead,
                 void (*visit)(float *value, void *state), void *state)
{
    if (!tensor->taps) {
        size_t count = layout_count(tensor);

        for (size_t i = 0; i < count; i++)
            visit(live + i, state);
        return;
    }
    for (int out = 0; out < tensor->dims[0]; out++)
        for (int in = 0; in < tensor->dims[1]; in++)
            for (int tap = 0; tap < tensor->dims[2] * tensor->dims[3]; tap++)
                visit(conv_value(tensor, live, dead, out, in, tap), state);
}

static void export(float *value, void *state)
{
    float **torch = state;

    *(*torch)++ = value ? *value : 0.0f;
}

static void import(float *value, void *state)
{
    float **torch = state;

    *value = *(*torch)++;
}

void layout_export(const struct model_tensor *tensor, float *live, float *dead, float *torch)
{
    layout_each(tensor, live, dead, export, &torch);
}

void layout_import(const struct model_tensor *tensor, float *torch)
{
    layout_each(tensor, context_value(tensor), context_dead(tensor), import, &torch);
}
