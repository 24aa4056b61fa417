/* Made by castnet 0.1.0 from optimizers.lua --target portable --batch 4.
 * This file belongs to whoever made it. */
#include "gemm.h"
#include "layers.h"
#include "memory.h"

enum { PIECE = 16384 };

/* Rows of a product of matrices that a unit computes. */
enum { MATRIX_ROWS = 64 };

/* Values that lie one after another, and what lies as they do: gradients (NULL: all zeros) and the
 * optimiser's states. */
struct stretch {
    float *weight;
    const float *gradient;
    float *exp_avg;
    float *exp_avg_sq;
    float *max_exp_avg_sq;
    float *slow;
    float *average;
    float *momentum;
    int count;
};

/* How many values a piece of that many has. */
static inline int piece_of(int count, int piece)
{
    return count - piece * PIECE < PIECE ? count - piece * PIECE : PIECE;
}

/* What a step does to all parameters alike. */
struct common {
    float scale; /* of gradients */
    float slow_by; /* part of the way that slow weights go to the new values; below 0: none of it */
    float average_by; /* part of the way that averages go to the new values */
};

/* Squares are added in double, in a fixed number of parts for each piece and the pieces in order,
 * so that the sum is the same for any number of threads. */
struct squares {
    const float *value;
    double *sums;
    int count;
};

static void square_piece(const void *argument, int piece)
{
    enum { SUMS = 16 };
    const struct squares *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->count, piece);
    const float *const value = s->value + start;
    double part[SUMS] = {0}, sum = 0;
    for (int i = 0; i + SUMS <= count; i += SUMS)
        for (int j = 0; j < SUMS; j++)
            part[j] += (double)value[i + j] * (double)value[i + j];
    for (int j = 0; j < SUMS; j++)
        sum += part[j];
    for (int i = count / SUMS * SUMS; i < count; i++)
        sum += (double)value[i] * (double)value[i];
    s->sums[piece] = sum;
}

static double sum_squares(struct optimizers *c, const float *value, int count)
{
    const struct squares s = {value, c->sums, count};
    const int pieces = (count + PIECE - 1) / PIECE;
    double sum = 0;
    run(&c->host, pieces, square_piece, &s);
    for (int i = 0; i < pieces; i++)
        sum += c->sums[i];
    return sum;
}

/* torch.nn.utils.clip_grad_norm_: where the norm of all gradients together is above clip_norm, they
 * are scaled down to it. */
static float clip_scale(struct optimizers *c, const struct optimizers_hyper *hyper)
{
    double sum = 0;
    sum += sum_squares(c, (float *)c->g, 48);
    sum += sum_squares(c, (float *)c->g + 48, 192);
    sum += sum_squares(c, (float *)c->g + 240, 216);
    sum += sum_squares(c, (float *)c->g + 464, 16);
    sum += sum_squares(c, (float *)c->g + 480, 32);
    const double scale = hyper->clip_norm / (sqrt(sum) + 1e-6);
    return scale > 1 ? 1 : (float)scale;
}

/* The part `by` of the way from one value to another, as torch.lerp goes it. */
static inline float toward(float from, float to, float by)
{
    return by < 0.5f ? from + by * (to - from) : to - (to - from) * (1 - by);
}

/* Lookahead (Zhang, Lucas, Hinton, Ba 2019): every 5 steps slow weights go a part of the way to
 * those that the optimiser moves, which then go back to them. After the last step of a training the
 * weights are the slow ones.
 * The part is 1 - (1 - 0.2262190625) t^3, where t is the part of the training that is done (Jordan
 * 2024).
 */
static void synchronise(float *restrict fast, float *restrict slow, int count, float by)
{
    for (int i = 0; i < count; i++) {
        slow[i] = toward(slow[i], fast[i], by);
        fast[i] = slow[i];
    }
}

/* The part of the way in this step; -1 in those between. */
static float slow_by(const struct optimizers_hyper *hyper)
{
    if (hyper->step % 5 == 0) {
        const double done = hyper->step < hyper->steps ? (double)hyper->step / (double)hyper->steps
            : 1;
        return (float)(1 - (1 - 0.2262190625) * pow(done, 3));
    }
    return hyper->step == hyper->steps ? 0 : -1;
}

