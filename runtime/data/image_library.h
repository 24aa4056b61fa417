/* image_library.h - PNG, JPEG and GIF files, by a library that is optional
 *
 * image_library.c is compiled where pkg-config knows gdk-pixbuf, image_none.c elsewhere.
 */
#ifndef IMAGE_LIBRARY_H
#define IMAGE_LIBRARY_H

#include <stdbool.h>

#include "data/resample.h"
#include "error.h"

/* Whether there is one; else image_library_open fails and says how to get it. */
bool image_library_is_there(void);

struct image_library_picture {
    struct picture picture; /* not turned */
    void *owner;            /* the library's */
};

/* Decodes a file of a kind of image_kind.h. 0, or -1 and an error; then nothing is to be closed. */
int image_library_open(struct image_library_picture *out, const char *kind, const void *file,
                       size_t bytes, struct error *error);

void image_library_close(struct image_library_picture *picture);

#endif
