/* mix.c - see mix.h */
#include "data/mix.h"

#include <math.h>
#include <string.h>

#include "data/records.h"
#include "data/rng.h"

static void clip(int *begin, int *end, int middle, int half, int size)
{
    *begin = middle > half ? middle - half : 0;
    *end = middle + half < size ? middle + half : size;
}

struct mix mix_cut(double lambda, int row, int column)
{
    double half = 0.5 * sqrt(1.0 - lambda), size = (double)MODEL_HEIGHT * MODEL_WIDTH;
    struct mix mix = {.is_cut = 1};

    clip(&mix.box.top, &mix.box.bottom, row, (int)(half * MODEL_HEIGHT), MODEL_HEIGHT);
    clip(&mix.box.left, &mix.box.right, column, (int)(half * MODEL_WIDTH), MODEL_WIDTH);
    mix.own = (float)(1.0 - (double)(mix.box.bottom - mix.box.top) *
                                (mix.box.right - mix.box.left) / size);
    return mix;
}

static struct mix mix_up(double lambda)
{
    int parts = (int)lrint(lambda * MIX_ONE);

    return (struct mix){.lambda = parts, .own = (float)parts / MIX_ONE};
}

struct mix mix_choose(int *partner, int n, const struct model_augment *augment, uint64_t seed,
                      int epoch, int batch)
{
    struct rng rng = rng_at(seed, RNG_MIXUP, rng_image(epoch, batch));
    struct rng cut = rng_at(seed, RNG_CUTMIX, rng_image(epoch, batch));
    int is_cut = augment->cutmix > 0 && (augment->mixup <= 0 || rng_below(&cut, 2));
    double alpha = is_cut ? augment->cutmix : augment->mixup;
    double lambda = rng_beta(&rng, fmax(alpha, 1e-300)); /* less would overflow */

    rng_permutation(&rng, partner, n);
    if (!is_cut)
        return mix_up(lambda);

    int row = (int)rng_below(&cut, MODEL_HEIGHT), column = (int)rng_below(&cut, MODEL_WIDTH);

    return mix_cut(lambda, row, column);
}

/* out := lambda * out + (1 - lambda) * in, rounded to the nearest. */
static void blend(uint8_t *restrict out, const uint8_t *restrict in, int lambda)
{
    uint32_t own = (uint32_t)lambda, other = MIX_ONE - own;

    for (int i = 0; i < DATASET_IMAGE_BYTES; i++)
        out[i] = (uint8_t)((own * out[i] + other * in[i] + MIX_ONE / 2) / MIX_ONE);
}

static void paste(uint8_t *restrict out, const uint8_t *restrict in, const struct mix *mix)
{
    for (int c = 0; c < MODEL_CHANNELS; c++)
        for (int y = mix->box.top; y < mix->box.bottom; y++) {
            int at = (c * MODEL_HEIGHT + y) * MODEL_WIDTH + mix->box.left;
            memcpy(out + at, in + at, (size_t)(mix->box.right - mix->box.left));
        }
}

static void mix_image(uint8_t *out, const uint8_t *in, const struct mix *mix)
{
    if (mix->is_cut)
        paste(out, in, mix);
    else
        blend(out, in, mix->lambda);
}

/* In place, along the permutation's cycles: an image's partner is mixed next, so it is still as it
 * was; only the first of a cycle must be kept, for the last. */
void mix_images(uint8_t *images, int *partner, int n, const struct mix *mix, uint8_t *image)
{
    for (int first = 0; first < n; first++) {
        int i = first, next = partner[first];

        if (next < 0 || next == first)
            continue; /* done, or its own partner */
        memcpy(image, images + (size_t)first * DATASET_IMAGE_BYTES, DATASET_IMAGE_BYTES);
        for (; next != first; i = next, next = partner[i]) {
            mix_image(images + (size_t)i * DATASET_IMAGE_BYTES,
                      images + (size_t)next * DATASET_IMAGE_BYTES, mix);
            partner[i] = -1;
        }
        mix_image(images + (size_t)i * DATASET_IMAGE_BYTES, image, mix);
        partner[i] = -1;
    }
}

void mix_target(float *target, int label, int partner_label, float own)
{
    memset(target, 0, MODEL_CLASSES * sizeof *target);
    target[label] += own;
    target[partner_label] += 1 - own;
}