/* Slow weights begin where the weights do. */
static void start_slow(struct optimizers *c)
{
    memcpy((float *)c->slow, (float *)c->w, 48 * sizeof(float));
    memcpy((float *)c->slow + 48, (float *)c->w + 48, 192 * sizeof(float));
    memcpy((float *)c->slow + 240, (float *)c->w + 240, 216 * sizeof(float));
    memcpy((float *)c->slow + 464, (float *)c->w + 464, 16 * sizeof(float));
    memcpy((float *)c->slow + 480, (float *)c->w + 480, 32 * sizeof(float));
    memcpy((float *)c->slow_a_weight_dead, (float *)c->a_weight_dead, 384 * sizeof(float));
    memcpy((float *)c->slow_b_weight_dead, (float *)c->b_weight_dead, 240 * sizeof(float));
}

/* Running statistics and factors of dead parameters. */
static void synchronise_rest(struct optimizers *c, float by)
{
    if (by < 0)
        return;
    synchronise(c->bn.bn.running_mean, c->slow_bn_running_mean, 8, by);
    synchronise(c->bn.bn.running_var, c->slow_bn_running_var, 8, by);
}

/* Averages as PyTorch's AveragedModel keeps them with get_ema_multi_avg_fn and use_buffers: the
 * first update copies, each later one goes the part 1 - decay of the way to the new value. */
static float average_by(const struct optimizers_hyper *hyper)
{
    return hyper->step == 1 ? 1 : (float)(1 - hyper->ema_decay);
}

static void average_values(float *restrict value, float *restrict ema, int count, float by)
{
    for (int i = 0; i < count; i++)
        ema[i] = toward(ema[i], value[i], by);
}

static void swap_values(float *restrict value, float *restrict ema, int count, float by)
{
    (void)by;
    for (int i = 0; i < count; i++) {
        const float kept = value[i];
        value[i] = ema[i];
        ema[i] = kept;
    }
}

/* Running statistics, each with its average. */
static void visit_running(struct optimizers *c, void (*visit)(float *value, float *ema, int count,
                                                              float by), float by)
{
    visit(c->bn.bn.running_mean, c->average_bn_running_mean, 8, by);
    visit(c->bn.bn.running_var, c->average_bn_running_var, 8, by);
}

/* Counters are averaged as PyTorch does: in float, then cut to whole numbers. */
static void average_counters(struct optimizers *c, const struct optimizers_hyper *hyper)
{
    const int64_t value = c->num_batches_tracked[0];
    const float kept = (float)c->average_batches_tracked[0] * (float)hyper->ema_decay;
    const float added = (float)value * (float)(1 - hyper->ema_decay);
    c->average_batches_tracked[0] = hyper->step == 1 ? value : (int64_t)(kept + added);
}

void optimizers_swap_average(struct optimizers *c)
{
    swap_values((float *)c->w, (float *)c->average, 48, 0);
    swap_values((float *)c->w + 48, (float *)c->average + 48, 192, 0);
    swap_values((float *)c->w + 240, (float *)c->average + 240, 216, 0);
    swap_values((float *)c->w + 464, (float *)c->average + 464, 16, 0);
    swap_values((float *)c->w + 480, (float *)c->average + 480, 32, 0);
    swap_values((float *)c->a_weight_dead, (float *)c->average_a_weight_dead, 384, 0);
    swap_values((float *)c->b_weight_dead, (float *)c->average_b_weight_dead, 240, 0);
    visit_running(c, swap_values, 0);
    const int64_t kept = c->num_batches_tracked[0];
    c->num_batches_tracked[0] = c->average_batches_tracked[0];
    c->average_batches_tracked[0] = kept;
}

/* What follows values once they have moved: of `count` from `start` on. */
static void follow(const struct stretch *s, int start, int count, const struct common *common)
{
    if (common->slow_by >= 0)
        synchronise(s->weight + start, s->slow + start, count, common->slow_by);
    average_values(s->weight + start, s->average + start, count, common->average_by);
}

