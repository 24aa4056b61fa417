/* Images held out of a training set: the right number of each class, none in both. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "data/split.h"

static struct error error;

/* Classes c = 0 .. 9 with 10 * (c + 1) images, mixed; each image begins with its number. */
enum { IMAGES = 550 };

static int class_of(int i)
{
    int at = i * 7 % IMAGES, class = 0; /* 7 and 550 have no common factor */

    for (int end = 10; at >= end; end += 10 * (class + 1))
        class ++;
    return class;
}

static struct dataset make_images(void)
{
    struct dataset set = {0};

    cr_assert_eq(dataset_extend(&set, IMAGES, &error), 0);
    memset(set.images, 0, (size_t)IMAGES * DATASET_IMAGE_BYTES);
    for (int i = 0; i < IMAGES; i++) {
        memcpy(set.images + (size_t)i * DATASET_IMAGE_BYTES, &i, sizeof i);
        set.labels[i] = (uint8_t)class_of(i);
    }
    return set;
}

static int number_of(const struct dataset *set, int i)
{
    int number;

    memcpy(&number, set->images + (size_t)i * DATASET_IMAGE_BYTES, sizeof number);
    return number;
}

/* Marks a part's images, which are in order and have their labels. */
static void mark(const struct dataset *set, int seen[IMAGES], int per_class[10])
{
    for (int i = 0; i < set->count; i++) {
        int number = number_of(set, i);

        cr_expect(i == 0 || number > number_of(set, i - 1));
        cr_expect_eq(set->labels[i], class_of(number));
        seen[number]++;
        per_class[set->labels[i]]++;
    }
}

Test(split, every_image_is_in_one_part_and_every_class_gives_its_share)
{
    for (int count = 1; count < IMAGES; count += 61) {
        struct dataset train = make_images(), held_out = {0};
        int seen[IMAGES] = {0}, kept[10] = {0}, given[10] = {0};

        cr_assert_eq(split_hold_out(&train, &held_out, count, 3, &error), 0, "%s", error.text);
        cr_expect_eq(held_out.count, count);
        cr_expect_eq(train.count, IMAGES - count);
        mark(&train, seen, kept);
        mark(&held_out, seen, given);
        for (int i = 0; i < IMAGES; i++)
            cr_expect_eq(seen[i], 1, "image %d", i);
        for (int c = 0; c < 10; c++) { /* the share, rounded down or up */
            int parts = 10 * (c + 1) * count;

            cr_expect(given[c] == parts / IMAGES || given[c] == (parts + IMAGES - 1) / IMAGES,
                      "%d of class %d among %d", given[c], c, count);
        }
        dataset_free(&train);
        dataset_free(&held_out);
    }
}

/* How many of the images that one seed holds out another does too. */
static int common(uint64_t seed, uint64_t other)
{
    struct dataset train = make_images(), held_out = {0};
    struct dataset other_train = make_images(), other_held_out = {0};
    int seen[IMAGES] = {0}, unused[10] = {0}, both = 0;

    cr_assert_eq(split_hold_out(&train, &held_out, 110, seed, &error), 0);
    cr_assert_eq(split_hold_out(&other_train, &other_held_out, 110, other, &error), 0);
    mark(&held_out, seen, unused);
    mark(&other_held_out, seen, unused);
    for (int i = 0; i < IMAGES; i++)
        both += seen[i] == 2;
    dataset_free(&train);
    dataset_free(&held_out);
    dataset_free(&other_train);
    dataset_free(&other_held_out);
    return both;
}

Test(split, the_seed_chooses)
{
    int both = common(1, 2);

    cr_expect_eq(common(1, 1), 110);
    cr_expect(both > 5 && both < 50, "%d in common, 22 are expected", both);
}

Test(split, impossible_numbers_are_refused)
{
    const int counts[] = {-1, 0, IMAGES, IMAGES + 1};

    for (int i = 0; i < 4; i++) {
        struct dataset train = make_images(), held_out = {0};

        cr_expect_eq(split_hold_out(&train, &held_out, counts[i], 1, &error), -1);
        cr_expect_not_null(strstr(error.text, "give 1 to 549"), "%s", error.text);
        cr_expect_eq(train.count, IMAGES);
        cr_expect_null(held_out.images);
        dataset_free(&train);
    }
}
