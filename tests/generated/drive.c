#include "drive.h"

#include "tensors.h"

#include <stdio.h>
#include <stdlib.h>

enum { IMAGE = MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH };

static uint8_t images[(size_t)MODEL_BATCH * IMAGE];
static float targets[(size_t)MODEL_BATCH * MODEL_CLASSES];
static struct model_hyper hyper;
static uint64_t random_state = 1;

/* xorshift64* (Marsaglia 2003, Vigna 2016): 32 bits. */
static uint32_t next_random(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (uint32_t)((random_state * 0x2545f4914f6cdd1du) >> 32);
}

/* A value of `init`; what PyTorch draws from a normal distribution is uniform here, of the same
 * deviation, and so is a weight that starts with zeros, which would hide what is wrong. */
static float first_value(const struct model_tensor *tensor)
{
    float uniform = (float)next_random() / 2147483648.0F - 1;
    switch (tensor->init) {
    case MODEL_ONES:
        return 1;
    case MODEL_NORMAL:
        return 1.7320508F * tensor->scale * uniform;
    case MODEL_UNIFORM:
        return tensor->scale * uniform;
    default:
        return tensor->rank > 1 ? 0.3F * uniform : 0;
    }
}

void drive_start(void)
{
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        int count = tensor_count(tensor);
        float *values = malloc((size_t)count * sizeof *values);
        for (int k = 0; tensor->type != MODEL_I64 && k < count; k++) {
            values[k] = first_value(tensor);
        }
        if (tensor->type != MODEL_I64) {
            tensor_set_value(tensor, values);
        }
        free(values);
    }
    hyper = recipe_hyper();
}

static void draw_images(int n)
{
    for (int i = 0; i < n * IMAGE; i++) {
        images[i] = (uint8_t)next_random();
    }
    for (int i = 0; i < n; i++) {
        int label = (int)(next_random() % MODEL_CLASSES);
        for (int class = 0; class < MODEL_CLASSES; class ++) {
            targets[i * MODEL_CLASSES + class] = (float)(class == label);
        }
    }
}

struct model_result drive_step(int n)
{
    draw_images(n);
    hyper.step++;
    return MODEL(step)(context, images, targets, n, &hyper);
}

struct model_result drive_evaluate(int n)
{
    draw_images(n);
    return MODEL(evaluate)(context, images, targets, n);
}

/* FNV-1a */
static uint64_t checksum(const void *bytes, size_t size)
{
    uint64_t sum = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++) {
        sum = (sum ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
    }
    return sum;
}

void drive_print(void)
{
    MODEL(settle)(context);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        size_t size = (size_t)tensor_count(tensor) * sizeof(float);
        float *values = malloc(size);
        if (tensor->type == MODEL_I64) {
            printf("%s %lld\n", tensor->name, (long long)*(int64_t *)context_value(tensor));
        } else {
            tensor_value(tensor, values);
            printf("%s %016llx", tensor->name, (unsigned long long)checksum(values, size));
            if (tensor->gradient) {
                tensor_gradient(tensor, values);
                printf(" %016llx", (unsigned long long)checksum(values, size));
            }
            printf("\n");
        }
        free(values);
    }
}
