/* A generated model against the reference library that runs its record.
 *
 *   compare [SEED] [TIMES]     floors are TIMES as high: of a model that multiplies bf16
 *
 * Links the generated files, the record as a table (tests/oracle/emit_oracle.lua) and the reference
 * library twice: as double, the truth, and as float. For a full batch, a partial one and the
 * smallest legal one, each in a process of its own: random weights, images and targets; then
 * evaluation, and steps whose loss, logits, gradients, running statistics and new parameters must
 * be the truth's, and finite differences of the loss along the gradient. Prints one line for each
 * that is not. Exits with 1 if there is any.
 *
 * How near is near enough? Float arithmetic errs the more, the worse the condition of a network
 * (batch norms of few values). So the distance to the truth may be the largest of
 *
 *   - a floor: some units in the last place of the truth's norm (for gradients 2e-5 = 170 units;
 *     usual are 1e-6);
 *   - of a gradient, a few units of the terms that it sums up, which may cancel;
 *   - twenty times the farthest of a few naive float runs, with weights moved by up to one unit:
 *     they round otherwise than the model, but suffer from the same condition. */
#include "tensors.h"

#include "../reference/network.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern const struct network oracle;

enum { IMAGE = MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH, STEPS = 3, SINGLE_RUNS = 3 };

static const double loss_floor = 2e-6, logits_floor = 2e-5, gradient_floor = 2e-5;
static const double terms_floor = 3e-7, statistics_floor = 5e-6, noise_factor = 20;

/* A step of the optimiser is compared by what it changes, which float parameters round at their own
 * size: so much of the change plus so much of the parameter, in norms; or twenty times what the
 * float reference makes of it. */
static const double change_floor = 1e-4, parameter_floor = 2e-7;

/* What the floors of all that forward and backward compute are multiplied by. Beyond 1, hits and
 * finite differences, which depend on the last bits, are left out. */
static double coarseness = 1;

/* A ReLU's input or a pool's runner-up nearer than this (reference_margin) could fall on the other
 * side in float; such batches are drawn anew. */
static const double least_margin = 2e-5;

/* How far naive float runs end from the truth, as distances. */
struct noise {
    double loss, logits, value[MODEL_TENSORS], gradient[MODEL_TENSORS];
};

struct comparison {
    int n; /* images */
    int step;
    int failures;
    struct reference *truth, *single;
    struct noise noise;
    uint8_t images[MODEL_BATCH * IMAGE];
    float targets[MODEL_BATCH * MODEL_CLASSES];
    struct model_hyper hyper;
};

/* --- reports --------------------------------------------------------------------------------- */

static void fail(struct comparison *c, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("    n = %d, step %d: ", c->n, c->step);
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    c->failures++;
}

static double norm(const double *x, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += x[i] * x[i];
    }
    return sqrt(sum);
}

static double distance(const double *a, const double *b, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sqrt(sum);
}

/* Fails unless ours is within `allowed` of the truth. */
static void expect_near(struct comparison *c, const char *what, const char *name,
                        const double *ours, const double *truth, int count, double allowed)
{
    double size = norm(truth, count), error = distance(ours, truth, count);
    if (!(error <= allowed)) {
        fail(c, "%s %s: off by %.3g, allowed %.3g, norm %.3g", what, name, error, allowed, size);
    }
}

static double *to_double(const float *from, int count)
{
    double *to = malloc((size_t)count * sizeof *to);
    for (int i = 0; i < count; i++) {
        to[i] = from[i];
    }
    return to;
}

/* --- random inputs --------------------------------------------------------------------------- */

static uint64_t random_state;

/* SplitMix64 */
static uint64_t next_bits(void)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* Uniform in [-1, 1) */
static float next_random(void)
{
    return (float)(next_bits() >> 40) / 8388608.0f - 1;
}

static int ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static int has_op(enum network_op op)
{
    for (int i = 0; i < oracle.count; i++) {
        if (oracle.nodes[i].op == op) {
            return 1;
        }
    }
    return 0;
}

