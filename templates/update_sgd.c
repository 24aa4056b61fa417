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
    @(real) *weight;
    const @(real) *gradient;
//: if momentum then
    @(real) *b;
//: end
//: if ema then
    @(real) *ema;
//: end
    int count;
    @(real) lr, decay, momentum, fresh;
//: if nesterov then
    @(real) nesterov;
//: end
//: if clip then
    @(real) scale;
//: end
//: if ema then
    @(real) average_by;
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
    @(real) *restrict const weight = s->weight + start;
    const @(real) lr = s->lr;
//: if momentum then
    @(real) *restrict const b = s->b + start;
    const @(real) keep = s->momentum, fresh = s->fresh;
//: end
//: if decays then
    const @(real) decay = s->decay;
//: end
//: if clip then
    const @(real) scale = s->scale;
//: end
//: if ema then
    @(real) *restrict const ema = s->ema + start;
    const @(real) by = s->average_by;
//: end
    for (int i = 0; i < count; i++) {
//: if clip then
        const @(real) g = scale * s->gradient[start + i];
//: else
        const @(real) g = s->gradient[start + i];
//: end
//: if decays then
        const @(real) d = g + decay * weight[i];
//: else
        const @(real) d = g;
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
        .lr = (@(real))hyper->lr,
        .decay = (@(real))@(weight_decay),
        .momentum = first ? 0 : (@(real))hyper->momentum,
        .fresh = first ? 1 : (@(real))(1 - hyper->dampening),
//: if nesterov then
        .nesterov = (@(real))hyper->momentum,
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
    const @(real) scale = clip_scale(c, hyper);
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
