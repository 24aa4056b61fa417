/* Batches: each image once an epoch, the same for the same seed, made in the background. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "allocations.h"
#include "data/loader.h"
#include "data/mix.h"
#include "data/rng.h"
#include "platform/pool.h"

enum { IMAGES = 50000, BATCHES = 391, LAST = 80 }; /* 50000 = 390 * 128 + 80 */

static const struct loader_options plain = {.seed = 1, .shuffle = 1};
static const struct loader_options augmented = {
    .seed = 1, .shuffle = 1, .augment = {.crop_padding = 4, .flip = 0.5}};

static const struct loader_options mixed = {.seed = 1,
                                            .shuffle = 1,
                                            .augment = {.crop_padding = 4,
                                                        .border = MODEL_BORDER_REFLECT,
                                                        .flip = MODEL_FLIP_ALTERNATING,
                                                        .cutout = 8,
                                                        .fill = {125, 123, 114},
                                                        .mixup = 0.4}};

static const struct loader_options recolored = {.seed = 1,
                                                .shuffle = 1,
                                                .augment = {.crop_padding = 4,
                                                            .flip = 0.5,
                                                            .trivial_augment = 1,
                                                            .brightness = 0.4,
                                                            .hue = 0.1,
                                                            .random_erasing = 0.5,
                                                            .erasing_scale = {0.02, 0.33},
                                                            .erasing_ratio = {0.3, 3.3},
                                                            .mixup = 0.4,
                                                            .cutmix = 1}};

static struct dataset dataset;
static struct error error;

/* Image i begins with its number in four bytes; the rest is random, from one block. */
static void make_dataset(int count)
{
    static uint8_t noise[DATASET_IMAGE_BYTES];
    struct rng rng = rng_at(3, 0, 0);

    cr_assert_eq(dataset_extend(&dataset, count, &error), 0);
    for (int i = 0; i < DATASET_IMAGE_BYTES; i++)
        noise[i] = (uint8_t)rng_u32(&rng);
    for (int i = 0; i < count; i++) {
        uint8_t *image = dataset.images + (size_t)i * DATASET_IMAGE_BYTES;
        memcpy(image, noise, DATASET_IMAGE_BYTES);
        for (int byte = 0; byte < 4; byte++)
            image[byte] = (uint8_t)((unsigned)i >> 8 * byte);
        dataset.labels[i] = (uint8_t)(i * 7 % MODEL_CLASSES);
    }
}

static int number_of(const uint8_t *image)
{
    return (int)(image[0] | (unsigned)image[1] << 8 | (unsigned)image[2] << 16 |
                 (unsigned)image[3] << 24);
}

static void start(int threads)
{
    cr_assert_eq(pool_start(threads, &error), 0, "%s", error.text);
}

static void stop(void)
{
    pool_stop();
    dataset_free(&dataset);
}

TestSuite(loader, .fini = stop, .timeout = 120);

static void open_loader(struct loader *loader, const struct loader_options *options)
{
    cr_assert_eq(loader_open(loader, &dataset, options, &error), 0, "%s", error.text);
}

/* Takes a whole epoch and notes how often each image came; its targets must fit. */
static void count_epoch(struct loader *loader, int epoch, int *seen)
{
    const uint8_t *images;
    const float *targets;
    int n, batches = 0, count = loader->dataset->count;

    memset(seen, 0, (size_t)count * sizeof *seen);
    loader_start_at(loader, epoch, 0);
    while ((n = loader_next(loader, &images, &targets)) > 0) {
        int left = count - batches++ * MODEL_BATCH;
        cr_assert_eq(n, left < MODEL_BATCH ? left : MODEL_BATCH);
        for (int i = 0; i < n; i++) {
            int image = number_of(images + (size_t)i * DATASET_IMAGE_BYTES);
            cr_assert(image >= 0 && image < count);
            seen[image]++;
            for (int c = 0; c < MODEL_CLASSES; c++)
                cr_assert_eq(targets[i * MODEL_CLASSES + c],
                             c == dataset.labels[image] ? 1.0F : 0.0F);
        }
    }
    cr_assert_eq(loader_next(loader, &images, &targets), 0); /* and stays at the end */
    cr_assert_eq(batches, loader_batches(loader));
}

