/* mix.h - batches mixed with themselves, each image with its partner in a random permutation.
 *
 * Mixup: Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: beyond empirical risk minimization", 2017, as
 * the authors' own code does it: one lambda of Beta(alpha, alpha) for the batch, image i becomes
 * lambda * image i + (1 - lambda) * image partner[i], and the targets the same, which gives the
 * loss lambda * CE(target) + (1 - lambda) * CE(partner's target). Images stay bytes, rounded to the
 * nearest: a pixel is at most half a grey level off. lambda is a multiple of 2^-16 for images and
 * targets alike.
 *
 * Cutmix: Yun et al., "CutMix: regularization strategy to train strong classifiers with localizable
 * features", 2019, as torchvision's v2.CutMix(alpha): a rectangle around a random pixel, of the
 * image's proportions and 1 - lambda of its area, clipped at the borders, is the partner's; of the
 * target the part is the partner's that the rectangle has of the image. */
#ifndef MIX_H
#define MIX_H

#include <stdint.h>

#include "data/augment.h"
#include "model.h"

enum { MIX_ONE = 65536 }; /* lambda = 1 */

struct mix {
    int is_cut;             /* 0: mixup */
    int lambda;             /* of mixup, in parts of MIX_ONE */
    struct augment_box box; /* of cutmix */
    float own;              /* part of an image's own target */
};

/* Is a batch mixed at all? */
static inline int mix_is_on(const struct model_augment *augment)
{
    return augment->mixup > 0 || augment->cutmix > 0;
}

/* partner := a permutation of 0 .. n - 1, 1 <= n <= MODEL_BATCH. Where both mixup and cutmix are
 * on, each is as likely. A function of the recipe, seed, epoch and batch alone; mix_is_on. */
struct mix mix_choose(int *partner, int n, const struct model_augment *augment, uint64_t seed,
                      int epoch, int batch);

/* The rectangle around a pixel for a lambda in [0, 1]. */
struct mix mix_cut(double lambda, int row, int column);

/* images is [n][MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH]; image is room for one. Uses up
 * partner. */
void mix_images(uint8_t *images, int *partner, int n, const struct mix *mix, uint8_t *image);

/* The target of one image, [MODEL_CLASSES], from its label and its partner's. */
void mix_target(float *target, int label, int partner_label, float own);

#endif
