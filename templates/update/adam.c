//- update/adam.c: Adam and AdamW, for update.c, which says what `rule` of it there is.
//: if rule.decoupled then
/* AdamW (Loshchilov, Hutter 2019), in PyTorch's order of operations:
//: else
/* Adam (Kingma, Ba 2015), in PyTorch's order of operations:
//: end
 *
//: if clip then
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
//: end
//: if rule.decays then
//:   if rule.decoupled then
 *     w -= lr * weight_decay * w
//:   else
 *     g += weight_decay * w
//:   end
//: end
 *     m += (1 - beta1) * (g - m)          v = beta2 * v + (1 - beta2) * g * g
//: if rule.amsgrad then
 *     a = max(a, v)
 *     w -= lr / (1 - beta1^t) * m / (sqrt(a) / sqrt(1 - beta2^t) + eps)
//: else
 *     w -= lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps)
//: end
 */
struct @(rule.name)_arguments {
    struct stretch of;
//: if has_common then
    const struct common *common;
//: end
    @(real) keep, decay, step_size, one_beta1, beta2, one_beta2, root, eps;
};

static void @(rule.name)_piece(const void *argument, int piece)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    @(real) *restrict const weight = s->of.weight + start;
    @(real) *restrict const m = s->of.exp_avg + start, *restrict const v = s->of.exp_avg_sq + start;
//: if rule.amsgrad then
    @(real) *restrict const a = s->of.max_exp_avg_sq + start;
//: end
    const @(real) keep = s->keep, step_size = s->step_size, root = s->root, eps = s->eps;
    const @(real) one_beta1 = s->one_beta1, beta2 = s->beta2, one_beta2 = s->one_beta2;
//: if clip then
    const @(real) scale = s->common->scale;
//: end
    for (int i = 0; i < count; i++) {
        const @(real) g = @(scaled)@(rule.gradient);
//: if rule.decays then
//:   if rule.decoupled then
        const @(real) d = g;
//:   else
        const @(real) d = g + s->decay * weight[i];
//:   end
//: else
        const @(real) d = g;
//: end
        m[i] += one_beta1 * (d - m[i]);
        v[i] = beta2 * v[i] + one_beta2 * d * d;
//: if rule.amsgrad then
        a[i] = v[i] > a[i] ? v[i] : a[i];
        weight[i] = weight[i] * keep - step_size * m[i] / (sqrtf(a[i]) / root + eps);
//: else
        weight[i] = weight[i] * keep - step_size * m[i] / (sqrtf(v[i]) / root + eps);
//: end
    }
//: if follows then
    follow(&s->of, start, count, s->common);
//: end
}

static void update_@(rule.name)(struct @(prefix) *c, struct stretch stretch, const struct @(prefix)_hyper *hyper@(common_parameter))
{
    const double first = 1 - pow(hyper->beta1, (double)hyper->step);
    const double second = 1 - pow(hyper->beta2, (double)hyper->step);
    /* 1 - beta is taken in double: 1 - 0.999f is off by 1e-5 of it. */
    const struct @(rule.name)_arguments s = {
        .of = stretch,
//: if has_common then
        .common = common,
//: end
//: if rule.decoupled then
        .keep = (@(real))(1 - hyper->lr * hyper->weight_decay),
//: else
        .keep = 1,
//: end
        .decay = (@(real))hyper->weight_decay,
        .step_size = (@(real))(hyper->lr / first),
        .one_beta1 = (@(real))(1 - hyper->beta1),
        .beta2 = (@(real))hyper->beta2,
        .one_beta2 = (@(real))(1 - hyper->beta2),
        .root = (@(real))sqrt(second),
        .eps = (@(real))hyper->eps,
    };
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, @(rule.name)_piece, &s);
}