/* AdamW (Loshchilov, Hutter 2019), in PyTorch's order of operations:
 *
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
 *     w -= lr * weight_decay * w
 *     m += (1 - beta1) * (g - m)          v = beta2 * v + (1 - beta2) * g * g
 *     a = max(a, v)
 *     w -= lr / (1 - beta1^t) * m / (sqrt(a) / sqrt(1 - beta2^t) + eps)
 */
struct adam_arguments {
    struct stretch of;
    const struct common *common;
    float keep, decay, step_size, one_beta1, beta2, one_beta2, root, eps;
};

static void adam_piece(const void *argument, int piece)
{
    const struct adam_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    float *restrict const weight = s->of.weight + start;
    float *restrict const m = s->of.exp_avg + start, *restrict const v = s->of.exp_avg_sq + start;
    float *restrict const a = s->of.max_exp_avg_sq + start;
    const float keep = s->keep, step_size = s->step_size, root = s->root, eps = s->eps;
    const float one_beta1 = s->one_beta1, beta2 = s->beta2, one_beta2 = s->one_beta2;
    const float scale = s->common->scale;
    for (int i = 0; i < count; i++) {
        const float g = scale * s->of.gradient[start + i];
        const float d = g;
        m[i] += one_beta1 * (d - m[i]);
        v[i] = beta2 * v[i] + one_beta2 * d * d;
        a[i] = v[i] > a[i] ? v[i] : a[i];
        weight[i] = weight[i] * keep - step_size * m[i] / (sqrtf(a[i]) / root + eps);
    }
    follow(&s->of, start, count, s->common);
}

static void update_adam(struct optimizers *c, struct stretch stretch,
                        const struct optimizers_hyper *hyper, const struct common *common)
{
    const double first = 1 - pow(hyper->beta1, (double)hyper->step);
    const double second = 1 - pow(hyper->beta2, (double)hyper->step);
    /* 1 - beta is taken in double: 1 - 0.999f is off by 1e-5 of it. */
    const struct adam_arguments s = {
        .of = stretch,
        .common = common,
        .keep = (float)(1 - hyper->lr * hyper->weight_decay),
        .decay = (float)hyper->weight_decay,
        .step_size = (float)(hyper->lr / first),
        .one_beta1 = (float)(1 - hyper->beta1),
        .beta2 = (float)hyper->beta2,
        .one_beta2 = (float)(1 - hyper->beta2),
        .root = (float)sqrt(second),
        .eps = (float)hyper->eps,
    };
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, adam_piece, &s);
}

/* Muon (Jordan 2024) moves a weight W as a matrix of outputs and all else, by its gradient's
 * momentum made orthogonal:
 *
 *     G *= min(1, clip_norm / (norm of all gradients + 1e-6))
 *     B = momentum * B + G
 *     X = G + momentum * B
 *     X = X / (norm of X + eps)
 *     3 times: A = X X', X = (3.4445 - 4.7750 A + 2.0315 A A) X
 *     W *= sqrt(outputs) / norm of W
 *     W -= lr * adjust * X
 *
 * X lies here as [large][small], small the lesser of its two extents, so that it is X (3.4445 -
 * 4.7750 X'X + 2.0315 X'X X'X) and both products read it row by row. Taps that only meet padding
 * have no gradient, and zeros in X.
 */
struct muon_shape {
    int width, groups, inputs; /* the weight lies as lines of `width` values,
                                * [taps][groups][inputs][width] */
    int large, small;
    int turned;                /* 1: X is [groups * width][taps * inputs]; 0: the transpose of
                                * that */
    double outputs, adjust;    /* as PyTorch counts them; factor of the step */
};

struct muon_arguments {
    struct stretch of;
    const struct common *common;
    struct muon_shape shape;
    float momentum, inverse, keep, step;
    float *from, *to, *gram, *polynomial;
    int lines; /* of `width` values that a unit takes */
};

