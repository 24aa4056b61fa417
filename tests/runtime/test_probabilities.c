/* Means of softmaxes, of images and of their mirror images, against sums written out. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "evaluation/probabilities.h"
#include "evaluation/statistics.h"

enum { IMAGES = 300 /* two batches and a rest */ };

/* ---- a model whose logits are simple functions of an image ---- */

static float logits[MODEL_BATCH][MODEL_CLASSES];
static uint8_t batch[MODEL_BATCH][DATASET_IMAGE_BYTES];
static int largest_batch;
static double steepness = 1.0 / 4000;

/* Sees left and right: the first row of class c's channel, pixel by pixel with weights that rise.
 */
static double logit(const uint8_t *image, int class)
{
    const uint8_t *row = image + class * MODEL_WIDTH;
    double sum = 0;

    for (int x = 0; x < MODEL_WIDTH; x++)
        sum += (x + 1) * row[x];
    return sum * steepness;
}

struct model_result mock_evaluate(struct model_context *none, const uint8_t *images,
                                  const float *targets, int n)
{
    (void)none;
    (void)targets;
    if (n > largest_batch)
        largest_batch = n;
    for (int i = 0; i < n; i++)
        for (int c = 0; c < MODEL_CLASSES; c++)
            logits[i][c] = (float)logit(images + (size_t)i * DATASET_IMAGE_BYTES, c);
    return (struct model_result){0, 0};
}

const float *mock_logits(const struct model_context *none)
{
    (void)none;
    return &logits[0][0];
}

uint8_t *mock_batch_images(struct model_context *none, int which)
{
    (void)none;
    cr_assert_eq(which, 0);
    return batch[0];
}

/* ---- the same by hand ---- */

static uint8_t images[IMAGES][DATASET_IMAGE_BYTES];
static double probabilities[IMAGES][MODEL_CLASSES];

static void draw_images(void)
{
    unsigned state = 1;

    for (int i = 0; i < IMAGES; i++)
        for (int k = 0; k < DATASET_IMAGE_BYTES; k++) {
            state = state * 1103515245U + 12345U;
            images[i][k] = (uint8_t)(state >> 16);
        }
}

/* A view cut out of the image with a border of one reflected pixel, the cut beginning at `from`. */
static void cut(uint8_t *view, const uint8_t *image, int from, int mirrored)
{
    static const int border[2] = {1, 30};

    for (int plane = 0; plane < MODEL_CHANNELS; plane++)
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 32; x++) {
                int row = y + from, column = (mirrored ? 31 - x : x) + from;

                row = row == 0 ? border[0] : row == 33 ? border[1] : row - 1;
                column = column == 0 ? border[0] : column == 33 ? border[1] : column - 1;
                view[(plane * 32 + y) * 32 + x] = image[(plane * 32 + row) * 32 + column];
            }
}

/* The image itself is cut at 1. */
static double softmax(int image, int class, int from, int mirrored)
{
    static uint8_t view[DATASET_IMAGE_BYTES];
    double sum = 0;

    cut(view, images[image], from, mirrored);
    for (int c = 0; c < MODEL_CLASSES; c++)
        sum += exp((float)logit(view, c));
    return exp((float)logit(view, class)) / sum;
}

static int never(void)
{
    return 0;
}

static int at_once(void)
{
    return 1;
}

Test(probabilities, are_means_of_softmaxes)
{
    draw_images();
    probabilities_add(probabilities[0], images[0], IMAGES);
    cr_expect_eq(probabilities_average_views(probabilities[0], images[0], IMAGES, TTA_NONE, NULL),
                 0);
    cr_expect_eq(probabilities_average_views(probabilities[0], images[0], IMAGES, TTA_FLIP, never),
                 0);
    cr_expect_eq(largest_batch, MODEL_BATCH);
    for (int i = 0; i < IMAGES; i++)
        for (int c = 0; c < MODEL_CLASSES; c++)
            cr_assert_float_eq(probabilities[i][c], (softmax(i, c, 1, 0) + softmax(i, c, 1, 1)) / 2,
                               1e-12, "image %d, class %d", i, c);
}

Test(probabilities, of_shifted_images_count_half)
{
    draw_images();
    probabilities_add(probabilities[0], images[0], IMAGES);
    probabilities_average_views(probabilities[0], images[0], IMAGES, TTA_FLIP_SHIFT, never);
    for (int i = 0; i < IMAGES; i++)
        for (int c = 0; c < MODEL_CLASSES; c++) {
            double shifted = 0;

            for (int from = 0; from < 3; from += 2)
                shifted += softmax(i, c, from, 0) + softmax(i, c, from, 1);
            cr_assert_float_eq(probabilities[i][c],
                               0.25 * (softmax(i, c, 1, 0) + softmax(i, c, 1, 1)) + 0.125 * shifted,
                               1e-12, "image %d, class %d", i, c);
        }
    cr_expect_eq(
        probabilities_average_views(probabilities[0], images[0], IMAGES, TTA_FLIP, at_once), -1);
}

Test(probabilities, of_large_logits_are_numbers)
{
    double sums[MODEL_CLASSES] = {0};

    steepness = 1;                                     /* far beyond what exp takes */
    memset(images[0] + MODEL_WIDTH, 255, MODEL_WIDTH); /* class 1, and no other */
    for (int i = 0; i < 100; i++)
        probabilities_add(sums, images[0], 1);
    probabilities_scale(sums, 1, 0.01);
    cr_expect(isfinite(sums[1]) && sums[1] > 0.9);
    for (int c = 1; c < MODEL_CLASSES; c++)
        sums[0] += sums[c];
    cr_expect_float_eq(sums[0], 1, 1e-12);
}

Test(probabilities, are_judged)
{
    static const double p[3][MODEL_CLASSES] = {
        {0.2, 0.5, 0.3}, {0.25, [4] = 0.25, [9] = 0.5}, {0.4, 0.4, [5] = 0.2}};
    static const uint8_t labels[3] = {1, 4, 1};
    struct metrics result = probabilities_judge(p[0], labels, 3);

    cr_expect_float_eq(result.loss, -(log(0.5) + log(0.25) + log(0.4)) / 3, 1e-12);
    cr_expect_float_eq(result.accuracy, 1.0 / 3, 1e-12); /* of equals the first is the choice */
}

Test(probabilities, best_first)
{
    static const double p[MODEL_CLASSES] = {0.1, 0.3, 0.05, 0.3, [9] = 0.25};
    int best[4];

    probabilities_best(best, 4, p);
    cr_expect_eq(best[0], 1);
    cr_expect_eq(best[1], 3);
    cr_expect_eq(best[2], 9);
    cr_expect_eq(best[3], 0);
}

Test(probabilities, standard_error)
{
    char text[STATISTICS_ACCURACY_BYTES];

    statistics_describe_accuracy(text, 0.8116, 10000);
    cr_expect_str_eq(text, "81.16 % +- 0.39");
    statistics_describe_accuracy(text, 1, 10000);
    cr_expect_str_eq(text, "100.00 % +- 0.00");
    cr_expect_eq(statistics_standard_error(0, 0), 0);
}
