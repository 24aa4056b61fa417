/* initial_weights.c - see initial_weights.h */
#include "training/initial_weights.h"

#include "context.h"
#include "data/rng.h"
#include "files/layout.h"
#include "model.h"
#include "platform/pool.h"

struct arguments {
    uint64_t seed;
};

/* The values of one tensor that are drawn, with a generator of their own. */
struct drawing {
    const struct model_tensor *tensor;
    struct rng rng;
    size_t next; /* place of the next value in PyTorch's order */
};

static float draw_uniform(struct drawing *drawing)
{
    return drawing->tensor->scale * (2.0f * rng_uniform(&drawing->rng) - 1.0f);
}

/* Of a convolution's weight; the middle of a filter is that of torch.nn.init.dirac_. */
static float draw_dirac(struct drawing *drawing)
{
    const struct model_tensor *tensor = drawing->tensor;
    const int *dims = tensor->dims;
    size_t taps = (size_t)dims[2] * (size_t)dims[3], inputs = (size_t)dims[1];
    size_t filter = drawing->next / taps,
           out = filter / inputs % (size_t)(dims[0] / tensor->groups);
    size_t middle = (size_t)(dims[2] / 2) * (size_t)dims[3] + (size_t)(dims[3] / 2);
    float rest = tensor->scale > 0 ? draw_uniform(drawing) : 0.0f;

    if (out >= inputs)
        return rest;
    return drawing->next % taps == middle && filter % inputs == out ? 1.0f : 0.0f;
}

static float draw(struct drawing *drawing)
{
    switch (drawing->tensor->init) {
    case MODEL_ONES:
        return 1.0f;
    case MODEL_NORMAL:
        return drawing->tensor->scale * rng_normal(&drawing->rng);
    case MODEL_UNIFORM:
        return draw_uniform(drawing);
    case MODEL_DIRAC:
        return draw_dirac(drawing);
    default: /* MODEL_ZEROS */
        return 0.0f;
    }
}

static void fill_value(float *value, void *state)
{
    struct drawing *drawing = state;

    *value = draw(drawing);
    drawing->next++;
}

static void fill_tensor(const void *arguments, int index, void *scratch)
{
    const struct model_tensor *tensor = &MODEL(tensors)[index];
    uint64_t seed = ((const struct arguments *)arguments)->seed;
    struct drawing drawing = {tensor, rng_at(seed, RNG_INIT, (uint64_t)index), 0};

    (void)scratch;
    if (tensor->type == MODEL_I64)
        *(int64_t *)context_value(tensor) = 0;
    else
        layout_each(tensor, context_value(tensor), context_dead(tensor), fill_value, &drawing);
}

void initial_weights_draw(uint64_t seed)
{
    struct arguments arguments = {seed};

    pool_run(MODEL_TENSORS, fill_tensor, &arguments);
}
