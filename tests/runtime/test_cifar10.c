/* Reading CIFAR-10's files, good and bad. The files are made here, mostly holes: records of label 0
 * and black images but for the bytes that a test writes. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cifar10.h"

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
    strcpy(folder, "/tmp/castnet-cifar10-XXXXXX");
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

TestSuite(cifar10, .init = make_folder, .fini = remove_folder);

/* Reading fails with this message about this file, and leaves nothing behind. */
static void assert_refused(int file, const char *what)
{
    cr_assert_eq(cifar10_read(folder, &train, &test, &error), -1);
    cr_assert_not_null(strstr(error.text, path_of(file)), "%s", error.text);
    cr_assert_not_null(strstr(error.text, what), "%s", error.text);
    cr_assert_null(strchr(error.text, '\n'));
    cr_assert(train.images == NULL && train.labels == NULL && train.count == 0);
    cr_assert(test.images == NULL && test.labels == NULL && test.count == 0);
}

Test(cifar10, reads_every_file_into_its_place)
{
    for (int file = 0; file < FILES; file++) {
        set_byte(file, 0, 0, (uint8_t)(file + 1));
        set_byte(file, 0, 1, (uint8_t)(10 + file));
        set_byte(file, RECORDS - 1, 0, 9);
        set_byte(file, RECORDS - 1, RECORD_BYTES - 1, (uint8_t)(20 + file));
    }
    cr_assert_eq(cifar10_read(folder, &train, &test, &error), 0, "%s", error.text);
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

Test(cifar10, reads_only_what_is_asked_for)
{
    remove(path_of(0));
    cr_assert_eq(cifar10_read(folder, NULL, &test, &error), 0, "%s", error.text);
    cr_assert_eq(test.count, 10000);
    dataset_free(&test);
    set_size(0, (long)RECORDS * RECORD_BYTES);
    remove(path_of(5));
    cr_assert_eq(cifar10_read(folder, &train, NULL, &error), 0, "%s", error.text);
    cr_assert_eq(train.count, 50000);
}

Test(cifar10, names_a_missing_file)
{
    remove(path_of(2));
    assert_refused(2, "cannot open ");
    cr_assert_not_null(strstr(error.text, "No such file or directory"));
    set_size(2, (long)RECORDS * RECORD_BYTES);
    remove(path_of(5));
    assert_refused(5, "cannot open ");
}

Test(cifar10, names_a_folder_where_a_file_should_be)
{
    remove(path_of(1));
    cr_assert_eq(mkdir(path_of(1), 0700), 0);
    assert_refused(1, "cannot read ");
}

Test(cifar10, names_a_file_cut_short)
{
    set_size(1, (long)RECORDS * RECORD_BYTES - 1);
    assert_refused(1, "is cut short: it ends in record 9999 of 10000; fetch it again");
    set_size(1, 5L * RECORD_BYTES);
    assert_refused(1, "it ends in record 5 of 10000");
    set_size(1, 0);
    assert_refused(1, "it ends in record 0 of 10000");
}

Test(cifar10, names_a_file_too_long)
{
    set_size(5, (long)RECORDS * RECORD_BYTES + 1);
    assert_refused(5, "is too long: more follows its 10000 records");
}

Test(cifar10, names_a_label_above_nine)
{
    set_byte(3, 7, 0, 10);
    assert_refused(3, "record 7 has label 10, the model knows 0 to 9");
    set_byte(3, 7, 0, 255);
    assert_refused(3, "record 7 has label 255");
}

Test(cifar10, names_a_folder_that_is_not_there)
{
    cr_assert_eq(cifar10_read("/no/such/folder", &train, &test, &error), -1);
    cr_assert_str_eq(error.text, "cannot open /no/such/folder/data_batch_1.bin: No such file or "
                                 "directory; give the folder of CIFAR-10's binary version");
}

Test(cifar10, refuses_a_folder_name_that_is_too_long)
{
    static char name[5000];
    memset(name, 'x', sizeof name - 1);
    cr_assert_eq(cifar10_read(name, &train, &test, &error), -1);
    cr_assert_not_null(strstr(error.text, "longer than 4096 bytes"), "%s", error.text);
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
Test(cifar10_real, reads_the_images)
{
    static const double means[MODEL_CHANNELS] = {0.49140, 0.48216, 0.44653};
    const char *real = getenv("CIFAR10_DIR");
    int trained[MODEL_CLASSES] = {0}, tested[MODEL_CLASSES] = {0};

    if (real == NULL || *real == '\0')
        cr_skip_test("CIFAR10_DIR is not set");
    cr_assert_eq(cifar10_read(real, &train, &test, &error), 0, "%s", error.text);
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
