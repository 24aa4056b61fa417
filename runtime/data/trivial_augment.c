/* trivial_augment.c - see trivial_augment.h */
#include "data/trivial_augment.h"

#include <math.h>
#include <string.h>

#include "data/colors.h"
#include "data/rng.h"

struct trivial_choice trivial_choose(uint64_t seed, int epoch, int image_index)
{
    struct rng rng = rng_at(seed, RNG_TRIVIAL, rng_image(epoch, image_index));
    struct trivial_choice choice;

    choice.operation = (enum trivial_operation)rng_below(&rng, TRIVIAL_OPERATIONS);
    choice.level = (int)rng_below(&rng, TRIVIAL_LEVELS);
    choice.sign = rng_below(&rng, 2) ? -1 : 1;
    return choice;
}

/* The level-th of TRIVIAL_LEVELS numbers from 0 to `most`, as torch.linspace rounds them: from the
 * nearer end, by multiply-adds that round once. The middle one of 0 to 32 is below 16. */
static double strength(float most, int level)
{
    const int last = TRIVIAL_LEVELS - 1;
    double step = (double)(most / (float)last);

    if (level < TRIVIAL_LEVELS / 2)
        return (double)(float)(step * level);
    return (double)(float)((double)most - step * (last - level));
}

/* A pixel's centre (x, y) of the result is that of (x[0] * x + x[1] * y + x[2], y[0] * x + ...) of
 * the image. */
struct affine {
    double x[3], y[3];
};

static struct affine shear(double in_x, double in_y)
{
    return (struct affine){{1, in_x, 0}, {in_y, 1, 0}};
}

static struct affine translation(int right, int down)
{
    return (struct affine){{1, 0, -right}, {0, 1, -down}};
}

/* Around the middle, against the clock. */
static struct affine rotation(double degrees)
{
    const double pi = 3.141592653589793, middle_x = MODEL_WIDTH / 2.0,
                 middle_y = MODEL_HEIGHT / 2.0;
    double angle = -degrees * (pi / 180), c = cos(angle), s = sin(angle);

    return (struct affine){{c, s, middle_x - c * middle_x - s * middle_y},
                           {-s, c, middle_y + s * middle_x - c * middle_y}};
}

/* In parts of 65536, to the nearest. */
static int64_t fixed(double value)
{
    return (int64_t)floor(value * 65536.0 + 0.5);
}

/* Pillow's transform with AFFINE and NEAREST: along a row and a column the place in the image moves
 * by fixed steps. Outside is black. */
static void move(uint8_t *restrict out, const uint8_t *restrict in, struct affine it)
{
    enum { PIXELS = MODEL_HEIGHT * MODEL_WIDTH };
    int64_t x_of_row = fixed(it.x[2] + it.x[0] * 0.5 + it.x[1] * 0.5);
    int64_t y_of_row = fixed(it.y[2] + it.y[0] * 0.5 + it.y[1] * 0.5);
    int64_t step[4] = {fixed(it.x[0]), fixed(it.x[1]), fixed(it.y[0]), fixed(it.y[1])};

    for (int y = 0; y < MODEL_HEIGHT; y++, x_of_row += step[1], y_of_row += step[3])
        for (int x = 0; x < MODEL_WIDTH; x++) {
            int64_t from_x = (x_of_row + x * step[0]) >> 16,
                    from_y = (y_of_row + x * step[2]) >> 16;
            int inside =
                from_x >= 0 && from_x < MODEL_WIDTH && from_y >= 0 && from_y < MODEL_HEIGHT;

            for (int c = 0; c < MODEL_CHANNELS; c++)
                out[c * PIXELS + y * MODEL_WIDTH + x] =
                    inside ? in[c * PIXELS + (int)from_y * MODEL_WIDTH + (int)from_x] : 0;
        }
}

static struct affine affine_of(struct trivial_choice choice)
{
    int pixels = choice.sign * (int)strength(32.0F, choice.level);
    double slope = choice.sign * strength(0.99F, choice.level);

    switch (choice.operation) {
    case TRIVIAL_SHEAR_X:
        return shear(slope, 0);
    case TRIVIAL_SHEAR_Y:
        return shear(0, slope);
    case TRIVIAL_TRANSLATE_X:
        return translation(pixels, 0);
    case TRIVIAL_TRANSLATE_Y:
        return translation(0, pixels);
    default:
        return rotation(choice.sign * strength(135.0F, choice.level));
    }
}

/* level / 5 to the nearest, a half to the even one: of the 8 bits up to 6 are lost. */
static int posterize_bits(int level)
{
    return 8 - (int)lrint(level / 5.0);
}

void trivial_apply(uint8_t *image, uint8_t *copy, struct trivial_choice choice)
{
    double factor = 1.0 + choice.sign * strength(0.99F, choice.level);

    switch (choice.operation) {
    case TRIVIAL_SHEAR_X:
    case TRIVIAL_SHEAR_Y:
    case TRIVIAL_TRANSLATE_X:
    case TRIVIAL_TRANSLATE_Y:
    case TRIVIAL_ROTATE:
        memcpy(copy, image, MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH);
        move(image, copy, affine_of(choice));
        return;
    case TRIVIAL_SHARPNESS:
        memcpy(copy, image, MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH);
        colors_sharpness(image, copy, factor);
        return;
    case TRIVIAL_BRIGHTNESS:
        colors_brightness(image, factor);
        return;
    case TRIVIAL_COLOR:
        colors_saturation(image, factor);
        return;
    case TRIVIAL_CONTRAST:
        colors_contrast(image, factor);
        return;
    case TRIVIAL_POSTERIZE:
        colors_posterize(image, posterize_bits(choice.level));
        return;
    case TRIVIAL_SOLARIZE:
        colors_solarize(image, strength(255.0F, TRIVIAL_LEVELS - 1 - choice.level));
        return;
    case TRIVIAL_AUTOCONTRAST:
        colors_autocontrast(image);
        return;
    case TRIVIAL_EQUALIZE:
        colors_equalize(image);
        return;
    case TRIVIAL_IDENTITY:
    case TRIVIAL_OPERATIONS:
        return;
    }
}
