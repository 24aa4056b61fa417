//- update/sgd.c: stochastic gradient descent, for update.c, which says what `rule` of it there is.
/* SGD in PyTorch's order of operations:
 *
//: if clip then
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
//: end
//: if rule.decays then
 *     g += weight_decay * w
//: end
//: if rule.momentum then
 *     b = g in the first step, else momentum * b + (1 - dampening) * g
//:   if rule.nesterov then
 *     w -= lr * (g + momentum * b)
//:   else
 *     w -= lr * b
//:   end
//: else
 *     w -= lr * g
//: end
 */
struct @(rule.name)_arguments {
    struct stretch of;
//: if has_common then
    const struct common *common;
//: end
    @(real) lr, decay, momentum, fresh, nesterov;
};

static void @(rule.name)_piece(const void *argument, int piece)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    @(real) *restrict const weight = s->of.weight + start;
    const @(real) *const gradient = s->of.gradient + start;
    const @(real) lr = s->lr;
//: if rule.momentum then
    @(real) *restrict const b = s->of.momentum + start;
    const @(real) keep = s->momentum, fresh = s->fresh;
//: end
//: if rule.nesterov then
    const @(real) nesterov = s->nesterov;
//: end
//: if rule.decays then
    const @(real) decay = s->decay;
//: end
//: if clip then
    const @(real) scale = s->common->scale;
//: end
    for (int i = 0; i < count; i++) {
        const @(real) g = @(scaled)gradient[i];
//: if rule.decays then
        const @(real) d = g + decay * weight[i];
//: else
        const @(real) d = g;
//: end
//: if rule.momentum then
        b[i] = keep * b[i] + fresh * d;
//:   if rule.nesterov then
        weight[i] -= lr * (d + nesterov * b[i]);
//:   else
        weight[i] -= lr * b[i];
//:   end
//: else
        weight[i] -= lr * d;
//: end
    }
//: if follows then
    follow(&s->of, start, count, s->common);
//: end
}

static void update_@(rule.name)(struct @(prefix) *c, struct stretch stretch, const struct @(prefix)_hyper *hyper@(common_parameter))
{
    const int first = hyper->step == 1;
    const struct @(rule.name)_arguments s = {
        .of = stretch,
//: if has_common then
        .common = common,
//: end
        .lr = (@(real))hyper->lr,
        .decay = (@(real))hyper->weight_decay,
        .momentum = first ? 0 : (@(real))hyper->momentum,
        .fresh = first ? 1 : (@(real))(1 - hyper->dampening),
        .nesterov = (@(real))hyper->momentum,
    };
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, @(rule.name)_piece, &s);
}
//: if rule.dead_factors then

/* Dead parameters get no gradient, so decay alone moves them, all alike: by a factor of their values and one, of what
 * those were, for their momentum. */
static void @(rule.name)_dead(double *dead, const struct @(prefix)_hyper *hyper)
{
    const double d = hyper->weight_decay * dead[0];
    dead[1] = hyper->step == 1 ? d : hyper->momentum * dead[1] + (1 - hyper->dampening) * d;
//:   if rule.nesterov then
    dead[0] -= hyper->lr * (d + hyper->momentum * dead[1]);
//:   elseif rule.momentum then
    dead[0] -= hyper->lr * dead[1];
//:   else
    dead[0] -= hyper->lr * d;
//:   end
}
//: end
