/* schedule.c - see schedule.h */
#include "training/schedule.h"

#include <math.h>

/* Where a run stands, in the units its schedule moves by: steps or epochs, after the warm-up. */
struct position {
    double now;  /* whole units done, 0 in the warm-up */
    double span; /* units in the run */
};

struct values {
    double lr, momentum;
};

/* Halves of a cosine: start at part 0, end at part 1. */
static double anneal(double start, double end, double part)
{
    const double pi = 3.141592653589793;
    return end + (start - end) / 2.0 * (1.0 + cos(pi * part));
}

static void one_cycle(const struct model_recipe *recipe, struct position at, struct values *values)
{
    double first = recipe->lr / recipe->div_factor;
    double last = first / recipe->final_div_factor;
    double peak = recipe->pct_start * at.span - 1.0; /* may lie between two units, or before 0 */
    double end = at.span - 1.0;
    int rising = at.now <= peak;
    double start = rising ? 0.0 : peak, stop = rising ? peak : end;
    double part = stop > start ? (at.now - start) / (stop - start) : 1.0;

    values->lr = rising ? anneal(first, recipe->lr, part) : anneal(recipe->lr, last, part);
    if (recipe->cycle_momentum)
        values->momentum = rising ? anneal(recipe->max_momentum, recipe->base_momentum, part)
                                  : anneal(recipe->base_momentum, recipe->max_momentum, part);
}

static struct values values_at(const struct model_recipe *recipe, struct position at)
{
    double momentum = recipe->optimizer == MODEL_SGD ? recipe->momentum : recipe->beta1;
    struct values values = {recipe->lr, momentum};

    switch (recipe->schedule) {
    case MODEL_CONSTANT:
        break;
    case MODEL_STEP:
        if (recipe->step_size > 0)
            values.lr *= pow(recipe->gamma, floor(at.now / recipe->step_size));
        break;
    case MODEL_COSINE:
        values.lr = anneal(recipe->lr, recipe->lr_min, at.span > 0.0 ? at.now / at.span : 0.0);
        break;
    case MODEL_ONE_CYCLE:
        one_cycle(recipe, at, &values);
        break;
    }
    return values;
}

void schedule_at(const struct model_recipe *recipe, int64_t step, int steps_per_epoch, int epochs,
                 struct model_hyper *out)
{
    double run = (double)steps_per_epoch * epochs;
    double warmup = fmin(round(recipe->warmup_epochs * steps_per_epoch), run);
    double now = fmin((double)step, run - 1.0);
    double unit = recipe->per_step ? 1.0 : steps_per_epoch;
    struct position at = {floor(fmax(now - warmup, 0.0) / unit), (run - warmup) / unit};
    struct values values = values_at(recipe, at);

    if (now < warmup)
        values.lr *= (now + 1.0) / warmup;
    out->lr = values.lr;
    out->momentum = recipe->optimizer == MODEL_SGD ? values.momentum : 0.0;
    out->beta1 = recipe->optimizer == MODEL_SGD ? 0.0 : values.momentum;
    out->beta2 = recipe->beta2;
    out->eps = recipe->eps;
    out->weight_decay = recipe->weight_decay;
    out->dampening = recipe->dampening;
    out->clip_norm = recipe->clip_norm;
    out->ema_decay = recipe->ema_decay;
    out->step = step + 1;
}
