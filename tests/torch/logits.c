/* Logits of the first MODEL_BATCH test images by a weight file, in evaluation, for test_full.py.
 *
 *   logits FILE.safetensors TEST_BATCH.BIN >FLOATS      [MODEL_BATCH][MODEL_CLASSES] floats */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "files/weights.h"
#include "platform/pool.h"

enum { IMAGE = MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH };

static uint8_t images[MODEL_BATCH][IMAGE];
static float targets[MODEL_BATCH][MODEL_CLASSES];

/* Each record: a byte of label, then the image. 0 or -1. */
static int read_images(const char *path)
{
    FILE *file = fopen(path, "rb");
    int read = 0;

    if (!file)
        return -1;
    for (; read < MODEL_BATCH; read++) {
        int label = fgetc(file);

        if (label < 0 || label >= MODEL_CLASSES || fread(images[read], IMAGE, 1, file) != 1)
            break;
        targets[read][label] = 1;
    }
    fclose(file);
    return read == MODEL_BATCH ? 0 : -1;
}

int main(int argc, char **argv)
{
    struct error error = {"give a weight file and a readable test_batch.bin"};

    if (argc != 3 || read_images(argv[2]) || context_open(&error) ||
        weights_load_exact(argv[1], &error) || pool_start(pool_available_cpus(), &error)) {
        fprintf(stderr, "logits: %s\n", error.text);
        return EXIT_FAILURE;
    }
    MODEL(evaluate)(context, images[0], targets[0], MODEL_BATCH);
    fwrite(MODEL(logits)(context), sizeof(float), sizeof targets / sizeof(float), stdout);
    pool_stop();
    return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
