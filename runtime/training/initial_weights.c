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

static void fill_conv(const struct model_tensor *tensor, struct rng *rng)
{
    float *live = context_value(tensor);
    int taps = layout_taps(tensor), is_dead;

    for (int out = 0; out < tensor->dims[0]; out++)
        for (int in = 0; in < tensor->dims[1]; in++)
            for (int tap = 0; tap < taps; tap++) {
                size_t at = layout_conv_offset(tensor, out, in, tap, &is_dead);

                *(is_dead ? context_dead(tensor) + at : live + at) = draw(tensor, rng);
            }
}

/* One tensor, with a generator of its own. */
static void fill_tensor(const void *arguments, int index)
{
    const struct model_tensor *tensor = &MODEL(tensors)[index];
    struct rng rng = rng_at(((const struct arguments *)arguments)->seed, RNG_INIT, (uint64_t)index);
    float *value = context_value(tensor);

    if (tensor->is_int64) {
        *(int64_t *)(void *)value = 0;
    } else if (tensor->taps) {
        fill_conv(tensor, &rng);
    } else {
        size_t count = layout_count(tensor);

        for (size_t i = 0; i < count; i++)
            value[i] = draw(tensor, &rng);
    }
}

void initial_weights_draw(uint64_t seed)
{
    struct arguments arguments = {seed};

    pool_run(MODEL_TENSORS, fill_tensor, &arguments);
}