static void assert_once_an_epoch(int count, const struct loader_options *options)
{
    struct loader loader;
    int *seen = malloc((size_t)count * sizeof *seen);

    make_dataset(count);
    open_loader(&loader, options);
    for (int epoch = 0; epoch < 2; epoch++) {
        count_epoch(&loader, epoch, seen);
        for (int i = 0; i < count; i++)
            cr_assert_eq(seen[i], 1, "image %d came %d times", i, seen[i]);
    }
    loader_close(&loader);
    dataset_free(&dataset);
    free(seen);
}

/* What is dropped is another part of the data set in another epoch. */
Test(loader, drops_a_last_batch_that_is_not_whole)
{
    const struct loader_options whole = {.seed = 1, .shuffle = 1, .drop_last = 1};
    const uint8_t *images;
    const float *targets;
    int first_left[2] = {0}, batches = 0;

    start(2);
    make_dataset(IMAGES);
    for (int epoch = 0; epoch < 2; epoch++) {
        struct loader loader;

        cr_assert_eq(loader_open(&loader, &dataset, &whole, &error), 0);
        cr_expect_eq(loader_batches(&loader), BATCHES - 1);
        cr_expect_eq(loader_images(&loader), IMAGES - LAST);
        loader_start_at(&loader, epoch, 0);
        for (batches = 0; loader_next(&loader, &images, &targets) == MODEL_BATCH; batches++)
            ;
        cr_expect_eq(batches, BATCHES - 1);
        cr_expect_eq(loader_next(&loader, &images, &targets), 0);
        first_left[epoch] = loader.order[IMAGES - LAST];
        loader_start_at(&loader, epoch, BATCHES - 1);
        cr_expect_eq(loader_next(&loader, &images, &targets), 0, "an epoch that is over");
        loader_close(&loader);
    }
    cr_expect_neq(first_left[0], first_left[1]);
    dataset.count = MODEL_BATCH - 1;
    struct loader none;
    cr_expect_eq(loader_open(&none, &dataset, &whole, &error), -1);
    cr_expect(strstr(error.text, "drop_last leaves nothing of 127 training images"), "%s",
              error.text);
    dataset.count = IMAGES;
}

Test(loader, gives_each_image_once_an_epoch)
{
    start(2);
    assert_once_an_epoch(IMAGES, &plain);
}

Test(loader, takes_any_number_of_images)
{
    static const int counts[] = {1, 2, 127, 128, 129, 255, 256, 257};
    start(2);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        assert_once_an_epoch(counts[i], &plain);
}

Test(loader, works_without_a_pool)
{
    assert_once_an_epoch(300, &plain);
}

Test(loader, last_batch_is_the_rest)
{
    struct loader loader;
    const uint8_t *images;
    const float *targets;
    int n, last = 0, batches = 0;

    start(1);
    make_dataset(IMAGES);
    open_loader(&loader, &plain);
    cr_assert_eq(loader_batches(&loader), BATCHES);
    loader_start_at(&loader, 0, 0);
    for (; (n = loader_next(&loader, &images, &targets)) > 0; batches++)
        last = n;
    cr_assert_eq(batches, BATCHES);
    cr_assert_eq(last, LAST);
    loader_close(&loader);
}

Test(loader, keeps_the_order_when_not_shuffling)
{
    const struct loader_options unshuffled = {.seed = 1};
    struct loader loader;
    const uint8_t *images;
    const float *targets;
    int n, next = 0;

    start(2);
    make_dataset(1000);
    open_loader(&loader, &unshuffled);
    loader_start_at(&loader, 5, 0);
    while ((n = loader_next(&loader, &images, &targets)) > 0)
        for (int i = 0; i < n; i++)
            cr_assert_eq(number_of(images + (size_t)i * DATASET_IMAGE_BYTES), next++);
    cr_assert_eq(next, 1000);
    loader_close(&loader);
}

