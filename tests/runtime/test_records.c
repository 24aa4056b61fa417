/* Reading files of records, good and bad: CIFAR-10's first, then others. The files are made here,
 * mostly holes: records of label 0 and black images but for the bytes that a test writes. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/records.h"

enum { RECORDS = 10000, RECORD_BYTES = 3073, FILES = 6 };
static const char *const names[FILES] = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                                         "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"};

static char folder[64], path[128];
static struct dataset train, test;
static struct error error;

static const char *path_of(int file)
{
    snprintf(path, sizeof path, "%s/%s", folder, names[file]);
    return path;
}

static void set_size(int file, long bytes)
{
    int descriptor = open(path_of(file), O_WRONLY | O_CREAT, 0600);
    cr_assert(descriptor >= 0 && ftruncate(descriptor, bytes) == 0);
    close(descriptor);
}

static void set_byte(int file, int record, int position, uint8_t value)
{
    int descriptor = open(path_of(file), O_WRONLY);
    off_t offset = (off_t)record * RECORD_BYTES + position;
    cr_assert(descriptor >= 0 && pwrite(descriptor, &value, 1, offset) == 1);
    close(descriptor);
}

static void make_folder(void)
{
    strcpy(folder, "/tmp/castnet-records-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    for (int file = 0; file < FILES; file++)
        set_size(file, (long)RECORDS * RECORD_BYTES);
}

static void remove_folder(void)
{
    for (int file = 0; file < FILES; file++)
        remove(path_of(file));
    rmdir(folder);
    dataset_free(&train);
    dataset_free(&test);
}

TestSuite(records, .init = make_folder, .fini = remove_folder);

/* Reading fails with this message about this file, and leaves nothing behind. */
static void assert_refused(int file, const char *what)
{
    cr_assert_eq(records_read(&MODEL(data), folder, &train, &test, &error), -1);
    cr_assert_not_null(strstr(error.text, path_of(file)), "%s", error.text);
    cr_assert_not_null(strstr(error.text, what), "%s", error.text);
    cr_assert_null(strchr(error.text, '\n'));
    cr_assert(train.images == NULL && train.labels == NULL && train.count == 0);
    cr_assert(test.images == NULL && test.labels == NULL && test.count == 0);
}

Test(records, reads_every_file_into_its_place)
{
    for (int file = 0; file < FILES; file++) {
        set_byte(file, 0, 0, (uint8_t)(file + 1));
        set_byte(file, 0, 1, (uint8_t)(10 + file));
        set_byte(file, RECORDS - 1, 0, 9);
        set_byte(file, RECORDS - 1, RECORD_BYTES - 1, (uint8_t)(20 + file));
    }
    cr_assert_eq(records_read(&MODEL(data), folder, &train, &test, &error), 0, "%s", error.text);
    cr_assert_eq(train.count, 50000);
    cr_assert_eq(test.count, 10000);
    for (int file = 0; file < FILES; file++) {
        const struct dataset *set = file < 5 ? &train : &test;
        int first = file < 5 ? file * RECORDS : 0, last = first + RECORDS - 1;
        cr_assert_eq(set->labels[first], file + 1);
        cr_assert_eq(set->labels[first + 1], 0);
        cr_assert_eq(set->labels[last], 9);
        cr_assert_eq(set->images[(size_t)first * DATASET_IMAGE_BYTES], 10 + file);
        cr_assert_eq(set->images[(size_t)(last + 1) * DATASET_IMAGE_BYTES - 1], 20 + file);
    }
}

Test(records, reads_only_what_is_asked_for)
{
    remove(path_of(0));
    cr_assert_eq(records_read(&MODEL(data), folder, NULL, &test, &error), 0, "%s", error.text);
    cr_assert_eq(test.count, 10000);
    dataset_free(&test);
    set_size(0, (long)RECORDS * RECORD_BYTES);
    remove(path_of(5));
    cr_assert_eq(records_read(&MODEL(data), folder, &train, NULL, &error), 0, "%s", error.text);
    cr_assert_eq(train.count, 50000);
}