/* Weights that keep the size of activations, scales and variances in 0.5 .. 1.5. Where there is a
 * max-pool, the first filter of a convolution is 0: windows full of ties. */
static void draw_tensor(const struct model_tensor *tensor)
{
    int count = tensor_count(tensor);
    float *values = malloc((size_t)count * sizeof *values);
    float spread = 0.5f, centre = 0;
    if (tensor->rank > 1) {
        spread = sqrtf(6.0f * (float)tensor->dims[0] / (float)count);
    } else if (ends_with(tensor->name, ".running_var") || tensor->init == MODEL_ONES) {
        centre = 1;
    }
    for (int i = 0; i < count; i++) {
        values[i] = centre + spread * next_random();
    }
    if (tensor->rank == 4 && has_op(NETWORK_MAX_POOL)) {
        memset(values, 0, (size_t)(count / tensor->dims[0]) * sizeof *values);
    }
    if (tensor->type == MODEL_I64) {
        *values = 41;
    }
    tensor_set_value(tensor, values);
    free(values);
}

/* One-hot targets, or (every second step) any rows that sum to 1. */
static void draw_targets(struct comparison *c)
{
    for (int i = 0; i < c->n; i++) {
        float *row = c->targets + (ptrdiff_t)i * MODEL_CLASSES;
        int a = (int)(next_bits() % MODEL_CLASSES), b = (int)(next_bits() % MODEL_CLASSES);
        float part = c->step % 2 ? 1 : 0.625f;
        memset(row, 0, MODEL_CLASSES * sizeof *row);
        row[a] += part;
        row[b] += 1 - part;
    }
}

static void draw_batch(struct comparison *c)
{
    for (int i = 0; i < c->n * IMAGE; i++) {
        c->images[i] = (uint8_t)(next_bits() >> 56);
    }
    draw_targets(c);
}

/* --- the model's tensors and the reference's ------------------------------------------------- */

/* Gives a reference the model's values; those of floats moved by up to `units` in the last place.
 */
static void copy_values(const struct reference_library *library, struct reference *r, float units)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        int count = tensor_count(tensor);
        float *values = malloc((size_t)count * sizeof *values);
        tensor_value(tensor, values);
        for (int k = 0; k < count && tensor->type != MODEL_I64; k++) {
            values[k] *= 1 + units * FLT_EPSILON * next_random();
        }
        library->set(r, library->find(r, tensor->name), REFERENCE_VALUE, values);
        free(values);
    }
}

/* Gives a reference the model's gradients, so that updates are compared apart from them. */
static void copy_gradients(const struct reference_library *library, struct reference *r)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        if (tensor->gradient) {
            float *values = malloc((size_t)tensor_count(tensor) * sizeof *values);
            tensor_gradient(tensor, values);
            library->set(r, library->find(r, tensor->name), REFERENCE_GRADIENT, values);
            free(values);
        }
    }
}

static double tensor_distance(const struct comparison *c, int tensor, enum reference_part part)
{
    int count = reference_double.count(c->truth, tensor);
    double *truth = malloc((size_t)count * sizeof *truth);
    double *single = malloc((size_t)count * sizeof *single);
    reference_double.get(c->truth, tensor, part, truth);
    reference_single.get(c->single, tensor, part, single);
    double result = distance(single, truth, count);
    free(truth);
    free(single);
    return result;
}

static double logits_distance(const struct comparison *c)
{
    static double truth[MODEL_BATCH * MODEL_CLASSES], single[MODEL_BATCH * MODEL_CLASSES];
    reference_double.logits(c->truth, truth);
    reference_single.logits(c->single, single);
    return distance(truth, single, c->n * MODEL_CLASSES);
}

/* Runs `run` of the float reference some times beside the truth's, whose loss is given. */
static void measure_noise(struct comparison *c, double loss,
                          double (*run)(struct reference *, const uint8_t *, const float *, int))
{
    struct noise *noise = &c->noise;
    *noise = (struct noise){0};
    for (int i = 0; i < SINGLE_RUNS; i++) {
        copy_values(&reference_single, c->single, i > 0);
        double single = run(c->single, c->images, c->targets, c->n);
        noise->loss = fmax(noise->loss, fabs(single - loss));
        noise->logits = fmax(noise->logits, logits_distance(c));
        for (int k = 0; k < MODEL_TENSORS; k++) {
            noise->value[k] = fmax(noise->value[k], tensor_distance(c, k, REFERENCE_VALUE));
            noise->gradient[k] =
                fmax(noise->gradient[k], tensor_distance(c, k, REFERENCE_GRADIENT));
        }
    }
}

