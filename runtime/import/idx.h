/* idx.h - the files of MNIST and of sets that are made like it: IDX, as it is or gzip's
 *
 *   train-images-idx3-ubyte, train-labels-idx1-ubyte, and both with t10k in place of train; a dot
 * may stand before idx, and .gz may come after the name
 */
#ifndef IDX_H
#define IDX_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"

/* Bytes in one or three dimensions. */
struct idx {
    uint8_t *values; /* [count][height][width] */
    int count, height, width;
};

struct idx_set {
    struct idx images[2], labels[2]; /* to train on, to test with */
    int classes;                     /* one more than the largest label */
};

/* Reads a file of 1 dimension (height and width are then 1) or of 3. No more memory is taken than
 * the file can fill. 0, or -1 and an error that names it: not such a file, or not as long as its
 * header says. */
int idx_read(struct idx *idx, const char *path, int dimensions, struct error *error);

void idx_free(struct idx *idx);

/* Whether the folder has one of the files. */
bool idx_is_in(const char *folder);

/* Reads all of them. 0, or -1 and an error: one is missing or broken, images and labels are not as
 * many, or images of several sizes. */
int idx_set_read(struct idx_set *set, const char *folder, struct error *error);

void idx_set_free(struct idx_set *set);

#endif
