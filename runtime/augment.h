/* augment.h - random crop and mirror of one image, as torchvision's RandomCrop(size, padding)
 * (black border) followed by RandomHorizontalFlip(p). */
#ifndef AUGMENT_H
#define AUGMENT_H

#include <stdint.h>

#include "model.h"

struct augment {
    int crop_padding; /* pixels of black added on every side before cropping; <= 0: no crop */
    double flip;      /* probability of mirroring left to right; <= 0: never */
};

/* What is done to one image: its pixel (0, 0) comes from (top, left) of the unpadded image, each in
 * -crop_padding..crop_padding, before mirroring. */
struct augment_choice {
    int top, left, flip;
};

/* A function of its arguments alone: neither order nor threads matter. */
struct augment_choice augment_choose(const struct augment *augment, uint64_t seed, int epoch,
                                     int image_index);

/* out and in are [MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH] and must not overlap. */
void augment_image(uint8_t *out, const uint8_t *in, const struct augment *augment, uint64_t seed,
                   int epoch, int image_index);

#endif
