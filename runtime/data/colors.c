/* colors.c - see colors.h
 *
 * Products that a processor might fuse with a sum are made so that they round as Pillow's do: as
 * doubles, in which they are exact, and then to a float. */
#include "data/colors.h"

#include <math.h>
#include <string.h>

enum { PIXELS = MODEL_HEIGHT * MODEL_WIDTH, BYTES = MODEL_CHANNELS * PIXELS, VALUES = 256 };

static uint8_t clipped(double value)
{
    if (value <= 0)
        return 0;
    return value >= 255 ? 255 : (uint8_t)value;
}

/* Image.blend: `from` at 0, `to` at 1, and beyond. */
static uint8_t blend(int from, int to, float factor)
{
    float move = (float)((double)factor * (to - from));

    return clipped((float)((double)from + (double)move));
}

/* What each value of a channel becomes. */
static void look_up(uint8_t *plane, size_t count, const uint8_t table[VALUES])
{
    for (size_t i = 0; i < count; i++)
        plane[i] = table[plane[i]];
}

static void blend_all(uint8_t *image, int from, double factor)
{
    uint8_t table[VALUES];

    for (int i = 0; i < VALUES; i++)
        table[i] = blend(from, i, (float)factor);
    look_up(image, BYTES, table);
}

/* Pillow's L of a pixel. */
static int grey(const uint8_t *image, int pixel)
{
    const uint8_t *p = image + pixel;

    if (MODEL_CHANNELS < 3)
        return *p;
    return (int)((p[0] * 19595U + p[PIXELS] * 38470U + p[2 * (size_t)PIXELS] * 7471U + 0x8000U) >>
                 16);
}

void colors_brightness(uint8_t *image, double factor)
{
    blend_all(image, 0, factor);
}

void colors_contrast(uint8_t *image, double factor)
{
    uint64_t sum = 0;

    for (int i = 0; i < PIXELS; i++)
        sum += (uint64_t)grey(image, i);
    blend_all(image, (int)((double)sum / PIXELS + 0.5), factor);
}

void colors_saturation(uint8_t *image, double factor)
{
    if (MODEL_CHANNELS < 3)
        return;
    for (int i = 0; i < PIXELS; i++) {
        int from = grey(image, i);

        for (size_t c = 0; c < MODEL_CHANNELS; c++)
            image[c * PIXELS + (size_t)i] =
                blend(from, image[c * PIXELS + (size_t)i], (float)factor);
    }
}

/* Pixel x of ImageFilter.SMOOTH, from three rows: itself five times and its eight neighbours,
 * by 13. */
static int smooth(const uint8_t *above, const uint8_t *row, const uint8_t *below, int x)
{
    int sum = 4 * row[x];

    for (int i = x - 1; i <= x + 1; i++)
        sum += above[i] + row[i] + below[i];
    return (2 * sum + 13) / 26; /* to the nearest; no sum lies between two */
}

/* The border stays, as the filter leaves it. */
void colors_sharpness(uint8_t *restrict out, const uint8_t *restrict in, double factor)
{
    memcpy(out, in, BYTES);
    for (size_t c = 0; c < MODEL_CHANNELS; c++)
        for (size_t y = 1; y + 1 < MODEL_HEIGHT; y++) {
            size_t at = c * PIXELS + y * MODEL_WIDTH;
            const uint8_t *row = in + at;

            for (int x = 1; x < MODEL_WIDTH - 1; x++) {
                int from = smooth(row - MODEL_WIDTH, row, row + MODEL_WIDTH, x);
                out[at + (size_t)x] = blend(from, row[x], (float)factor);
            }
        }
}

/* Hue, saturation and value, each 0 .. 255. */
struct hsv {
    uint8_t hue, saturation, value;
};

/* In single precision but where Pillow's C says otherwise. */
static struct hsv to_hsv(int red, int green, int blue)
{
    int most = red > green ? red : green, least = red < green ? red : green;

    most = most > blue ? most : blue;
    least = least < blue ? least : blue;
    if (most == least)
        return (struct hsv){.value = (uint8_t)most};

    float range = (float)(most - least), hue;
    float r = (float)(most - red) / range, g = (float)(most - green) / range;
    float b = (float)(most - blue) / range;

