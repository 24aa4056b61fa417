/* resample.h - a picture of any size made as large as a model's input
 *
 * As torchvision's Resize (bilinear, antialiased) of the short side, then CenterCrop: the picture
 * is scaled until it covers the wanted size, and what is too long is cut off on both sides alike.
 * Each value is a mean of the pixels around it with the weights of a triangle, which when shrinking
 * is as wide as two pixels of the result. Pillow rounds to whole grey levels between its two
 * directions and has weights of 22 bits: results are at most 1 grey level apart.
 */
#ifndef RESAMPLE_H
#define RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* Pixels of 8 bits: red, green, blue, and where samples is 4 alpha, which is laid over white. */
struct picture {
    const uint8_t *pixels; /* that in row y and column x is at pixels + y * down + x * along */
    ptrdiff_t down, along;
    int height, width;
    int samples; /* 3 or 4 bytes a pixel */
};

/* Turned and mirrored as Exif's orientations 1 to 8 say, so that its upper side is up; the pixels
 * stay where they are. */
void picture_turn(struct picture *picture, int orientation);

/* out [channels][height][width] := the picture. channels: 3, or 1 for luminance (ITU-R 601, as
 * Pillow's "L"). 0, or -1 and an error: other channels, or no memory. */
int resample(uint8_t *out, int channels, int height, int width, const struct picture *picture,
             struct error *error);

#endif