/* B, and X as the weight lies. */
static void muon_direction(const void *argument, int piece)
{
    const struct muon_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    const float *const gradient = s->of.gradient + start;
    float *restrict const x = s->to + start;
    float *restrict const b = s->of.momentum + start;
    const float momentum = s->momentum;
    const float scale = s->common->scale;
    for (int i = 0; i < count; i++) {
        const float g = scale * gradient[i];
        b[i] = momentum * b[i] + g;
        x[i] = g + momentum * b[i];
    }
}

/* Where in X a line of the weight lies: from value `start` on, `apart` from one value to the
 * next. */
struct muon_line {
    ptrdiff_t start, apart;
};

static struct muon_line muon_line(const struct muon_shape *shape, int line)
{
    const int group = line / shape->inputs % shape->groups;
    const ptrdiff_t row = (ptrdiff_t)(line / shape->inputs / shape->groups) * shape->inputs +
        line % shape->inputs;
    const ptrdiff_t column = (ptrdiff_t)group * shape->width;
    if (shape->turned)
        return (struct muon_line){column * shape->small + row, shape->small};
    return (struct muon_line){row * shape->small + column, 1};
}

static int muon_lines_end(const struct muon_arguments *s, int unit)
{
    const int all = s->of.count / s->shape.width, end = (unit + 1) * s->lines;
    return end < all ? end : all;
}

/* X as a matrix, of norm 1. */
static void muon_matrix(const void *argument, int unit)
{
    const struct muon_arguments *const s = argument;
    for (int line = unit * s->lines; line < muon_lines_end(s, unit); line++) {
        const struct muon_line at = muon_line(&s->shape, line);
        const float *const from = s->from + (ptrdiff_t)line * s->shape.width;
        for (int i = 0; i < s->shape.width; i++)
            s->to[at.start + i * at.apart] = s->inverse * from[i];
    }
}

/* gram = X'X */
static void muon_gram(const void *argument, int unit, void *scratch)
{
    const struct muon_arguments *const s = argument;
    const int small = s->shape.small, first = unit * MATRIX_ROWS,
        rows = small - first < MATRIX_ROWS ? small - first : MATRIX_ROWS;
    gemm(scratch, rows, small, s->shape.large, transposed(s->from + first, small),
         by_rows(s->from, small), ahead(s->from), into(s->gram + (ptrdiff_t)first * small, small,
                                                       0));
}

static void muon_polynomial(const void *argument, int unit, void *scratch)
{
    const struct muon_arguments *const s = argument;
    const int small = s->shape.small, first = unit * MATRIX_ROWS,
        rows = small - first < MATRIX_ROWS ? small - first : MATRIX_ROWS;
    const float *const gram = s->gram + (ptrdiff_t)first * small;
    float *const polynomial = s->polynomial + (ptrdiff_t)first * small;
    gemm(scratch, rows, small, small, by_rows(gram, small), by_rows(s->gram, small), ahead(s->gram),
         into(polynomial, small, 0));
    for (int i = 0; i < rows * small; i++)
        polynomial[i] = -4.7750f * gram[i] + 2.0315f * polynomial[i];
    for (int i = 0; i < rows; i++)
        polynomial[i * small + first + i] += 3.4445f;
}

/* X times that. */
static void muon_product(const void *argument, int unit, void *scratch)
{
    const struct muon_arguments *const s = argument;
    const int small = s->shape.small, first = unit * MATRIX_ROWS;
    const int rows = s->shape.large - first < MATRIX_ROWS ? s->shape.large - first : MATRIX_ROWS;
    gemm(scratch, rows, small, small, by_rows(s->from + (ptrdiff_t)first * small, small),
         by_rows(s->polynomial, small), ahead(s->polynomial),
         into(s->to + (ptrdiff_t)first * small, small, 0));
}

static void muon_move(const void *argument, int unit)
{
    const struct muon_arguments *const s = argument;
    const int first = unit * s->lines, end = muon_lines_end(s, unit), width = s->shape.width;
    for (int line = first; line < end; line++) {
        const struct muon_line at = muon_line(&s->shape, line);
        float *const weight = s->of.weight + (ptrdiff_t)line * width;
        for (int i = 0; i < width; i++)
            weight[i] = weight[i] * s->keep - s->step * s->from[at.start + i * at.apart];
    }
    follow(&s->of, first * width, (end - first) * width, s->common);
}

