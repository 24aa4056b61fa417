/* Crop, mirror, cutout and erasing against a naive version, PyTorch and torchvision, and how often
 * each is chosen. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../vectors/augment.h"
#include "data/augment.h"
#include "data/records.h"
#include "data/rng.h"

static const struct model_augment all_of_it = {.crop_padding = 4,
                                               .flip = 0.5,
                                               .trivial_augment = 1,
                                               .brightness = 0.4,
                                               .contrast = 0.4,
                                               .saturation = 0.4,
                                               .hue = 0.1,
                                               .cutout = 8,
                                               .random_erasing = 0.5,
                                               .erasing_scale = {0.02, 0.33},
                                               .erasing_ratio = {0.3, 3.3},
                                               .fill = {125, 123, 114}};

static void random_image(uint8_t *image, uint64_t number)
{
    struct rng rng = rng_at(99, 0, number);
    for (int i = 0; i < DATASET_IMAGE_BYTES; i++)
        image[i] = (uint8_t)(1 + rng_below(&rng, 255)); /* never black, as the border is */
}

/* The place that a border of PyTorch's shows at row or column i of the padded image, -1: black. */
static int place_of(int i, const struct model_augment *augment)
{
    if (augment->border == MODEL_BORDER_BLACK)
        i = i - augment->crop_padding;
    else
        for (size_t k = 0; k < sizeof reflections / sizeof reflections[0]; k++)
            if (reflections[k].padding == augment->crop_padding)
                return reflections[k].place[i];
    return i >= 0 && i < MODEL_WIDTH ? i : -1;
}

static int is_in(const struct augment_box *box, int y, int x)
{
    return y >= box->top && y < box->bottom && x >= box->left && x < box->right;
}

/* What torchvision does: pad, cut out at (top, left) of the padded image, mirror. Then cutout. */
static void naive(uint8_t *out, const uint8_t *in, const struct model_augment *augment,
                  struct augment_choice choice)
{
    enum { MOST = 50 };
    static uint8_t padded[MODEL_CHANNELS][MODEL_HEIGHT + 2 * MOST][MODEL_WIDTH + 2 * MOST];
    int padding = augment->crop_padding;
    int top = choice.top + padding, left = choice.left + padding;

    cr_assert(padding <= MOST && MODEL_WIDTH == MODEL_HEIGHT);
    for (int c = 0; c < MODEL_CHANNELS; c++)
        for (int i = 0; i < MODEL_HEIGHT + 2 * padding; i++)
            for (int j = 0; j < MODEL_WIDTH + 2 * padding; j++) {
                int y = place_of(i, augment), x = place_of(j, augment);
                padded[c][i][j] = y < 0 || x < 0 ? 0 : in[(c * MODEL_HEIGHT + y) * MODEL_WIDTH + x];
            }
    for (int c = 0; c < MODEL_CHANNELS; c++)
        for (int y = 0; y < MODEL_HEIGHT; y++)
            for (int x = 0; x < MODEL_WIDTH; x++)
                out[(c * MODEL_HEIGHT + y) * MODEL_WIDTH + x] =
                    is_in(&choice.cut, y, x) || is_in(&choice.erased, y, x)
                        ? augment->fill[c]
                        : padded[c][top + y][left + (choice.flip ? MODEL_WIDTH - 1 - x : x)];
}

static void expect_as_naive(const struct model_augment *augment)
{
    uint8_t in[DATASET_IMAGE_BYTES], out[DATASET_IMAGE_BYTES], expected[DATASET_IMAGE_BYTES];

    for (int i = 0; i < 200; i++) {
        random_image(in, (uint64_t)i);
        memset(out, 0xAA, sizeof out);
        augment_image(out, in, NULL, augment, 7, 2, i);
        naive(expected, in, augment, augment_choose(augment, 7, 2, i));
        cr_assert_eq(memcmp(out, expected, sizeof out), 0,
                     "padding %d, border %d, flip %g, cutout %d, image %d", augment->crop_padding,
                     augment->border, augment->flip, augment->cutout, i);
    }
}

Test(augment, is_pad_crop_and_mirror)
{
    static const int paddings[] = {0, 1, 4, 31, 32, 33, 50};
    static const double flips[] = {0.0, 0.5, 1.0};

    for (size_t p = 0; p < sizeof paddings / sizeof paddings[0]; p++)
        for (size_t f = 0; f < sizeof flips / sizeof flips[0]; f++)
            expect_as_naive(&(struct model_augment){.crop_padding = paddings[p], .flip = flips[f]});
}

Test(augment, border_reflects_as_pytorchs)
{
    for (size_t p = 0; p < sizeof reflections / sizeof reflections[0]; p++)
        expect_as_naive(&(struct model_augment){
            .crop_padding = reflections[p].padding, .border = MODEL_BORDER_REFLECT, .flip = 0.5});
}

