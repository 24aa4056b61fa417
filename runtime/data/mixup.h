/* mixup.h - batches mixed with themselves: Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: beyond
 * empirical risk minimization", 2017, as the authors' own code does it: one lambda of Beta(alpha,
 * alpha) for the batch, image i becomes lambda * image i + (1 - lambda) * image partner[i] with a
 * random permutation as partners, and the targets the same, which gives the loss lambda *
 * CE(target) + (1 - lambda) * CE(partner's target).
 *
 * Images stay bytes, rounded to the nearest: a pixel is at most half a grey level off. lambda is a
 * multiple of 2^-16 for images and targets alike. */
#ifndef MIXUP_H
#define MIXUP_H

#include <stdint.h>

#include "model.h"

enum { MIXUP_ONE = 65536 }; /* lambda = 1 */

/* partner := a permutation of 0 .. n - 1, 1 <= n <= MODEL_BATCH. Returns lambda in parts of
 * MIXUP_ONE. A function of alpha > 0, seed, epoch and batch alone. */
int mixup_choose(int *partner, int n, double alpha, uint64_t seed, int epoch, int batch);

/* images is [n][MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH]; image is room for one. Uses up
 * partner. */
void mixup_images(uint8_t *images, int *partner, int n, int lambda, uint8_t *image);

/* The target of one image, [MODEL_CLASSES], from its label and its partner's. */
void mixup_target(float *target, int label, int partner_label, int lambda);

#endif