/* Compares a gradient of the model, or a value. */
static void compare_tensor(struct comparison *c, const char *what,
                           const struct model_tensor *tensor, enum reference_part part)
{
    int count = tensor_count(tensor), index = reference_double.find(c->truth, tensor->name);
    float *values = malloc((size_t)count * sizeof *values);
    double *truth = malloc((size_t)count * sizeof *truth);
    double allowed = 0;
    reference_double.get(c->truth, index, part, truth);
    if (part == REFERENCE_GRADIENT) {
        tensor_gradient(tensor, values);
        allowed = fmax(coarseness * gradient_floor * norm(truth, count),
                       coarseness * terms_floor * reference_double.scale(c->truth, index));
        allowed = fmax(allowed, noise_factor * c->noise.gradient[index]);
    } else {
        tensor_value(tensor, values);
        allowed = fmax(coarseness * statistics_floor * norm(truth, count),
                       noise_factor * c->noise.value[index]);
    }
    double *ours = to_double(values, count);
    expect_near(c, what, tensor->name, ours, truth, count, tensor->type == MODEL_I64 ? 0 : allowed);
    free(values);
    free(ours);
    free(truth);
}

/* Both tables hold the same names and counts, and the same parameters are trained. */
static void compare_tables(struct comparison *c)
{
    if (MODEL_TENSORS != reference_double.tensors(c->truth)) {
        fail(c, "%d tensors, the record has %d", MODEL_TENSORS, reference_double.tensors(c->truth));
    }
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        int index = reference_double.find(c->truth, tensor->name);
        if (index < 0 || reference_double.count(c->truth, index) != tensor_count(tensor)) {
            printf("    tensor %s: not in the record, or of another size\n", tensor->name);
            exit(1);
        }
        if (reference_double.is_trained(c->truth, index) != (tensor->gradient != 0)) {
            fail(c, "tensor %s: trainable or not?", tensor->name);
        }
    }
}

/* --- forward and backward -------------------------------------------------------------------- */

static int index_of_largest(const double *x, int count)
{
    int best = 0;
    for (int i = 1; i < count; i++) {
        best = x[i] > x[best] ? i : best;
    }
    return best;
}

static int count_hits(const struct comparison *c, const double *logits)
{
    int hits = 0;
    for (int i = 0; i < c->n; i++) {
        double *targets = to_double(c->targets + (ptrdiff_t)i * MODEL_CLASSES, MODEL_CLASSES);
        const double *row = logits + (ptrdiff_t)i * MODEL_CLASSES;
        int answer = index_of_largest(row, MODEL_CLASSES);
        hits += answer == index_of_largest(targets, MODEL_CLASSES);
        free(targets);
    }
    return hits;
}

static void compare_result(struct comparison *c, const char *what, struct model_result result,
                           double loss)
{
    static double truth[MODEL_BATCH * MODEL_CLASSES];
    int count = c->n * MODEL_CLASSES;
    double *ours = to_double(MODEL(logits)(context), count);
    reference_double.logits(c->truth, truth);
    expect_near(c, what, "loss", &result.loss, &loss, 1,
                fmax(coarseness * loss_floor * (1 + loss), noise_factor * c->noise.loss));
    expect_near(
        c, what, "logits", ours, truth, count,
        fmax(coarseness * logits_floor * norm(truth, count), noise_factor * c->noise.logits));
    if (coarseness == 1 && result.correct != count_hits(c, truth)) {
        fail(c, "%s: %d correct, not %d", what, result.correct, count_hits(c, truth));
    }
    free(ours);
}

static float *values_before[MODEL_TENSORS];

