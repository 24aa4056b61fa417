/* A generated resnet8_tiny against what PyTorch computed (tests/torch/tiny.py, which says what the
 * arrays are): one line a test, `passed` or `failed`, and exit status 1 if any failed.
 *
 *   torch_vectors FILE sgd|adam|adamw
 *
 * Steps 1, 2 and 20, from PyTorch's own state. The truth is PyTorch's float64. What is computed
 * here may be off by RATIO times what PyTorch's float32 is off, tensor by tensor, in the L2 norm. A
 * tensor whose float32 is off by less than FLOOR of its norm, by luck or because it is short, may
 * be off by RATIO times that: half a unit in the last place of float32 is 6e-8, and a sum has a few
 * of them. */
#include "tensors.h"

#include "vectors.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IMAGE = MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH, STEPS = 20, SPARSE = 2048, EVERY = 5 };
static const double RATIO = 3, FLOOR = 1.2e-7;

/* The first loss is off by rounding alone, the later ones also by how far the runs have parted: an
 * activation within rounding of 0 falls to the other side of a ReLU, here and there, and its part
 * of the gradients with it. Seen at 20 steps: 2e-7 of the loss where none does, 2e-5 where one
 * does, and with five times the learning rate 1e-3, PyTorch's float32 1e-4. */
static const double FIRST_LOSS_OFF = 1e-6, LOSS_OFF = 2e-4;

static struct vectors vectors;
static const char *optimiser;
static const struct model_tensor *sorted[MODEL_TENSORS]; /* by name */
static uint8_t images[MODEL_BATCH * IMAGE];
static float targets[MODEL_BATCH * MODEL_CLASSES];
static int failures;

/* --- the file ------------------------------------------------------------------------------- */

/* What all optimisers have in common is under "all"; NULL if there is no such array. */
static const struct vector *find(int at, const char *what)
{
    const struct vector *vector = vectors_find(&vectors, "%s/%d/%s", optimiser, at, what);
    return vector ? vector : vectors_find(&vectors, "all/%d/%s", at, what);
}

static const struct vector *need(const struct vector *vector, const char *what)
{
    if (!vector) {
        printf("failed: the vectors have no %s of %s\n", what, optimiser);
        exit(1);
    }
    return vector;
}

static double value_of(const struct vector *vector, int index)
{
    if (index >= vector->count) {
        printf("failed: %s ends too early\n", vector->name);
        exit(1);
    }
    return vector->type == VECTOR_FLOAT ? (double)((const float *)vector->data)[index]
                                        : ((const double *)vector->data)[index];
}

static int compare_names(const void *a, const void *b)
{
    const struct model_tensor *const *left = a, *const *right = b;
    return strcmp((*left)->name, (*right)->name);
}

static void sort_tensors(void)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        sorted[i] = &MODEL(tensors)[i];
    }
    qsort(sorted, MODEL_TENSORS, sizeof sorted[0], compare_names);
}

/* Are all values there, or every fifth of the long tensors? */
static int is_sparse(const struct vector *vector)
{
    return vector->count < MODEL_PARAMETERS && vector->count > SPARSE;
}

static int stride_of(const struct vector *vector, const struct model_tensor *tensor)
{
    return is_sparse(vector) && tensor_count(tensor) > SPARSE ? EVERY : 1;
}

/* to[count] := the tensor's values from *next on, which moves on; 0 where there is none. */
static void take(const struct vector *vector, const struct model_tensor *tensor, int *next,
                 float *to)
{
    int count = tensor_count(tensor), stride = stride_of(vector, tensor);
    for (int i = 0; i < count; i++) {
        to[i] = i % stride == 0 ? (float)value_of(vector, (*next)++) : 0;
    }
}

/* --- images --------------------------------------------------------------------------------- */

/* The last steps of MurmurHash3. */
static uint32_t scramble(uint32_t x)
{
    x = (x ^ x >> 16) * 0x85ebca6bU;
    x = (x ^ x >> 13) * 0xc2b2ae35U;
    return x ^ x >> 16;
}