Test(augment, cutout_comes_last)
{
    static const int sides[] = {1, 2, 7, 8, 16, 32, 63, 64, 65536};

    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++)
        expect_as_naive(&(struct model_augment){
            .crop_padding = 4, .flip = 0.5, .cutout = sides[i], .fill = {125, 123, 114}});
}

Test(augment, nothing_asked_changes_nothing)
{
    const struct model_augment nothing = {0};
    uint8_t in[DATASET_IMAGE_BYTES], out[DATASET_IMAGE_BYTES];

    random_image(in, 1);
    augment_image(out, in, NULL, &nothing, 7, 2, 1);
    cr_assert_eq(memcmp(out, in, sizeof out), 0);
}

Test(augment, every_offset_is_as_likely)
{
    enum { SIDE = 9, DRAWS = 81000 };
    const struct model_augment augment = {.crop_padding = 4, .flip = 0.5};
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
        const struct model_augment augment = {.flip = flips[f]};
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
    const struct model_augment augment = all_of_it;
    uint8_t in[DATASET_IMAGE_BYTES], copy[DATASET_IMAGE_BYTES];

    random_image(in, 0);
    for (int i = 0; i < IMAGES; i++)
        augment_image(forwards[i], in, copy, &augment, 5, 1, i);
    for (int i = IMAGES - 1; i >= 0; i--)
        augment_image(backwards[i], in, copy, &augment, 5, 1, i);
    cr_assert_eq(memcmp(forwards, backwards, sizeof forwards), 0);
}