Test(loader, every_order_is_as_likely)
{
    enum { COUNT = 4, ORDERS = 24, EPOCHS = 24000 };
    struct loader loader;
    int seen[ORDERS] = {0};
    double chi_square = 0.0, expected = (double)EPOCHS / ORDERS;

    make_dataset(COUNT);
    open_loader(&loader, &plain);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        int number = 0; /* of this order: for each place, how many smaller ones come later */
        loader_start_at(&loader, epoch, 0);
        for (int i = 0; i < COUNT; i++) {
            int smaller = 0;
            for (int j = i + 1; j < COUNT; j++)
                smaller += loader.order[j] < loader.order[i];
            number = number * (COUNT - i) + smaller;
        }
        seen[number]++;
    }
    for (int i = 0; i < ORDERS; i++)
        chi_square += (seen[i] - expected) * (seen[i] - expected) / expected;
    cr_assert_lt(chi_square, 49.73, "99.9 %% of samples are below, this one: %g", chi_square);
    loader_close(&loader);
}

/* A digest (FNV-1a) of everything an epoch gives. */
static uint64_t digest(const struct loader_options *options, int epoch)
{
    struct loader loader;
    const uint8_t *images;
    const float *targets;
    uint64_t hash = UINT64_C(14695981039346656037);
    int n;

    open_loader(&loader, options);
    loader_start_at(&loader, epoch, 0);
    while ((n = loader_next(&loader, &images, &targets)) > 0) {
        for (int i = 0; i < n * DATASET_IMAGE_BYTES; i++)
            hash = (hash ^ images[i]) * UINT64_C(1099511628211);
        for (int i = 0; i < n * MODEL_CLASSES; i++)
            hash = (hash ^ (uint64_t)lrintf(targets[i] * 65536)) * UINT64_C(1099511628211);
    }
    loader_close(&loader);
    return hash;
}

static void assert_a_function_of_seed_and_epoch(const struct loader_options *options)
{
    struct loader_options other = *options;

    uint64_t without_pool = digest(options, 3);
    start(1);
    uint64_t one_thread = digest(options, 3);
    pool_stop();
    start(4);
    cr_assert_eq(digest(options, 3), one_thread);
    cr_assert_eq(without_pool, one_thread);
    cr_assert_neq(digest(options, 4), one_thread);
    other.seed = 2;
    cr_assert_neq(digest(&other, 3), one_thread);
    cr_assert_neq(digest(&plain, 3), one_thread);
    pool_stop();
}

Test(loader, is_a_function_of_seed_and_epoch)
{
    make_dataset(2000);
    assert_a_function_of_seed_and_epoch(&augmented);
    assert_a_function_of_seed_and_epoch(&mixed);
    assert_a_function_of_seed_and_epoch(&recolored);
}

/* As a resumed run does. */
static void assert_starts_anywhere(const struct loader_options *options)
{
    static uint8_t expected[MODEL_BATCH * DATASET_IMAGE_BYTES];
    static float expected_targets[MODEL_BATCH * MODEL_CLASSES];
    struct loader whole, rest;
    const uint8_t *images;
    const float *targets;
    int n;

    open_loader(&whole, options);
    open_loader(&rest, options);
    loader_start_at(&whole, 2, 0);
    for (int batch = 0; batch <= loader_batches(&whole); batch++) {
        n = loader_next(&whole, &images, &targets);
        memcpy(expected, images, (size_t)n * DATASET_IMAGE_BYTES);
        memcpy(expected_targets, targets, (size_t)n * MODEL_CLASSES * sizeof *targets);
        loader_start_at(&rest, 2, batch);
        cr_assert_eq(loader_next(&rest, &images, &targets), n);
        cr_assert_eq(memcmp(images, expected, (size_t)n * DATASET_IMAGE_BYTES), 0);
        cr_assert_eq(memcmp(targets, expected_targets, (size_t)n * MODEL_CLASSES * sizeof *targets),
                     0);
    }
    cr_assert_eq(n, 0);
    loader_close(&rest);
    loader_close(&whole);
}

