/* Trains resnet8_mcu for some steps on images that are linked in, and prints the bits of each loss,
 * of the logits of the first images afterwards, and a sum of those of the weights. */
#include <string.h>

#include "board.h"
#include "resnet8_mcu.h"

enum { STEPS = 20, BATCH = RESNET8_MCU_BATCH, IMAGE_BYTES = RECORD_BYTES - 1 };

static _Alignas(RESNET8_MCU_ALIGNMENT) unsigned char memory[RESNET8_MCU_BYTES];
static uint8_t images[BATCH * IMAGE_BYTES], labels[BATCH];

static uint32_t bits_of(float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void make_batch(int first)
{
    for (int i = 0; i < BATCH; i++) {
        const unsigned char *record = records + (first + i) * RECORD_BYTES;

        labels[i] = record[0];
        memcpy(images + i * IMAGE_BYTES, record + 1, IMAGE_BYTES);
    }
}

static void say_loss(double loss)
{
    uint64_t bits;

    memcpy(&bits, &loss, sizeof bits);
    say_number("loss", (uint32_t)(bits >> 32), 0);
    say_number("", (uint32_t)bits, 1);
}

/* FNV-1a over the bits of all values but counters. */
static uint32_t sum_of_weights(struct resnet8_mcu *network)
{
    uint32_t sum = 2166136261u;

    for (int i = 0; i < RESNET8_MCU_TENSORS; i++) {
        const struct resnet8_mcu_tensor *tensor = &resnet8_mcu_tensors[i];
        const float *values = resnet8_mcu_at(network, tensor->value);
        int count = 1;

        for (int d = 0; d < tensor->rank; d++)
            count *= tensor->dims[d];
        for (int j = 0; tensor->type == RESNET8_MCU_F32 && j < count; j++)
            sum = (sum ^ bits_of(values[j])) * 16777619u;
    }
    return sum;
}

int work(void)
{
    struct resnet8_mcu *network = resnet8_mcu_init(memory, 1, NULL);
    float logits[BATCH * RESNET8_MCU_CLASSES];
    double loss;

    for (int step = 0; step < STEPS; step++) {
        make_batch(step * BATCH);
        if (resnet8_mcu_train_step(network, images, labels, BATCH, RESNET8_MCU_LEARNING_RATE,
                                   &loss) != RESNET8_MCU_OK)
            return 1;
        say_loss(loss);
    }
    say_number("weights", sum_of_weights(network), 1);
    if (resnet8_mcu_predict(network, images, BATCH, logits) != RESNET8_MCU_OK)
        return 1;
    for (int i = 0; i < BATCH * RESNET8_MCU_CLASSES; i++)
        say_number("logit", bits_of(logits[i]), 1);
    return 0;
}
