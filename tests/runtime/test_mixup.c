/* Mixup: the distribution of lambda and of partners, mixed images and targets. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../vectors/augment.h"
#include "data/mixup.h"
#include "data/records.h"
#include "data/rng.h"

enum { DRAWS = 100000, LOOKS = 500 };
static const double alphas[] = {0.05, 0.2, 0.5, 1.0, 2.0, 10.0};
enum { ALPHAS = sizeof alphas / sizeof alphas[0] };

/* The integral of t^(alpha - 1) (1 - t)^(alpha - 1) from 0 to x <= 1/2 by Simpson's rule; with
 * u = t^alpha its integrand stays finite. */
static double half_beta(double x, double alpha)
{
    enum { STEPS = 2000 };
    double width = pow(x, alpha) / STEPS, sum = 0;

    for (int i = 0; i <= STEPS; i++) {
        double value = pow(1 - pow(i * width, 1 / alpha), alpha - 1);
        sum += (i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2) * value;
    }
    return sum * width / 3 / alpha;
}

/* The distribution function of Beta(alpha, alpha). */
static double beta_below(double x, double alpha)
{
    double all = 2 * half_beta(0.5, alpha);

    return x <= 0.5 ? half_beta(x, alpha) / all : 1 - half_beta(1 - x, alpha) / all;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

Test(mixup, beta_has_its_distribution)
{
    static double values[DRAWS];

    for (int a = 0; a < ALPHAS; a++) {
        struct rng rng = rng_at(8, 0, (uint64_t)a);
        double variance = 1 / (4 * (2 * alphas[a] + 1)), sum = 0, squares = 0, distance = 0;
        double fourth = 3 * variance / (4 * (2 * alphas[a] + 3)); /* central moment */

        for (int i = 0; i < DRAWS; i++) {
            values[i] = rng_beta(&rng, alphas[a]);
            cr_assert(values[i] >= 0 && values[i] <= 1);
            sum += values[i] / DRAWS;
            squares += (values[i] - 0.5) * (values[i] - 0.5) / DRAWS;
        }
        qsort(values, DRAWS, sizeof *values, compare);
        /* values so near to 1 that a double does not tell them apart are left out */
        for (int i = 0; i < DRAWS && values[i] < 1 - 1e-12; i += DRAWS / LOOKS) {
            double expected = beta_below(values[i], alphas[a]);
            distance = fmax(distance, fabs(expected - (i + 0.5) / DRAWS));
        }
        cr_expect_float_eq(sum, 0.5, 4 * sqrt(variance / DRAWS), "alpha %g: mean %g", alphas[a],
                           sum);
        cr_expect_float_eq(squares, variance, 4 * sqrt((fourth - variance * variance) / DRAWS),
                           "alpha %g: variance %g, not %g", alphas[a], squares, variance);
        /* Kolmogorov and Smirnov: 99.9 % of samples are below 1.95; not every value is looked at */
        cr_expect_lt(distance, 1.95 / sqrt(DRAWS), "alpha %g: distance %g", alphas[a], distance);
    }
}

Test(mixup, beta_bears_any_alpha)
{
    static const double extremes[] = {1e-300, 1e-9, 1e6};

    for (size_t a = 0; a < sizeof extremes / sizeof extremes[0]; a++) {
        struct rng rng = rng_at(8, 0, 0);
        int ones = 0;
        for (int i = 0; i < 1000; i++) {
            double value = rng_beta(&rng, extremes[a]);
            cr_assert(value >= 0 && value <= 1);
            cr_assert(a < 2 ? value < 1e-6 || value > 1 - 1e-6 : fabs(value - 0.5) < 0.002);
            ones += value > 0.5;
        }
        cr_expect(ones > 430 && ones < 570, "%d of 1000 are above 1/2", ones);
    }
}

Test(mixup, lambda_is_of_beta_and_of_the_batch)
{
    enum { BATCHES = 20000 };
    int partner[2], same = 0;
    double sum = 0, squares = 0;

    for (int i = 0; i < BATCHES; i++) {
        int lambda = mixup_choose(partner, 2, 0.4, 3, i / 391, i % 391);
        double part = (double)lambda / MIXUP_ONE - 0.5;
        cr_assert(lambda >= 0 && lambda <= MIXUP_ONE);
        cr_assert_eq(mixup_choose(partner, 2, 0.4, 3, i / 391, i % 391), lambda);
        same += mixup_choose(partner, 2, 0.4, 3, i / 391 + 1, i % 391) == lambda;
        same += mixup_choose(partner, 2, 0.4, 3, i / 391, i % 391 + 1) == lambda;
        same += mixup_choose(partner, 2, 0.4, 4, i / 391, i % 391) == lambda;
        sum += part / BATCHES;
        squares += part * part / BATCHES;
    }
    cr_expect_float_eq(sum, 0, 4 * sqrt(1 / 7.2 / BATCHES));
    cr_expect_float_eq(squares, 1 / 7.2, 4 * sqrt(1 / 7.2 / 4 / BATCHES));
    cr_expect_lt(same, BATCHES / 20, "%d are the same", same);
}

Test(mixup, partners_are_any_permutation)
{
    enum { N = 4, ORDERS = 24, DRAWN = 24000 };
    int seen[N * N * N * N] = {0}, partner[N], kinds = 0;
    double chi_square = 0, expected = (double)DRAWN / ORDERS;

    for (int i = 0; i < DRAWN; i++) {
        mixup_choose(partner, N, 1, 5, 0, i);
        seen[partner[0] + N * (partner[1] + N * (partner[2] + N * partner[3]))]++;
    }
    for (int i = 0; i < N * N * N * N; i++) {
        kinds += seen[i] > 0;
        if (seen[i] > 0)
            chi_square += (seen[i] - expected) * (seen[i] - expected) / expected;
    }
    cr_assert_eq(kinds, ORDERS);
    cr_assert_lt(chi_square, 49.73, "99.9 %% of samples are below, this one: %g", chi_square);
}

/* Mixes a batch of random images and compares with what each pixel should be. */
static void expect_mixed(int n, int lambda)
{
    static uint8_t images[MODEL_BATCH * DATASET_IMAGE_BYTES], before[sizeof images];
    uint8_t image[DATASET_IMAGE_BYTES];
    int partner[MODEL_BATCH], kept[MODEL_BATCH];
    struct rng rng = rng_at(9, 0, (uint64_t)n);

    for (int i = 0; i < n * DATASET_IMAGE_BYTES; i++)
        images[i] = before[i] = (uint8_t)rng_u32(&rng);
    rng_permutation(&rng, partner, n);
    memcpy(kept, partner, sizeof kept);
    mixup_images(images, partner, n, lambda, image);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < DATASET_IMAGE_BYTES; k++) {
            double own = before[i * DATASET_IMAGE_BYTES + k];
            double other = before[kept[i] * DATASET_IMAGE_BYTES + k];
            double exact = other + (own - other) * lambda / MIXUP_ONE;
            cr_assert(fabs(images[i * DATASET_IMAGE_BYTES + k] - exact) <= 0.5,
                      "n %d, lambda %d, image %d", n, lambda, i);
        }
}

