/* synthetic.c - see synthetic.h */
#include "data/synthetic.h"

#include <math.h>
#include <string.h>

#include "data/rng.h"

/* Which points of the square -1..1 x -1..1 (u to the right, v down) a shape covers. */
static int disc(float u, float v)
{
    return u * u + v * v < 1.0F;
}

static int ring(float u, float v)
{
    return disc(u, v) && u * u + v * v > 0.35F;
}

static int square(float u, float v)
{
    return fabsf(u) < 0.85F && fabsf(v) < 0.85F;
}

static int frame(float u, float v)
{
    return square(u, v) && fmaxf(fabsf(u), fabsf(v)) > 0.5F;
}

static int triangle(float u, float v)
{
    return fabsf(v) < 0.9F && fabsf(u) < (v + 0.9F) / 1.8F;
}

static int cross(float u, float v)
{
    return fabsf(u) < 0.3F || fabsf(v) < 0.3F;
}

/* Every other band of width 1 / count. */
static int band(float position, float count)
{
    return (int)floorf(position * count) & 1;
}

static int horizontal_stripes(float u, float v)
{
    (void)u;
    return band(v, 3.0F);
}

static int vertical_stripes(float u, float v)
{
    (void)v;
    return band(u, 3.0F);
}

static int checker(float u, float v)
{
    return band(u, 2.0F) ^ band(v, 2.0F);
}

static int diagonal_stripes(float u, float v)
{
    return band(u + v, 2.0F);
}

static int (*const shapes[SYNTHETIC_CLASSES])(float u, float v) = {
    disc,
    ring,
    square,
    frame,
    triangle,
    cross,
    horizontal_stripes,
    vertical_stripes,
    checker,
    diagonal_stripes,
};

struct drawing {
    int (*shape)(float u, float v);
    float x, y, radius; /* pixels; the whole shape is inside the image */
    float mirror;       /* 1, or -1: left and right swapped */
    float noise;        /* largest change of a value */
    float ink[MODEL_CHANNELS], paper[MODEL_CHANNELS];
};

/* Colours 0..255 that differ by 80 a channel on average. */
static void choose_colours(struct drawing *drawing, struct rng *rng)
{
    float difference;
    do {
        difference = 0.0F;
        for (int channel = 0; channel < MODEL_CHANNELS; channel++) {
            drawing->ink[channel] = 255.0F * rng_uniform(rng);
            drawing->paper[channel] = 255.0F * rng_uniform(rng);
            difference += fabsf(drawing->ink[channel] - drawing->paper[channel]);
        }
    } while (difference < 80.0F * MODEL_CHANNELS);
}

static struct drawing choose_drawing(int label, struct rng *rng)
{
    const float half = 0.5F * (MODEL_WIDTH < MODEL_HEIGHT ? MODEL_WIDTH : MODEL_HEIGHT);
    struct drawing drawing = {.shape = shapes[label]};

    drawing.radius = half * (0.55F + 0.4F * rng_uniform(rng));
    drawing.x = drawing.radius + (MODEL_WIDTH - 2.0F * drawing.radius) * rng_uniform(rng);
    drawing.y = drawing.radius + (MODEL_HEIGHT - 2.0F * drawing.radius) * rng_uniform(rng);
    drawing.mirror = rng_below(rng, 2) == 0 ? 1.0F : -1.0F;
    drawing.noise = 40.0F * rng_uniform(rng);
    choose_colours(&drawing, rng);
    return drawing;
}

static int covers(const struct drawing *drawing, int x, int y)
{
    float u = drawing->mirror * ((float)x + 0.5F - drawing->x) / drawing->radius;
    float v = ((float)y + 0.5F - drawing->y) / drawing->radius;
    return fabsf(u) < 1.0F && fabsf(v) < 1.0F && drawing->shape(u, v);
}

/* Not fminf and fmaxf: as calls, from code with wide vectors, they took 0.2 us each, 10 s for all
 * images. */
static uint8_t to_byte(float value)
{
    return value < 0.0F ? 0 : value > 255.0F ? 255 : (uint8_t)value;
}

/* image is [MODEL_CHANNELS][MODEL_HEIGHT][MODEL_WIDTH]. */
static void draw(uint8_t *image, const struct drawing *drawing, struct rng *rng)
{
    for (int y = 0; y < MODEL_HEIGHT; y++) {
        for (int x = 0; x < MODEL_WIDTH; x++) {
            const float *colour = covers(drawing, x, y) ? drawing->ink : drawing->paper;
            for (int channel = 0; channel < MODEL_CHANNELS; channel++) {
                float value =
                    colour[channel] + drawing->noise * (2.0F * rng_uniform(rng) - 1.0F) + 0.5F;
                image[(channel * MODEL_HEIGHT + y) * MODEL_WIDTH + x] = to_byte(value);
            }
        }
    }
}

/* Fills the data set with the images numbered from `first` on. */
static void draw_all(struct dataset *dataset, uint64_t seed, int first)
{
    const int classes =
        MODEL_CLASSES < (int)SYNTHETIC_CLASSES ? MODEL_CLASSES : (int)SYNTHETIC_CLASSES;

    for (int i = 0; i < dataset->count; i++) {
        struct rng rng = rng_at(seed, RNG_SYNTHETIC, (uint64_t)(first + i));
        int label = i % classes;
        struct drawing drawing = choose_drawing(label, &rng);
        draw(dataset->images + (size_t)i * DATASET_IMAGE_BYTES, &drawing, &rng);
        dataset->labels[i] = (model_label)label;
    }
}

int synthetic_make(uint64_t seed, struct dataset *train, struct dataset *test, struct error *error)
{
    memset(train, 0, sizeof *train);
    memset(test, 0, sizeof *test);
    if (dataset_extend(train, SYNTHETIC_TRAIN, error) != 0)
        return -1;
    if (dataset_extend(test, SYNTHETIC_TEST, error) != 0) {
        dataset_free(train);
        return -1;
    }
    draw_all(train, seed, 0);
    draw_all(test, seed, SYNTHETIC_TRAIN);
    return 0;
}