static void remember_values(void)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        values_before[i] = malloc((size_t)tensor_count(tensor) * sizeof(float));
        tensor_value(tensor, values_before[i]);
    }
}

static void forget_values(void)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        free(values_before[i]);
    }
}

static void expect_same_value(struct comparison *c, const char *what, int index)
{
    const struct model_tensor *tensor = &MODEL(tensors)[index];
    int count = tensor_count(tensor);
    float *values = malloc((size_t)count * sizeof *values);
    tensor_value(tensor, values);
    if (memcmp(values, values_before[index], (size_t)count * sizeof *values) != 0) {
        fail(c, "%s changes %s", what, tensor->name);
    }
    free(values);
}

static void expect_same_values(struct comparison *c)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        expect_same_value(c, "evaluation", i);
    }
}

static void compare_evaluation(struct comparison *c)
{
    draw_batch(c);
    remember_values();
    copy_values(&reference_double, c->truth, 0);
    double loss = reference_double.evaluate(c->truth, c->images, c->targets, c->n);
    measure_noise(c, loss, reference_single.evaluate);
    struct model_result result = MODEL(evaluate)(context, c->images, c->targets, c->n);
    compare_result(c, "evaluation's", result, loss);
    expect_same_values(c);
    forget_values();
}

/* A batch away from kinks, where there is one; leaves the references after forward and backward.
 * Returns the truth's loss. */
static double draw_smooth_batch(struct comparison *c)
{
    uint64_t best_state = random_state;
    double best = -1;
    for (int attempt = 0; attempt < 10 && best < least_margin; attempt++) {
        uint64_t begin = random_state;
        draw_batch(c);
        copy_values(&reference_double, c->truth, 0);
        reference_double.gradients(c->truth, c->images, c->targets, c->n);
        double margin = reference_double.margin(c->truth);
        if (margin > best) {
            best = margin;
            best_state = begin;
        }
    }
    random_state = best_state;
    draw_batch(c);
    copy_values(&reference_double, c->truth, 0);
    return reference_double.gradients(c->truth, c->images, c->targets, c->n);
}

static void compare_gradients(struct comparison *c)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        if (tensor->gradient) {
            compare_tensor(c, "gradient of", tensor, REFERENCE_GRADIENT);
        }
    }
}

static void compare_statistics(struct comparison *c)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        if (!tensor->gradient) {
            compare_tensor(c, "statistic", tensor, REFERENCE_VALUE);
        }
    }
}

/* --- updates --------------------------------------------------------------------------------- */

/* The hyperparameters of the next step, with a learning rate and a momentum that move. */
static void next_hyper(struct comparison *c)
{
    static const double lr_factor[] = {1, 0.5, 2}, momentum_factor[] = {1, 0.9, 0.95};
    struct model_hyper first = recipe_hyper();
    int64_t step = ++c->hyper.step;
    c->hyper.lr = first.lr * lr_factor[step % 3];
    c->hyper.momentum = first.momentum * momentum_factor[step % 3];
    c->hyper.beta1 = first.beta1 * momentum_factor[step % 3];
}

/* Of a parameter, or of its moving average where the model has exchanged them. */
static void compare_change(struct comparison *c, const char *what,
                           const struct model_tensor *tensor, enum reference_part part,
                           const float *before)
{
    int count = tensor_count(tensor), index = reference_double.find(c->truth, tensor->name);
    float *after = malloc((size_t)count * sizeof *after);
    double *truth = malloc((size_t)count * sizeof *truth);
    tensor_value(tensor, after);
    reference_double.get(c->truth, index, part, truth);
    double *ours = to_double(after, count), *start = to_double(before, count);
    double change = distance(truth, start, count), size = norm(start, count);
    double allowed = fmax(change_floor * change + parameter_floor * size,
                          noise_factor * tensor_distance(c, index, part));
    double error = distance(ours, truth, count);
    if (!(error <= allowed)) {
        fail(c, "%s of %s: off by %.3g, allowed %.3g, changed by %.3g, norm %.3g", what,
             tensor->name, error, allowed, change, size);
    }
    free(after);
    free(truth);
    free(ours);
    free(start);
}

