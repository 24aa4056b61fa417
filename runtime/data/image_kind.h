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

/* Bytes of a GIF up to the end of its first frame, of which animations have more; 0 if the file is
 * no GIF or ends before, or if the frame reaches beyond the screen, whose size is all that a
 * library tells before it takes memory for the frame. */
size_t image_gif_frame(const uint8_t *file, size_t bytes);

/* "png", "jpeg", "gif" or "pnm"; NULL and an error if it is none of them, ends too early, or has
 * more than scans_max scans. */
const char *image_kind(const uint8_t *file, size_t bytes, int scans_max, struct error *error);

#endif
