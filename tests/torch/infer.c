/* Logits of images by a network that only infers, and how long one takes, for test_inference.py.
 *
 *   infer FILE.safetensors IMAGES.bin ROUNDS >FLOATS    IMAGES.bin: [n][channels][height][width]
 * bytes
 *
 * ROUNDS times the first image is taken by itself; the shortest time, in milliseconds, goes to
 * stderr. */
#define _POSIX_C_SOURCE 199309L
#include "inferred.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static _Alignas(64) unsigned char arena[INFERRED_ARENA_BYTES], weights[INFERRED_WEIGHTS_BYTES];

/* All of a file; NULL where it can't be read. */
static unsigned char *read_file(const char *path, size_t *bytes)
{
    FILE *file = fopen(path, "rb");
    unsigned char *all = NULL;
    if (file && fseek(file, 0, SEEK_END) == 0) {
        long length = ftell(file);
        rewind(file);
        *bytes = (size_t)length;
        all = malloc(*bytes);
        if (all && fread(all, 1, *bytes, file) != *bytes)
            all = NULL;
    }
    if (file)
        fclose(file);
    return all;
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

int main(int argc, char **argv)
{
    size_t of_weights = 0, of_images = 0;
    unsigned char *file = argc == 4 ? read_file(argv[1], &of_weights) : NULL,
                  *images = argc == 4 ? read_file(argv[2], &of_images) : NULL;
    struct inferred *network = inferred_init(arena, NULL);
    double best = 0;
    if (!file || !images || inferred_load(network, weights, file, of_weights) != INFERRED_OK)
        return EXIT_FAILURE;
    int n = (int)(of_images / INFERRED_IMAGE_BYTES);
    float *logits = malloc((size_t)n * INFERRED_CLASSES * sizeof *logits);
    if (!logits || inferred_predict(network, images, n, logits) != INFERRED_OK)
        return EXIT_FAILURE;
    fwrite(logits, sizeof *logits, (size_t)n * INFERRED_CLASSES, stdout);
    for (int i = 0; i < atoi(argv[3]); i++) {
        double begin = milliseconds();
        inferred_predict(network, images, 1, logits);
        double taken = milliseconds() - begin;
        best = i == 0 || taken < best ? taken : best;
    }
    fprintf(stderr, "%.4f\n", best);
    return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
