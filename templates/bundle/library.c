//- bundle/library.c: a complete caller of a network that trains; becomes PREFIX_example.c.
@(header)
/* Trains for some steps on images made up here, prints losses, and writes the weights.
 *
 *   @(prefix)_example STEPS OUT.safetensors [START.safetensors] */
#include "@(prefix).h"

#include <stdio.h>
#include <stdlib.h>

enum { IMAGE = @(PREFIX)_CHANNELS * @(PREFIX)_HEIGHT * @(PREFIX)_WIDTH };

static unsigned char room[@(PREFIX)_BYTES + @(PREFIX)_ALIGNMENT], file_bytes[@(PREFIX)_FILE_BYTES + 1];
static uint8_t images[(size_t)@(PREFIX)_BATCH * IMAGE];
static @(label_type) labels[@(PREFIX)_BATCH];

static int fail(const char *what)
{
    fprintf(stderr, "@(prefix)_example: %s\n", what);
    return EXIT_FAILURE;
}

/* Noise that is brighter the higher the class. */
static void make_images(uint32_t *state)
{
    for (int i = 0; i < @(PREFIX)_BATCH; i++) {
        labels[i] = (@(label_type))((*state >> 16) % @(PREFIX)_CLASSES);
        for (int j = 0; j < IMAGE; j++) {
            *state = *state * 1664525u + 1013904223u;
            images[(size_t)i * IMAGE + (size_t)j] = (uint8_t)((*state >> 24) * (labels[i] + 1u) / @(PREFIX)_CLASSES);
        }
    }
}

int main(int argc, char **argv)
{
    unsigned char *const memory = room + (@(PREFIX)_ALIGNMENT - (uintptr_t)room % @(PREFIX)_ALIGNMENT) % @(PREFIX)_ALIGNMENT;
    struct @(prefix) *const network = @(prefix)_init(memory, 1, NULL);
    uint32_t state = 1;
    FILE *file;
    if (argc != 3 && argc != 4)
        return fail("give STEPS OUT.safetensors [START.safetensors]");
    if (argc == 4) {
        file = fopen(argv[3], "rb");
        if (!file || @(prefix)_load(network, file_bytes, fread(file_bytes, 1, sizeof file_bytes, file)) != @(PREFIX)_OK)
            return fail("these are not the network's weights");
        fclose(file);
    }
    for (int step = 0; step < atoi(argv[1]); step++) {
        double loss;
        make_images(&state);
        if (@(prefix)_train_step(network, images, labels, @(PREFIX)_BATCH, @(PREFIX)_LEARNING_RATE, &loss) != @(PREFIX)_OK)
            return fail("the loss is not finite");
        printf("step %d, loss %.9g\n", step + 1, loss);
    }
    file = fopen(argv[2], "wb");
    if (!file || @(prefix)_save(network, file_bytes, sizeof file_bytes) != @(PREFIX)_OK || fwrite(file_bytes, @(PREFIX)_FILE_BYTES, 1, file) != 1)
        return fail("cannot write the weights");
    return fclose(file) ? fail("cannot write the weights") : EXIT_SUCCESS;
}
