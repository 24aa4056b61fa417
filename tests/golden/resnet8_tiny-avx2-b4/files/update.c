/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#include "layers.h"
#include "memory.h"

enum { PIECE = 16384 };

/* Values that lie one after another, and what lies as they do: gradients (NULL: all zeros) and the
 * optimiser's states. */
struct stretch {
    float *weight;
    const float *gradient;
    float *exp_avg;
    float *exp_avg_sq;
    int count;
};

/* How many values a piece of that many has. */
static inline int piece_of(int count, int piece)
{
    return count - piece * PIECE < PIECE ? count - piece * PIECE : PIECE;
}

/* Adam (Kingma, Ba 2015), in PyTorch's order of operations:
 *
 *     m += (1 - beta1) * (g - m)          v = beta2 * v + (1 - beta2) * g * g
 *     w -= lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps)
 */
struct adam_arguments {
    struct stretch of;
    float keep, decay, step_size, one_beta1, beta2, one_beta2, root, eps;
};

static void adam_piece(const void *argument, int piece)
{
    const struct adam_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    float *restrict const weight = s->of.weight + start;
    float *restrict const m = s->of.exp_avg + start, *restrict const v = s->of.exp_avg_sq + start;
    const float keep = s->keep, step_size = s->step_size, root = s->root, eps = s->eps;
    const float one_beta1 = s->one_beta1, beta2 = s->beta2, one_beta2 = s->one_beta2;
    for (int i = 0; i < count; i++) {
        const float g = s->of.gradient[start + i];
        const float d = g;
        m[i] += one_beta1 * (d - m[i]);
        v[i] = beta2 * v[i] + one_beta2 * d * d;
        weight[i] = weight[i] * keep - step_size * m[i] / (sqrtf(v[i]) / root + eps);
    }
}

static void update_adam(struct resnet8_tiny *c, struct stretch stretch,
                        const struct resnet8_tiny_hyper *hyper)
{
    const double first = 1 - pow(hyper->beta1, (double)hyper->step);
    const double second = 1 - pow(hyper->beta2, (double)hyper->step);
    /* 1 - beta is taken in double: 1 - 0.999f is off by 1e-5 of it. */
    const struct adam_arguments s = {
        .of = stretch,
        .keep = 1,
        .decay = (float)hyper->weight_decay,
        .step_size = (float)(hyper->lr / first),
        .one_beta1 = (float)(1 - hyper->beta1),
        .beta2 = (float)hyper->beta2,
        .one_beta2 = (float)(1 - hyper->beta2),
        .root = (float)sqrt(second),
        .eps = (float)hyper->eps,
    };
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, adam_piece, &s);
}

void resnet8_tiny_update(struct resnet8_tiny *c, const struct resnet8_tiny_hyper *hyper)
{
    update_adam(c, (struct stretch){(float *)c->w, (float *)c->g, (float *)c->exp_avg,
                                    (float *)c->exp_avg_sq, 20016}, hyper);
}

void resnet8_tiny_settle(struct resnet8_tiny *c)
{
    (void)c;
}
