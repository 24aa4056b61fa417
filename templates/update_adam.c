//- update_adam.c: Adam and AdamW.
@(header)
#include "layers.h"
#include "memory.h"

//: if decoupled then
/* AdamW (Loshchilov, Hutter 2019), in PyTorch's order of operations:
//: else
/* Adam (Kingma, Ba 2015), in PyTorch's order of operations:
//: end
 *
//: if clip then
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
//: end
//: if decoupled then
 *     w -= lr * weight_decay * w
//: elseif decays then
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
    @(real) *weight;
    const @(real) *gradient; /* NULL: all zeros */
    @(real) *m, *v;
//: if ema then
    @(real) *ema;
//: end
    int count;
    @(real) keep, decay, step_size, one_beta1, beta2, one_beta2, root, eps;
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
    @(real) *restrict const weight = s->weight + start, *restrict const m = s->m + start, *restrict const v = s->v + start;
    const @(real) keep = s->keep, step_size = s->step_size, root = s->root, eps = s->eps;
    const @(real) one_beta1 = s->one_beta1, beta2 = s->beta2, one_beta2 = s->one_beta2;
//: if clip then
    const @(real) scale = s->scale;
//: end
//: if ema then
    @(real) *restrict const ema = s->ema + start;
    const @(real) by = s->average_by;
//: end
    for (int i = 0; i < count; i++) {
//: if clip then
        const @(real) g = scale * (s->gradient ? s->gradient[start + i] : 0);
//: else
        const @(real) g = s->gradient ? s->gradient[start + i] : 0;
//: end
//: if decays_gradient then
        const @(real) d = g + s->decay * weight[i];
//: else
        const @(real) d = g;
//: end
        m[i] += one_beta1 * (d - m[i]);
        v[i] = beta2 * v[i] + one_beta2 * d * d;
        weight[i] = weight[i] * keep - step_size * m[i] / (sqrtf(v[i]) / root + eps);
//: if ema then
        ema[i] = toward(ema[i], weight[i], by);
//: end
    }
}

static void update_stretch(@(parameters_of_update))
{
    const double first = 1 - pow(hyper->beta1, (double)hyper->step);
    const double second = 1 - pow(hyper->beta2, (double)hyper->step);
    /* 1 - beta is taken in double: 1 - 0.999f is off by 1e-5 of it. */
    const struct stretch s = {
        .weight = weight,
        .gradient = gradient,
        .m = m,
        .v = v,
//: if ema then
        .ema = ema,
//: end
        .count = count,
//: if decoupled then
        .keep = (@(real))(1 - hyper->lr * @(weight_decay)),
//: else
        .keep = 1,
//: end
        .decay = (@(real))@(weight_decay),
        .step_size = (@(real))(hyper->lr / first),
        .one_beta1 = (@(real))(1 - hyper->beta1),
        .beta2 = (@(real))hyper->beta2,
        .one_beta2 = (@(real))(1 - hyper->beta2),
        .root = (@(real))sqrt(second),
        .eps = (@(real))hyper->eps,
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
//: if dead_state then
    /* No gradient reaches these, but Adam's L2 decay moves each on its own. */
//:   for _, stretch in ipairs(dead_stretches) do
    update_stretch(@(stretch.arguments));
//:   end
//: end
//: if dead_factors then
    /* Dead parameters get no gradient, so decay alone moves them, all by one factor. */
    c->dead_decay[0] *= 1 - hyper->lr * hyper->weight_decay;
//: end
//: if ema then
@(include("update/finish.c"))
//: end
}

@(include("update/settle.c"))
