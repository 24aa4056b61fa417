/* colors.h - what Pillow does to the colors and the sharpness of an image, byte for byte:
 * ImageEnhance, ImageOps and the hue of torchvision's adjust_hue. Images are planes of bytes,
 * [MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH], of three channels (RGB) or one (L), and are changed
 * in place where no other is named. Of one channel, saturation and hue stay. */
#ifndef COLORS_H
#define COLORS_H

#include <stdint.h>

#include "model.h"

/* ImageEnhance.Brightness, Contrast, Color and Sharpness: 1 leaves the image, 0 makes it black, all
 * of its mean grey, grey or smooth, and a factor above 1 goes the other way. factor >= 0. */
void colors_brightness(uint8_t *image, double factor);
void colors_contrast(uint8_t *image, double factor);
void colors_saturation(uint8_t *image, double factor);
void colors_sharpness(uint8_t *restrict out, const uint8_t *restrict in, double factor);

/* turn: -0.5 .. 0.5 of the circle of hues. */
void colors_hue(uint8_t *image, double turn);

/* ImageOps.posterize: only the `bits` highest bits of each byte stay, 1 to 8. */
void colors_posterize(uint8_t *image, int bits);

/* ImageOps.solarize: bytes from the threshold on are inverted. */
void colors_solarize(uint8_t *image, double threshold);

/* ImageOps.autocontrast and equalize, with their defaults; each channel by itself. */
void colors_autocontrast(uint8_t *image);
void colors_equalize(uint8_t *image);

#endif
