/* Made by castnet 0.1.0 from training_words.lua --target portable --batch 4.
 * This file belongs to whoever made it. */
#include "layers.h"
#include "memory.h"

/* SGD in PyTorch's order of operations:
 *
 *     g *= min(1, clip_norm / (norm of all g + 1e-6))
 *     g += weight_decay * w
 *     b = g in the first step, else momentum * b + (1 - dampening) * g
 *     w -= lr * (g + momentum * b)
 *
 * Biases and batch norms, which stand last, do not decay.
 */
struct stretch {
    float *weight;
    const float *gradient;
    float *b;
    float *ema;
    int count;
    float lr, decay, momentum, fresh;
    float nesterov;
    float scale;
    float average_by;
};

enum { PIECE = 16384 };

/* torch.nn.utils.clip_grad_norm_: where the norm of all gradients together is above clip_norm, they
 * are scaled down to it. Squares are added in double, in a fixed number of lanes for each piece and
 * the pieces in order, so that the sum is the same for any number of threads. */
struct squares {
    const float *gradient;
    double *sums;
    int count;
};

static void square_piece(const void *argument, int piece)
{
    enum { LANES = 16 };
    const struct squares *const s = argument;
    const int start = piece * PIECE, count = s->count - start < PIECE ? s->count - start : PIECE;
    const float *const gradient = s->gradient + start;
    double lanes[LANES] = {0}, sum = 0;
    for (int i = 0; i + LANES <= count; i += LANES)
        for (int j = 0; j < LANES; j++)
            lanes[j] += (double)gradient[i + j] * (double)gradient[i + j];
    for (int j = 0; j < LANES; j++)
        sum += lanes[j];
    for (int i = count / LANES * LANES; i < count; i++)
        sum += (double)gradient[i] * (double)gradient[i];
    s->sums[piece] = sum;
}

static double sum_squares(struct training_words *c, const float *gradient, int count)
{
    const struct squares s = {gradient, c->sums, count};
    const int pieces = (count + PIECE - 1) / PIECE;
    double sum = 0;
    run(&c->host, pieces, square_piece, &s);
    for (int i = 0; i < pieces; i++)
        sum += c->sums[i];
    return sum;
}

static float clip_scale(struct training_words *c, const struct training_words_hyper *hyper)
{
    double sum = 0;
    sum += sum_squares(c, (float *)c->g, 448);
    sum += sum_squares(c, (float *)c->g + 448, 64);
    const double scale = hyper->clip_norm / (sqrt(sum) + 1e-6);
    return scale > 1 ? 1 : (float)scale;
}

/* Averages as PyTorch's AveragedModel keeps them with get_ema_multi_avg_fn and use_buffers: the
 * first update copies, each later one goes the part 1 - decay of the way to the new value, as
 * torch.lerp does. */
static inline float toward(float ema, float value, float by)
{
    return by < 0.5f ? ema + by * (value - ema) : value - (value - ema) * (1 - by);
}

static float average_by(const struct training_words_hyper *hyper)
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
static void visit_running(struct training_words *c,
                          void (*visit)(float *value, float *ema, int count, float by), float by)
{
    visit(c->bn.bn.running_mean, c->average_bn_running_mean, 8, by);
    visit(c->bn.bn.running_var, c->average_bn_running_var, 8, by);
}

/* Counters are averaged as PyTorch does: in float, then cut to whole numbers. */
static void average_counters(struct training_words *c, const struct training_words_hyper *hyper)
{
    const int64_t value = c->num_batches_tracked[0];
    const float kept = (float)c->average_batches_tracked[0] * (float)hyper->ema_decay;
    const float added = (float)value * (float)(1 - hyper->ema_decay);
    c->average_batches_tracked[0] = hyper->step == 1 ? value : (int64_t)(kept + added);
}

