/* schedule.c - see schedule.h */
#include "training/schedule.h"

#include <math.h>

/* Where a run stands, in the units that a part of it moves by: steps or epochs. */
struct position {
    const struct model_part *part;
    double now;   /* whole units done, 0 in the warm-up */
    double span;  /* units in the part */
    double steps; /* done of the part */
    double unit;  /* steps */
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
    const struct model_part *part = at.part;
    double first = recipe->lr / part->div_factor;
    double last = first / part->final_div_factor;
    double peak = part->pct_start * at.span - 1.0; /* may lie between two units, or before 0 */
    double end = at.span - 1.0;
    int rising = at.now <= peak;
    double start = rising ? 0.0 : peak, stop = rising ? peak : end;
    double done = stop > start ? (at.now - start) / (stop - start) : 1.0;

    values->lr = rising ? anneal(first, recipe->lr, done) : anneal(recipe->lr, last, done);
    if (part->cycle_momentum)
        values->momentum = rising ? anneal(part->max_momentum, part->base_momentum, done)
                                  : anneal(part->base_momentum, part->max_momentum, done);
}

/* How many milestones lie behind. */
static int milestones_passed(struct position at)
{
    int passed = 0;

    while (passed < at.part->milestone_count &&
           round(at.part->milestones[passed] * at.unit) <= at.steps)
        passed++;
    return passed;
}

/* Part of total_iters that is done, from 0 to 1. */
static double part_done(struct position at)
{
    double whole = at.part->total_iters > 0 ? at.part->total_iters : at.span;

    return whole > 0.0 ? fmin(at.now / whole, 1.0) : 0.0;
}

/* Part of its period that is done, from 0 to below 1. Periods grow, so there are few; of equal ones
 * there may be many. */
static double period_done(struct position at)
{
    double period = at.part->period > 0 ? at.part->period : 1.0, left = at.now;

    if (at.part->period_factor <= 1)
        return fmod(left, period) / period;
    while (left >= period) {
        left -= period;
        period *= at.part->period_factor;
    }
    return left / period;
}

static struct values values_at(const struct model_recipe *recipe, struct position at)
{
    const struct model_part *part = at.part;
    double momentum = recipe->has_beta1 ? recipe->beta1 : recipe->momentum;
    struct values values = {recipe->lr, momentum};

    switch (part->schedule) {
    case MODEL_CONSTANT:
        break;
    case MODEL_STEP:
        if (part->step_size > 0)
            values.lr *= pow(part->gamma, floor(at.now / part->step_size));
        break;
    case MODEL_MULTI_STEP:
        values.lr *= pow(part->gamma, milestones_passed(at));
        break;
    case MODEL_EXPONENTIAL:
        values.lr *= pow(part->gamma, at.now);
        break;
    case MODEL_LINEAR_LR:
        values.lr *= part->start_factor + (part->end_factor - part->start_factor) * part_done(at);
        break;
    case MODEL_POLYNOMIAL:
        values.lr *= pow(1.0 - part_done(at), part->power);
        break;
    case MODEL_COSINE:
        values.lr = anneal(recipe->lr, part->lr_min, at.span > 0.0 ? at.now / at.span : 0.0);
        break;
    case MODEL_COSINE_RESTARTS:
        values.lr = anneal(recipe->lr, part->lr_min, period_done(at));
        break;
    case MODEL_ONE_CYCLE:
        one_cycle(recipe, at, &values);
        break;
    }
    return values;
}

/* The part of a step, which counts from the end of the warm-up as `steps` does, all there are. A
 * part begins with the step nearest to where it should, and ends with the next or the run. */
static struct position position_of(const struct model_recipe *recipe, double step, double steps,
                                   int steps_per_epoch)
{
    double begins = 0.0, ends = steps;
    int which = 0;

    for (int i = 1; i < MODEL_PARTS; i++) {
        double next = round(recipe->parts[i].begins * steps_per_epoch);

        if (step < next) {
            ends = fmin(next, steps);
            break;
        }
        which = i;
        begins = next;
    }
    const struct model_part *part = &recipe->parts[which];
    double unit = part->per_step ? 1.0 : steps_per_epoch;
    return (struct position){.part = part,
                             .now = floor((step - begins) / unit),
                             .span = (ends - begins) / unit,
                             .steps = step - begins,
                             .unit = unit};
}

int64_t schedule_steps(double epochs, int steps_per_epoch)
{
    return (int64_t)fmax(round(epochs * steps_per_epoch), 1.0);
}

void schedule_at(const struct model_recipe *recipe, int64_t step, int steps_per_epoch,
                 double epochs, struct model_hyper *out)
{
    double run = (double)schedule_steps(epochs, steps_per_epoch);
    double warmup = fmin(round(recipe->warmup_epochs * steps_per_epoch), run);
    double now = fmin((double)step, run - 1.0);
    struct position at =
        position_of(recipe, fmax(now - warmup, 0.0), run - warmup, steps_per_epoch);
    struct values values = values_at(recipe, at);

    if (now < warmup && at.part->schedule == MODEL_ONE_CYCLE)
        values.lr *= (now + 1.0) / warmup;
    else if (now < warmup)
        values.lr = recipe->lr * ((now + 1.0) / warmup);
    out->lr = values.lr;
    out->momentum = recipe->has_beta1 ? 0.0 : values.momentum;
    out->beta1 = recipe->has_beta1 ? values.momentum : 0.0;
    out->beta2 = recipe->beta2;
    out->eps = recipe->eps;
    out->alpha = recipe->alpha;
    out->weight_decay = recipe->weight_decay;
    out->dampening = recipe->dampening;
    out->clip_norm = recipe->clip_norm;
    out->ema_decay = recipe->ema_decay;
    out->frozen = 0;
    while (out->frozen < recipe->freezes &&
           (double)step >= round(recipe->freeze_after[out->frozen].epochs * steps_per_epoch))
        out->frozen++;
    out->step = step + 1;
    out->steps = (int64_t)run;
}
