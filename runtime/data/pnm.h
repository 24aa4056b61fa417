/* pnm.h - PBM, PGM and PPM images, plain (P1 to P3) and raw (P4 to P6)
 *
 * Of any largest value up to 65535, which becomes 255. Of a file with several images the first.
 */
#ifndef PNM_H
#define PNM_H

#include <stdint.h>

#include "data/resample.h"
#include "error.h"

/* *picture := the image, in *pixels, which the caller frees: red, green and blue, 3 bytes for each
 * pixel. No memory is taken for pixels that the file cannot hold. 0, or -1 and an error: broken or
 * cut short, more than pixels_max, or no memory. */
int pnm_decode(struct picture *picture, uint8_t **pixels, const uint8_t *file, size_t bytes,
               int64_t pixels_max, struct error *error);

#endif