void training_words_swap_average(struct training_words *c)
{
    swap_values((float *)c->w, (float *)c->average, 448, 0);
    swap_values((float *)c->w + 448, (float *)c->average + 448, 64, 0);
    visit_running(c, swap_values, 0);
    const int64_t kept = c->num_batches_tracked[0];
    c->num_batches_tracked[0] = c->average_batches_tracked[0];
    c->average_batches_tracked[0] = kept;
    const double decay = c->dead_decay[0];
    c->dead_decay[0] = c->dead_decay[2];
    c->dead_decay[2] = decay;
}

static void update_piece(const void *argument, int piece)
{
    const struct stretch *const s = argument;
    const int start = piece * PIECE, count = s->count - start < PIECE ? s->count - start : PIECE;
    float *restrict const weight = s->weight + start;
    const float lr = s->lr;
    float *restrict const b = s->b + start;
    const float keep = s->momentum, fresh = s->fresh;
    const float decay = s->decay;
    const float scale = s->scale;
    float *restrict const ema = s->ema + start;
    const float by = s->average_by;
    for (int i = 0; i < count; i++) {
        const float g = scale * s->gradient[start + i];
        const float d = g + decay * weight[i];
        b[i] = keep * b[i] + fresh * d;
        weight[i] -= lr * (d + s->nesterov * b[i]);
        ema[i] = toward(ema[i], weight[i], by);
    }
}

static void update_stretch(const struct training_words_host *host, float *weight,
                           const float *gradient, float *b, float *ema, int count,
                           const struct training_words_hyper *hyper, double weight_decay,
                           float scale)
{
    const int first = hyper->step == 1;
    const struct stretch s = {
        .weight = weight,
        .gradient = gradient,
        .b = b,
        .ema = ema,
        .count = count,
        .lr = (float)hyper->lr,
        .decay = (float)weight_decay,
        .momentum = first ? 0 : (float)hyper->momentum,
        .fresh = first ? 1 : (float)(1 - hyper->dampening),
        .nesterov = (float)hyper->momentum,
        .scale = scale,
        .average_by = average_by(hyper),
    };
    run(host, (count + PIECE - 1) / PIECE, update_piece, &s);
}

void training_words_update(struct training_words *c, const struct training_words_hyper *hyper)
{
    const float scale = clip_scale(c, hyper);
    update_stretch(&c->host, (float *)c->w, (float *)c->g, (float *)c->momentum,
                   (float *)c->average, 448, hyper, hyper->weight_decay, scale);
    update_stretch(&c->host, (float *)c->w + 448, (float *)c->g + 448, (float *)c->momentum + 448,
                   (float *)c->average + 448, 64, hyper, 0, scale);
    /* Dead parameters get no gradient, so decay alone moves them, all alike: by a factor of their
     * values and one, of what those were, for their momentum. */
    double *const dead_decay = c->dead_decay;
    const double d = hyper->weight_decay * dead_decay[0];
    dead_decay[1] = hyper->step == 1 ? d : hyper->momentum * dead_decay[1] +
        (1 - hyper->dampening) * d;
    dead_decay[0] -= hyper->lr * (d + hyper->momentum * dead_decay[1]);
    const double dead = c->dead_decay[0];
    c->dead_decay[2] = hyper->step == 1 ? dead : c->dead_decay[2] + (1 - hyper->ema_decay) *
        (dead - c->dead_decay[2]);
    visit_running(c, average_values, average_by(hyper));
    average_counters(c, hyper);
}

void training_words_settle(struct training_words *c)
{
    float *const dead[] = {(float *)c->a_weight_dead, (float *)c->b_weight_dead};
    const int count[] = {384, 240};
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < count[i]; j++)
            dead[i][j] *= (float)c->dead_decay[0];
    c->dead_decay[2] = c->dead_decay[0] != 0 ? c->dead_decay[2] / c->dead_decay[0] : 0;
    c->dead_decay[1] /= c->dead_decay[0];
    c->dead_decay[0] = 1;
}
