/* record_files.h - the files of a data set, made of pictures or of IDX files
 *
 *   train.bin, test.bin    records of a label (1 byte, or of more than 256 classes 2, the lower
 *                          first) and an image [channels][height][width]
 *   classes.txt            names of the classes, one a line; of pictures alone
 */
#ifndef RECORD_FILES_H
#define RECORD_FILES_H

#include "import/idx.h"
#include "import/options_import.h"
#include "import/photos.h"

/* What is known of the images to train on, once they are written. */
struct record_files {
    int train, test, refused; /* images, and files that are none */
    double mean[3], std[3];   /* of each channel, with pixels from 0 to 1 */
};

/* Decodes the pictures as predict does and writes the files, all of them or none. A file that
 * cannot be decoded is named on stderr and left out, and a line there says which classes have no
 * images to test with. 0, or -1 and an error: a class that has no images to train on, no images to
 * test with at all, or what cannot be written. */
int record_files_make(struct record_files *result, const struct photos *photos,
                      const struct options_import *options, struct error *error);

/* The same with the images of IDX files, whose size and one channel options says. */
int record_files_copy(struct record_files *result, const struct idx_set *set,
                      const struct options_import *options, struct error *error);

#endif
