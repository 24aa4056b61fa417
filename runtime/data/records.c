/* records.c - see records.h */

#include "data/records.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/files.h"

int dataset_extend(struct dataset *dataset, int count, struct error *error)
{
    size_t total = (size_t)dataset->count + (size_t)count;
    uint8_t *images = NULL;
    model_label *labels = NULL;

    if (total <= INT_MAX && total <= SIZE_MAX / DATASET_IMAGE_BYTES) {
        images = realloc(dataset->images, total * DATASET_IMAGE_BYTES);
        dataset->images = images ? images : dataset->images;
        labels = realloc(dataset->labels, total * sizeof *labels);
        dataset->labels = labels ? labels : dataset->labels;
    }
    if (!images || !labels) {
        dataset_free(dataset);
        return error_set(error, "no memory for %zu images of %d bytes; close other programs", total,
                         (int)DATASET_IMAGE_BYTES);
    }
    dataset->count = (int)total;
    return 0;
}

void dataset_free(struct dataset *dataset)
{
    free(dataset->images);
    free(dataset->labels);
    *dataset = (struct dataset){NULL, NULL, 0};
}

/* Sets *count to how many records a file of so many bytes holds. */
static int count_records(const struct model_data *set, uint64_t bytes, const char *path, int *count,
                         struct error *error)
{
    const uint64_t record = (uint64_t)set->label_bytes + DATASET_IMAGE_BYTES;
    char expected[16] = "whole";

    if (set->records ? bytes == (uint64_t)set->records * record
                     : bytes > 0 && bytes % record == 0 && bytes / record <= INT_MAX) {
        *count = (int)(bytes / record);
        return 0;
    }
    if (set->records)
        snprintf(expected, sizeof expected, "%d", set->records);
    return error_set(error,
                     "%s has %" PRIu64 " bytes, not %s records of %" PRIu64
                     " (label bytes: %d, image: %dx%dx%d); "
                     "is it cut short, or are its images of another size?",
                     path, bytes, expected, record, set->label_bytes, MODEL_HEIGHT, MODEL_WIDTH,
                     MODEL_CHANNELS);
}

static int label_of(const struct model_data *set, const uint8_t *label_bytes)
{
    const uint8_t *label = label_bytes + set->label;

    return set->label_size == 2 ? label[0] | label[1] << 8 : label[0];
}

/* Fills the dataset from record `first` on, to its end. */
static int read_records(const struct model_data *set, FILE *file, const char *path,
                        struct dataset *dataset, int first, struct error *error)
{
    uint8_t labels[UINT8_MAX];

    for (int i = first; i < dataset->count; i++) {
        uint8_t *image = dataset->images + (size_t)i * DATASET_IMAGE_BYTES;
        int label;

        if (fread(labels, (size_t)set->label_bytes, 1, file) != 1 ||
            fread(image, DATASET_IMAGE_BYTES, 1, file) != 1)
            return error_set(error, "cannot read record %d of %s: %s", i - first, path,
                             ferror(file) ? strerror(errno) : "it was cut short meanwhile");
        label = label_of(set, labels);
        if (label >= MODEL_CLASSES)
            return error_set(error,
                             "%s: record %d has label %d, the model knows 0 to %d; is it a file "
                             "of %s, and the model for it?",
                             path, i - first, label, MODEL_CLASSES - 1, set->name);
        dataset->labels[i] = (model_label)label;
    }
    return 0;
}

/* Adds the records of one file. */
static int read_file(const struct model_data *set, const char *folder, const char *name,
                     struct dataset *dataset, struct error *error)
{
    char path[FILES_PATH_BYTES];
    int first = dataset->count, count = 0, result;
    struct error cause;
    uint64_t bytes;
    FILE *file;

    if (files_join(path, folder, name, error))
        return -1;
    file = files_open(path, &bytes, &cause);
    if (!file)
        return error_set(error, "%s; give the folder of %s", cause.text, set->name);
    result = count_records(set, bytes, path, &count, error) ||
             dataset_extend(dataset, count, error) ||
             read_records(set, file, path, dataset, first, error);
    fclose(file);
    return result ? -1 : 0;
}

static int read_files(const struct model_data *set, const char *folder, const char *const *names,
                      int count, struct dataset *dataset, struct error *error)
{
    for (int i = 0; i < count; i++)
        if (read_file(set, folder, names[i], dataset, error))
            return -1;
    return 0;
}

static bool is_one_in(const char *folder, const char *const *names, int count)
{
    char path[FILES_PATH_BYTES];
    struct error unused;

    for (int i = 0; i < count; i++)
        if (files_join(path, folder, names[i], &unused) == 0 && files_is_there(path))
            return true;
    return false;
}

bool records_are_in(const struct model_data *set, const char *folder)
{
    return is_one_in(folder, set->train, set->train_files) ||
           is_one_in(folder, set->test, set->test_files);
}

int records_read(const struct model_data *set, const char *folder, struct dataset *train,
                 struct dataset *test, struct error *error)
{
    if (train)
        memset(train, 0, sizeof *train);
    if (test)
        memset(test, 0, sizeof *test);
    if ((!train || !read_files(set, folder, set->train, set->train_files, train, error)) &&
        (!test || !read_files(set, folder, set->test, set->test_files, test, error)))
        return 0;
    if (train)
        dataset_free(train);
    if (test)
        dataset_free(test);
    return -1;
}
