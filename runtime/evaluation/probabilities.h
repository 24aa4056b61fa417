/* probabilities.h - what the model takes images for, as means of softmaxes
 *
 * An ensemble's probabilities, and those of an image with its mirror image, are the means of the
 * softmaxes, not the softmax of mean logits: each opinion counts the same, however large its logits
 * are. With m members of s softmaxes, call _add m * s times (_add and _add_mirrored), then _scale
 * by 1 / (m * s).
 */
#ifndef PROBABILITIES_H
#define PROBABILITIES_H

#include <stdint.h>

#include "evaluation/metrics.h"

/* sums [n][MODEL_CLASSES] += softmax of the model's logits for images
 * [n][channels][height][width], with running statistics. */
void probabilities_add(double *sums, const uint8_t *images, int n);

/* The same for the images mirrored left to right; uses the model's room for batches. */
void probabilities_add_mirrored(double *sums, const uint8_t *images, int n);

/* probabilities [n][MODEL_CLASSES] *= factor. */
void probabilities_scale(double *probabilities, int n, double factor);

/* Loss: the mean of -log(the true class's probability). Accuracy: how often the first of the most
 * likely classes is the true one; top: how often one of the first METRICS_TOP is. */
struct metrics probabilities_judge(const double *probabilities, const model_label *labels, int n);

/* best[count] := the classes in falling order of p [MODEL_CLASSES], the lower first where equal. */
void probabilities_best(int *best, int count, const double *p);

#endif
