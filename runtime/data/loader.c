/* loader.c - see loader.h */
#include "data/loader.h"

#include <stdlib.h>
#include <string.h>

#include "data/mix.h"
#include "data/rng.h"
#include "platform/pool.h"

static int allocate(struct loader *loader)
{
    loader->order = malloc((size_t)loader->dataset->count * sizeof *loader->order);
    if (loader->order == NULL)
        return -1;
    if (mix_is_on(&loader->options.augment)) {
        loader->partner = malloc(MODEL_BATCH * sizeof *loader->partner);
        if (loader->partner == NULL)
            return -1;
    }
    if (loader->partner != NULL || MODEL_TRIVIAL_AUGMENT) {
        loader->image = malloc(DATASET_IMAGE_BYTES);
        if (loader->image == NULL)
            return -1;
    }
    for (int i = 0; i < 2; i++) {
        struct loader_batch *batch = &loader->batch[i];
        batch->images = loader->options.images[i];
        batch->targets = loader->options.targets[i];
        if (batch->images == NULL)
            batch->images = malloc((size_t)MODEL_BATCH * DATASET_IMAGE_BYTES);
        if (batch->targets == NULL)
            batch->targets = malloc((size_t)MODEL_BATCH * MODEL_CLASSES * sizeof *batch->targets);
        if (batch->images == NULL || batch->targets == NULL)
            return -1;
    }
    return 0;
}

int loader_open(struct loader *loader, const struct dataset *dataset,
                const struct loader_options *options, struct error *error)
{
    memset(loader, 0, sizeof *loader);
    if (dataset->count < 1)
        return error_set(error, "the data set has no images");
    if (options->drop_last && dataset->count < MODEL_BATCH)
        return error_set(
            error,
            "drop_last leaves nothing of %d training images in batches of %d; make the "
            "model anew with a smaller BATCH",
            dataset->count, MODEL_BATCH);
    loader->dataset = dataset;
    loader->options = *options;
    if (allocate(loader) == 0)
        return 0;
    loader_close(loader);
    return error_set(error, "no memory for batches of %d images; close other programs",
                     MODEL_BATCH);
}

int loader_images(const struct loader *loader)
{
    return loader_images_of(loader->dataset->count, loader->options.drop_last);
}

int loader_batches(const struct loader *loader)
{
    return (loader_images(loader) - 1) / MODEL_BATCH + 1;
}

static void order_images(struct loader *loader)
{
    struct rng rng = rng_at(loader->options.seed, RNG_SHUFFLE, (uint64_t)loader->epoch);

    if (loader->options.shuffle) {
        rng_permutation(&rng, loader->order, loader->dataset->count);
        return;
    }
    for (int i = 0; i < loader->dataset->count; i++)
        loader->order[i] = i;
}

static int label_of(const struct loader *loader, const struct loader_batch *batch, int i)
{
    return loader->dataset->labels[loader->order[batch->first + i]];
}

/* Mixes the images and targets of a batch, see mix.h. */
static void mix(const struct loader *loader, const struct loader_batch *batch)
{
    int *partner = loader->partner;
    struct mix mix = mix_choose(partner, batch->n, &loader->options.augment, loader->options.seed,
                                loader->epoch, batch->first / MODEL_BATCH);

    for (int i = 0; i < batch->n; i++)
        mix_target(batch->targets + (ptrdiff_t)i * MODEL_CLASSES, label_of(loader, batch, i),
                   label_of(loader, batch, partner[i]), mix.own);
    mix_images(batch->images, partner, batch->n, &mix, loader->image);
}

/* Fills the batch that is not with the caller; runs in the background. */
static void prepare(void *argument)
{
    const struct loader *loader = argument;
    const struct loader_batch *batch = &loader->batch[loader->current];
    const struct dataset *dataset = loader->dataset;

    memset(batch->targets, 0, (size_t)batch->n * MODEL_CLASSES * sizeof *batch->targets);
    for (int i = 0; i < batch->n; i++) {
        int image = loader->order[batch->first + i];
        augment_image(batch->images + (size_t)i * DATASET_IMAGE_BYTES,
                      dataset->images + (size_t)image * DATASET_IMAGE_BYTES, loader->image,
                      &loader->options.augment, loader->options.seed, loader->epoch, image);
        batch->targets[i * MODEL_CLASSES + dataset->labels[image]] = 1.0F;
    }
    if (mix_is_on(&loader->options.augment))
        mix(loader, batch);
}

/* Has batch `current` prepared, with the images from `first` on. */
static void begin_batch(struct loader *loader, int first)
{
    struct loader_batch *batch = &loader->batch[loader->current];
    int left = loader_images(loader) - first;

    batch->first = first;
    batch->n = left < MODEL_BATCH ? left : MODEL_BATCH;
    if (batch->n > 0)
        pool_background(prepare, loader);
}

void loader_start_at(struct loader *loader, int epoch, int batch)
{
    int count = loader_images(loader);

    pool_background_wait();
    loader->epoch = epoch;
    loader->current = 0;
    order_images(loader);
    begin_batch(loader, batch < loader_batches(loader) ? batch * MODEL_BATCH : count);
}

int loader_next(struct loader *loader, const uint8_t **images, const float **targets)
{
    const struct loader_batch *batch = &loader->batch[loader->current];

    pool_background_wait();
    *images = batch->images;
    *targets = batch->targets;
    if (batch->n > 0) {
        loader->current = 1 - loader->current;
        begin_batch(loader, batch->first + batch->n);
    }
    return batch->n;
}

void loader_close(struct loader *loader)
{
    pool_background_wait();
    free(loader->order);
    free(loader->partner);
    free(loader->image);
    for (int i = 0; i < 2; i++) {
        if (loader->options.images[i] == NULL)
            free(loader->batch[i].images);
        if (loader->options.targets[i] == NULL)
            free(loader->batch[i].targets);
    }
    memset(loader, 0, sizeof *loader);
}
