//- update/rmsprop.c: RMSprop, for update.c, which says what `rule` of it there is.
/* RMSprop (Tieleman, Hinton 2012) in PyTorch's order of operations:
 *
//: if clip then
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
//: end
//: if rule.decays then
 *     g += weight_decay * w
//: end
 *     v = alpha * v + (1 - alpha) * g * g
//: if rule.centered then
 *     m += (1 - alpha) * (g - m)
 *     d = g / (sqrt(v - m * m) + eps)
//: else
 *     d = g / (sqrt(v) + eps)
//: end
//: if rule.momentum then
 *     b = momentum * b + d
 *     w -= lr * b
//: else
 *     w -= lr * d
//: end
//: if rule.centered then
 *
 * Where rounding makes v - m * m negative it counts as 0.
//: end
 */
struct @(rule.name)_arguments {
    struct stretch of;
//: if has_common then
    const struct common *common;
//: end
    @(real) lr, decay, alpha, one_alpha, eps, momentum;
};

static void @(rule.name)_piece(const void *argument, int piece)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    @(real) *restrict const weight = s->of.weight + start, *restrict const v = s->of.square_avg + start;
//: if rule.centered then
    @(real) *restrict const m = s->of.grad_avg + start;
//: end
//: if rule.momentum then
    @(real) *restrict const b = s->of.momentum + start;
    const @(real) momentum = s->momentum;
//: end
    const @(real) lr = s->lr, alpha = s->alpha, one_alpha = s->one_alpha, eps = s->eps;
//: if clip then
    const @(real) scale = s->common->scale;
//: end
    for (int i = 0; i < count; i++) {
        const @(real) g = @(scaled)@(rule.gradient);
//: if rule.decays then
        const @(real) d = g + s->decay * weight[i];
//: else
        const @(real) d = g;
//: end
        v[i] = alpha * v[i] + one_alpha * d * d;
//: if rule.centered then
        m[i] += one_alpha * (d - m[i]);
        const @(real) variance = v[i] - m[i] * m[i];
        const @(real) move = d / (sqrtf(variance > 0 ? variance : 0) + eps);
//: else
        const @(real) move = d / (sqrtf(v[i]) + eps);
//: end
//: if rule.momentum then
        b[i] = momentum * b[i] + move;
        weight[i] -= lr * b[i];
//: else
        weight[i] -= lr * move;
//: end
    }
//: if follows then
    follow(&s->of, start, count, s->common);
//: end
}

static void update_@(rule.name)(struct @(prefix) *c, struct stretch stretch, const struct @(prefix)_hyper *hyper@(common_parameter))
{
    const struct @(rule.name)_arguments s = {
        .of = stretch,
//: if has_common then
        .common = common,
//: end
        .lr = (@(real))hyper->lr,
        .decay = (@(real))hyper->weight_decay,
        .alpha = (@(real))hyper->alpha,
        .one_alpha = (@(real))(1 - hyper->alpha),
        .eps = (@(real))hyper->eps,
        .momentum = (@(real))hyper->momentum,
    };
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, @(rule.name)_piece, &s);
}