    if (red == most)
        hue = b - g;
    else if (green == most)
        hue = (float)(2.0 + (double)r - (double)b);
    else
        hue = (float)(4.0 + (double)g - (double)r);
    double turns = (double)hue / 6.0 + 1.0; /* 5/6 .. 11/6 */
    hue = (float)(turns < 1.0 ? turns : turns - 1.0);
    return (struct hsv){(uint8_t)((double)hue * 255.0),
                        (uint8_t)((double)(range / (float)most) * 255.0), (uint8_t)most};
}

static uint8_t rounded(double value)
{
    return clipped(round(value));
}

static void from_hsv(uint8_t rgb[3], struct hsv it)
{
    /* by sextant of the hue: which of value, falling, rising and least a channel is */
    static const uint8_t which[6][3] = {{0, 2, 3}, {1, 0, 3}, {3, 0, 2},
                                        {3, 1, 0}, {2, 3, 0}, {0, 3, 1}};
    double place = it.hue * 6.0 / 255.0;
    int sextant = (int)place;
    float part = (float)(place - sextant), saturation = (float)(it.saturation / 255.0);
    float fallen = saturation * part;
    uint8_t levels[4] = {it.value, 0, 0, 0};

    levels[1] = rounded(it.value * (1.0 - (double)fallen));
    levels[2] = rounded(it.value * (1.0 - (double)saturation * (1.0 - (double)part)));
    levels[3] = rounded(it.value * (1.0 - (double)saturation));
    for (int c = 0; c < 3; c++)
        rgb[c] = levels[which[sextant % 6][c]];
}

void colors_hue(uint8_t *image, double turn)
{
    if (MODEL_CHANNELS < 3)
        return;
    for (int i = 0; i < PIXELS; i++) {
        uint8_t *red = image + i, *green = red + PIXELS, *blue = green + PIXELS, rgb[3];
        struct hsv it = to_hsv(*red, *green, *blue);

        it.hue = (uint8_t)(it.hue + (int)(turn * 255)); /* around the circle */
        from_hsv(rgb, it);
        *red = rgb[0], *green = rgb[1], *blue = rgb[2];
    }
}

void colors_posterize(uint8_t *image, int bits)
{
    for (size_t i = 0; i < BYTES; i++)
        image[i] &= (uint8_t)(0xFFU << (8 - bits));
}

void colors_solarize(uint8_t *image, double threshold)
{
    for (size_t i = 0; i < BYTES; i++)
        image[i] = image[i] < threshold ? image[i] : (uint8_t)(255 - image[i]);
}

/* How often each value comes, and the least and the greatest that do. */
struct histogram {
    int counts[VALUES], least, most;
};

static void count_values(struct histogram *histogram, const uint8_t *plane)
{
    memset(histogram, 0, sizeof *histogram);
    for (int i = 0; i < PIXELS; i++)
        histogram->counts[plane[i]]++;
    while (histogram->counts[histogram->least] == 0)
        histogram->least++;
    histogram->most = VALUES - 1;
    while (histogram->counts[histogram->most] == 0)
        histogram->most--;
}

void colors_autocontrast(uint8_t *image)
{
    for (size_t c = 0; c < MODEL_CHANNELS; c++) {
        struct histogram histogram;
        uint8_t table[VALUES];

        count_values(&histogram, image + c * PIXELS);
        if (histogram.least == histogram.most)
            continue;
        double scale = 255.0 / (histogram.most - histogram.least);
        double offset = -histogram.least * scale;
        for (int i = 0; i < VALUES; i++) {
            volatile double product = i * scale; /* rounded before the sum, as Python does it */
            table[i] = clipped(product + offset);
        }
        look_up(image + c * PIXELS, PIXELS, table);
    }
}

void colors_equalize(uint8_t *image)
{
    for (size_t c = 0; c < MODEL_CHANNELS; c++) {
        struct histogram histogram;
        uint8_t table[VALUES];

        count_values(&histogram, image + c * PIXELS);
        int step = (PIXELS - histogram.counts[histogram.most]) / 255, sum = step / 2;
        if (step == 0)
            continue;
        for (int i = 0; i < VALUES; i++) {
            table[i] = (uint8_t)(sum / step < 255 ? sum / step : 255);
            sum += histogram.counts[i];
        }
        look_up(image + c * PIXELS, PIXELS, table);
    }
}
