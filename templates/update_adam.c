//- update_adam.c: Adam and AdamW.
//: local decoupled = record.train.optimizer.kind == "adamw"
//: local decay = record.train.optimizer.weight_decay ~= 0
//: local clip, ema = graph.update.clip, graph.update.ema
//: local spares = record.train.optimizer.decay == "weights"
@(header)
#include "layers.h"
#include "memory.h"

/* @(decoupled and "AdamW (Loshchilov, Hutter 2019)" or "Adam (Kingma, Ba 2015)"), in PyTorch's order of operations:
 *
//: if clip then
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
//: end
//: if decoupled then
 *     w -= lr * weight_decay * w
//: elseif decay then
 *     g += weight_decay * w
//: end
 *     m += (1 - beta1) * (g - m)          v = beta2 * v + (1 - beta2) * g * g
 *     w -= lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps)
//: if spares then
 *
 * Biases and batch norms, which stand last, do not decay.
//: end
 */
struct stretch {
    float *weight;
    const float *gradient; /* NULL: all zeros */
    float *m, *v@(ema and ", *ema" or "");
    int count;
    float keep, decay, step_size, one_beta1, beta2, one_beta2, root, eps@(clip and ", scale" or "")@(ema and ", average_by" or "");
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
    float *restrict const weight = s->weight + start, *restrict const m = s->m + start, *restrict const v = s->v + start;
    const float keep = s->keep, step_size = s->step_size, root = s->root, eps = s->eps;
    const float one_beta1 = s->one_beta1, beta2 = s->beta2, one_beta2 = s->one_beta2;
//: if clip then
    const float scale = s->scale;
//: end
//: if ema then
    float *restrict const ema = s->ema + start;
    const float by = s->average_by;
//: end
    for (int i = 0; i < count; i++) {
        const float d = @(clip and "scale * " or "")(s->gradient ? s->gradient[start + i] : 0)@((decay and not decoupled) and " + s->decay * weight[i]" or "");
        m[i] += one_beta1 * (d - m[i]);
        v[i] = beta2 * v[i] + one_beta2 * d * d;
        weight[i] = weight[i] * keep - step_size * m[i] / (sqrtf(v[i]) / root + eps);
//: if ema then
        ema[i] = toward(ema[i], weight[i], by);
//: end
    }
}

static void update_stretch(@(text.wrap(update.parameters(graph), 4, 27)))
{
    const double first = 1 - pow(hyper->beta1, (double)hyper->step);
    const double second = 1 - pow(hyper->beta2, (double)hyper->step);
    /* 1 - beta is taken in double: 1 - 0.999f is off by 1e-5 of it. */
    const struct stretch s = {
        weight, gradient, m, v,@(ema and " ema," or "") count,
//: local of = spares and "weight_decay" or "hyper->weight_decay"
        @(decoupled and "(float)(1 - hyper->lr * " .. of .. ")" or "1"), (float)@(of), (float)(hyper->lr / first),
        (float)(1 - hyper->beta1), (float)hyper->beta2, (float)(1 - hyper->beta2), (float)sqrt(second), (float)hyper->eps,
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
//: if graph.dead_decay == "state" then
    /* No gradient reaches these, but Adam's L2 decay moves each on its own. */
//:   for _, s in ipairs(update.dead_stretches(graph)) do
    update_stretch(@(text.wrap(update.arguments(graph, s.pointers, s.count, s.decays), 8)));
//:   end
//: end
//: if graph.dead_decay == "factors" then
    /* Dead parameters get no gradient, so decay alone moves them, all by one factor. */
    c->dead_decay[0] *= 1 - hyper->lr * hyper->weight_decay;
//: end
//: if ema then
@(include("update/finish.c"))
//: end
}

@(include("update/settle.c"))
