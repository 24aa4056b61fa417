/* Crop and mirror against a naive version, and how often each is chosen. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "augment.h"
#include "cifar10.h"
#include "rng.h"

static void random_image(uint8_t *image, uint64_t number)
{
    struct rng rng = rng_at(99, 0, number);
    for (int i = 0; i < DATASET_IMAGE_BYTES; i++)
        image[i] = (uint8_t)(1 + rng_below(&rng, 255)); /* never black, as the border is */
}

/* What torchvision does: pad with black, cut out at (top, left) of the padded image, mirror. */
static void naive(uint8_t *out, const uint8_t *in, int padding, struct augment_choice choice)
{
    enum { MOST = 50 };
    static uint8_t padded[MODEL_CHANNELS][MODEL_HEIGHT + 2 * MOST][MODEL_WIDTH + 2 * MOST];
    int top = choice.top + padding, left = choice.left + padding;

    cr_assert(padding <= MOST);
    memset(padded, 0, sizeof padded);
    for (int c = 0; c < MODEL_CHANNELS; c++)
        for (int y = 0; y < MODEL_HEIGHT; y++)
            for (int x = 0; x < MODEL_WIDTH; x++)
                padded[c][y + padding][x + padding] = in[(c * MODEL_HEIGHT + y) * MODEL_WIDTH + x];
    for (int c = 0; c < MODEL_CHANNELS; c++)
        for (int y = 0; y < MODEL_HEIGHT; y++)
            for (int x = 0; x < MODEL_WIDTH; x++)
                out[(c * MODEL_HEIGHT + y) * MODEL_WIDTH + x] =
                    padded[c][top + y][left + (choice.flip ? MODEL_WIDTH - 1 - x : x)];
}

Test(augment, is_pad_crop_and_mirror)
{
    static const int paddings[] = {0, 1, 4, 31, 32, 33, 50};
    static const double flips[] = {0.0, 0.5, 1.0};
    uint8_t in[DATASET_IMAGE_BYTES], out[DATASET_IMAGE_BYTES], expected[DATASET_IMAGE_BYTES];

    for (size_t p = 0; p < sizeof paddings / sizeof paddings[0]; p++) {
        for (size_t f = 0; f < sizeof flips / sizeof flips[0]; f++) {
            struct augment augment = {paddings[p], flips[f]};
            for (int i = 0; i < 200; i++) {
                random_image(in, (uint64_t)i);
                memset(out, 0xAA, sizeof out);
                augment_image(out, in, &augment, 7, 2, i);
                naive(expected, in, paddings[p], augment_choose(&augment, 7, 2, i));
                cr_assert_eq(memcmp(out, expected, sizeof out), 0, "padding %d, flip %g, image %d",
                             paddings[p], flips[f], i);
            }
        }
    }
}

Test(augment, nothing_asked_changes_nothing)
{
    const struct augment nothing = {0, 0.0};
    uint8_t in[DATASET_IMAGE_BYTES], out[DATASET_IMAGE_BYTES];

    random_image(in, 1);
    augment_image(out, in, &nothing, 7, 2, 1);
    cr_assert_eq(memcmp(out, in, sizeof out), 0);
}

Test(augment, every_offset_is_as_likely)
{
    enum { SIDE = 9, DRAWS = 81000 };
    const struct augment augment = {4, 0.5};
    int seen[SIDE][SIDE][2] = {0}, flips = 0;
    double chi_square = 0.0, expected = DRAWS / (2.0 * SIDE * SIDE);

    for (int i = 0; i < DRAWS; i++) {
        struct augment_choice choice = augment_choose(&augment, 1, i / 50000, i % 50000);
        cr_assert(choice.top >= -4 && choice.top <= 4 && choice.left >= -4 && choice.left <= 4);
        seen[choice.top + 4][choice.left + 4][choice.flip]++;
        flips += choice.flip;
    }
    for (int i = 0; i < SIDE * SIDE * 2; i++) {
        double difference = (&seen[0][0][0])[i] - expected;
        chi_square += difference * difference / expected;
    }
    /* 161 degrees of freedom: 99.9 % of samples are below, and as many above the lower bound */
    cr_assert(chi_square < 221.0 && chi_square > 111.0, "chi-square is %g", chi_square);
    cr_assert_float_eq((double)flips / DRAWS, 0.5, 4.0 * sqrt(0.25 / DRAWS));
}

Test(augment, mirrors_as_often_as_asked)
{
    enum { DRAWS = 50000 };
    static const double flips[] = {0.0, 0.1, 0.75, 1.0};

    for (size_t f = 0; f < sizeof flips / sizeof flips[0]; f++) {
        const struct augment augment = {0, flips[f]};
        int flipped = 0;
        for (int i = 0; i < DRAWS; i++)
            flipped += augment_choose(&augment, 3, 0, i).flip;
        cr_assert_float_eq((double)flipped / DRAWS, flips[f],
                           4.0 * sqrt(flips[f] * (1.0 - flips[f]) / DRAWS) + 1e-15,
                           "p = %g: %d of %d", flips[f], flipped, (int)DRAWS);
    }
}

Test(augment, order_does_not_matter)
{
    enum { IMAGES = 100 };
    static uint8_t forwards[IMAGES][DATASET_IMAGE_BYTES], backwards[IMAGES][DATASET_IMAGE_BYTES];
    const struct augment augment = {4, 0.5};
    uint8_t in[DATASET_IMAGE_BYTES];

    random_image(in, 0);
    for (int i = 0; i < IMAGES; i++)
        augment_image(forwards[i], in, &augment, 5, 1, i);
    for (int i = IMAGES - 1; i >= 0; i--)
        augment_image(backwards[i], in, &augment, 5, 1, i);
    cr_assert_eq(memcmp(forwards, backwards, sizeof forwards), 0);
}

Test(augment, seed_epoch_and_image_all_matter)
{
    enum { IMAGES = 1000 };
    const struct augment augment = {4, 0.5};
    int same[3] = {0};

    for (int i = 0; i < IMAGES; i++) {
        struct augment_choice choice = augment_choose(&augment, 5, 1, i), other[3];
        other[0] = augment_choose(&augment, 6, 1, i);
        other[1] = augment_choose(&augment, 5, 2, i);
        other[2] = augment_choose(&augment, 5, 1, i + 1);
        for (int k = 0; k < 3; k++)
            same[k] += other[k].top == choice.top && other[k].left == choice.left &&
                       other[k].flip == choice.flip;
    }
    for (int k = 0; k < 3; k++) /* one in 162 is the same by chance */
        cr_assert_lt(same[k], 25, "%d of %d are the same", same[k], (int)IMAGES);
}