Test(loader, starts_anywhere_in_an_epoch)
{
    start(2);
    make_dataset(1000);
    assert_starts_anywhere(&augmented);
    assert_starts_anywhere(&mixed);
    assert_starts_anywhere(&recolored);
}

/* What comes is augment_image of the image, whichever place in the batch it has. */
Test(loader, augments_by_image_not_by_place)
{
    struct loader loader;
    uint8_t expected[DATASET_IMAGE_BYTES];
    const uint8_t *images;
    const float *targets;
    int n;

    start(2);
    make_dataset(1000);
    open_loader(&loader, &augmented);
    loader_start_at(&loader, 6, 0);
    for (int first = 0; (n = loader_next(&loader, &images, &targets)) > 0; first += n) {
        for (int i = 0; i < n; i++) {
            int image = loader.order[first + i];
            augment_image(expected, dataset.images + (size_t)image * DATASET_IMAGE_BYTES, NULL,
                          &augmented.augment, augmented.seed, 6, image);
            cr_assert_eq(
                memcmp(images + (size_t)i * DATASET_IMAGE_BYTES, expected, DATASET_IMAGE_BYTES), 0);
        }
    }
    loader_close(&loader);
}

/* Image i of a batch is lambda of its own and the rest of its partner's, and so are the targets. */
static void expect_mixed(const struct loader *loader, const uint8_t *images, const float *targets,
                         int first, int n)
{
    static uint8_t each[MODEL_BATCH][DATASET_IMAGE_BYTES];
    const struct model_augment *augment = &loader->options.augment;
    int partner[MODEL_BATCH], lambda;

    lambda = mix_choose(partner, n, augment, 1, loader->epoch, first / MODEL_BATCH).lambda;
    for (int i = 0; i < n; i++) {
        int image = loader->order[first + i];
        augment_image(each[i], dataset.images + (size_t)image * DATASET_IMAGE_BYTES, NULL, augment,
                      1, loader->epoch, image);
    }
    for (int i = 0; i < n; i++) {
        double part = lambda / 65536.0, sum = 0;
        int label = dataset.labels[loader->order[first + i]];
        int other = dataset.labels[loader->order[first + partner[i]]];

        for (int k = 0; k < DATASET_IMAGE_BYTES; k++)
            cr_assert_eq(images[i * DATASET_IMAGE_BYTES + k],
                         floor(part * each[i][k] + (1 - part) * each[partner[i]][k] + 0.5));
        for (int c = 0; c < MODEL_CLASSES; c++) {
            cr_assert_eq(targets[i * MODEL_CLASSES + c],
                         (float)(part * (c == label) + (1 - part) * (c == other)));
            sum += targets[i * MODEL_CLASSES + c];
        }
        cr_assert_eq(sum, 1);
    }
}

Test(loader, mixes_whole_batches_and_the_rest)
{
    struct loader loader;
    const uint8_t *images;
    const float *targets;
    int n, first = 0;

    start(2);
    make_dataset(3 * MODEL_BATCH + 1 + 80);
    open_loader(&loader, &mixed);
    loader_start_at(&loader, 6, 0);
    for (; (n = loader_next(&loader, &images, &targets)) > 0; first += n)
        expect_mixed(&loader, images, targets, first, n);
    cr_assert_eq(first, dataset.count);
    loader_close(&loader);
}

Test(loader, an_image_alone_is_mixed_with_itself)
{
    struct loader loader;
    const uint8_t *images;
    const float *targets;

    make_dataset(1);
    open_loader(&loader, &mixed);
    loader_start_at(&loader, 0, 0);
    cr_assert_eq(loader_next(&loader, &images, &targets), 1);
    expect_mixed(&loader, images, targets, 0, 1);
    loader_close(&loader);
}