static void muon_turn(struct muon_arguments *s)
{
    float *const from = s->from;
    s->from = s->to;
    s->to = from;
}

static void muon_orthogonalize(struct optimizers *c, struct muon_arguments *s)
{
    const int strips = (s->shape.small + MATRIX_ROWS - 1) / MATRIX_ROWS;
    for (int i = 0; i < 3; i++) {
        run_with_scratch(&c->host, strips, muon_gram, s);
        run_with_scratch(&c->host, strips, muon_polynomial, s);
        run_with_scratch(&c->host, (s->shape.large + MATRIX_ROWS - 1) / MATRIX_ROWS, muon_product,
                         s);
        muon_turn(s);
    }
}

/* Dead taps, which are of the weight's norm, too. */
static void muon_dead_piece(const void *argument, int piece)
{
    const struct muon_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    for (int i = start; i < start + count; i++)
        s->of.weight[i] *= s->keep;
    follow(&s->of, start, count, s->common);
}

/* dead: those taps of the weight that lie apart; none: of 0 values. */
static void update_muon(struct optimizers *c, struct stretch stretch, struct stretch dead,
                        struct muon_shape shape, const struct optimizers_hyper *hyper,
                        const struct common *common)
{
    struct muon_arguments s = {
        .of = stretch,
        .common = common,
        .shape = shape,
        .momentum = (float)hyper->momentum,
        .step = (float)(hyper->lr * shape.adjust),
        .from = (float *)c->muon_from,
        .to = (float *)c->muon_to,
        .gram = (float *)c->muon_gram,
        .polynomial = (float *)c->muon_polynomial,
        .lines = shape.width < PIECE ? PIECE / shape.width : 1,
    };
    const int units = (stretch.count / shape.width + s.lines - 1) / s.lines;
    double keep = 1 - hyper->lr * hyper->weight_decay;
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, muon_direction, &s);
    s.inverse = (float)(1 / (sqrt(sum_squares(c, s.to, stretch.count)) + hyper->eps));
    muon_turn(&s);
    run(&c->host, units, muon_matrix, &s);
    muon_turn(&s);
    muon_orthogonalize(c, &s);
    double squares = sum_squares(c, stretch.weight, stretch.count);
    if (dead.count > 0)
        squares += sum_squares(c, dead.weight, dead.count);
    keep *= squares > 0 ? sqrt(shape.outputs / squares) : 1;
    s.keep = (float)keep;
    run(&c->host, units, muon_move, &s);
    s.of = dead;
    if (dead.count > 0)
        run(&c->host, (dead.count + PIECE - 1) / PIECE, muon_dead_piece, &s);
}

/* Lion (Chen et al. 2023):
 *
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
 *     w -= lr * sign(beta1 * m + (1 - beta1) * g)
 *     m = beta2 * m + (1 - beta2) * g
 */
struct lion_arguments {
    struct stretch of;
    const struct common *common;
    float lr, keep, beta1, one_beta1, beta2, one_beta2;
};

static void lion_piece(const void *argument, int piece)
{
    const struct lion_arguments *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->of.count, piece);
    float *restrict const weight = s->of.weight + start, *restrict const m = s->of.exp_avg + start;
    const float *const gradient = s->of.gradient + start;
    const float lr = s->lr, keep = s->keep;
    const float beta1 = s->beta1, one_beta1 = s->one_beta1, beta2 = s->beta2,
        one_beta2 = s->one_beta2;
    const float scale = s->common->scale;
    for (int i = 0; i < count; i++) {
        const float g = scale * gradient[i];
        const float along = beta1 * m[i] + one_beta1 * g;
        const float step = along > 0 ? lr : along < 0 ? -lr : 0;
        weight[i] = weight[i] * keep - step;
        m[i] = beta2 * m[i] + one_beta2 * g;
    }
    follow(&s->of, start, count, s->common);
}

