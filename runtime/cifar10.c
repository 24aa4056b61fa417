/* cifar10.c - see cifar10.h */
#include "cifar10.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FILE_RECORDS = 10000,
    TRAIN_FILES = 5,
    CIFAR10_IMAGE_BYTES = 3 * 32 * 32,
    PATH_BYTES = 4096
};

int dataset_allocate(struct dataset *dataset, int count, struct error *error)
{
    dataset->images = malloc((size_t)count * DATASET_IMAGE_BYTES);
    dataset->labels = malloc((size_t)count);
    dataset->count = count;
    if (dataset->images != NULL && dataset->labels != NULL)
        return 0;
    dataset_free(dataset);
    return error_set(error, "no memory for %d images of %d bytes; close other programs", count,
                     (int)DATASET_IMAGE_BYTES);
}

void dataset_free(struct dataset *dataset)
{
    free(dataset->images);
    free(dataset->labels);
    *dataset = (struct dataset){NULL, NULL, 0};
}

/* The records at `first` and after come from this file, which must hold just FILE_RECORDS. */
static int read_records(FILE *file, const char *path, struct dataset *dataset, int first,
                        struct error *error)
{
    for (int i = first; i < first + FILE_RECORDS; i++) {
        int label = getc(file);
        uint8_t *image = dataset->images + (size_t)i * DATASET_IMAGE_BYTES;
        if (label == EOF || fread(image, DATASET_IMAGE_BYTES, 1, file) != 1)
            return ferror(file)
                       ? error_set(error, "cannot read %s: %s", path, strerror(errno))
                       : error_set(error,
                                   "%s is cut short: it ends in record %d of %d; fetch it again",
                                   path, i - first, (int)FILE_RECORDS);
        if (label >= MODEL_CLASSES)
            return error_set(error,
                             "%s: record %d has label %d, the model knows 0 to %d; is it "
                             "CIFAR-10's binary version, and the model for it?",
                             path, i - first, label, MODEL_CLASSES - 1);
        dataset->labels[i] = (uint8_t)label;
    }
    if (getc(file) != EOF)
        return error_set(error,
                         "%s is too long: more follows its %d records; is it CIFAR-10's binary "
                         "version?",
                         path, (int)FILE_RECORDS);
    return 0;
}

static int read_file(const char *folder, const char *name, struct dataset *dataset, int first,
                     struct error *error)
{
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path)
        return error_set(error, "the data folder's name is longer than %d bytes; use a shorter one",
                         (int)PATH_BYTES);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return error_set(error, "cannot open %s: %s; give the folder of CIFAR-10's binary version",
                         path, strerror(errno));
    int result = read_records(file, path, dataset, first, error);
    fclose(file);
    return result;
}

static int read_train(const char *folder, struct dataset *train, struct error *error)
{
    if (dataset_allocate(train, TRAIN_FILES * FILE_RECORDS, error) != 0)
        return -1;
    for (int i = 0; i < TRAIN_FILES; i++) {
        char name[32];
        snprintf(name, sizeof name, "data_batch_%d.bin", i + 1);
        if (read_file(folder, name, train, i * FILE_RECORDS, error) != 0)
            return -1;
    }
    return 0;
}

static int read_test(const char *folder, struct dataset *test, struct error *error)
{
    if (dataset_allocate(test, FILE_RECORDS, error) != 0)
        return -1;
    return read_file(folder, "test_batch.bin", test, 0, error);
}

int cifar10_read(const char *folder, struct dataset *train, struct dataset *test,
                 struct error *error)
{
    struct dataset empty = {NULL, NULL, 0};
    if (train != NULL)
        *train = empty;
    if (test != NULL)
        *test = empty;
    if ((int)DATASET_IMAGE_BYTES != (int)CIFAR10_IMAGE_BYTES || MODEL_CHANNELS != 3 ||
        MODEL_HEIGHT != 32)
        return error_set(error,
                         "%s takes images of %d channels and %dx%d pixels, CIFAR-10 has 3 and "
                         "32x32; train it with --synthetic",
                         MODEL_NAME, MODEL_CHANNELS, MODEL_HEIGHT, MODEL_WIDTH);

    if ((train == NULL || read_train(folder, train, error) == 0) &&
        (test == NULL || read_test(folder, test, error) == 0))
        return 0;
    if (train != NULL)
        dataset_free(train);
    if (test != NULL)
        dataset_free(test);
    return -1;
}
