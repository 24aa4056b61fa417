/* cifar10.h - the CIFAR-10 binary version: data_batch_1.bin .. data_batch_5.bin and test_batch.bin,
 * each 10000 records of a label byte and 3072 image bytes (red, green, blue planes, row by row). */
#ifndef CIFAR10_H
#define CIFAR10_H

#include <stdint.h>

#include "error.h"
#include "model.h"

enum { DATASET_IMAGE_BYTES = MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH };

struct dataset {
    uint8_t *images; /* [count][MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH] */
    uint8_t *labels; /* [count], each < MODEL_CLASSES */
    int count;
};

/* Room for count images. Returns 0, or -1 with the dataset empty. */
int dataset_allocate(struct dataset *dataset, int count, struct error *error);

/* Frees what the dataset holds and leaves it empty; an empty (zeroed) one is fine. */
void dataset_free(struct dataset *dataset);

/* Reads 50000 training and 10000 test images. Either may be NULL: its files are then not opened.
 * Returns 0, or -1 with both empty: a file missing, too short, too long, or a label out of range
 * (the message names the file), or a model of another image size. */
int cifar10_read(const char *folder, struct dataset *train, struct dataset *test,
                 struct error *error);

#endif
