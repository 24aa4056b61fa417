/* image_kind.h - what kind of image a file is, and whether it is all there
 *
 * A look at the frame of a file, before a library sees it: libraries draw what there is of a file
 * that is cut short, and work for as long as a progressive JPEG has scans.
 */
#ifndef IMAGE_KIND_H
#define IMAGE_KIND_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* "png", "jpeg" or "pnm"; NULL and an error if it is none of them, ends too early, or has more than
 * scans_max scans. */
const char *image_kind(const uint8_t *file, size_t bytes, int scans_max, struct error *error);

#endif