static void update_lion(struct optimizers *c, struct stretch stretch,
                        const struct optimizers_hyper *hyper, const struct common *common)
{
    const struct lion_arguments s = {
        .of = stretch,
        .common = common,
        .lr = (float)hyper->lr,
        .keep = (float)(1 - hyper->lr * hyper->weight_decay),
        .beta1 = (float)hyper->beta1,
        .one_beta1 = (float)(1 - hyper->beta1),
        .beta2 = (float)hyper->beta2,
        .one_beta2 = (float)(1 - hyper->beta2),
    };
    run(&c->host, (stretch.count + PIECE - 1) / PIECE, lion_piece, &s);
}

void optimizers_update(struct optimizers *c, const struct optimizers_hyper *hyper)
{
    struct optimizers_hyper rates;
    const struct common common = {
        .scale = clip_scale(c, hyper),
        .slow_by = slow_by(hyper),
        .average_by = average_by(hyper),
    };
    if (hyper->step == 1)
        start_slow(c);
    update_adam(c, (struct stretch){(float *)c->w, (float *)c->g, (float *)c->exp_avg_fc_weight,
                                    (float *)c->exp_avg_sq_fc_weight,
                                    (float *)c->max_exp_avg_sq_fc_weight, (float *)c->slow,
                                    (float *)c->average, 0, 48}, hyper, &common);

    /* a.weight, b.weight: muon, learning rate x 24 */
    rates = *hyper;
    rates.lr = 24 * hyper->lr;
    rates.momentum = 0.6;
    rates.weight_decay = 0;
    rates.eps = 1e-07;
    update_muon(c, (struct stretch){(float *)c->w + 48, (float *)c->g + 48, 0, 0, 0,
                                    (float *)c->slow + 48, (float *)c->average + 48,
                                    (float *)c->momentum_b_weight, 192},
                (struct stretch){(float *)c->b_weight_dead, 0, 0, 0, 0,
                                 (float *)c->slow_b_weight_dead, (float *)c->average_b_weight_dead,
                                 0, 240}, (struct muon_shape){6, 1, 8, 32, 6, 0, 6, 1}, &rates,
                &common);
    update_muon(c, (struct stretch){(float *)c->w + 240, (float *)c->g + 240, 0, 0, 0,
                                    (float *)c->slow + 240, (float *)c->average + 240,
                                    (float *)c->momentum_a_weight, 216},
                (struct stretch){(float *)c->a_weight_dead, 0, 0, 0, 0,
                                 (float *)c->slow_a_weight_dead, (float *)c->average_a_weight_dead,
                                 0, 384}, (struct muon_shape){8, 1, 3, 27, 8, 0, 8, 1}, &rates,
                &common);

    /* b.bias: lion, learning rate x 0.01 */
    rates = *hyper;
    rates.lr = 0.01 * hyper->lr;
    rates.beta1 = 0.9;
    rates.beta2 = 0.99;
    rates.weight_decay = 0;
    update_lion(c, (struct stretch){(float *)c->w + 464, (float *)c->g + 464,
                                    (float *)c->exp_avg_b_bias, 0, 0, (float *)c->slow + 464,
                                    (float *)c->average + 464, 0, 16}, &rates, &common);

    /* bn.*: learning rate x 64, weight decay x 0 */
    rates = *hyper;
    rates.lr = 64 * hyper->lr;
    rates.weight_decay = 0;
    update_adam(c, (struct stretch){(float *)c->w + 480, (float *)c->g + 480,
                                    (float *)c->exp_avg_bn_weight, (float *)c->exp_avg_sq_bn_weight,
                                    (float *)c->max_exp_avg_sq_bn_weight, (float *)c->slow + 480,
                                    (float *)c->average + 480, 0, 32}, &rates, &common);
    synchronise_rest(c, common.slow_by);
    visit_running(c, average_values, common.average_by);
    average_counters(c, hyper);
}

void optimizers_settle(struct optimizers *c)
{
    (void)c;
}
