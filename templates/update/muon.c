//- update/muon.c: Muon, for update.c, which says what `rule` of it there is.
/* Muon (Jordan 2024) moves a weight W as a matrix of outputs and all else, by its gradient's momentum made orthogonal:
 *
//: if clip then
 *     G *= min(1, clip_norm / (norm of all gradients + 1e-6))
//: end
//: if rule.momentum then
 *     B = momentum * B + G
//:   if rule.nesterov then
 *     X = G + momentum * B
//:   else
 *     X = B
//:   end
//: else
 *     X = G
//: end
 *     X = X / (norm of X + eps)
 *     @(rule.ns_steps) times: A = X X', X = (3.4445 - 4.7750 A + 2.0315 A A) X
//: if rule.normalizes then
 *     W *= sqrt(outputs) / norm of W
//: end
//: if rule.decays then
 *     W -= lr * weight_decay * W
//: end
 *     W -= lr * adjust * X
 *
 * X lies here as [large][small], small the lesser of its two extents, so that it is X (3.4445 - 4.7750 X'X + 2.0315 X'X X'X)
 * and both products read it row by row. Taps that only meet padding have no gradient, and zeros in X.
 */
struct @(rule.name)_shape {
    int width, groups, inputs; /* the weight lies as lines of `width` values, [taps][groups][inputs][width] */
    int large, small;
    int turned;                /* 1: X is [groups * width][taps * inputs]; 0: the transpose of that */
    double outputs, adjust;    /* as PyTorch counts them; factor of the step */
};

struct @(rule.name)_arguments {
    struct stretch of;
//: if has_common then
    const struct common *common;
//: end
    struct @(rule.name)_shape shape;
    @(real) momentum, inverse, keep, step;
    @(real) *from, *to, *gram, *polynomial;
    int lines; /* of `width` values that a unit takes */
};

/* B, and X as the weight lies. */
static void @(rule.name)_direction(const void *argument, int piece)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    const @(real) *const gradient = s->of.gradient + start;
    @(real) *restrict const x = s->to + start;
//: if rule.momentum then
    @(real) *restrict const b = s->of.momentum + start;
    const @(real) momentum = s->momentum;
//: end
//: if clip then
    const @(real) scale = s->common->scale;
//: end
    for (int i = 0; i < count; i++) {
        const @(real) g = @(scaled)gradient[i];
//: if rule.momentum then
        b[i] = momentum * b[i] + g;
//:   if rule.nesterov then
        x[i] = g + momentum * b[i];
//:   else
        x[i] = b[i];
//:   end
//: else
        x[i] = g;
//: end
    }
}

/* Where in X a line of the weight lies: from value `start` on, `apart` from one value to the next. */
struct @(rule.name)_line {
    ptrdiff_t start, apart;
};

static struct @(rule.name)_line @(rule.name)_line(const struct @(rule.name)_shape *shape, int line)
{
    const int group = line / shape->inputs % shape->groups;
    const ptrdiff_t row = (ptrdiff_t)(line / shape->inputs / shape->groups) * shape->inputs + line % shape->inputs;
    const ptrdiff_t column = (ptrdiff_t)group * shape->width;
    if (shape->turned)
        return (struct @(rule.name)_line){column * shape->small + row, shape->small};
    return (struct @(rule.name)_line){row * shape->small + column, 1};
}

static int @(rule.name)_lines_end(const struct @(rule.name)_arguments *s, int unit)
{
    const int all = s->of.count / s->shape.width, end = (unit + 1) * s->lines;
    return end < all ? end : all;
}

/* X as a matrix, of norm 1. */
static void @(rule.name)_matrix(const void *argument, int unit)
{
    const struct @(rule.name)_arguments *const s = argument;
    for (int line = unit * s->lines; line < @(rule.name)_lines_end(s, unit); line++) {
        const struct @(rule.name)_line at = @(rule.name)_line(&s->shape, line);
        const @(real) *const from = s->from + (ptrdiff_t)line * s->shape.width;
        for (int i = 0; i < s->shape.width; i++)
            s->to[at.start + i * at.apart] = s->inverse * from[i];
    }
}

/* gram = X'X */
static void @(rule.name)_gram(const void *argument, int unit, void *scratch)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int small = s->shape.small, first = unit * MATRIX_ROWS, rows = small - first < MATRIX_ROWS ? small - first : MATRIX_ROWS;
    gemm(scratch, rows, small, s->shape.large, transposed(s->from + first, small), by_rows(s->from, small), ahead(s->from),
         into(s->gram + (ptrdiff_t)first * small, small, 0));
}

