/* augment.c - see augment.h */
#include "augment.h"

#include <string.h>

#include "rng.h"

struct augment_choice augment_choose(const struct augment *augment, uint64_t seed, int epoch,
                                     int image_index)
{
    uint64_t index = (uint64_t)(uint32_t)epoch << 32 | (uint32_t)image_index;
    struct rng rng = rng_at(seed, RNG_AUGMENT, index);
    struct augment_choice choice = {0, 0, 0};

    if (augment->crop_padding > 0) {
        uint32_t offsets = 2U * (uint32_t)augment->crop_padding + 1U;
        choice.top = (int)rng_below(&rng, offsets) - augment->crop_padding;
        choice.left = (int)rng_below(&rng, offsets) - augment->crop_padding;
    }
    choice.flip = rng_u32(&rng) * 0x1p-32 < augment->flip;
    return choice;
}

/* out[x] := in[x + left], black outside of it; out and in are [MODEL_WIDTH]. */
static void shift_row(uint8_t *restrict out, const uint8_t *restrict in, int left)
{
    int begin = left < 0 ? -left : 0;
    int end = left > 0 ? MODEL_WIDTH - left : MODEL_WIDTH;

    if (begin >= end) {
        memset(out, 0, MODEL_WIDTH);
        return;
    }
    memset(out, 0, (size_t)begin);
    memcpy(out + begin, in + begin + left, (size_t)(end - begin));
    memset(out + end, 0, (size_t)(MODEL_WIDTH - end));
}

static void mirror_row(uint8_t *row)
{
    for (int left = 0, right = MODEL_WIDTH - 1; left < right; left++, right--) {
        uint8_t pixel = row[left];
        row[left] = row[right];
        row[right] = pixel;
    }
}

void augment_image(uint8_t *out, const uint8_t *in, const struct augment *augment, uint64_t seed,
                   int epoch, int image_index)
{
    struct augment_choice choice = augment_choose(augment, seed, epoch, image_index);

    for (int channel = 0; channel < MODEL_CHANNELS; channel++) {
        for (int y = 0; y < MODEL_HEIGHT; y++) {
            uint8_t *row = out + (channel * MODEL_HEIGHT + y) * MODEL_WIDTH;
            int source = y + choice.top;
            if (source < 0 || source >= MODEL_HEIGHT) {
                memset(row, 0, MODEL_WIDTH);
                continue;
            }
            shift_row(row, in + (channel * MODEL_HEIGHT + source) * MODEL_WIDTH, choice.left);
            if (choice.flip)
                mirror_row(row);
        }
    }
}
