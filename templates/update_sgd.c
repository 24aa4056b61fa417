//- update_sgd.c: stochastic gradient descent.
//: local o = record.train.optimizer
//: local decay, momentum, nesterov = o.weight_decay ~= 0, o.momentum ~= 0, o.nesterov
//: local clip, ema = graph.update.clip, graph.update.ema
//: local spares = o.decay == "weights"
@(header)
#include "layers.h"
#include "memory.h"

/* SGD in PyTorch's order of operations:
 *
//: if clip then
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
//: end
//: if decay then
 *     g += weight_decay * w
//: end
//: if momentum then
 *     b = g in the first step, else momentum * b + (1 - dampening) * g
 *     w -= lr * @(nesterov and "(g + momentum * b)" or "b")
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
    float lr, decay, momentum, fresh@(nesterov and ", nesterov" or "")@(clip and ", scale" or "")@(ema and ", average_by" or "");
};

enum { PIECE = @(update.piece) };
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
//: if momentum then
    float *restrict const b = s->b + start;
    const float keep = s->momentum, fresh = s->fresh;
//: end
    const float lr = s->lr@(decay and ", decay = s->decay" or "");
//: if clip then
    const float scale = s->scale;
//: end
//: if ema then
    float *restrict const ema = s->ema + start;
    const float by = s->average_by;
//: end
    for (int i = 0; i < count; i++) {
        const float d = @(clip and "scale * " or "")s->gradient[start + i]@(decay and " + decay * weight[i]" or "");
//: if momentum then
        b[i] = keep * b[i] + fresh * d;
        weight[i] -= lr * @(nesterov and "(d + s->nesterov * b[i])" or "b[i]");
//: else
        weight[i] -= lr * d;
//: end
//: if ema then
        ema[i] = toward(ema[i], weight[i], by);
//: end
    }
}

static void update_stretch(@(text.wrap(update.parameters(graph), 4, 27)))
{
    const int first = hyper->step == 1;
    const struct stretch s = {
        weight, gradient, @(momentum and "b, " or "")@(ema and "ema, " or "")count, (float)hyper->lr, (float)@(spares and "weight_decay" or "hyper->weight_decay"), first ? 0 : (float)hyper->momentum,
        first ? 1 : (float)(1 - hyper->dampening),@(nesterov and " (float)hyper->momentum," or "")
//: if clip then
        scale,
//: end
//: if ema then
        average_by(hyper),
//: end
    };
    run(host, (count + PIECE - 1) / PIECE, update_piece, &s);
}

void @(prefix)_update(struct @(prefix) *c, const struct @(prefix)_hyper *hyper)
{
//: if clip then
    const float scale = clip_scale(c, hyper);
//: end
//: for _, s in ipairs(update.stretches(graph)) do
    update_stretch(@(text.wrap(update.arguments(graph, s.pointers, s.count, s.decays), 8)));
//: end
//: if graph.dead_decay == "factors" then
    /* Dead parameters get no gradient, so decay alone moves them, all alike: by a factor of their values and one, of
     * what those were, for their momentum. */
    double *const dead_decay = c->dead_decay;
    const double d = hyper->weight_decay * dead_decay[0];
    dead_decay[1] = hyper->step == 1 ? d : hyper->momentum * dead_decay[1] + (1 - hyper->dampening) * d;
    dead_decay[0] -= hyper->lr * @(momentum and (nesterov and "(d + hyper->momentum * dead_decay[1])" or "dead_decay[1]") or "d");
//: end
//: if ema then
@(include("update/finish.c"))
//: end
}

@(include("update/settle.c"))
