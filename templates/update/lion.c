//- update/lion.c: Lion, for update.c, which says what `rule` of it there is.
/* Lion (Chen et al. 2023):
 *
//: if clip then
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
//: end
//: if rule.decays then
 *     w -= lr * weight_decay * w
//: end
 *     w -= lr * sign(beta1 * m + (1 - beta1) * g)
 *     m = beta2 * m + (1 - beta2) * g
 */
struct @(rule.name)_arguments {
    struct stretch of;
//: if has_common then
    const struct common *common;
//: end
    @(real) lr, keep, beta1, one_beta1, beta2, one_beta2;
};

static void @(rule.name)_piece(const void *argument, int piece)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    @(real) *restrict const weight = s->of.weight + start, *restrict const m = s->of.exp_avg + start;
    const @(real) *const gradient = s->of.gradient + start;
    const @(real) lr = s->lr, keep = s->keep;
    const @(real) beta1 = s->beta1, one_beta1 = s->one_beta1, beta2 = s->beta2, one_beta2 = s->one_beta2;
//: if clip then
    const @(real) scale = s->common->scale;
//: end
    for (int i = 0; i < count; i++) {
        const @(real) g = @(scaled)gradient[i];
        const @(real) along = beta1 * m[i] + one_beta1 * g;
        const @(real) step = along > 0 ? lr : along < 0 ? -lr : 0;
        weight[i] = weight[i] * keep - step;
        m[i] = beta2 * m[i] + one_beta2 * g;
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
        .keep = (@(real))(1 - hyper->lr * hyper->weight_decay),
        .beta1 = (@(real))hyper->beta1,
        .one_beta1 = (@(real))(1 - hyper->beta1),
        .beta2 = (@(real))hyper->beta2,
        .one_beta2 = (@(real))(1 - hyper->beta2),
    };
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, @(rule.name)_piece, &s);
}