Test(records, names_a_missing_file)
{
    remove(path_of(2));
    assert_refused(2, "cannot open");
    cr_assert_not_null(strstr(error.text, "No such file or directory"));
    set_size(2, (long)RECORDS * RECORD_BYTES);
    remove(path_of(5));
    assert_refused(5, "cannot open");
}

Test(records, names_a_folder_where_a_file_should_be)
{
    remove(path_of(1));
    cr_assert_eq(mkdir(path_of(1), 0700), 0);
    assert_refused(1, "not a regular file");
}

Test(records, names_a_file_of_another_size)
{
    set_size(1, (long)RECORDS * RECORD_BYTES - 1);
    assert_refused(1, " has 30729999 bytes, not 10000 records of 3073 (label bytes: 1, image: "
                      "32x32x3); is it cut short, or are its images of another size?");
    set_size(1, 5L * RECORD_BYTES);
    assert_refused(1, " has 15365 bytes, not 10000 records");
    set_size(1, 0);
    assert_refused(1, " has 0 bytes, not 10000 records");
    set_size(1, (long)RECORDS * RECORD_BYTES);
    set_size(5, (long)RECORDS * RECORD_BYTES + 1);
    assert_refused(5, " has 30730001 bytes, not 10000 records");
}

Test(records, names_a_label_above_nine)
{
    set_byte(3, 7, 0, 10);
    assert_refused(3, "record 7 has label 10, the model knows 0 to 9");
    set_byte(3, 7, 0, 255);
    assert_refused(3, "record 7 has label 255");
}

Test(records, names_a_folder_that_is_not_there)
{
    cr_assert_eq(records_read(&MODEL(data), "/no/such/folder", &train, &test, &error), -1);
    cr_assert_str_eq(error.text, "/no/such/folder/data_batch_1.bin: cannot open: No such file or "
                                 "directory; give the folder of CIFAR-10");
}

Test(records, refuses_a_folder_name_that_is_too_long)
{
    static char name[5000];
    memset(name, 'x', sizeof name - 1);
    cr_assert_eq(records_read(&MODEL(data), name, &train, &test, &error), -1);
    cr_assert_not_null(strstr(error.text, "path too long"), "%s", error.text);
}

/* Two label bytes, the second of which counts, and as many records as there are. */
static const char *const two_files[] = {"data_batch_1.bin", "data_batch_3.bin"};
static const char *const one_file[] = {"test_batch.bin"};
static const struct model_data coarse_and_fine = {
    .name = "Two labels",
    .label_bytes = 2,
    .label = 1,
    .label_size = 1,
    .train_files = 2,
    .test_files = 1,
    .train = two_files,
    .test = one_file,
};
enum { LONGER = RECORD_BYTES + 1 };

static void make_small(void)
{
    set_size(0, 3L * LONGER);
    set_size(2, 2L * LONGER);
    set_size(5, LONGER);
}

/* Byte `position` of record `record`, where records are one byte longer. */
static void set_longer(int file, int record, int position, uint8_t value)
{
    set_byte(file, 0, record * LONGER + position, value);
}

Test(records, takes_the_label_byte_that_counts)
{
    make_small();
    set_longer(0, 2, 0, 200); /* no class, but does not count */
    set_longer(0, 2, 1, 7);
    set_longer(2, 1, 1, 9);
    set_longer(2, 1, 2, 55);
    set_longer(2, 1, LONGER - 1, 66);
    cr_assert_eq(records_read(&coarse_and_fine, folder, &train, &test, &error), 0, "%s",
                 error.text);
    cr_assert_eq(train.count, 5);
    cr_assert_eq(test.count, 1);
    cr_assert_eq(train.labels[2], 7);
    cr_assert_eq(train.labels[4], 9);
    cr_assert_eq(train.images[4 * DATASET_IMAGE_BYTES], 55);
    cr_assert_eq(train.images[5 * DATASET_IMAGE_BYTES - 1], 66);
}

