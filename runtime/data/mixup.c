/* mixup.c - see mixup.h */
#include "data/mixup.h"

#include <math.h>
#include <string.h>

#include "data/records.h"
#include "data/rng.h"

int mixup_choose(int *partner, int n, double alpha, uint64_t seed, int epoch, int batch)
{
    uint64_t index = (uint64_t)(uint32_t)epoch << 32 | (uint32_t)batch;
    struct rng rng = rng_at(seed, RNG_MIXUP, index);
    double lambda = rng_beta(&rng, fmax(alpha, 1e-300)); /* less would overflow */

    rng_permutation(&rng, partner, n);
    return (int)lrint(lambda * MIXUP_ONE);
}

/* out := lambda * out + (1 - lambda) * in, rounded to the nearest. */
static void mix_image(uint8_t *restrict out, const uint8_t *restrict in, int lambda)
{
    uint32_t own = (uint32_t)lambda, other = MIXUP_ONE - own;

    for (int i = 0; i < DATASET_IMAGE_BYTES; i++)
        out[i] = (uint8_t)((own * out[i] + other * in[i] + MIXUP_ONE / 2) / MIXUP_ONE);
}

/* In place, along the permutation's cycles: an image's partner is mixed next, so it is still as it
 * was; only the first of a cycle must be kept, for the last. */
void mixup_images(uint8_t *images, int *partner, int n, int lambda, uint8_t *image)
{
    for (int first = 0; first < n; first++) {
        int i = first, next = partner[first];

        if (next < 0 || next == first)
            continue; /* done, or its own partner */
        memcpy(image, images + (size_t)first * DATASET_IMAGE_BYTES, DATASET_IMAGE_BYTES);
        for (; next != first; i = next, next = partner[i]) {
            mix_image(images + (size_t)i * DATASET_IMAGE_BYTES,
                      images + (size_t)next * DATASET_IMAGE_BYTES, lambda);
            partner[i] = -1;
        }
        mix_image(images + (size_t)i * DATASET_IMAGE_BYTES, image, lambda);
        partner[i] = -1;
    }
}

void mixup_target(float *target, int label, int partner_label, int lambda)
{
    const float own = (float)lambda / MIXUP_ONE;

    memset(target, 0, MODEL_CLASSES * sizeof *target);
    target[label] += own;
    target[partner_label] += 1 - own;
}