static void @(rule.name)_polynomial(const void *argument, int unit, void *scratch)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int small = s->shape.small, first = unit * MATRIX_ROWS, rows = small - first < MATRIX_ROWS ? small - first : MATRIX_ROWS;
    const @(real) *const gram = s->gram + (ptrdiff_t)first * small;
    @(real) *const polynomial = s->polynomial + (ptrdiff_t)first * small;
    gemm(scratch, rows, small, small, by_rows(gram, small), by_rows(s->gram, small), ahead(s->gram), into(polynomial, small, 0));
    for (int i = 0; i < rows * small; i++)
        polynomial[i] = -4.7750f * gram[i] + 2.0315f * polynomial[i];
    for (int i = 0; i < rows; i++)
        polynomial[i * small + first + i] += 3.4445f;
}

/* X times that. */
static void @(rule.name)_product(const void *argument, int unit, void *scratch)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int small = s->shape.small, first = unit * MATRIX_ROWS;
    const int rows = s->shape.large - first < MATRIX_ROWS ? s->shape.large - first : MATRIX_ROWS;
    gemm(scratch, rows, small, small, by_rows(s->from + (ptrdiff_t)first * small, small), by_rows(s->polynomial, small),
         ahead(s->polynomial), into(s->to + (ptrdiff_t)first * small, small, 0));
}

static void @(rule.name)_move(const void *argument, int unit)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int first = unit * s->lines, end = @(rule.name)_lines_end(s, unit), width = s->shape.width;
    for (int line = first; line < end; line++) {
        const struct @(rule.name)_line at = @(rule.name)_line(&s->shape, line);
        @(real) *const weight = s->of.weight + (ptrdiff_t)line * width;
        for (int i = 0; i < width; i++)
            weight[i] = weight[i] * s->keep - s->step * s->from[at.start + i * at.apart];
    }
//: if follows then
    follow(&s->of, first * width, (end - first) * width, s->common);
//: end
}

static void @(rule.name)_turn(struct @(rule.name)_arguments *s)
{
    @(real) *const from = s->from;
    s->from = s->to;
    s->to = from;
}

static void @(rule.name)_orthogonalize(struct @(prefix) *c, struct @(rule.name)_arguments *s)
{
    const int strips = (s->shape.small + MATRIX_ROWS - 1) / MATRIX_ROWS;
    for (int i = 0; i < @(rule.ns_steps); i++) {
        run_with_scratch(&c->host, strips, @(rule.name)_gram, s);
        run_with_scratch(&c->host, strips, @(rule.name)_polynomial, s);
        run_with_scratch(&c->host, (s->shape.large + MATRIX_ROWS - 1) / MATRIX_ROWS, @(rule.name)_product, s);
        @(rule.name)_turn(s);
    }
}
//: if rule.normalizes then

/* Dead taps, which are of the weight's norm, too. */
static void @(rule.name)_dead_piece(const void *argument, int piece)
{
    const struct @(rule.name)_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    for (int i = start; i < start + count; i++)
        s->of.weight[i] *= s->keep;
//: if follows then
    follow(&s->of, start, count, s->common);
//: end
}
//: end

//: if rule.normalizes then
/* dead: those taps of the weight that lie apart; none: of 0 values. */
static void update_@(rule.name)(struct @(prefix) *c, struct stretch stretch, struct stretch dead, struct @(rule.name)_shape shape,
                                const struct @(prefix)_hyper *hyper@(common_parameter))
//: else
static void update_@(rule.name)(struct @(prefix) *c, struct stretch stretch, struct @(rule.name)_shape shape,
                                const struct @(prefix)_hyper *hyper@(common_parameter))
//: end
{
    struct @(rule.name)_arguments s = {
        .of = stretch,
//: if has_common then
        .common = common,
//: end
        .shape = shape,
        .momentum = (@(real))hyper->momentum,
        .step = (@(real))(hyper->lr * shape.adjust),
        .from = (@(real) *)c->@(muon.from),
        .to = (@(real) *)c->@(muon.to),
        .gram = (@(real) *)c->@(muon.gram),
        .polynomial = (@(real) *)c->@(muon.polynomial),
        .lines = shape.width < PIECE ? PIECE / shape.width : 1,
    };
    const int units = (stretch.count / shape.width + s.lines - 1) / s.lines;
    double keep = 1 - hyper->lr * hyper->weight_decay;
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, @(rule.name)_direction, &s);
    s.inverse = (@(real))(1 / (sqrt(sum_squares(c, s.to, stretch.count)) + hyper->eps));
    @(rule.name)_turn(&s);
    run(&c->host, units, @(rule.name)_matrix, &s);
    @(rule.name)_turn(&s);
    @(rule.name)_orthogonalize(c, &s);
//: if rule.normalizes then
    double squares = sum_squares(c, stretch.weight, stretch.count);
    if (dead.count > 0)
        squares += sum_squares(c, dead.weight, dead.count);
    keep *= squares > 0 ? sqrt(shape.outputs / squares) : 1;
//: end
    s.keep = (@(real))keep;
    run(&c->host, units, @(rule.name)_move, &s);
//: if rule.normalizes then
    s.of = dead;
    if (dead.count > 0)
        run(&c->host, (dead.count + PIECE - 1) / PIECE, @(rule.name)_dead_piece, &s);
//: end
}
