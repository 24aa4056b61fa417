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

static float draw(const struct model_tensor *tensor, struct rng *rng)
{
    switch (tensor->init) {
    case MODEL_ONES:
        return 1.0f;
    case MODEL_NORMAL:
        return tensor->scale * rng_normal(rng);
    case MODEL_UNIFORM:
        return tensor->scale * (2.0f * rng_uniform(rng) - 1.0f);
    default: /* MODEL_ZEROS */
        return 0.0f;
    }
}

/* The values of one tensor that are drawn, with a generator of their own. */
struct drawing {
    const struct model_tensor *tensor;
    struct rng rng;
};

static void fill_value(float *value, void *state)
{
    struct drawing *drawing = state;

    *value = draw(drawing->tensor, &drawing->rng);
}

static void fill_tensor(const void *arguments, int index, void *scratch)
{
    const struct model_tensor *tensor = &MODEL(tensors)[index];
    uint64_t seed = ((const struct arguments *)arguments)->seed;
    struct drawing drawing = {tensor, rng_at(seed, RNG_INIT, (uint64_t)index)};

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
