/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "layers.h"
#include "memory.h"

/* SGD in PyTorch's order of operations:
 *
 *     g += weight_decay * w
 *     b = g in the first step, else momentum * b + (1 - dampening) * g
 *     w -= lr * (g + momentum * b)
 */
struct stretch {
    float *weight;
    const float *gradient;
    float *b;
    int count;
    float lr, decay, momentum, fresh;
    float nesterov;
};

enum { PIECE = 16384 };

static void update_piece(const void *argument, int piece)
{
    const struct stretch *const s = argument;
    const int start = piece * PIECE, count = s->count - start < PIECE ? s->count - start : PIECE;
    float *restrict const weight = s->weight + start;
    const float lr = s->lr;
    float *restrict const b = s->b + start;
    const float keep = s->momentum, fresh = s->fresh;
    const float decay = s->decay;
    for (int i = 0; i < count; i++) {
        const float g = s->gradient[start + i];
        const float d = g + decay * weight[i];
        b[i] = keep * b[i] + fresh * d;
        weight[i] -= lr * (d + s->nesterov * b[i]);
    }
}

static void update_stretch(const struct every_op_host *host, float *weight, const float *gradient,
                           float *b, int count, const struct every_op_hyper *hyper)
{
    const int first = hyper->step == 1;
    const struct stretch s = {
        .weight = weight,
        .gradient = gradient,
        .b = b,
        .count = count,
        .lr = (float)hyper->lr,
        .decay = (float)hyper->weight_decay,
        .momentum = first ? 0 : (float)hyper->momentum,
        .fresh = first ? 1 : (float)(1 - hyper->dampening),
        .nesterov = (float)hyper->momentum,
    };
    run(host, (count + PIECE - 1) / PIECE, update_piece, &s);
}

void every_op_update(struct every_op *c, const struct every_op_hyper *hyper)
{
    update_stretch(&c->host, (float *)c->w, (float *)c->g, (float *)c->momentum, 2464, hyper);
}

void every_op_settle(struct every_op *c)
{
    (void)c;
}