/* Image `number` of all, as the image `at` of the batch. */
static void make_image(int number, int at)
{
    int label = (int)(scramble((uint32_t)number + (1U << 24)) % MODEL_CLASSES);
    for (int i = 0; i < IMAGE; i++) {
        int c = i / (MODEL_HEIGHT * MODEL_WIDTH), y = i / MODEL_WIDTH % MODEL_HEIGHT;
        int x = i % MODEL_WIDTH;
        int pattern = ((y >> label % 4) + (x >> label % 3) + c) % 2;
        uint32_t noise = scramble((uint32_t)(number * IMAGE + i)) % 128;
        images[at * IMAGE + i] = (uint8_t)((int)noise + 64 * pattern);
    }
    for (int class = 0; class < MODEL_CLASSES; class ++) {
        targets[at * MODEL_CLASSES + class] = (float)(class == label);
    }
}

/* Images of step 1, 2, ...; returns how many. */
static int make_batch(int at)
{
    const struct vector *batches = need(vectors_find(&vectors, "batches"), "batches");
    int first = 0, batch = (at - 1) % batches->count;
    for (int i = 0; i < batch; i++) {
        first += (int)value_of(batches, i);
    }
    int n = (int)value_of(batches, batch);
    if (n < 1 || n > MODEL_BATCH) {
        printf("failed: a batch of %d\n", n);
        exit(1);
    }
    for (int i = 0; i < n; i++) {
        make_image(first + i, i);
    }
    return n;
}

/* --- state ---------------------------------------------------------------------------------- */

static struct model_hyper hyper_of(int at)
{
    struct model_hyper hyper = recipe_hyper();
    hyper.step = at;
    return hyper;
}

static void set_values(int at)
{
    static float values[MODEL_PARAMETERS];
    const struct vector *before = need(find(at, "before"), "before");
    int next = 0;
    for (int i = 0; i < MODEL_TENSORS; i++) {
        if (sorted[i]->type != MODEL_I64) {
            take(before, sorted[i], &next, values);
            tensor_set_value(sorted[i], values);
        }
    }
}

static const struct model_state *saved(const char *name)
{
    const struct model_state *state = MODEL(states);
    while (strcmp(state->name, name) != 0) {
        state++;
    }
    return state;
}

/* Memory of the optimiser, the first or the second: laid out as the parameters, one after another.
 */
static void set_state(int at, const char *what, size_t number)
{
    static float values[MODEL_PARAMETERS];
    const struct vector *state = find(at, what);
    const size_t from = saved("state")->place + number * saved("parameter")->bytes;
    const size_t apart = from - saved("parameter")->place;
    int next = 0;
    memset(MODEL(at)(context, from), 0, saved("parameter")->bytes);
    for (int i = 0; state && i < MODEL_TENSORS; i++) {
        struct model_tensor of_state = *sorted[i];
        if (of_state.trainable) {
            of_state.value += apart;
            take(state, &of_state, &next, values);
            tensor_set_value(&of_state, values);
        }
    }
}

static void set_states(int at)
{
#ifdef STATE_MOMENTUM
    set_state(at, "state0", 0);
#else
    set_state(at, "state0", 0);
    set_state(at, "state1", 1);
#endif
}

static void set_gradients(int at)
{
    static float values[MODEL_PARAMETERS];
    const struct vector *gradients = need(find(at, "gradients"), "gradients");
    int next = 0;
    for (int i = 0; i < MODEL_TENSORS; i++) {
        if (sorted[i]->trainable) {
            take(gradients, sorted[i], &next, values);
            tensor_set_gradient(sorted[i], values);
        }
    }
}

/* --- comparisons ---------------------------------------------------------------------------- */

/* What is compared: names of the arrays, and what to read of a tensor. `base` is NULL or what to
 * add to the true values: those before the step. */
struct subject {
    const char *what, *errors;
    void (*read)(const struct model_tensor *, float *);
    int is_parameter;
    const struct vector *base;
};

struct distance {
    double error, norm; /* L2: what is off, the truth */
};

static struct distance measure(const struct vector *truth, int *next, const struct vector *base,
                               int base_next, const struct model_tensor *tensor,
                               const float *values)
{
    double error = 0, norm = 0;
    int stride = stride_of(truth, tensor);
    for (int i = 0; i < tensor_count(tensor); i += stride) {
        double is_true = value_of(truth, (*next)++);
        is_true += base ? value_of(base, base_next + i) : 0;
        error += pow((double)values[i] - is_true, 2);
        norm += is_true * is_true;
    }
    return (struct distance){sqrt(error), sqrt(norm)};
}

