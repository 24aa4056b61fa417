/* trivial_augment.h - one random operation on an image: Mueller and Hutter, "TrivialAugment:
 * tuning-free yet state-of-the-art data augmentation", 2021, as torchvision's TrivialAugmentWide()
 * does it to a Pillow image of mode RGB or L, byte for byte. */
#ifndef TRIVIAL_AUGMENT_H
#define TRIVIAL_AUGMENT_H

#include <stdint.h>

#include "model.h"

enum trivial_operation {
    TRIVIAL_IDENTITY,
    TRIVIAL_SHEAR_X,
    TRIVIAL_SHEAR_Y,
    TRIVIAL_TRANSLATE_X,
    TRIVIAL_TRANSLATE_Y,
    TRIVIAL_ROTATE,
    TRIVIAL_BRIGHTNESS,
    TRIVIAL_COLOR,
    TRIVIAL_CONTRAST,
    TRIVIAL_SHARPNESS,
    TRIVIAL_POSTERIZE,
    TRIVIAL_SOLARIZE,
    TRIVIAL_AUTOCONTRAST,
    TRIVIAL_EQUALIZE,
    TRIVIAL_OPERATIONS
};
enum { TRIVIAL_LEVELS = 31 };

/* level: 0 .. TRIVIAL_LEVELS - 1, the strength; sign: -1 or 1, its direction. What an operation has
 * no use for says nothing. */
struct trivial_choice {
    enum trivial_operation operation;
    int level, sign;
};

/* Each alike. A function of its arguments alone. */
struct trivial_choice trivial_choose(uint64_t seed, int epoch, int image_index);

/* Images are [MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH], of 1 or 3 channels; copy is room for one.
 */
void trivial_apply(uint8_t *image, uint8_t *copy, struct trivial_choice choice);

#endif
