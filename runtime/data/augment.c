/* augment.c - see augment.h */
#include "data/augment.h"

#include <math.h>
#include <string.h>

#include "data/color_jitter.h"
#include "data/reflect.h"
#include "data/rng.h"
#include "data/trivial_augment.h"

/* Of an image in the first epoch at random; then the opposite of the epoch before. */
static int alternating_flip(uint64_t seed, int epoch, int image_index)
{
    struct rng rng = rng_at(seed, RNG_FLIP, (uint64_t)(uint32_t)image_index);

    return (int)((rng_u32(&rng) >> 31) ^ ((uint32_t)epoch & 1U));
}

/* The part of a square around a random pixel that lies within `size` pixels. */
static void choose_cut(int *begin, int *end, struct rng *rng, int side, int size)
{
    int first = (int)rng_below(rng, (uint32_t)size) - side / 2;

    *begin = first > 0 ? first : 0;
    *end = first + side < size ? first + side : size;
}

int augment_size(int *height, int *width, double part, double ratio)
{
    double area = part * ((double)MODEL_HEIGHT * MODEL_WIDTH);
    double high = nearbyint(sqrt(area * ratio)), wide = nearbyint(sqrt(area / ratio));

    if (!(high < MODEL_HEIGHT && wide < MODEL_WIDTH))
        return 0;
    *height = (int)high;
    *width = (int)wide;
    return 1;
}

static double between(struct rng *rng, const double range[2])
{
    return range[0] + (range[1] - range[0]) * (rng_u32(rng) * 0x1p-32);
}

/* As RandomErasing does it: after ten sizes that do not fit the image stays as it is. */
static struct augment_box choose_erased(const struct model_augment *augment, uint64_t seed,
                                        int epoch, int image_index)
{
    const double logarithms[2] = {log(augment->erasing_ratio[0]), log(augment->erasing_ratio[1])};
    struct rng rng = rng_at(seed, RNG_ERASING, rng_image(epoch, image_index));
    struct augment_box box = {0};
    int height, width;

    if (rng_u32(&rng) * 0x1p-32 >= augment->random_erasing)
        return box;
    for (int i = 0; i < 10; i++) {
        double part = between(&rng, augment->erasing_scale);

        if (augment_size(&height, &width, part, exp(between(&rng, logarithms)))) {
            box.top = (int)rng_below(&rng, (uint32_t)(MODEL_HEIGHT - height) + 1U);
            box.left = (int)rng_below(&rng, (uint32_t)(MODEL_WIDTH - width) + 1U);
            box.bottom = box.top + height;
            box.right = box.left + width;
            break;
        }
    }
    return box;
}

struct augment_choice augment_choose(const struct model_augment *augment, uint64_t seed, int epoch,
                                     int image_index)
{
    struct rng rng = rng_at(seed, RNG_AUGMENT, rng_image(epoch, image_index));
    struct augment_choice choice = {0};

    if (augment->crop_padding > 0) {
        uint32_t offsets = 2U * (uint32_t)augment->crop_padding + 1U;
        choice.top = (int)rng_below(&rng, offsets) - augment->crop_padding;
        choice.left = (int)rng_below(&rng, offsets) - augment->crop_padding;
    }
    choice.flip = augment->flip == MODEL_FLIP_ALTERNATING
                      ? alternating_flip(seed, epoch, image_index)
                      : rng_u32(&rng) * 0x1p-32 < augment->flip;
    if (augment->cutout > 0) {
        struct augment_box *cut = &choice.cut;
        choose_cut(&cut->top, &cut->bottom, &rng, augment->cutout, MODEL_HEIGHT);
        choose_cut(&cut->left, &cut->right, &rng, augment->cutout, MODEL_WIDTH);
    }
    if (augment->random_erasing > 0)
        choice.erased = choose_erased(augment, seed, epoch, image_index);
    return choice;
}

/* out[x] := in[x + left], with the border beyond in; out and in are [MODEL_WIDTH]. */
static void shift_row(uint8_t *restrict out, const uint8_t *restrict in, int left,
                      enum model_border border)
{
    int begin = left < 0 ? -left : 0;
    int end = left > 0 ? MODEL_WIDTH - left : MODEL_WIDTH;

    if (begin >= end) {
        memset(out, 0, MODEL_WIDTH);
        return;
    }
    memcpy(out + begin, in + begin + left, (size_t)(end - begin));
    for (int x = 0; x < begin; x++)
        out[x] = border == MODEL_BORDER_BLACK ? 0 : in[reflect(x + left, MODEL_WIDTH)];
    for (int x = end; x < MODEL_WIDTH; x++)
        out[x] = border == MODEL_BORDER_BLACK ? 0 : in[reflect(x + left, MODEL_WIDTH)];
}

static void mirror_row(uint8_t *row)
{
    for (int left = 0, right = MODEL_WIDTH - 1; left < right; left++, right--) {
        uint8_t pixel = row[left];
        row[left] = row[right];
        row[right] = pixel;
    }
}

/* One channel, [MODEL_HEIGHT][MODEL_WIDTH]. */
static void crop_and_mirror(uint8_t *out, const uint8_t *in, const struct augment_choice *choice,
                            enum model_border border)
{
    for (int y = 0; y < MODEL_HEIGHT; y++) {
        uint8_t *row = out + y * MODEL_WIDTH;
        int source = y + choice->top;

        if (border == MODEL_BORDER_REFLECT)
            source = reflect(source, MODEL_HEIGHT);
        if (source < 0 || source >= MODEL_HEIGHT) {
            memset(row, 0, MODEL_WIDTH);
            continue;
        }
        shift_row(row, in + source * MODEL_WIDTH, choice->left, border);
        if (choice->flip)
            mirror_row(row);
    }
}

static void clear(uint8_t *image, const struct augment_box *box, const uint8_t *fill)
{
    for (int channel = 0; channel < MODEL_CHANNELS; channel++)
        for (int y = box->top; y < box->bottom; y++)
            memset(image + (channel * MODEL_HEIGHT + y) * MODEL_WIDTH + box->left, fill[channel],
                   (size_t)(box->right - box->left));
}

void augment_image(uint8_t *out, const uint8_t *in, uint8_t *copy,
                   const struct model_augment *augment, uint64_t seed, int epoch, int image_index)
{
    enum { CHANNEL_BYTES = MODEL_HEIGHT * MODEL_WIDTH };
    struct augment_choice choice = augment_choose(augment, seed, epoch, image_index);

    for (int channel = 0; channel < MODEL_CHANNELS; channel++)
        crop_and_mirror(out + channel * CHANNEL_BYTES, in + channel * CHANNEL_BYTES, &choice,
                        augment->border);
    if (MODEL_TRIVIAL_AUGMENT && augment->trivial_augment)
        trivial_apply(out, copy, trivial_choose(seed, epoch, image_index));
    if (MODEL_COLOR_JITTER) {
        struct jitter_choice jitter = jitter_choose(augment, seed, epoch, image_index);
        jitter_apply(out, &jitter);
    }
    clear(out, &choice.cut, augment->fill);
    clear(out, &choice.erased, augment->fill);
}
