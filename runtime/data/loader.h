/* loader.h - batches of a data set, every image once an epoch, but for
 * those of a last batch that is dropped. While the caller works on one batch
 * the next is gathered, augmented, given targets and mixed by pool_background; there are two
 * buffers, the caller's or its own. */
#ifndef LOADER_H
#define LOADER_H

#include <stdint.h>

#include "data/augment.h"
#include "data/records.h"
#include "error.h"
#include "model.h"

struct loader_options {
    uint64_t seed;
    int shuffle;                  /* 0: in the data set's order */
    int drop_last;                /* 1: no batch is smaller than MODEL_BATCH */
    struct model_augment augment; /* all zero: images as they are */
    /* Both buffers' memory, as struct loader_batch has it; NULL: the loader allocates its own. */
    uint8_t *images[2];
    float *targets[2];
};

struct loader_batch {
    uint8_t *images; /* [MODEL_BATCH][MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH] */
    float *targets;  /* [MODEL_BATCH][MODEL_CLASSES], one-hot unless mixed */
    int first;       /* its images are order[first .. first + n - 1] */
    int n;           /* 0: after the last batch of the epoch */
};

struct loader {
    const struct dataset *dataset;
    struct loader_options options;
    int *order;     /* [dataset->count] permutation of this epoch */
    int *partner;   /* [MODEL_BATCH], to mix with; else NULL */
    uint8_t *image; /* room for one, where mixing or augmenting needs it */
    int epoch;
    int current;                  /* the batch that loader_next returns next, 0 or 1 */
    struct loader_batch batch[2]; /* one with the caller, one in preparation */
};

/* The data set must stay as it is until loader_close. Nothing is allocated after this.
 * Returns 0, or -1 with nothing held (no memory, too few images for a batch). */
int loader_open(struct loader *loader, const struct dataset *dataset,
                const struct loader_options *options, struct error *error);

/* Of `count` images those of an epoch. */
static inline int loader_images_of(int count, int drop_last)
{
    return drop_last ? count - count % MODEL_BATCH : count;
}

/* Batches an epoch, the last one possibly smaller; and the images in them. */
int loader_batches(const struct loader *loader);
int loader_images(const struct loader *loader);

/* Orders the images for this epoch (0-based; a function of seed and epoch alone) and begins the
 * batch of that number (0-based; loader_batches for an epoch that is over): what loader_next gives
 * is what it gives there in the whole epoch. An unfinished earlier epoch is dropped. */
void loader_start_at(struct loader *loader, int epoch, int batch);

/* Sets images and targets to the next batch and returns its size, 1..MODEL_BATCH; 0 at the end of
 * the epoch. What it points to stays valid until the next call. */
int loader_next(struct loader *loader, const uint8_t **images, const float **targets);

/* Waits for the batch in preparation and frees everything. A zeroed loader is fine. */
void loader_close(struct loader *loader);

#endif
