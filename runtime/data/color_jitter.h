/* color_jitter.h - brightness, contrast, saturation and hue moved at random and in a random order:
 * torchvision's ColorJitter(brightness, contrast, saturation, hue), of a Pillow image of mode RGB
 * or L, byte for byte. */
#ifndef COLOR_JITTER_H
#define COLOR_JITTER_H

#include <stdint.h>

#include "model.h"

enum jitter { JITTER_BRIGHTNESS, JITTER_CONTRAST, JITTER_SATURATION, JITTER_HUE, JITTERS };

/* order: which comes first, then, ...; by: its factor, of hue the move in turns. What the recipe
 * leaves as it is has by = 1, hue 0. */
struct jitter_choice {
    int order[JITTERS];
    double by[JITTERS];
};

/* The factor of brightness is uniform in [1 - brightness, 1 + brightness], but at least 0, and so
 * on; that of hue in [-hue, hue]. A function of its arguments alone. */
struct jitter_choice jitter_choose(const struct model_augment *augment, uint64_t seed, int epoch,
                                   int image_index);

/* image is [MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH], of 1 or 3 channels. */
void jitter_apply(uint8_t *image, const struct jitter_choice *choice);

#endif
