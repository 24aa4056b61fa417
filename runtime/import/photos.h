/* photos.h - folders of pictures: which classes there are, and what is to train on and to test with
 */
#ifndef PHOTOS_H
#define PHOTOS_H

#include <stdint.h>

#include "error.h"

enum { PHOTOS_CLASSES_MAX = 65536, PHOTOS_NAME_BYTES = 256 /* of a class, with its 0 */ };

struct photo {
    char *path;
    int class;
};

struct photo_list {
    struct photo *photos; /* by class, then by path */
    int count;
};

struct photos {
    char **classes; /* names of their folders, sorted by their bytes */
    int class_count;
    struct photo_list train, test;
};

/* Looks through folder/train/CLASS/ and folder/test/CLASS/, for which valid/ or val/ may stand; or
 * where there is no such pair, through folder/train/CLASS/ or folder/CLASS/, of which the part
 * `split` of each class, drawn by the seed, is to test with, but for one image at least. All files
 * below a class's folder are its, but for those that begin with a dot. Links are followed down to
 * classes and files. split: 0 where there is nothing to split. 0, or -1 and an error: not such
 * folders, no images of a class to train on, a name that is none for a class. */
int photos_find(struct photos *photos, const char *folder, double split, uint64_t seed,
                struct error *error);

void photos_free(struct photos *photos);

#endif
