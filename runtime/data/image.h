/* image.h - pictures of files that nobody should trust: PNG, JPEG, GIF and PPM (and PGM, PBM)
 *
 * PNG, JPEG and GIF are decoded by a library that is optional, see image_library.h. Kinds are told
 * by their first bytes; the library's other loaders are never asked. Palettes, greys, CMYK and 16
 * bits (their upper 8) become red, green and blue, alpha lies over white, a camera's note on which
 * side is up is obeyed. Of an animation it is the first frame.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum {
    /* Decoding takes up to 4 bytes a pixel, and a progressive JPEG 6 bytes besides. */
    IMAGE_PIXELS_MAX = 50 * 1000 * 1000,
    /* Of a file's byte: deflate's 1032 bytes of 8 pixels. A header that says more lies, and no
     * memory is taken for it. */
    IMAGE_PIXELS_A_BYTE = 8 * 1032,
    IMAGE_FILE_BYTES_MAX = 8 * IMAGE_PIXELS_MAX,
    /* A progressive JPEG may draw the whole image anew with each few bytes. */
    IMAGE_SCANS_MAX = 100
};

/* out [channels][height][width] := the picture in the bytes of a file, scaled and cropped as
 * resample.h says. channels is 1 or 3. 0, or -1 and an error that does not name the file: not one
 * of the kinds, broken or cut short, above the limits, or no memory. */
int image_decode(uint8_t *out, int channels, int height, int width, const void *file, size_t bytes,
                 struct error *error);

#endif
