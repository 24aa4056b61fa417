/* probabilities.h - what the model takes images for, as means of softmaxes
 *
 * An ensemble's probabilities, and those of several views of an image, are means of the softmaxes,
 * not the softmax of mean logits: an opinion counts the same, however large its logits are.
 */
#ifndef PROBABILITIES_H
#define PROBABILITIES_H

#include <stdint.h>

#include "evaluation/metrics.h"
#include "evaluation/tta.h"

/* sums [n][MODEL_CLASSES] += softmax of the model's logits for images
 * [n][channels][height][width], with running statistics. */
void probabilities_add(double *sums, const uint8_t *images, int n);

/* Softmaxes of the images themselves, in the same form, become the means over all views of that
 * kind; uses the model's room for batches. Gives up, with -1, once stop() is not 0; stop may be
 * NULL. Else 0. */
int probabilities_average_views(double *softmaxes, const uint8_t *images, int n, enum tta kind,
                                int (*stop)(void));

/* probabilities [n][MODEL_CLASSES] *= factor. */
void probabilities_scale(double *probabilities, int n, double factor);

/* Loss: the mean of -log(the true class's probability). Accuracy: how often the first of the most
 * likely classes is the true one; top: how often one of the first METRICS_TOP is. */
struct metrics probabilities_judge(const double *probabilities, const model_label *labels, int n);

/* best[count] := the classes in falling order of p [MODEL_CLASSES], the lower first where equal. */
void probabilities_best(int *best, int count, const double *p);

#endif
