/* synthetic.h - a data set to train on without any files: drawn shapes in random colour, place,
 * size and noise. Classes in order: disc, ring, square, frame, triangle, cross, horizontal stripes,
 * vertical stripes, checker, diagonal stripes. None turns into another when mirrored left to right.
 * A model of fewer classes sees the first of them, a model of more never sees the rest. */
#ifndef SYNTHETIC_H
#define SYNTHETIC_H

#include <stdint.h>

#include "data/records.h"
#include "error.h"

enum { SYNTHETIC_CLASSES = 10, SYNTHETIC_TRAIN = 10000, SYNTHETIC_TEST = 2000 };

/* SYNTHETIC_TRAIN and SYNTHETIC_TEST images, equally many of each class; no image is in both.
 * Every image is a function of (seed, its number). Returns 0, or -1 with both empty. */
int synthetic_make(uint64_t seed, struct dataset *train, struct dataset *test, struct error *error);

#endif
