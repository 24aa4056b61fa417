/* The drawn data set. Whether a network learns it is for the trainer's tests. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "data/synthetic.h"

static struct dataset train, test;
static struct error error;

static void make(void)
{
    cr_assert_eq(synthetic_make(1, &train, &test, &error), 0, "%s", error.text);
}

static void drop(void)
{
    dataset_free(&train);
    dataset_free(&test);
}

TestSuite(synthetic, .init = make, .fini = drop);

static const uint8_t *image_of(const struct dataset *dataset, int i)
{
    return dataset->images + (size_t)i * DATASET_IMAGE_BYTES;
}

Test(synthetic, has_as_many_images_of_each_class)
{
    const struct dataset *sets[] = {&train, &test};
    cr_assert_eq(train.count, SYNTHETIC_TRAIN);
    cr_assert_eq(test.count, SYNTHETIC_TEST);
    for (int s = 0; s < 2; s++) {
        int seen[SYNTHETIC_CLASSES] = {0};
        for (int i = 0; i < sets[s]->count; i++) {
            cr_assert_lt(sets[s]->labels[i], SYNTHETIC_CLASSES);
            seen[sets[s]->labels[i]]++;
        }
        for (int label = 0; label < SYNTHETIC_CLASSES; label++)
            cr_assert_eq(seen[label], sets[s]->count / SYNTHETIC_CLASSES);
    }
}

Test(synthetic, is_a_function_of_the_seed)
{
    struct dataset again, again_test;

    cr_assert_eq(synthetic_make(1, &again, &again_test, &error), 0);
    cr_assert_eq(memcmp(again.images, train.images, (size_t)train.count * DATASET_IMAGE_BYTES), 0);
    cr_assert_eq(memcmp(again.labels, train.labels, (size_t)train.count), 0);
    cr_assert_eq(memcmp(again_test.images, test.images, (size_t)test.count * DATASET_IMAGE_BYTES),
                 0);
    dataset_free(&again);
    dataset_free(&again_test);

    cr_assert_eq(synthetic_make(2, &again, &again_test, &error), 0);
    for (int i = 0; i < 100; i++)
        cr_assert_neq(memcmp(image_of(&again, i), image_of(&train, i), DATASET_IMAGE_BYTES), 0);
    dataset_free(&again);
    dataset_free(&again_test);
}

static int compare_images(const void *a, const void *b)
{
    return memcmp(*(uint8_t *const *)a, *(uint8_t *const *)b, DATASET_IMAGE_BYTES);
}

Test(synthetic, no_image_comes_twice)
{
    enum { ALL = SYNTHETIC_TRAIN + SYNTHETIC_TEST };
    static const uint8_t *images[ALL];

    for (int i = 0; i < ALL; i++)
        images[i] =
            i < SYNTHETIC_TRAIN ? image_of(&train, i) : image_of(&test, i - SYNTHETIC_TRAIN);
    qsort(images, ALL, sizeof images[0], compare_images);
    for (int i = 1; i < ALL; i++)
        cr_assert_neq(memcmp(images[i - 1], images[i], DATASET_IMAGE_BYTES), 0);
}

/* Sum of the differences between neighbours `step` bytes apart, borders left out. */
static long roughness(const uint8_t *image, int step)
{
    long sum = 0;
    for (int c = 0; c < MODEL_CHANNELS; c++)
        for (int y = 0; y < MODEL_HEIGHT - 1; y++)
            for (int x = 0; x < MODEL_WIDTH - 1; x++) {
                const uint8_t *pixel = image + (c * MODEL_HEIGHT + y) * MODEL_WIDTH + x;
                sum += abs(pixel[step] - pixel[0]);
            }
    return sum;
}

Test(synthetic, stripes_run_as_their_class_says)
{
    enum { HORIZONTAL = 6, VERTICAL = 7 };
    for (int i = 0; i < test.count; i++) {
        long across = roughness(image_of(&test, i), 1);
        long down = roughness(image_of(&test, i), MODEL_WIDTH);
        if (test.labels[i] == HORIZONTAL)
            cr_assert_gt(down, across, "image %d", i);
        if (test.labels[i] == VERTICAL)
            cr_assert_gt(across, down, "image %d", i);
    }
}
