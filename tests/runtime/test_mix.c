/* Mixup and cutmix: the distribution of lambda and of partners, rectangles, mixed images and
 * targets. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../vectors/augment.h"
#include "augment_pattern.h"
#include "data/mix.h"
#include "data/records.h"
#include "data/rng.h"
#include "files/crc32.h"

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

static int lambda_of(uint64_t seed, int epoch, int batch)
{
    const struct model_augment augment = {.mixup = 0.4};
    int partner[2];

    return mix_choose(partner, 2, &augment, seed, epoch, batch).lambda;
}

Test(mixup, lambda_is_of_beta_and_of_the_batch)
{
    enum { BATCHES = 20000 };
    int same = 0;
    double sum = 0, squares = 0;

    for (int i = 0; i < BATCHES; i++) {
        int lambda = lambda_of(3, i / 391, i % 391);
        double part = (double)lambda / MIX_ONE - 0.5;
        cr_assert(lambda >= 0 && lambda <= MIX_ONE);
        cr_assert_eq(lambda_of(3, i / 391, i % 391), lambda);
        same += lambda_of(3, i / 391 + 1, i % 391) == lambda;
        same += lambda_of(3, i / 391, i % 391 + 1) == lambda;
        same += lambda_of(4, i / 391, i % 391) == lambda;
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
    const struct model_augment augment = {.mixup = 1};
    int seen[N * N * N * N] = {0}, partner[N], kinds = 0;
    double chi_square = 0, expected = (double)DRAWN / ORDERS;

    for (int i = 0; i < DRAWN; i++) {
        mix_choose(partner, N, &augment, 5, 0, i);
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

/* Is pixel k of an image, of any channel, within the rectangle? */
static int is_cut(const struct mix *mix, int k)
{
    int y = k / MODEL_WIDTH % MODEL_HEIGHT, x = k % MODEL_WIDTH;

    return y >= mix->box.top && y < mix->box.bottom && x >= mix->box.left && x < mix->box.right;
}

/* Mixes a batch of random images and compares with what each pixel should be. */
static void expect_mixed(int n, const struct mix *mix)
{
    static uint8_t images[MODEL_BATCH * DATASET_IMAGE_BYTES], before[sizeof images];
    uint8_t image[DATASET_IMAGE_BYTES];
    int partner[MODEL_BATCH], kept[MODEL_BATCH];
    struct rng rng = rng_at(9, 0, (uint64_t)n);

    for (int i = 0; i < n * DATASET_IMAGE_BYTES; i++)
        images[i] = before[i] = (uint8_t)rng_u32(&rng);
    rng_permutation(&rng, partner, n);
    memcpy(kept, partner, sizeof kept);
    mix_images(images, partner, n, mix, image);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < DATASET_IMAGE_BYTES; k++) {
            double own = before[i * DATASET_IMAGE_BYTES + k];
            double other = before[kept[i] * DATASET_IMAGE_BYTES + k];
            double exact = mix->is_cut ? (is_cut(mix, k) ? other : own)
                                       : other + (own - other) * mix->lambda / MIX_ONE;
            cr_assert(fabs(images[i * DATASET_IMAGE_BYTES + k] - exact) <= (mix->is_cut ? 0 : 0.5),
                      "n %d, lambda %d, image %d", n, mix->lambda, i);
        }
}

Test(mixup, images_are_mixed_to_half_a_grey_level)
{
    static const int sizes[] = {1, 2, 3, 80, MODEL_BATCH};
    static const int lambdas[] = {0, 1, 12345, 32768, 65535, MIX_ONE};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (size_t j = 0; j < sizeof lambdas / sizeof lambdas[0]; j++)
            expect_mixed(sizes[i], &(struct mix){.lambda = lambdas[j]});
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

        mix_target(target, it->labels[0], it->labels[1], (float)it->lambda / MIX_ONE);
        cr_expect_float_eq(loss_of(it->logits, target), it->loss, 1e-6 * it->loss);
        memcpy(images, it->pixels[0], 16);
        memcpy(images + DATASET_IMAGE_BYTES, it->pixels[1], 16);
        mix_images(images, partner, 2, &(struct mix){.lambda = it->lambda}, image);
        cr_expect_eq(memcmp(images, it->mixed, 16), 0, "lambda %d", it->lambda);
    }
}

Test(mixup, equal_labels_make_one_target)
{
    float target[MODEL_CLASSES];

    for (int lambda = 0; lambda <= MIX_ONE; lambda += 17) {
        mix_target(target, 3, 3, (float)lambda / MIX_ONE);
        cr_assert_eq(target[3], 1.0F);
    }
}

