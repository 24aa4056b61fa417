/* Whole training steps for test_freeze.py and test_even_kernels.py: the model starts from given
 * values of all its tensors and steps through given batches with the recipe of its spec.
 *
 *   steps FILE      named arrays (tests/torch/vectors.py):
 *     start/NAME              every tensor, counters too
 *     images, targets         of all steps, a full batch each: bytes, and a row of floats an image
 *
 * A line `loss NUMBER` a step, then a line a tensor: NAME NUMBER... in PyTorch's order. */
#include "../generated/tensors.h"

#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    BATCH_BYTES = MODEL_BATCH * MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH,
    BATCH_TARGETS = MODEL_BATCH * MODEL_CLASSES,
    LONGEST = 1 << 16
};

static struct vectors vectors;

static const struct vector *need(const struct vector *vector, const char *name,
                                 enum vector_type type)
{
    if (!vector || vector->type != type) {
        fprintf(stderr, "steps: no %s, or of another type\n", name);
        exit(1);
    }
    return vector;
}

static void set_start(void)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        const struct vector *start =
            need(vectors_find(&vectors, "start/%s", tensor->name), tensor->name, VECTOR_FLOAT);
        if (start->count != tensor_count(tensor) || start->count > LONGEST) {
            fprintf(stderr, "steps: %s has another size\n", tensor->name);
            exit(1);
        }
        tensor_set_value(tensor, start->data);
    }
}

static void print_tensors(void)
{
    static float values[LONGEST];
    MODEL(settle)(context);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        tensor_value(tensor, values);
        printf("%s", tensor->name);
        for (int k = 0; k < tensor_count(tensor); k++) {
            printf(" %.9g", (double)values[k]);
        }
        printf("\n");
    }
}

int main(int argc, char **argv)
{
    if (argc != 2 || vectors_read(&vectors, argv[1]) || context_open(NULL)) {
        fprintf(stderr, "steps: give a file of arrays\n");
        return 1;
    }
    const struct vector *images = need(vectors_find(&vectors, "images"), "images", VECTOR_UINT8);
    const struct vector *targets = need(vectors_find(&vectors, "targets"), "targets", VECTOR_FLOAT);
    struct model_hyper hyper = recipe_hyper();
    set_start();
    for (int i = 0; i < images->count / BATCH_BYTES; i++) {
        hyper.frozen = recipe_frozen(hyper.step);
        hyper.step++;
        printf("loss %.17g\n",
               MODEL(step)(context, (const uint8_t *)images->data + (size_t)i * BATCH_BYTES,
                           (const float *)targets->data + (size_t)i * BATCH_TARGETS, MODEL_BATCH,
                           &hyper)
                   .loss);
    }
    print_tensors();
    vectors_free(&vectors);
    return 0;
}
