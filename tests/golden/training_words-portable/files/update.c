/* Made by castnet 0.1.0 from training_words.lua --target portable --batch 4.
 * This file belongs to whoever made it. */
#include "layers.h"
#include "memory.h"

enum { PIECE = 16384 };

/* Values that lie one after another, and what lies as they do: gradients (NULL: all zeros) and the
 * optimiser's states. */
struct stretch {
    float *weight;
    const float *gradient;
    float *momentum;
    float *average;
    int count;
};

/* How many values a piece of that many has. */
static inline int piece_of(int count, int piece)
{
    return count - piece * PIECE < PIECE ? count - piece * PIECE : PIECE;
}

/* What a step does to all parameters alike. */
struct common {
    float scale; /* of gradients */
    float average_by; /* part of the way that averages go to the new values */
};

/* Squares are added in double, in a fixed number of parts for each piece and the pieces in order,
 * so that the sum is the same for any number of threads. */
struct squares {
    const float *value;
    double *sums;
    int count;
};

static void square_piece(const void *argument, int piece)
{
    enum { SUMS = 16 };
    const struct squares *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->count, piece);
    const float *const value = s->value + start;
    double part[SUMS] = {0}, sum = 0;
    for (int i = 0; i + SUMS <= count; i += SUMS)
        for (int j = 0; j < SUMS; j++)
            part[j] += (double)value[i + j] * (double)value[i + j];
    for (int j = 0; j < SUMS; j++)
        sum += part[j];
    for (int i = count / SUMS * SUMS; i < count; i++)
        sum += (double)value[i] * (double)value[i];
    s->sums[piece] = sum;
}

static double sum_squares(struct training_words *c, const float *value, int count)
{
    const struct squares s = {value, c->sums, count};
    const int pieces = (count + PIECE - 1) / PIECE;
    double sum = 0;
    run(&c->host, pieces, square_piece, &s);
    for (int i = 0; i < pieces; i++)
        sum += c->sums[i];
    return sum;
}

/* torch.nn.utils.clip_grad_norm_: where the norm of all gradients together is above clip_norm, they
 * are scaled down to it. */
static float clip_scale(struct training_words *c, const struct training_words_hyper *hyper)
{
    double sum = 0;
    sum += sum_squares(c, (float *)c->g, 448);
    sum += sum_squares(c, (float *)c->g + 448, 64);
    const double scale = hyper->clip_norm / (sqrt(sum) + 1e-6);
    return scale > 1 ? 1 : (float)scale;
}

/* The part `by` of the way from one value to another, as torch.lerp goes it. */
static inline float toward(float from, float to, float by)
{
    return by < 0.5f ? from + by * (to - from) : to - (to - from) * (1 - by);
}

/* Averages as PyTorch's AveragedModel keeps them with get_ema_multi_avg_fn and use_buffers: the
 * first update copies, each later one goes the part 1 - decay of the way to the new value. */
static float average_by(const struct training_words_hyper *hyper)
{
    return hyper->step == 1 ? 1 : (float)(1 - hyper->ema_decay);
}

static void average_values(float *restrict value, float *restrict ema, int count, float by)
{
    for (int i = 0; i < count; i++)
        ema[i] = toward(ema[i], value[i], by);
}

static void swap_values(float *restrict value, float *restrict ema, int count, float by)
{
    (void)by;
    for (int i = 0; i < count; i++) {
        const float kept = value[i];
        value[i] = ema[i];
        ema[i] = kept;
    }
}

/* Running statistics, each with its average. */
static void visit_running(struct training_words *c,
                          void (*visit)(float *value, float *ema, int count, float by), float by)
{
    visit(c->bn.bn.running_mean, c->average_bn_running_mean, 8, by);
    visit(c->bn.bn.running_var, c->average_bn_running_var, 8, by);
}

/* Counters are averaged as PyTorch does: in float, then cut to whole numbers. */
static void average_counters(struct training_words *c, const struct training_words_hyper *hyper)
{
    const int64_t value = c->num_batches_tracked[0];
    const float kept = (float)c->average_batches_tracked[0] * (float)hyper->ema_decay;
    const float added = (float)value * (float)(1 - hyper->ema_decay);
    c->average_batches_tracked[0] = hyper->step == 1 ? value : (int64_t)(kept + added);
}

/* The same of dead parameters that shrink alike: of their factor. */
static void average_dead(double *dead, const struct training_words_hyper *hyper)
{
    dead[2] = hyper->step == 1 ? dead[0] : dead[2] + (1 - hyper->ema_decay) * (dead[0] - dead[2]);
}

