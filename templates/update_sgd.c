//- update_sgd.c: stochastic gradient descent.
@(header)
#include "layers.h"
#include "memory.h"

/* SGD in PyTorch's order of operations:
 *
//: if clip then
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
//: end
//: if decays then
 *     g += weight_decay * w
//: end
//: if momentum then
 *     b = g in the first step, else momentum * b + (1 - dampening) * g
//:   if nesterov then
 *     w -= lr * (g + momentum * b)
//:   else
 *     w -= lr * b
//:   end
//: else
 *     w -= lr * g
//: end
//: if spares then
 *
 * Biases and batch norms, which stand last, do not decay.
//: end
 */
struct stretch {
    float *weight;
    const float *gradient;
//: if momentum then
    float *b;
//: end
//: if ema then
    float *ema;
//: end
    int count;
    float lr, decay, momentum, fresh;
//: if nesterov then
    float nesterov;
//: end
//: if clip then
    float scale;
//: end
//: if ema then
    float average_by;
//: end
};

enum { PIECE = @(piece) };
//: if clip then
@(include("update/clip.c"))
//: end
//: if ema then
@(include("update/average.c"))
//: end

static void update_piece(const void *argument, int piece)
{
    const struct stretch *const s = argument;
    const int start = piece * PIECE, count = s->count - start < PIECE ? s->count - start : PIECE;
    float *restrict const weight = s->weight + start;
    const float lr = s->lr;
//: if momentum then
    float *restrict const b = s->b + start;
    const float keep = s->momentum, fresh = s->fresh;
//: end
//: if decays then
    const float decay = s->decay;
//: end
//: if clip then
    const float scale = s->scale;
//: end
//: if ema then
    float *restrict const ema = s->ema + start;
    const float by = s->average_by;
//: end
    for (int i = 0; i < count; i++) {
//: if clip then
        const float g = scale * s->gradient[start + i];
//: else
        const float g = s->gradient[start + i];
//: end
//: if decays then
        const float d = g + decay * weight[i];
//: else
        const float d = g;
//: end
//: if momentum then
        b[i] = keep * b[i] + fresh * d;
//:   if nesterov then
        weight[i] -= lr * (d + s->nesterov * b[i]);
//:   else
        weight[i] -= lr * b[i];
//:   end
//: else
        weight[i] -= lr * d;
//: end
//: if ema then
        ema[i] = toward(ema[i], weight[i], by);
//: end
    }
}

static void update_stretch(@(parameters_of_update))
{
    const int first = hyper->step == 1;
    const struct stretch s = {
        .weight = weight,
        .gradient = gradient,
//: if momentum then
        .b = b,
//: end
//: if ema then
        .ema = ema,
//: end
        .count = count,
        .lr = (float)hyper->lr,
        .decay = (float)@(weight_decay),
        .momentum = first ? 0 : (float)hyper->momentum,
        .fresh = first ? 1 : (float)(1 - hyper->dampening),
//: if nesterov then
        .nesterov = (float)hyper->momentum,
//: end
//: if clip then
        .scale = scale,
//: end
//: if ema then
        .average_by = average_by(hyper),
//: end
    };
    run(host, (count + PIECE - 1) / PIECE, update_piece, &s);
}

void @(prefix)_update(struct @(prefix) *c, const struct @(prefix)_hyper *hyper)
{
//: if clip then
    const float scale = clip_scale(c, hyper);
//: end
//: for _, stretch in ipairs(stretches) do
    update_stretch(@(stretch.arguments));
//: end
//: if dead_factors then
    /* Dead parameters get no gradient, so decay alone moves them, all alike: by a factor of their values and one, of
     * what those were, for their momentum. */
    double *const dead_decay = c->dead_decay;
    const double d = hyper->weight_decay * dead_decay[0];
    dead_decay[1] = hyper->step == 1 ? d : hyper->momentum * dead_decay[1] + (1 - hyper->dampening) * d;
//:   if nesterov then
    dead_decay[0] -= hyper->lr * (d + hyper->momentum * dead_decay[1]);
//:   elseif momentum then
    dead_decay[0] -= hyper->lr * dead_decay[1];
//:   else
    dead_decay[0] -= hyper->lr * d;
//:   end
//: end
//: if ema then
@(include("update/finish.c"))
//: end
}

@(include("update/settle.c"))
