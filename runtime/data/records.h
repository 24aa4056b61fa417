/* records.h - images and labels out of files of records, the format of CIFAR's binary versions: a
 * record is the label bytes (one in CIFAR-10, the coarse and the fine label in CIFAR-100, two for
 * one number above 255), then the
 * image, channel after channel, row by row. */
#ifndef RECORDS_H
#define RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "model.h"

enum { DATASET_IMAGE_BYTES = MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH };

struct dataset {
    uint8_t *images;     /* [count][MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH] */
    model_label *labels; /* [count] */
    int count;
};

/* Room for `count` more images after those that are there. 0, or -1 with the dataset empty. */
int dataset_extend(struct dataset *dataset, int count, struct error *error);

/* Frees what the dataset holds and leaves it empty; an empty (zeroed) one is fine. */
void dataset_free(struct dataset *dataset);

/* Is any of the set's files in this folder? */
bool records_are_in(const struct model_data *set, const char *folder);

/* Reads the set's training and test files, in order. Either dataset may be NULL: its files are then
 * not opened. 0, or -1 with both empty: a file that is missing, is not whole records or not as many
 * as the set says, or a label out of range. The message names the file. */
int records_read(const struct model_data *set, const char *folder, struct dataset *train,
                 struct dataset *test, struct error *error);

#endif