Test(cutmix, is_as_in_torchvision)
{
    static uint8_t images[2 * DATASET_IMAGE_BYTES], image[DATASET_IMAGE_BYTES];

    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        const struct cut *it = &cuts[i];
        struct mix mix = mix_cut(it->lambda, it->row, it->column);
        int partner[2] = {1, 0};

        cr_expect(mix.is_cut && mix.box.top == it->box[0] && mix.box.left == it->box[1] &&
                      mix.box.bottom == it->box[2] && mix.box.right == it->box[3],
                  "lambda %g at %d, %d: %d..%d, %d..%d", it->lambda, it->row, it->column,
                  mix.box.top, mix.box.bottom, mix.box.left, mix.box.right);
        cr_expect_eq(mix.own, (float)it->own);
        for (int k = 0; k < DATASET_IMAGE_BYTES; k++) {
            images[k] = pattern(k);
            images[DATASET_IMAGE_BYTES + k] = (uint8_t)(255 - pattern(k));
        }
        mix_images(images, partner, 2, &mix, image);
        cr_expect_eq(crc32_add(0, images, sizeof images), it->sum, "case %zu", i);
    }
}

Test(cutmix, exchanges_rectangles_of_a_batch)
{
    static const int sizes[] = {1, 2, 3, 80, MODEL_BATCH};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (int row = 0; row < MODEL_HEIGHT; row += 13) {
            struct mix mix = mix_cut(0.1 + row / 40.0, row, 30);
            expect_mixed(sizes[i], &mix);
        }
}

/* The rectangle's centre is any pixel alike, lambda Beta(alpha, alpha): the mean of what is kept is
 * what follows from both. */
Test(cutmix, is_drawn_for_each_batch)
{
    enum { BATCHES = 20000, STEPS = 1000 };
    const struct model_augment augment = {.cutmix = 1};
    double mean = 0, expected = 0;
    int partner[2], same = 0;

    for (int i = 0; i < BATCHES; i++) {
        struct mix mix = mix_choose(partner, 2, &augment, 3, i / 391, i % 391), other[3];
        other[0] = mix_choose(partner, 2, &augment, 4, i / 391, i % 391);
        other[1] = mix_choose(partner, 2, &augment, 3, i / 391 + 1, i % 391);
        other[2] = mix_choose(partner, 2, &augment, 3, i / 391, i % 391 + 1);
        cr_assert(mix.is_cut && mix.box.top >= 0 && mix.box.top <= mix.box.bottom &&
                  mix.box.bottom <= 32 && mix.box.left >= 0 && mix.box.left <= mix.box.right &&
                  mix.box.right <= 32);
        cr_assert_eq(mix.own, (float)(1 - (mix.box.bottom - mix.box.top) *
                                              (mix.box.right - mix.box.left) / 1024.0));
        for (int k = 0; k < 3; k++)
            same += other[k].box.top == mix.box.top && other[k].box.left == mix.box.left &&
                    other[k].own == mix.own;
        mean += (double)mix.own / BATCHES;
    }
    for (int step = 0; step < STEPS; step++) /* of lambda, uniform where alpha is 1 */
        for (int row = 0; row < MODEL_HEIGHT; row++)
            for (int column = 0; column < MODEL_WIDTH; column++)
                expected += (double)mix_cut((step + 0.5) / STEPS, row, column).own / STEPS / 1024;
    cr_expect_float_eq(mean, expected, 4 * 0.3 / sqrt(BATCHES), "%g, not %g", mean, expected);
    cr_expect_lt(same, BATCHES / 20, "%d are the same", same);
}

Test(cutmix, beside_mixup_each_is_as_likely)
{
    enum { BATCHES = 20000 };
    const struct model_augment up = {.mixup = 0.4}, both = {.mixup = 0.4, .cutmix = 1};
    int partner[2], cut = 0;

    for (int i = 0; i < BATCHES; i++) {
        struct mix mix = mix_choose(partner, 2, &both, 3, 0, i);
        cut += mix.is_cut;
        if (!mix.is_cut) /* what mixup alone would do */
            cr_assert_eq(mix.lambda, mix_choose(partner, 2, &up, 3, 0, i).lambda);
    }
    cr_expect_float_eq((double)cut / BATCHES, 0.5, 4 * 0.5 / sqrt(BATCHES));
}

Test(cutmix, equal_labels_make_one_target)
{
    float target[MODEL_CLASSES];

    for (int area = 0; area <= 1024; area++)
        for (int size = area > 0 ? area : 1; size <= 1024; size += 7) {
            mix_target(target, 3, 3, (float)(1.0 - (double)area / size));
            cr_assert_eq(target[3], 1.0F);
        }
}