Test(augment, seed_epoch_and_image_all_matter)
{
    enum { IMAGES = 1000 };
    const struct model_augment augment = {.crop_padding = 4, .flip = 0.5};
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

/* The centre is any pixel alike, and independent of crop and flip; what is cut is the authors'
 * square: rows max(centre - side / 2, 0) .. min(centre + side / 2, 32) - 1. */
Test(augment, cutout_has_its_centre_anywhere)
{
    enum { DRAWS = 102400, SIDE = 8, MIDDLE = 5 };
    const struct model_augment augment = {.crop_padding = 4, .flip = 0.5, .cutout = SIDE};
    static int seen[MODEL_HEIGHT + 1][MODEL_WIDTH + 1]; /* by the ends of the square */
    double area = 0, mean = 0, chi_square = 0, expected = DRAWS / 1024.0;

    for (int i = 0; i < DRAWS; i++) {
        struct augment_choice it = augment_choose(&augment, 2, 1, i);
        struct augment_box cut = it.cut;
        int rows = cut.bottom - cut.top, columns = cut.right - cut.left;
        cr_assert(cut.top >= 0 && cut.left >= 0 && cut.bottom <= MODEL_HEIGHT &&
                  cut.right <= MODEL_WIDTH && rows >= SIDE / 2 && columns >= SIDE / 2);
        cr_assert(rows == SIDE || cut.top == 0 || cut.bottom == MODEL_HEIGHT);
        area += (double)(rows * columns) / DRAWS;
        seen[cut.top == 0 ? cut.bottom - SIDE / 2 : cut.top + SIDE / 2]
            [cut.left == 0 ? cut.right - SIDE / 2 : cut.left + SIDE / 2]++;
    }
    for (int y = 0; y < MODEL_HEIGHT; y++)
        for (int x = 0; x < MODEL_WIDTH; x++)
            chi_square += (seen[y][x] - expected) * (seen[y][x] - expected) / expected;
    /* 1023 degrees of freedom: 99.9 % of samples are below, and as many above the lower bound */
    cr_assert(chi_square < 1168.5 && chi_square > 888.6, "chi-square is %g", chi_square);
    for (int centre = 0; centre < MODEL_HEIGHT; centre++) {
        int begin = centre - SIDE / 2, end = centre + SIDE / 2;
        mean += ((end < 32 ? end : 32) - (begin > 0 ? begin : 0)) / 32.0;
    }
    cr_assert_float_eq(area, mean * mean, 0.3, "%g pixels are cut, not %g", area, mean * mean);
}

Test(augment, an_odd_square_has_the_side_asked_for)
{
    const struct model_augment augment = {.cutout = 7};
    int whole = 0;

    for (int i = 0; i < 1000; i++) {
        struct augment_choice it = augment_choose(&augment, 2, 1, i);
        cr_assert(it.cut.bottom - it.cut.top <= 7);
        whole += it.cut.bottom - it.cut.top == 7;
    }
    cr_assert(whole > 700 && whole < 900, "%d of 1000 are whole, 26 of 32 should be", whole);
}

Test(augment, alternating_flip_alternates)
{
    enum { IMAGES = 50000 };
    const struct model_augment augment = {.crop_padding = 4, .flip = MODEL_FLIP_ALTERNATING};
    int flipped = 0, same = 0;

    for (int i = 0; i < IMAGES; i++) {
        int first = augment_choose(&augment, 3, 0, i).flip;
        cr_assert(first == 0 || first == 1);
        flipped += first;
        for (int epoch = 1; epoch < 5; epoch++)
            cr_assert_eq(augment_choose(&augment, 3, epoch, i).flip, first ^ (epoch & 1));
        same += augment_choose(&augment, 4, 0, i).flip == first;
    }
    cr_assert_float_eq((double)flipped / IMAGES, 0.5, 4.0 * sqrt(0.25 / IMAGES));
    cr_assert_float_eq((double)same / IMAGES, 0.5, 4.0 * sqrt(0.25 / IMAGES), "seeds differ");
}

/* Which crop an image gets does not depend on how it is mirrored or cut. */
Test(augment, crops_are_the_same_with_more_asked)
{
    const struct model_augment less = {.crop_padding = 4, .flip = 0.5};
    const struct model_augment more = {.crop_padding = 4,
                                       .flip = MODEL_FLIP_ALTERNATING,
                                       .cutout = 8,
                                       .random_erasing = 1,
                                       .erasing_scale = {0.02, 0.33},
                                       .erasing_ratio = {0.3, 3.3},
                                       .trivial_augment = 1,
                                       .mixup = 1};

    for (int i = 0; i < 100; i++) {
        struct augment_choice one = augment_choose(&less, 3, 2, i);
        struct augment_choice other = augment_choose(&more, 3, 2, i);
        cr_assert(one.top == other.top && one.left == other.left);
    }
}

Test(augment, erasing_comes_last)
{
    struct model_augment augment = all_of_it;

    augment.trivial_augment = 0;
    augment.brightness = augment.contrast = augment.saturation = augment.hue = 0;
    expect_as_naive(&augment);
    augment.random_erasing = 1;
    expect_as_naive(&augment);
}

Test(augment, erased_sizes_are_torchvisions)
{
    for (size_t i = 0; i < sizeof erasures / sizeof erasures[0]; i++) {
        int height = 0, width = 0;

        cr_expect_eq(augment_size(&height, &width, erasures[i].part, erasures[i].ratio),
                     erasures[i].height > 0);
        cr_expect(height == erasures[i].height && width == erasures[i].width,
                  "part %g, ratio %g: %d x %d", erasures[i].part, erasures[i].ratio, height, width);
    }
}

/* The area is uniform and the ratio uniform in its logarithm, with the same of a naive version that
 * draws from a grid; the place is any alike. */
Test(augment, erases_as_often_and_as_much_as_asked)
{
    enum { DRAWS = 50000, GRID = 400 };
    struct model_augment augment = all_of_it;
    double area = 0, expected = 0, top = 0, left = 0;
    int erased = 0, fitting = 0;

    augment.random_erasing = 0.3;
    for (int i = 0; i < DRAWS; i++) {
        struct augment_box box = augment_choose(&augment, 3, 1, i).erased;
        int rows = box.bottom - box.top, columns = box.right - box.left;

        if (box.bottom == 0)
            continue;
        cr_assert(rows > 0 && rows < 32 && columns > 0 && columns < 32 && box.top >= 0 &&
                  box.left >= 0 && box.bottom <= 32 && box.right <= 32);
        erased++;
        area += rows * columns / 1024.0;
        top += (double)box.top / (32 - rows);
        left += (double)box.left / (32 - columns);
    }
    cr_expect_float_eq((double)erased / DRAWS, 0.3, 4 * sqrt(0.21 / DRAWS), "%d", erased);
    for (int a = 0; a < GRID; a++)
        for (int b = 0; b < GRID; b++) {
            double part = 0.02 + 0.31 * (a + 0.5) / GRID;
            double ratio = 0.3 * pow(11, (b + 0.5) / GRID);
            int height, width;

            if (!augment_size(&height, &width, part, ratio))
                continue;
            fitting++;
            expected += height * width / 1024.0;
        }
    cr_expect_float_eq(area / erased, expected / fitting, 4 * 0.09 / sqrt(erased));
    cr_expect_float_eq(top / erased, 0.5, 4 * 0.32 / sqrt(erased));
    cr_expect_float_eq(left / erased, 0.5, 4 * 0.32 / sqrt(erased));
}

Test(augment, what_never_fits_erases_nothing)
{
    struct model_augment augment = {
        .random_erasing = 1, .erasing_scale = {1, 1}, .erasing_ratio = {1, 1}};

    for (int i = 0; i < 100; i++)
        cr_assert_eq(augment_choose(&augment, 3, 1, i).erased.bottom, 0);
    augment.erasing_scale[0] = augment.erasing_scale[1] = 0;
    for (int i = 0; i < 100; i++) {
        struct augment_box box = augment_choose(&augment, 3, 1, i).erased;
        cr_assert(box.bottom == box.top && box.right == box.left);
    }
}