static int is_frozen(const struct comparison *c, const struct model_tensor *tensor)
{
    return reference_double.is_frozen(c->truth, reference_double.find(c->truth, tensor->name));
}

#if MODEL_EMA
static float *averages[MODEL_TENSORS];

/* What no gradient reaches, averaged step by step from the values that the model has; what is
 * frozen is its own average. */
static void follow_untrained(const struct comparison *c)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        int is_copied = c->hyper.step == 1 || is_frozen(c, tensor);
        int count = tensor_count(tensor);
        float *values = malloc((size_t)count * sizeof *values);
        tensor_value(tensor, values);
        averages[i] = averages[i] ? averages[i] : calloc((size_t)count, sizeof(float));
        for (int k = 0; k < count; k++) {
            float kept = averages[i][k] * (float)c->hyper.ema_decay;
            float after = kept + values[k] * (float)(1 - c->hyper.ema_decay);
            averages[i][k] = is_copied                   ? values[k]
                             : tensor->type == MODEL_I64 ? truncf(after)
                                                         : after;
        }
        free(values);
    }
}

static void compare_untrained(struct comparison *c, const struct model_tensor *tensor,
                              const float *average)
{
    int count = tensor_count(tensor);
    float *values = malloc((size_t)count * sizeof *values);
    tensor_value(tensor, values);
    double *ours = to_double(values, count), *truth = to_double(average, count);
    expect_near(c, "average of", tensor->name, ours, truth, count,
                tensor->type == MODEL_I64 ? 0 : statistics_floor * norm(truth, count));
    free(values);
    free(ours);
    free(truth);
}

/* Moving averages, exchanged with the values and back; then the values are what they were, but for
 * the rounding of dead taps, which are brought up to date anew. */
static void compare_averages(struct comparison *c)
{
    float *before[MODEL_TENSORS];
    for (int i = 0; i < MODEL_TENSORS; i++) {
        before[i] = values_before[i];
    }
    remember_values();
    MODEL(swap_average)(context);
    MODEL(settle)(context);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        if (tensor->gradient) {
            compare_change(c, "average", tensor, REFERENCE_AVERAGE, before[i]);
        } else {
            compare_untrained(c, tensor, averages[i]);
        }
    }
    MODEL(swap_average)(context);
    MODEL(settle)(context);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        compare_untrained(c, &MODEL(tensors)[i], values_before[i]);
        free(values_before[i]);
        values_before[i] = before[i];
    }
}
#endif

/* Parameters as the truth has them, given where both started (remember_values). What the record
 * freezes, running statistics included, has not moved by a bit. */
static void compare_changes(struct comparison *c)
{
    MODEL(settle)(context);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        if (tensor->gradient) {
            compare_change(c, "update", tensor, REFERENCE_VALUE, values_before[i]);
        } else if (is_frozen(c, tensor)) {
            expect_same_value(c, "a step", i);
        }
    }
#if MODEL_EMA
    compare_averages(c);
#endif
    forget_values();
}

/* The step of the optimiser that the model makes, too. */
static void update_references(struct comparison *c)
{
    copy_gradients(&reference_double, c->truth);
    copy_gradients(&reference_single, c->single);
    const enum network_rule rule = oracle.optimizer.rule;
    const int has_betas = rule == NETWORK_ADAM || rule == NETWORK_ADAMW || rule == NETWORK_LION;
    const double momentum = has_betas ? c->hyper.beta1 : c->hyper.momentum;
    const int64_t step = c->hyper.step, steps = c->hyper.steps;
    reference_double.update(c->truth, step, steps, c->hyper.lr, momentum);
    reference_single.update(c->single, step, steps, c->hyper.lr, momentum);
#if MODEL_EMA
    follow_untrained(c);
#endif
}

