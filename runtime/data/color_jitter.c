/* color_jitter.c - see color_jitter.h */
#include "data/color_jitter.h"

#include "data/colors.h"
#include "data/rng.h"

static double between(struct rng *rng, double low, double high)
{
    return low + (high - low) * (rng_u32(rng) * 0x1p-32);
}

struct jitter_choice jitter_choose(const struct model_augment *augment, uint64_t seed, int epoch,
                                   int image_index)
{
    struct rng rng = rng_at(seed, RNG_JITTER, rng_image(epoch, image_index));
    const double reach[JITTERS] = {augment->brightness, augment->contrast, augment->saturation,
                                   augment->hue};
    struct jitter_choice choice;

    rng_permutation(&rng, choice.order, JITTERS);
    for (int i = 0; i < JITTERS; i++) {
        double middle = i == JITTER_HUE ? 0 : 1, low = middle - reach[i];

        choice.by[i] = between(&rng, i != JITTER_HUE && low < 0 ? 0 : low, middle + reach[i]);
    }
    return choice;
}

void jitter_apply(uint8_t *image, const struct jitter_choice *choice)
{
    static void (*const change[JITTERS])(uint8_t * image, double by) = {
        colors_brightness, colors_contrast, colors_saturation, colors_hue};

    for (int i = 0; i < JITTERS; i++) {
        int which = choice->order[i];

        if (choice->by[which] != (which == JITTER_HUE ? 0 : 1))
            change[which](image, choice->by[which]);
    }
}
