/* tta.h - test-time augmentation: further views of an image that are evaluated, too */
#ifndef TTA_H
#define TTA_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"

enum tta {
    TTA_NONE,       /* the image alone */
    TTA_FLIP,       /* and its mirror image */
    TTA_FLIP_SHIFT, /* and both shifted by a pixel, up and left, and down and right */
};

/* How a view shows an image. */
struct view {
    bool is_mirrored; /* left to right, after it is shifted */
    int shift;        /* pixels down and right, up and left where below 0; what comes in is the
                       * image reflected at its edge, whose pixels are not repeated */
    double weight;    /* in the mean over the views of a kind, 1 in all */
};

/* Returns the views of that kind, *count of them; the first is the image itself. The weights are
 * those of Jordan 2024 (arXiv 2404.00498): half for the image and its mirror image, half for those
 * that are shifted. */
const struct view *tta_views(enum tta kind, int *count);

/* out[n][channels][height][width] := that view of the images. */
void tta_show(uint8_t *out, const uint8_t *images, int n, const struct view *view);

/* The kind of that name. 0, or -1 and an error. */
int tta_parse(const char *text, enum tta *kind, struct error *error);

/* "flip", as options and files have it; NULL for none. And in words: "mirrored images". */
const char *tta_name(enum tta kind);
const char *tta_describe(enum tta kind);

#endif
