/* Colors, operations of TrivialAugment and the jitter of colors against torchvision, and how often
 * each is chosen. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../vectors/augment.h"
#include "augment_pattern.h"
#include "data/color_jitter.h"
#include "data/colors.h"
#include "data/records.h"
#include "data/trivial_augment.h"
#include "files/crc32.h"

static uint8_t image[DATASET_IMAGE_BYTES], copy[DATASET_IMAGE_BYTES];

static void begin(void)
{
    for (int k = 0; k < DATASET_IMAGE_BYTES; k++)
        image[k] = pattern(k);
}

TestSuite(colors, .init = begin, .timeout = 60);

Test(colors, trivial_augment_is_as_in_torchvision)
{
    for (int operation = 0; operation < TRIVIAL_OPERATIONS; operation++)
        for (int level = 0; level < TRIVIAL_LEVELS; level++) {
            uint32_t sum = 0;

            for (int sign = 1; sign >= -1; sign -= 2) {
                begin();
                trivial_apply(
                    image, copy,
                    (struct trivial_choice){(enum trivial_operation)operation, level, sign});
                sum = crc32_add(sum, image, sizeof image);
            }
            cr_expect_eq(sum, trivial_sums[operation][level], "operation %d, level %d", operation,
                         level);
        }
}

Test(colors, jitter_is_as_in_torchvision)
{
    for (size_t i = 0; i < sizeof jitters / sizeof jitters[0]; i++) {
        struct jitter_choice choice;

        begin();
        memcpy(choice.order, jitters[i].order, sizeof choice.order);
        memcpy(choice.by, jitters[i].by, sizeof choice.by);
        jitter_apply(image, &choice);
        cr_expect_eq(crc32_add(0, image, sizeof image), jitters[i].sum, "case %zu", i);
    }
}

Test(colors, one_color_alone_stays_what_it_is)
{
    memset(image, 77, sizeof image);
    colors_autocontrast(image);
    colors_equalize(image);
    colors_contrast(image, 2);
    colors_saturation(image, 2);
    colors_hue(image, 0.3);
    colors_sharpness(copy, image, 2);
    for (int k = 0; k < DATASET_IMAGE_BYTES; k++)
        cr_assert(image[k] == 77 && copy[k] == 77);
}

/* Chi-square of `kinds` kinds that should come as often, `seen` of `draws`. */
static double chi_square(const int *seen, int kinds, int draws)
{
    double sum = 0, expected = (double)draws / kinds;

    for (int i = 0; i < kinds; i++)
        sum += (seen[i] - expected) * (seen[i] - expected) / expected;
    return sum;
}

Test(colors, every_operation_level_and_sign_is_as_likely)
{
    enum { KINDS = TRIVIAL_OPERATIONS * TRIVIAL_LEVELS * 2, DRAWS = 100 * KINDS };
    static int seen[KINDS];
    int same[3] = {0};

    for (int i = 0; i < DRAWS; i++) {
        struct trivial_choice it = trivial_choose(3, i / 50000, i % 50000), other[3];
        int number = ((int)it.operation * TRIVIAL_LEVELS + it.level) * 2 + (it.sign > 0);
        cr_assert(it.sign == 1 || it.sign == -1);
        seen[number]++;
        other[0] = trivial_choose(4, i / 50000, i % 50000);
        other[1] = trivial_choose(3, i / 50000 + 1, i % 50000);
        other[2] = trivial_choose(3, i / 50000, i % 50000 + 1);
        for (int k = 0; k < 3; k++)
            same[k] += !memcmp(&other[k], &it, sizeof it);
    }
    /* 867 degrees of freedom: 99.9 % of samples are below, and as many above the lower bound */
    double value = chi_square(seen, KINDS, DRAWS);
    cr_expect(value < 1001 && value > 743, "chi-square is %g", value);
    for (int k = 0; k < 3; k++)
        cr_expect_lt(same[k], 2 * DRAWS / KINDS);
}

Test(colors, jitter_draws_orders_and_factors)
{
    enum { DRAWS = 24000, PARTS = 20 };
    const struct model_augment augment = {.brightness = 0.4, .contrast = 1.5, .hue = 0.1};
    static const double low[JITTERS] = {0.6, 0, 1, -0.1}, high[JITTERS] = {1.4, 2.5, 1, 0.1};
    int orders[JITTERS * JITTERS * JITTERS] = {0}, parts[JITTERS][PARTS] = {{0}}, kinds = 0;

    for (int i = 0; i < DRAWS; i++) {
        struct jitter_choice it = jitter_choose(&augment, 3, 1, i);
        struct jitter_choice again = jitter_choose(&augment, 3, 1, i);

        cr_assert(!memcmp(it.order, again.order, sizeof it.order) &&
                  !memcmp(it.by, again.by, sizeof it.by));
        orders[it.order[0] + JITTERS * (it.order[1] + JITTERS * it.order[2])]++;
        for (int k = 0; k < JITTERS; k++) {
            cr_assert(it.by[k] >= low[k] && it.by[k] <= high[k]);
            if (high[k] > low[k])
                parts[k][(int)(PARTS * (it.by[k] - low[k]) / (high[k] - low[k]) * (1 - 1e-9))]++;
        }
    }
    for (int i = 0, packed[24]; i < JITTERS * JITTERS * JITTERS; i++)
        if (orders[i] > 0) {
            cr_assert_lt(kinds, 24);
            packed[kinds++] = orders[i];
            if (kinds == 24) /* 99.9 % of samples are below */
                cr_expect_lt(chi_square(packed, 24, DRAWS), 49.73);
        }
    cr_expect_eq(kinds, 24);
    for (int k = 0; k < JITTERS; k++)
        if (high[k] > low[k])
            cr_expect_lt(chi_square(parts[k], PARTS, DRAWS), 43.82, "jitter %d", k);
}

/* What the spec leaves at 0 stays, even by a round trip that rounds. */
Test(colors, jitter_of_nothing_is_nothing)
{
    const struct model_augment augment = {0};

    for (int i = 0; i < 100; i++) {
        struct jitter_choice choice = jitter_choose(&augment, 3, 1, i);
        jitter_apply(image, &choice);
    }
    for (int k = 0; k < DATASET_IMAGE_BYTES; k++)
        cr_assert_eq(image[k], pattern(k));
}
