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
    float lr, decay, momentum, fresh, nesterov, scale, average_by;
};

enum { PIECE = 16384 };

/* torch.nn.utils.clip_grad_norm_: where the norm of all gradients together is above clip_norm, they are
 * scaled down to it. Squares are added in double, in a fixed number of lanes for each piece and the
 * pieces in order, so that the sum is the same for any number of threads. */
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
            lanes[j] += (double)gradient[i + j] * gradient[i + j];
    for (int j = 0; j < LANES; j++)
        sum += lanes[j];
    for (int i = count / LANES * LANES; i < count; i++)
        sum += (double)gradient[i] * gradient[i];
    s->sums[piece] = sum;
}

static double sum_squares(const float *gradient, int count)
{
    static double sums[(448 + PIECE - 1) / PIECE];
    const struct squares s = {gradient, sums, count};
    const int pieces = (count + PIECE - 1) / PIECE;
    double sum = 0;
    model_run(pieces, square_piece, &s);
    for (int i = 0; i < pieces; i++)
        sum += sums[i];
    return sum;
}

static float clip_scale(const struct model_hyper *hyper)
{
    double sum = 0;
    sum += sum_squares((float *)g, 448);
    sum += sum_squares((float *)g + 448, 64);
    const double scale = hyper->clip_norm / (sqrt(sum) + 1e-6);
    return scale > 1 ? 1 : (float)scale;
}

/* Averages as PyTorch's AveragedModel keeps them with get_ema_multi_avg_fn and use_buffers: the first update
 * copies, each later one goes the part 1 - decay of the way to the new value, as torch.lerp does. */
static inline float toward(float ema, float value, float by)
{
    return by < 0.5f ? ema + by * (value - ema) : value - (value - ema) * (1 - by);
}

static float average_by(const struct model_hyper *hyper)
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
static void visit_running(void (*visit)(float *value, float *ema, int count, float by), float by)
{
    visit(bn_running_mean, average_bn_running_mean, 8, by);
    visit(bn_running_var, average_bn_running_var, 8, by);
}

/* Counters are averaged as PyTorch does: in float, then cut to whole numbers. */
static void average_counters(const struct model_hyper *hyper)
{
    for (int i = 0; i < 1; i++) {
        const float kept = (float)average_batches_tracked[i] * (float)hyper->ema_decay;
        const float added = (float)num_batches_tracked[i] * (float)(1 - hyper->ema_decay);
        average_batches_tracked[i] = hyper->step == 1 ? num_batches_tracked[i] : (int64_t)(kept + added);
    }
}

void MODEL(swap_average)(void)
{
    swap_values((float *)w, (float *)average, 448, 0);
    swap_values((float *)w + 448, (float *)average + 448, 64, 0);
    visit_running(swap_values, 0);
    for (int i = 0; i < 1; i++) {
        const int64_t kept = num_batches_tracked[i];
        num_batches_tracked[i] = average_batches_tracked[i];
        average_batches_tracked[i] = kept;
    }
    const double kept = dead_decay[0];
    dead_decay[0] = dead_decay[2];
    dead_decay[2] = kept;
}

static void update_piece(const void *argument, int piece)
{
    const struct stretch *const s = argument;
    const int start = piece * PIECE, count = s->count - start < PIECE ? s->count - start : PIECE;
    float *restrict const weight = s->weight + start;
    float *restrict const b = s->b + start;
    const float keep = s->momentum, fresh = s->fresh;
    const float lr = s->lr, decay = s->decay;
    const float scale = s->scale;
    float *restrict const ema = s->ema + start;
    const float by = s->average_by;
    for (int i = 0; i < count; i++) {
        const float d = scale * s->gradient[start + i] + decay * weight[i];
        b[i] = keep * b[i] + fresh * d;
        weight[i] -= lr * (d + s->nesterov * b[i]);
        ema[i] = toward(ema[i], weight[i], by);
    }
}

static void update_stretch(float *weight, const float *gradient, float *b, float *ema, int count,
    const struct model_hyper *hyper, double weight_decay, float scale)
{
    const int first = hyper->step == 1;
    const struct stretch s = {
        weight, gradient, b, ema, count, (float)hyper->lr, (float)weight_decay, first ? 0 : (float)hyper->momentum,
        first ? 1 : (float)(1 - hyper->dampening), (float)hyper->momentum,
        scale,
        average_by(hyper),
    };
    model_run((count + PIECE - 1) / PIECE, update_piece, &s);
}

/* Dead parameters get no gradient, so decay alone moves them, all alike: by a factor of their values and
 * one, of what those were, for their momentum and one for their moving averages. */
double dead_decay[3] = {1, 0, 1};

void MODEL(update)(const struct model_hyper *hyper)
{
    const float scale = clip_scale(hyper);
    update_stretch((float *)w, (float *)g, (float *)momentum, (float *)average, 448, hyper,
        hyper->weight_decay, scale);
    update_stretch((float *)w + 448, (float *)g + 448, (float *)momentum + 448, (float *)average + 448,
        64, hyper, 0, scale);
    const double d = hyper->weight_decay * dead_decay[0];
    dead_decay[1] = hyper->step == 1 ? d : hyper->momentum * dead_decay[1] + (1 - hyper->dampening) * d;
    dead_decay[0] -= hyper->lr * (d + hyper->momentum * dead_decay[1]);
    dead_decay[2] = hyper->step == 1 ? dead_decay[0] : dead_decay[2] + (1 - hyper->ema_decay) * (dead_decay[0] - dead_decay[2]);
    visit_running(average_values, average_by(hyper));
    average_counters(hyper);
}

void MODEL(settle)(void)
{
    float *const dead[] = {(float *)a_weight_dead, (float *)b_weight_dead};
    const int count[] = {384, 240};
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < count[i]; j++)
            dead[i][j] *= (float)dead_decay[0];
    dead_decay[2] = dead_decay[0] != 0 ? dead_decay[2] / dead_decay[0] : 0;
    dead_decay[1] /= dead_decay[0];
    dead_decay[0] = 1;
}
