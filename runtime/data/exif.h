/* exif.h - a camera's note on which side of a picture is up */
#ifndef EXIF_H
#define EXIF_H

#include <stddef.h>
#include <stdint.h>

/* The orientation, 1 to 8, in the Exif part of a file (kind, see image_kind.h), which is whole; 1,
 * as it is, where there is none or it makes no sense. */
int exif_orientation(const uint8_t *file, size_t bytes, const char *kind);

#endif