/* One test: all tensors of a kind. */
static void compare(int at, const struct subject *subject)
{
    static float values[MODEL_PARAMETERS];
    const struct vector *truth = need(find(at, subject->what), subject->what);
    const struct vector *errors = need(find(at, subject->errors), subject->errors);
    int next = 0, base_next = 0, number = 0, has_failed = 0;
    double worst = 0;
    const char *where = "";
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = sorted[i];
        if (tensor->type != MODEL_I64 && tensor->trainable == subject->is_parameter) {
            subject->read(tensor, values);
            struct distance off = measure(truth, &next, subject->base, base_next, tensor, values);
            double single = fmax(value_of(errors, number++), FLOOR * off.norm);
            if (!(off.error <= RATIO * single)) {
                printf("    step %d, %s of %s: off by %.3g of %.3g, PyTorch by %.3g\n", at,
                       subject->what, tensor->name, off.error, off.norm, single);
                has_failed = 1;
            }
            if (off.error > worst * single) {
                worst = off.error / single;
                where = tensor->name;
            }
        }
        base_next += tensor->type == MODEL_I64 ? 0 : tensor_count(tensor);
    }
    if (next != truth->count || number != errors->count) {
        printf("    step %d, %s: the vectors are of another model\n", at, subject->what);
        has_failed = 1;
    }
    failures += has_failed;
    printf("%s step %d, %s: at most %.2f times PyTorch's error, %s\n",
           has_failed ? "failed" : "passed", at, subject->what, worst, where);
}

static void compare_step(int at)
{
    struct model_hyper hyper = hyper_of(at);
    const struct vector *before = need(find(at, "before"), "before");
    set_values(at);
    MODEL(gradients)(context, images, targets, make_batch(at), &hyper);
    compare(at, &(struct subject){"gradients", "gradient_errors", tensor_gradient, 1, NULL});
    compare(at, &(struct subject){"statistics", "statistic_errors", tensor_value, 0, NULL});
    set_values(at);
    set_states(at);
    set_gradients(at);
    MODEL(update)(context, &hyper);
    MODEL(settle)(context);
    compare(at, &(struct subject){"changes", "change_errors", tensor_value, 1, before});
}

static const struct vector *losses_of(const char *precision)
{
    const struct vector *losses = vectors_find(&vectors, "%s/%s", optimiser, precision);
    return need(losses, precision);
}

/* Twenty whole steps. */
static void compare_losses(void)
{
    const struct vector *single = losses_of("losses32"), *exact = losses_of("losses64");
    double worst = 0, single_worst = 0;
    int has_failed = 0;
    set_values(1);
    set_states(1);
    for (int at = 1; at <= STEPS; at++) {
        struct model_hyper hyper = hyper_of(at);
        double found = MODEL(step)(context, images, targets, make_batch(at), &hyper).loss;
        double is_true = value_of(exact, at - 1), by_torch = value_of(single, at - 1);
        if (!(fabs(found / is_true - 1) <= (at == 1 ? FIRST_LOSS_OFF : LOSS_OFF))) {
            printf("    step %d: loss %.9g, truly %.9g, PyTorch's float32 %.9g\n", at, found,
                   is_true, by_torch);
            has_failed = 1;
        }
        worst = fmax(worst, fabs(found / is_true - 1));
        single_worst = fmax(single_worst, fabs(by_torch / is_true - 1));
    }
    failures += has_failed;
    printf("%s losses of %d steps: off by at most %.2g of them, PyTorch by %.2g\n",
           has_failed ? "failed" : "passed", STEPS, worst, single_worst);
}

int main(int argc, char **argv)
{
    if (argc != 3 || vectors_read(&vectors, argv[1]) || context_open(NULL)) {
        printf("failed: torch_vectors FILE sgd|adam|adamw\n");
        return 1;
    }
    optimiser = argv[2];
    sort_tensors();
    compare_step(1);
    compare_step(2);
    compare_step(20);
    compare_losses();
    vectors_free(&vectors);
    return failures > 0;
}