Test(records, reads_two_bytes_as_one_label_the_lower_first)
{
    struct model_data one_of_two = coarse_and_fine;

    one_of_two.label = 0;
    one_of_two.label_size = 2;
    make_small();
    set_longer(0, 2, 0, 7);
    cr_assert_eq(records_read(&one_of_two, folder, &train, &test, &error), 0, "%s", error.text);
    cr_assert_eq(train.labels[2], 7);
    dataset_free(&train);
    dataset_free(&test);
    set_longer(0, 2, 1, 1);
    cr_assert_eq(records_read(&one_of_two, folder, &train, &test, &error), -1);
    cr_assert_not_null(strstr(error.text, "record 2 has label 263, the model knows 0 to 9"), "%s",
                       error.text);
}

static void assert_small_refused(const char *what)
{
    cr_assert_eq(records_read(&coarse_and_fine, folder, &train, &test, &error), -1);
    cr_assert_not_null(strstr(error.text, what), "%s", error.text);
    cr_assert(train.images == NULL && test.images == NULL);
}

Test(records, of_any_number_must_be_whole_and_at_least_one)
{
    make_small();
    set_size(2, 2L * LONGER - 1);
    assert_small_refused(
        "data_batch_3.bin has 6147 bytes, not whole records of 3074 (label bytes: 2");
    set_size(2, 0);
    assert_small_refused("data_batch_3.bin has 0 bytes, not whole records");
    set_size(2, LONGER);
    set_longer(2, 0, 1, 10);
    assert_small_refused("data_batch_3.bin: record 0 has label 10, the model knows 0 to 9");
}

/* A sparse file. */
Test(records, refuses_more_than_an_int_counts)
{
    make_small();
    set_size(5, ((long)INT_MAX + 1) * LONGER);
    assert_small_refused("not whole records");
}

Test(records, a_pipe_is_not_waited_for)
{
    remove(path_of(1));
    cr_assert_eq(mkfifo(path_of(1), 0600), 0);
    assert_refused(1, "not a regular file");
}

Test(records, finds_any_file_of_the_set)
{
    cr_assert(records_are_in(&coarse_and_fine, folder));
    remove(path_of(0));
    remove(path_of(5));
    cr_assert(records_are_in(&coarse_and_fine, folder));
    remove(path_of(2));
    cr_assert(!records_are_in(&coarse_and_fine, folder));
}

static double mean_of_channel(const struct dataset *dataset, int channel)
{
    enum { PIXELS = MODEL_HEIGHT * MODEL_WIDTH };
    double sum = 0.0;
    for (int i = 0; i < dataset->count; i++) {
        const uint8_t *plane = dataset->images + (size_t)i * DATASET_IMAGE_BYTES + channel * PIXELS;
        for (int pixel = 0; pixel < PIXELS; pixel++)
            sum += plane[pixel];
    }
    return sum / 255.0 / PIXELS / dataset->count;
}

/* By what does not depend on the images' order, of which copies of the data set have several. */
Test(records_real, reads_the_images)
{
    static const double means[MODEL_CHANNELS] = {0.49140, 0.48216, 0.44653};
    const char *real = getenv("CIFAR10_DIR");
    int trained[MODEL_CLASSES] = {0}, tested[MODEL_CLASSES] = {0};

    if (real == NULL || *real == '\0')
        cr_skip_test("CIFAR10_DIR is not set");
    cr_assert_eq(records_read(&MODEL(data), real, &train, &test, &error), 0, "%s", error.text);
    for (int i = 0; i < train.count; i++)
        trained[train.labels[i]]++;
    for (int i = 0; i < test.count; i++)
        tested[test.labels[i]]++;
    for (int label = 0; label < MODEL_CLASSES; label++) {
        cr_assert_eq(trained[label], 5000);
        cr_assert_eq(tested[label], 1000);
    }
    for (int channel = 0; channel < MODEL_CHANNELS; channel++)
        cr_assert_float_eq(mean_of_channel(&train, channel), means[channel], 0.000005);
    dataset_free(&train);
    dataset_free(&test);
}
