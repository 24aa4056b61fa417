/* split.c - see split.h */
#include "data/split.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/rng.h"
#include "model.h"

/* share[MODEL_CLASSES] := how many of `count` images each class gives. */
static void share_out(const struct dataset *train, int count, int *share)
{
    static int64_t rest[MODEL_CLASSES]; /* of the division, in parts of train->count */
    int left = count;

    memset(share, 0, MODEL_CLASSES * sizeof *share);
    for (int i = 0; i < train->count; i++)
        share[train->labels[i]]++;
    for (int c = 0; c < MODEL_CLASSES; c++) {
        int64_t parts = (int64_t)share[c] * count;

        share[c] = (int)(parts / train->count);
        rest[c] = parts % train->count;
        left -= share[c];
    }
    for (; left > 0; left--) { /* fewer than there are classes with a rest */
        int most = 0;

        for (int c = 1; c < MODEL_CLASSES; c++)
            if (rest[c] > rest[most])
                most = c;
        share[most]++;
        rest[most] = -1;
    }
}

static void move_image(struct dataset *to, int i, const struct dataset *from, int j)
{
    memmove(to->images + (size_t)i * DATASET_IMAGE_BYTES,
            from->images + (size_t)j * DATASET_IMAGE_BYTES, DATASET_IMAGE_BYTES);
    to->labels[i] = from->labels[j];
}

/* chosen[train->count] := the images to hold out: the first of a random order that their class has
 * a share left for. order has the same room. */
static void choose(const struct dataset *train, int count, uint64_t seed, bool *chosen, int *order)
{
    struct rng rng = rng_at(seed, RNG_SPLIT, 0);
    static int share[MODEL_CLASSES];

    share_out(train, count, share);
    rng_permutation(&rng, order, train->count);
    for (int i = 0; i < train->count; i++) {
        int *left = &share[train->labels[order[i]]];

        chosen[order[i]] = *left > 0;
        *left -= *left > 0;
    }
}

static void move_chosen(struct dataset *train, struct dataset *held_out, const bool *chosen)
{
    int kept = 0, moved = 0;

    for (int i = 0; i < train->count; i++) {
        if (chosen[i])
            move_image(held_out, moved++, train, i);
        else
            move_image(train, kept++, train, i);
    }
    train->count = kept;
}

int split_hold_out(struct dataset *train, struct dataset *held_out, int count, uint64_t seed,
                   struct error *error)
{
    bool *chosen;
    int *order, result = 0;

    if (count < 1 || count >= train->count)
        return error_set(error,
                         "--val-split %d: there are %d training images, and some must be left to "
                         "train on; give 1 to %d",
                         count, train->count, train->count - 1);
    *held_out = (struct dataset){0};
    if (dataset_extend(held_out, count, error))
        return -1;
    chosen = malloc((size_t)train->count * sizeof *chosen);
    order = malloc((size_t)train->count * sizeof *order);
    if (chosen && order) {
        choose(train, count, seed, chosen, order);
        move_chosen(train, held_out, chosen);
    } else {
        dataset_free(held_out);
        result = error_set(error, "no memory to choose %d images; close other programs", count);
    }
    free(chosen);
    free(order);
    return result;
}
