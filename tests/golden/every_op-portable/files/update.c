/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
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
    int count;
};

/* How many values a piece of that many has. */
static inline int piece_of(int count, int piece)
{
    return count - piece * PIECE < PIECE ? count - piece * PIECE : PIECE;
}

/* SGD in PyTorch's order of operations:
 *
 *     g += weight_decay * w
 *     b = g in the first step, else momentum * b + (1 - dampening) * g
 *     w -= lr * (g + momentum * b)
 */
struct sgd_arguments {
    struct stretch of;
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
    for (int i = 0; i < count; i++) {
        const float g = gradient[i];
        const float d = g + decay * weight[i];
        b[i] = keep * b[i] + fresh * d;
        weight[i] -= lr * (d + nesterov * b[i]);
    }
}

static void update_sgd(struct every_op *c, struct stretch stretch,
                       const struct every_op_hyper *hyper)
{
    const int first = hyper->step == 1;
    const struct sgd_arguments s = {
        .of = stretch,
        .lr = (float)hyper->lr,
        .decay = (float)hyper->weight_decay,
        .momentum = first ? 0 : (float)hyper->momentum,
        .fresh = first ? 1 : (float)(1 - hyper->dampening),
        .nesterov = (float)hyper->momentum,
    };
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, sgd_piece, &s);
}

void every_op_update(struct every_op *c, const struct every_op_hyper *hyper)
{
    update_sgd(c, (struct stretch){(float *)c->w, (float *)c->g, (float *)c->momentum, 2464},
               hyper);
}

void every_op_settle(struct every_op *c)
{
    (void)c;
}
