/* augment.h - random changes of one image, in this order: torchvision's RandomCrop(size, padding,
 * padding_mode = "constant" or "reflect"); RandomHorizontalFlip(p), or the alternating flip of
 * Jordan, "94% on CIFAR-10 in 3.29 seconds on a single GPU", 2024; TrivialAugmentWide()
 * (trivial_augment.h); ColorJitter(...) (color_jitter.h); the cutout of DeVries and Taylor,
 * "Improved regularization of convolutional neural networks with cutout", 2017; RandomErasing(p,
 * scale, ratio) of Zhong et al., "Random erasing data augmentation", 2017. */
#ifndef AUGMENT_H
#define AUGMENT_H

#include <stdint.h>

#include "model.h"

/* Rows top .. bottom - 1 of columns left .. right - 1. */
struct augment_box {
    int top, bottom, left, right;
};

/* What is done to one image but for its colors and what trivial_augment.h does: its pixel (0, 0)
 * comes from (top, left) of the image without border, each in -crop_padding..crop_padding, before
 * mirroring. Then cut and erased are set to the mean; what is not on is empty. */
struct augment_choice {
    int top, left, flip;
    struct augment_box cut, erased;
};

/* A function of its arguments alone: neither order nor threads matter.
 *
 * The square has its centre at any pixel alike, at row and column cutout / 2 of it, and is clipped
 * at the borders. With an even side it is the square of the authors' own code, which with an odd
 * one is a pixel smaller than asked. The rectangle that is erased is within the image. */
struct augment_choice augment_choose(const struct model_augment *augment, uint64_t seed, int epoch,
                                     int image_index);

/* Height and width, in whole pixels, of a rectangle of a part of the image's area and a ratio of
 * height to width; 0 if it is not lower and narrower than the image. */
int augment_size(int *height, int *width, double part, double ratio);

/* out, in and copy are [MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH] and must not overlap. copy is
 * room, which only MODEL_TRIVIAL_AUGMENT needs. */
void augment_image(uint8_t *out, const uint8_t *in, uint8_t *copy,
                   const struct model_augment *augment, uint64_t seed, int epoch, int image_index);

#endif