Test(loader, batch_stays_while_the_next_is_made)
{
    static uint8_t copy[MODEL_BATCH * DATASET_IMAGE_BYTES];
    struct loader loader;
    const uint8_t *images;
    const float *targets;
    int n;

    start(2);
    make_dataset(1000);
    open_loader(&loader, &augmented);
    loader_start_at(&loader, 0, 0);
    while ((n = loader_next(&loader, &images, &targets)) > 0) {
        memcpy(copy, images, (size_t)n * DATASET_IMAGE_BYTES);
        pool_background_wait(); /* the next batch is complete */
        cr_assert_eq(memcmp(copy, images, (size_t)n * DATASET_IMAGE_BYTES), 0);
    }
    loader_close(&loader);
}

static double seconds(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* CPU time, which does not depend on what else the machine does: the caller's is a small part. */
Test(loader, makes_batches_in_the_background)
{
    struct loader loader;
    const uint8_t *images;
    const float *targets;

    start(1);
    make_dataset(IMAGES);
    open_loader(&loader, &augmented);
    loader_start_at(&loader, 0, 0);
    double caller = -seconds(CLOCK_THREAD_CPUTIME_ID), all = -seconds(CLOCK_PROCESS_CPUTIME_ID);
    while (loader_next(&loader, &images, &targets) > 0)
        ;
    caller += seconds(CLOCK_THREAD_CPUTIME_ID);
    all += seconds(CLOCK_PROCESS_CPUTIME_ID);
    cr_assert_lt(caller, 0.25 * all, "the caller took %g of %g s of CPU time", caller, all);
    loader_close(&loader);
}

Test(loader, drops_an_unfinished_epoch)
{
    struct loader loader;
    const uint8_t *images;
    const float *targets;
    static int seen[1000];

    start(2);
    make_dataset(1000);
    open_loader(&loader, &plain);
    loader_start_at(&loader, 0, 0);
    loader_next(&loader, &images, &targets);
    count_epoch(&loader, 1, seen);
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(seen[i], 1);
    loader_start_at(&loader, 2, 0);
    loader_close(&loader); /* with a batch in preparation */
    loader_close(&loader);
}

Test(loader, two_can_take_turns)
{
    const struct loader_options unshuffled = {.seed = 1};
    struct loader one, two;
    const uint8_t *images;
    const float *targets;
    int next[2] = {0, 0}, n;

    start(2);
    make_dataset(1000);
    open_loader(&one, &unshuffled);
    open_loader(&two, &unshuffled);
    loader_start_at(&one, 0, 0);
    loader_start_at(&two, 0, 0);
    do {
        n = loader_next(&one, &images, &targets);
        for (int i = 0; i < n; i++)
            cr_assert_eq(number_of(images + (size_t)i * DATASET_IMAGE_BYTES), next[0]++);
        n = loader_next(&two, &images, &targets);
        for (int i = 0; i < n; i++)
            cr_assert_eq(number_of(images + (size_t)i * DATASET_IMAGE_BYTES), next[1]++);
    } while (n > 0);
    cr_assert(next[0] == 1000 && next[1] == 1000);
    loader_close(&one);
    loader_close(&two);
}

Test(loader, allocates_nothing_once_open)
{
    struct loader loader;
    const uint8_t *images;
    const float *targets;

    if (!ALLOCATIONS_COUNTED)
        cr_skip_test("allocations cannot be counted here");
    start(2);
    make_dataset(1000);
    open_loader(&loader, &mixed);
    long before = allocations();
    for (int epoch = 0; epoch < 3; epoch++) {
        loader_start_at(&loader, epoch, 0);
        while (loader_next(&loader, &images, &targets) > 0)
            ;
    }
    cr_assert_eq(allocations() - before, 0);
    loader_close(&loader);
}

Test(loader, refuses_an_empty_data_set)
{
    struct loader loader;
    struct dataset empty = {NULL, NULL, 0};
    cr_assert_eq(loader_open(&loader, &empty, &plain, &error), -1);
    cr_assert_str_eq(error.text, "the data set has no images");
}
