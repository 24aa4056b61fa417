/* augment.h - random crop, mirror and cutout of one image: torchvision's RandomCrop(size, padding,
 * padding_mode = "constant" or "reflect"), then RandomHorizontalFlip(p) or the alternating flip of
 * Jordan, "94% on CIFAR-10 in 3.29 seconds on a single GPU", 2024, then the cutout of DeVries and
 * Taylor, "Improved regularization of convolutional neural networks with cutout", 2017. */
#ifndef AUGMENT_H
#define AUGMENT_H

#include <stdint.h>

#include "model.h"

/* What is done to one image: its pixel (0, 0) comes from (top, left) of the image without border,
 * each in -crop_padding..crop_padding, before mirroring. Then the rows cut_top .. cut_bottom - 1 of
 * the columns cut_left .. cut_right - 1 are cut out; without cutout there are none. */
struct augment_choice {
    int top, left, flip;
    int cut_top, cut_bottom, cut_left, cut_right;
};

/* A function of its arguments alone: neither order nor threads matter.
 *
 * The square has its centre at any pixel alike, at row and column cutout / 2 of it, and is clipped
 * at the borders. With an even side it is the square of the authors' own code, which with an odd
 * one is a pixel smaller than asked. */
struct augment_choice augment_choose(const struct model_augment *augment, uint64_t seed, int epoch,
                                     int image_index);

/* out and in are [MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH] and must not overlap. */
void augment_image(uint8_t *out, const uint8_t *in, const struct model_augment *augment,
                   uint64_t seed, int epoch, int image_index);

#endif
