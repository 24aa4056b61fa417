/* whitening.h - filters of the first convolution that whiten patches of training images
 *
 * (Jordan 2024, "94% on CIFAR-10 in 3.29 Seconds on a Single GPU", arXiv 2404.00498, where they
 * are taken from tysam-code's hlb-CIFAR10.) The eigenvectors of the covariance of all patches of
 * the filters' size, each over the root of its eigenvalue plus eps, that of the largest eigenvalue
 * first, and each followed by its negative.
 */
#ifndef WHITENING_H
#define WHITENING_H

#include "data/records.h"
#include "error.h"
#include "model.h"

/* filters[dims[0]][channels][height][width] := those of the first `how->images` images (all where
 * there are fewer), which are not augmented, and normalised by std[channels], of pixels from 0 to
 * 1; dims: that shape, and at most twice as many filters as a patch has values. Of an eigenvector's
 * two signs the one that makes its largest component positive comes first. Sums are of whole
 * numbers, so that the filters have the same bits for any number of threads. Runs on the pool. 0,
 * or -1 and an error: no memory. */
int whitening_filters(const struct model_whitening *how, const int dims[4], const double *std,
                      const struct dataset *train, float *filters, struct error *error);

/* Makes them the weight that model_whitening names, if the spec has one. The same errors. */
int whitening_set(const struct dataset *train, struct error *error);

#endif