/* One step by gradients() and update(), or (the last) by step(). */
static void compare_step(struct comparison *c)
{
    int is_whole = c->step == STEPS;
    next_hyper(c);
    double loss = draw_smooth_batch(c);
    measure_noise(c, loss, reference_single.gradients);
    copy_values(&reference_single, c->single, 0);
    remember_values();
    struct model_result result = (is_whole ? MODEL(step) : MODEL(gradients))(
        context, c->images, c->targets, c->n, &c->hyper);
    if (!network_is_random(&oracle)) {
        compare_result(c, "training's", result, loss);
        compare_gradients(c);
        compare_statistics(c);
    }
    if (!is_whole) {
        MODEL(update)(context, &c->hyper);
    }
    update_references(c);
    compare_changes(c);
}

/* Several updates before anybody reads: what is put off for dead taps must add up. */
static void compare_many_updates(struct comparison *c)
{
    copy_values(&reference_double, c->truth, 0);
    copy_values(&reference_single, c->single, 0);
    remember_values();
    for (int i = 0; i < 4; i++) {
        next_hyper(c);
        MODEL(update)(context, &c->hyper);
        update_references(c);
    }
    compare_changes(c);
}

/* --- dropout --------------------------------------------------------------------------------- */

/* Mean and variance of the logits over many masks against those of a sum of independent terms
 * w x that are there with probability 1 - p and then w x / (1 - p) each: w x and (w x)^2 p / (1 -
 * p). What is random here is the mask, which depends on the step. */
static void compare_dropout(struct comparison *c)
{
    enum { DRAWS = 40000 };
    static double sum[MODEL_BATCH * MODEL_CLASSES], squares[MODEL_BATCH * MODEL_CLASSES];
    static double mean[MODEL_BATCH * MODEL_CLASSES], variance[MODEL_BATCH * MODEL_CLASSES];
    int count = c->n * MODEL_CLASSES;
    draw_batch(c);
    copy_values(&reference_double, c->truth, 0);
    reference_double.gradients(c->truth, c->images, c->targets, c->n);
    reference_double.dropout_moments(c->truth, mean, variance);
    for (int draw = 0; draw < DRAWS; draw++) {
        c->hyper.step++;
        MODEL(gradients)(context, c->images, c->targets, c->n, &c->hyper);
        for (int i = 0; i < count; i++) {
            double off = (double)MODEL(logits)(context)[i] - mean[i];
            sum[i] += off;
            squares[i] += off * off;
        }
    }
    for (int i = 0; i < count; i++) {
        double bias = sum[i] / DRAWS, ratio = squares[i] / DRAWS / variance[i];
        if (fabs(bias) > 5 * sqrt(variance[i] / DRAWS) || fabs(ratio - 1) > 0.15) {
            fail(c,
                 "dropout: logit %d is %.3g off on average, its variance %.3g of what it should be",
                 i, bias, ratio);
        }
    }
}

/* --- finite differences ---------------------------------------------------------------------- */

/* Moves all trained tensors by `by` along the direction. */
static void move_along(float *const *direction, float by)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        int count = tensor_count(tensor);
        float *values = malloc((size_t)count * sizeof *values);
        for (int k = 0; direction[i] && k < count; k++) {
            values[k] = values_before[i][k] + by * direction[i][k];
        }
        if (direction[i]) {
            tensor_set_value(tensor, values);
        }
        free(values);
    }
}

/* A direction in which the loss rises: the gradient, each value times its own random factor in
 * [0, 2). Returns the slope that the gradient promises. */
static double draw_direction(float **direction)
{
    double slope = 0;
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        direction[i] = NULL;
        if (tensor->gradient) {
            int count = tensor_count(tensor);
            direction[i] = malloc((size_t)count * sizeof(float));
            tensor_gradient(tensor, direction[i]);
            for (int k = 0; k < count; k++) {
                float gradient = direction[i][k];
                direction[i][k] *= next_random() + 1;
                slope += (double)gradient * (double)direction[i][k];
            }
        }
    }
    return slope;
}

static double loss_of_model(struct comparison *c)
{
    return MODEL(gradients)(context, c->images, c->targets, c->n, &c->hyper).loss;
}

static double loss_of_truth(struct comparison *c)
{
    copy_values(&reference_double, c->truth, 0);
    return reference_double.gradients(c->truth, c->images, c->targets, c->n);
}

