//- update_sgd.c: stochastic gradient descent.
//: local o = record.train.optimizer
//: local decay, momentum, nesterov = o.weight_decay ~= 0, o.momentum ~= 0, o.nesterov
//: local dead = update.dead(graph)
@(header)
#include "layers.h"
#include "memory.h"

/* SGD in PyTorch's order of operations:
 *
//: if decay then
 *     g += weight_decay * w
//: end
//: if momentum then
 *     b = g in the first step, else momentum * b + (1 - dampening) * g
 *     w -= lr * @(nesterov and "(g + momentum * b)" or "b")
//: else
 *     w -= lr * g
//: end
 */
struct stretch {
    float *weight;
    const float *gradient;
//: if momentum then
    float *b;
//: end
    int count;
    float lr, decay, momentum, fresh@(nesterov and ", nesterov" or "");
};

enum { PIECE = 16384 };

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
    for (int i = 0; i < count; i++) {
        const float d = s->gradient[start + i]@(decay and " + decay * weight[i]" or "");
//: if momentum then
        b[i] = keep * b[i] + fresh * d;
        weight[i] -= lr * @(nesterov and "(d + s->nesterov * b[i])" or "b[i]");
//: else
        weight[i] -= lr * d;
//: end
    }
}

static void update_stretch(@(momentum and "float *weight, const float *gradient, float *b, int count" or "float *weight, const float *gradient, int count"), const struct model_hyper *hyper)
{
    const int first = hyper->step == 1;
    const struct stretch s = {
        weight, gradient, @(momentum and "b, " or "")count, (float)hyper->lr, (float)hyper->weight_decay, first ? 0 : (float)hyper->momentum,
        first ? 1 : (float)(1 - hyper->dampening),@(nesterov and " (float)hyper->momentum," or "")
    };
    model_run((count + PIECE - 1) / PIECE, update_piece, &s);
}
//: if graph.dead_decay == "factors" then

/* Dead parameters get no gradient, so decay alone moves them, all alike: by a factor of their values and
 * one, of what those were, for their momentum. */
double dead_decay[2] = {1, 0};
//: end

void MODEL(update)(const struct model_hyper *hyper)
{
//: for _, s in ipairs(update.stretches(graph)) do
    update_stretch(@(text.wrap(table.concat(s.pointers, ", "), 8)), @(s.count), hyper);
//: end
//: if graph.dead_decay == "factors" then
    const double d = hyper->weight_decay * dead_decay[0];
    dead_decay[1] = hyper->step == 1 ? d : hyper->momentum * dead_decay[1] + (1 - hyper->dampening) * d;
    dead_decay[0] -= hyper->lr * @(momentum and (nesterov and "(d + hyper->momentum * dead_decay[1])" or "dead_decay[1]") or "d");
//: end
}

void MODEL(settle)(void)
{
//: if graph.dead_decay == "factors" then
    float *const dead[] = {@(text.wrap(text.join(dead, "symbol"), 8))};
    const int count[] = {@(text.wrap(text.join(dead, "count"), 8))};
    for (int i = 0; i < @(#dead); i++)
        for (int j = 0; j < count[i]; j++)
            dead[i][j] *= (float)dead_decay[0];
    dead_decay[1] /= dead_decay[0];
    dead_decay[0] = 1;
//: end
}
