#include "tensors.h"

#include <string.h>

int tensor_count(const struct model_tensor *tensor)
{
    int count = 1;
    for (int i = 0; i < tensor->rank; i++) {
        count *= tensor->dims[i];
    }
    return count;
}

/* Where value `index` of PyTorch's order lies in `live`, or in `dead`, which may be NULL: then
 * NULL is where. */
static float *place(const struct model_tensor *tensor, int index, float *live, float *dead)
{
    if (!tensor->taps) {
        return live + index;
    }
    int taps = tensor->dims[2] * tensor->dims[3], ins = tensor->dims[1];
    int outs = tensor->dims[0] / tensor->groups; /* of a group */
    int tap = tensor->taps[index % taps];
    int in = index / taps % ins, out = index / taps / ins;
    int matrix = tap < 0 ? ~tap : tap;
    int at = ((matrix * tensor->groups + out / outs) * ins + in) * outs + out % outs;
    if (tap >= 0) {
        return live + at;
    }
    return dead ? dead + at : NULL;
}

static void get(const struct model_tensor *tensor, float *live, float *dead, float *to)
{
    for (int i = 0; i < tensor_count(tensor); i++) {
        const float *from = place(tensor, i, live, dead);
        to[i] = from ? *from : 0;
    }
}

static void set(const struct model_tensor *tensor, float *live, float *dead, const float *from)
{
    for (int i = 0; i < tensor_count(tensor); i++) {
        float *to = place(tensor, i, live, dead);
        if (to) {
            *to = from[i];
        }
    }
}

void tensor_value(const struct model_tensor *tensor, float *to)
{
    if (tensor->type == MODEL_I64) {
        *to = (float)*(int64_t *)context_value(tensor);
    } else {
        get(tensor, context_value(tensor), context_dead(tensor), to);
    }
}

void tensor_set_value(const struct model_tensor *tensor, const float *from)
{
    if (tensor->type == MODEL_I64) {
        *(int64_t *)context_value(tensor) = (int64_t)*from;
    } else {
        set(tensor, context_value(tensor), context_dead(tensor), from);
    }
}

void tensor_gradient(const struct model_tensor *tensor, float *to)
{
    get(tensor, context_gradient(tensor), NULL, to);
}

void tensor_set_gradient(const struct model_tensor *tensor, const float *from)
{
    set(tensor, context_gradient(tensor), NULL, from);
}

const struct model_tensor *tensor_find(const char *name)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        if (strcmp(MODEL(tensors)[i].name, name) == 0) {
            return &MODEL(tensors)[i];
        }
    }
    return NULL;
}

struct model_hyper recipe_hyper(void)
{
    const struct model_recipe *r = &MODEL(recipe);
    return (struct model_hyper){
        .lr = r->lr,
        .momentum = r->momentum,
        .beta1 = r->beta1,
        .beta2 = r->beta2,
        .alpha = r->alpha,
        .eps = r->eps,
        .weight_decay = r->weight_decay,
        .dampening = r->dampening,
        .clip_norm = r->clip_norm,
        .ema_decay = r->ema_decay,
        .seed = 1,
    };
}

int recipe_frozen(int64_t steps)
{
    int frozen = 0;
    while (frozen < MODEL(recipe).freezes &&
           (double)steps >= MODEL(recipe).freeze_after[frozen].epochs) {
        frozen++;
    }
    return frozen;
}