/* The central difference of a loss over 2 h along the direction, relative to the slope, less 1. */
static double difference_error(struct comparison *c, double (*loss)(struct comparison *),
                               float *const *direction, float h, double slope)
{
    move_along(direction, h);
    double above = loss(c);
    move_along(direction, -h);
    double below = loss(c);
    move_along(direction, 0);
    return fabs((above - below) / (2 * (double)h * slope) - 1);
}

/* Steps that change the loss by 1 % and less, until the loss is straight enough for the truth, if
 * there is one; a network with dropout is tried at all of them. */
static void compare_differences(struct comparison *c)
{
    float *direction[MODEL_TENSORS];
    draw_smooth_batch(c);
    double loss = loss_of_model(c), error = INFINITY;
    remember_values();
    double slope = draw_direction(direction);
    int is_steep = slope > 1e-6 && loss > 1e-2; /* else there is nothing to see in float */
    int is_random = network_is_random(&oracle), is_straight = is_random;
    for (double change = 1e-2; change > 1e-4 && error > 0.1 && is_steep; change /= 4) {
        float h = (float)(change * loss / slope);
        if (is_random || difference_error(c, loss_of_truth, direction, h, slope) < 0.05) {
            is_straight = 1;
            error = fmin(error, difference_error(c, loss_of_model, direction, h, slope));
        }
    }
    if (error > 0.1 && is_steep && is_straight) {
        fail(c, "differences of the loss are %.3g away from its gradient", error);
    }
    for (int i = 0; i < MODEL_TENSORS; i++) {
        free(direction[i]);
    }
    forget_values();
}

/* --- all of it ------------------------------------------------------------------------------- */

/* A full batch first, so that what a partial one must not see is not 0. */
static void leave_traces(struct comparison *c)
{
    int n = c->n;
    c->n = MODEL_BATCH;
    draw_batch(c);
    MODEL(gradients)(context, c->images, c->targets, c->n, &c->hyper);
    MODEL(evaluate)(context, c->images, c->targets, c->n);
    c->n = n;
    for (int i = 0; i < MODEL_TENSORS; i++) {
        draw_tensor(&MODEL(tensors)[i]);
    }
}

static int compare_size(int n, uint64_t seed)
{
    static struct comparison c;
    random_state = seed * 1000 + (uint64_t)n;
    c.n = n;
    c.truth = reference_double.open(&oracle);
    c.single = reference_single.open(&oracle);
    if (context_open(NULL)) {
        printf("    open failed\n");
        return 1;
    }
    compare_tables(&c);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        draw_tensor(&MODEL(tensors)[i]);
    }
    c.hyper = recipe_hyper();
    c.hyper.steps = STEPS + 1; /* then a few more, as of a run that was made longer */
    leave_traces(&c);
    compare_evaluation(&c);
    for (c.step = 1; c.step <= STEPS; c.step++) {
        compare_step(&c);
    }
    compare_many_updates(&c);
    compare_evaluation(&c);
    if (network_last_dropout(&oracle) >= 0) {
        compare_dropout(&c);
    }
    if (coarseness == 1) {
        compare_differences(&c);
    }
    reference_double.close(c.truth);
    reference_single.close(c.single);
    return c.failures > 0;
}

/* compare_size() in a child, for a model has one state. */
static int compare_apart(int n, uint64_t seed)
{
    int status = 1;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        exit(compare_size(n, seed));
    }
    if (child < 0 || waitpid(child, &status, 0) < 0) {
        perror("compare");
        exit(1);
    }
    if (WIFSIGNALED(status)) {
        printf("    n = %d: killed by signal %d\n", n, WTERMSIG(status));
    }
    return status != 0;
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    coarseness = argc > 2 ? strtod(argv[2], NULL) : 1;
    int smallest = network_smallest_batch(&oracle), partial = (MODEL_BATCH + smallest) / 2;
    int failed = compare_apart(MODEL_BATCH, seed);
    if (partial > smallest && partial < MODEL_BATCH) {
        failed |= compare_apart(partial, seed);
    }
    if (smallest < MODEL_BATCH) {
        failed |= compare_apart(smallest, seed);
    }
    return failed;
}
