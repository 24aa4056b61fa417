/* Eigenvectors of symmetric matrices, and the filters that whiten patches of images. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/rng.h"
#include "platform/pool.h"
#include "training/eigenvectors.h"
#include "training/whitening.h"

struct model_tensor MODEL(tensors)[MODEL_TENSORS];

/* matrix * vector = value * vector, and the vectors are orthonormal. */
static void expect_eigenvectors(const double *matrix, int n)
{
    double *values = malloc(sizeof(double) * (size_t)(n * n));
    double *vectors = malloc(sizeof(double) * (size_t)(n * n)), norm = 0;

    memcpy(values, matrix, sizeof(double) * (size_t)(n * n));
    for (int i = 0; i < n * n; i++)
        norm += matrix[i] * matrix[i];
    eigenvectors_find(values, vectors, n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double image = 0, product = 0;

            for (int k = 0; k < n; k++) {
                image += matrix[j * n + k] * vectors[i * n + k];
                product += vectors[i * n + k] * vectors[j * n + k];
            }
            cr_expect_lt(fabs(image - values[i * n + i] * vectors[i * n + j]),
                         1e-12 * sqrt(norm) + 1e-300, "%d of %d", i, n);
            cr_expect_lt(fabs(product - (i == j)), 1e-12, "%d and %d of %d", i, j, n);
        }
    free(values);
    free(vectors);
}

Test(eigenvectors, of_random_matrices)
{
    struct rng rng = rng_at(1, 0, 0);

    for (int n = 1; n <= 40; n += 3) {
        double matrix[40 * 40];

        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++)
                matrix[i * n + j] = matrix[j * n + i] = rng_normal(&rng);
        expect_eigenvectors(matrix, n);
    }
}

Test(eigenvectors, of_what_is_special)
{
    const double zero[4] = {0}, two[4] = {1, 2, 2, 1}, diagonal[4] = {3, 0, 0, -5};
    const double equal[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1}, wide[4] = {1e12, 1, 1, 1e-12};

    expect_eigenvectors(zero, 2);
    expect_eigenvectors(two, 2);
    expect_eigenvectors(diagonal, 2);
    expect_eigenvectors(equal, 3);
    expect_eigenvectors(wide, 2);
}

/* ---- filters ---- */

enum { IMAGES = 40, OUT = 24, KERNEL = 2, SIZE = MODEL_CHANNELS * KERNEL * KERNEL };

static uint8_t bytes[IMAGES * DATASET_IMAGE_BYTES];
static const int dims[4] = {OUT, MODEL_CHANNELS, KERNEL, KERNEL};
const struct model_recipe MODEL(recipe); /* the filters' caller's */
static const double deviations[MODEL_CHANNELS] = {0.2, 0.25, 0.3};
static struct model_whitening how = {.images = 30, .eps = 1e-9, .dilation = {1, 2}};

/* Neighbours and channels are alike, as in a photograph. */
static void paint(void)
{
    struct rng rng = rng_at(2, 0, 0);

    for (int i = 0; i < (int)sizeof bytes; i++)
        bytes[i] = (uint8_t)(rng_below(&rng, 120) + (i > 0 ? bytes[i - 1] / 4 : 0) +
                             (i >= 1024 ? bytes[i - 1024] / 4 : 0));
}

static void make(float filters[OUT * SIZE], int images)
{
    const struct dataset train = {bytes, NULL, images};
    struct error error;

    cr_assert_eq(whitening_filters(&how, dims, deviations, &train, filters, &error), 0);
}

/* What a filter makes of the patch of an image. */
static double response(const float *filter, const uint8_t *image, int y, int x)
{
    double sum = 0;

    for (int i = 0; i < SIZE; i++) {
        int channel = i / 4, row = y + i / 2 % 2, column = x + i % 2 * 2;

        sum += (double)filter[i] * image[(channel * 32 + row) * 32 + column] / 255 /
               deviations[channel];
    }
    return sum;
}

Test(whitening, responses_have_no_covariance)
{
    static float filters[OUT * SIZE];
    static double sums[OUT], products[OUT][OUT];
    const double count = 30.0 * 31 * 30;

    paint();
    make(filters, IMAGES);
    for (int n = 0; n < 30; n++)
        for (int y = 0; y < 31; y++)
            for (int x = 0; x < 30; x++) {
                double of[OUT];

                for (int i = 0; i < OUT; i += 2) {
                    of[i] = response(filters + i * SIZE, bytes + n * DATASET_IMAGE_BYTES, y, x);
                    sums[i] += of[i];
                    for (int j = 0; j <= i; j += 2)
                        products[i][j] += of[i] * of[j];
                }
            }
    for (int i = 0; i < OUT; i += 2)
        for (int j = 0; j <= i; j += 2) {
            double covariance = (products[i][j] - sums[i] * sums[j] / count) / (count - 1);

            cr_expect_lt(fabs(covariance - (i == j)), 1e-4, "%d and %d: %g", i, j, covariance);
        }
}

Test(whitening, each_filter_has_its_negative_and_the_largest_variance_is_first)
{
    static float filters[OUT * SIZE];
    double last = 0;

    paint();
    make(filters, IMAGES);
    for (int i = 0; i < OUT; i += 2) {
        double squares = 0;
        float largest = 0;

        for (int j = 0; j < SIZE; j++) {
            float value = filters[i * SIZE + j];

            cr_expect_eq(filters[(i + 1) * SIZE + j], -value);
            squares += (double)value * value;
            largest = fabsf(value) > fabsf(largest) ? value : largest;
        }
        cr_expect_gt(largest, 0);
        cr_expect_gt(squares, last * (1 - 1e-6)); /* 1 / (variance + eps) */
        last = squares;
    }
}

Test(whitening, takes_the_first_images_with_any_number_of_threads)
{
    static float filters[OUT * SIZE], others[OUT * SIZE];
    struct error error;

    paint();
    make(filters, IMAGES);
    memset(bytes + 30 * DATASET_IMAGE_BYTES, 7, 10 * DATASET_IMAGE_BYTES);
    cr_assert_eq(pool_start(3, &error), 0);
    make(others, IMAGES);
    pool_stop();
    cr_expect_arr_eq(others, filters, sizeof filters);
    make(others, 29);
    cr_expect_arr_neq(others, filters, sizeof filters);
}

/* All alike: no variance, and filters by eps alone. */
Test(whitening, of_images_without_variance)
{
    static float filters[OUT * SIZE];

    memset(bytes, 9, sizeof bytes);
    make(filters, IMAGES);
    for (int i = 0; i < OUT * SIZE; i++)
        cr_expect(isfinite(filters[i]));
}