Test(mixup, images_are_mixed_to_half_a_grey_level)
{
    static const int sizes[] = {1, 2, 3, 80, MODEL_BATCH};
    static const int lambdas[] = {0, 1, 12345, 32768, 65535, MIXUP_ONE};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (size_t j = 0; j < sizeof lambdas / sizeof lambdas[0]; j++)
            expect_mixed(sizes[i], lambdas[j]);
}

/* Cross entropy with soft targets. */
static double loss_of(const double *logits, const float *target)
{
    double sum = 0, loss = 0;

    for (int c = 0; c < MODEL_CLASSES; c++)
        sum += exp(logits[c]);
    for (int c = 0; c < MODEL_CLASSES; c++)
        loss -= (double)target[c] * (logits[c] - log(sum));
    return loss;
}

Test(mixup, is_as_in_pytorch)
{
    static uint8_t images[2 * DATASET_IMAGE_BYTES], image[DATASET_IMAGE_BYTES];

    for (size_t i = 0; i < sizeof mixtures / sizeof mixtures[0]; i++) {
        const struct mixture *it = &mixtures[i];
        float target[MODEL_CLASSES];
        int partner[2] = {1, 0};

        mixup_target(target, it->labels[0], it->labels[1], it->lambda);
        cr_expect_float_eq(loss_of(it->logits, target), it->loss, 1e-6 * it->loss);
        memcpy(images, it->pixels[0], 16);
        memcpy(images + DATASET_IMAGE_BYTES, it->pixels[1], 16);
        mixup_images(images, partner, 2, it->lambda, image);
        cr_expect_eq(memcmp(images, it->mixed, 16), 0, "lambda %d", it->lambda);
    }
}

Test(mixup, equal_labels_make_one_target)
{
    float target[MODEL_CLASSES];

    for (int lambda = 0; lambda <= MIXUP_ONE; lambda += 17) {
        mixup_target(target, 3, 3, lambda);
        cr_assert_eq(target[3], 1.0F);
    }
}
