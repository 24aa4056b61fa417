/* Replays updates for test_words.py: gradients, running statistics and counters are given for each
 * step, parameters and averages are what the model makes of them.
 *
 *   update FILE      named arrays (tests/torch/vectors.py):
 *     lr                      of each step, 1 to its count
 *     start/NAME              all tensors
 *     STEP/gradient/NAME      of parameters
 *     STEP/value/NAME         running statistics and counters
 *     shown                   steps after which all tensors are printed
 *
 * A line a tensor: STEP value|average NAME NUMBER... in PyTorch's order. */
#include "../generated/tensors.h"

#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>

enum { LONGEST = 1 << 16 };

static struct vectors vectors;

static const struct vector *need(const struct vector *vector, const char *what)
{
    if (!vector || vector->count > LONGEST) {
        fprintf(stderr, "update: no %s, or too long\n", what);
        exit(1);
    }
    return vector;
}

static void set_start(void)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        tensor_set_value(
            tensor, need(vectors_find(&vectors, "start/%s", tensor->name), tensor->name)->data);
    }
}

/* What a first step does before it computes anything; gradients and statistics are then replaced.
 */
static void begin(void)
{
    static const uint8_t images[MODEL_BATCH * MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH];
    static const float targets[MODEL_BATCH * MODEL_CLASSES];
    struct model_hyper hyper = recipe_hyper();
    hyper.step = 1;
    MODEL(gradients)(context, images, targets, MODEL_BATCH, &hyper);
}

static void set_step(int step)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        const char *what = tensor->trainable ? "gradient" : "value";
        const float *given =
            need(vectors_find(&vectors, "%d/%s/%s", step, what, tensor->name), tensor->name)->data;
        (tensor->trainable ? tensor_set_gradient : tensor_set_value)(tensor, given);
    }
}

static void print_tensors(int step, const char *what)
{
    static float values[LONGEST];
    MODEL(settle)(context);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        tensor_value(tensor, values);
        printf("%d %s %s", step, what, tensor->name);
        for (int k = 0; k < tensor_count(tensor); k++) {
            printf(" %.9g", (double)values[k]);
        }
        printf("\n");
    }
}

static void show(int step)
{
    print_tensors(step, "value");
#if MODEL_EMA
    MODEL(swap_average)(context);
    print_tensors(step, "average");
    MODEL(swap_average)(context);
#endif
}

static void replay(int step, int steps, double lr)
{
    struct model_hyper hyper = recipe_hyper();
    hyper.lr = lr;
    hyper.step = step;
    hyper.steps = steps;
    hyper.frozen = recipe_frozen(step - 1);
    set_step(step);
    MODEL(update)(context, &hyper);
}

int main(int argc, char **argv)
{
    if (argc != 2 || vectors_read(&vectors, argv[1]) || context_open(NULL)) {
        fprintf(stderr, "update: give a file of arrays\n");
        return 1;
    }
    const struct vector *lr = need(vectors_find(&vectors, "lr"), "lr");
    const struct vector *shown = need(vectors_find(&vectors, "shown"), "shown");
    set_start();
    begin();
    for (int step = 1; step <= lr->count; step++) {
        replay(step, lr->count, ((const double *)lr->data)[step - 1]);
        for (int i = 0; i < shown->count; i++) {
            if ((int)((const double *)shown->data)[i] == step) {
                show(step);
            }
        }
    }
    vectors_free(&vectors);
    return 0;
}