static void swap_dead(double *dead)
{
    const double kept = dead[0];
    dead[0] = dead[2];
    dead[2] = kept;
}

void training_words_swap_average(struct training_words *c)
{
    swap_values((float *)c->w, (float *)c->average, 448, 0);
    swap_values((float *)c->w + 448, (float *)c->average + 448, 64, 0);
    visit_running(c, swap_values, 0);
    const int64_t kept = c->num_batches_tracked[0];
    c->num_batches_tracked[0] = c->average_batches_tracked[0];
    c->average_batches_tracked[0] = kept;
    swap_dead(c->dead_decay);
}

/* What follows values once they have moved: of `count` from `start` on. */
static void follow(const struct stretch *s, int start, int count, const struct common *common)
{
    average_values(s->weight + start, s->average + start, count, common->average_by);
}

/* SGD in PyTorch's order of operations:
 *
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
 *     g += weight_decay * w
 *     b = g in the first step, else momentum * b + (1 - dampening) * g
 *     w -= lr * (g + momentum * b)
 */
struct sgd_arguments {
    struct stretch of;
    const struct common *common;
    float lr, decay, momentum, fresh, nesterov;
};

static void sgd_piece(const void *argument, int piece)
{
    const struct sgd_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    float *restrict const weight = s->of.weight + start;
    const float *const gradient = s->of.gradient + start;
    const float lr = s->lr;
    float *restrict const b = s->of.momentum + start;
    const float keep = s->momentum, fresh = s->fresh;
    const float nesterov = s->nesterov;
    const float decay = s->decay;
    const float scale = s->common->scale;
    for (int i = 0; i < count; i++) {
        const float g = scale * gradient[i];
        const float d = g + decay * weight[i];
        b[i] = keep * b[i] + fresh * d;
        weight[i] -= lr * (d + nesterov * b[i]);
    }
    follow(&s->of, start, count, s->common);
}

static void update_sgd(struct training_words *c, struct stretch stretch,
                       const struct training_words_hyper *hyper, const struct common *common)
{
    const int first = hyper->step == 1;
    const struct sgd_arguments s = {
        .of = stretch,
        .common = common,
        .lr = (float)hyper->lr,
        .decay = (float)hyper->weight_decay,
        .momentum = first ? 0 : (float)hyper->momentum,
        .fresh = first ? 1 : (float)(1 - hyper->dampening),
        .nesterov = (float)hyper->momentum,
    };
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, sgd_piece, &s);
}

/* Dead parameters get no gradient, so decay alone moves them, all alike: by a factor of their
 * values and one, of what those were, for their momentum. */
static void sgd_dead(double *dead, const struct training_words_hyper *hyper)
{
    const double d = hyper->weight_decay * dead[0];
    dead[1] = hyper->step == 1 ? d : hyper->momentum * dead[1] + (1 - hyper->dampening) * d;
    dead[0] -= hyper->lr * (d + hyper->momentum * dead[1]);
}

void training_words_update(struct training_words *c, const struct training_words_hyper *hyper)
{
    struct training_words_hyper rates;
    const struct common common = {
        .scale = clip_scale(c, hyper),
        .average_by = average_by(hyper),
    };
    update_sgd(c, (struct stretch){(float *)c->w, (float *)c->g, (float *)c->momentum,
                                   (float *)c->average, 448}, hyper, &common);
    sgd_dead(c->dead_decay, hyper);

    /* no weight decay */
    rates = *hyper;
    rates.weight_decay = 0;
    update_sgd(c, (struct stretch){(float *)c->w + 448, (float *)c->g + 448,
                                   (float *)c->momentum + 448, (float *)c->average + 448, 64},
               &rates, &common);
    average_dead(c->dead_decay, hyper);
    visit_running(c, average_values, common.average_by);
    average_counters(c, hyper);
}

/* The `count` stores of dead parameters that shrink alike take in their factor; what is told in
 * parts of it becomes parts of 1. */
static void settle_dead(double *dead, int count, float *const *stores, const int *counts)
{
    for (int i = 0; i < count; i++)
        for (int j = 0; j < counts[i]; j++)
            stores[i][j] *= (float)dead[0];
    for (int i = 1; i < 3; i++)
        dead[i] = dead[0] != 0 ? dead[i] / dead[0] : 0;
    dead[0] = 1;
}

void training_words_settle(struct training_words *c)
{
    float *const stores_0[] = {(float *)c->a_weight_dead, (float *)c->b_weight_dead};
    static const int counts_0[] = {384, 240};
    settle_dead(c->dead_decay, 2, stores_0, counts_0);
}
