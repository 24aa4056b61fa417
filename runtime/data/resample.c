/* resample.c - see resample.h */
#include "data/resample.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void picture_turn(struct picture *picture, int orientation)
{
    /* Exif's number, less 1: rows from below, columns from the right, then both exchanged */
    static const bool rows[] = {0, 0, 1, 1, 0, 1, 1, 0}, columns[] = {0, 1, 1, 0, 0, 0, 1, 1};
    struct picture is = *picture;

    if (rows[orientation - 1]) {
        picture->pixels += (is.height - 1) * is.down;
        is.down = -is.down;
    }
    if (columns[orientation - 1]) {
        picture->pixels += (is.width - 1) * is.along;
        is.along = -is.along;
    }
    picture->height = orientation > 4 ? is.width : is.height;
    picture->width = orientation > 4 ? is.height : is.width;
    picture->down = orientation > 4 ? is.along : is.down;
    picture->along = orientation > 4 ? is.down : is.along;
}

/* Along one direction: value i of the result is the sum over j < count[i] of
 * weights[i * room + j] * pixel[first[i] + j]. */
struct axis {
    int *first, *count;
    float *weights;
    int room;
};

static void close_axis(struct axis *axis)
{
    free(axis->first);
    free(axis->count);
    free(axis->weights);
}

/* Value i: a triangle around `centre`, of which the part outside is left out. */
static void weigh(struct axis *axis, int i, int pixels, double centre, double half)
{
    int first = (int)fmax(0, floor(centre - half)), end = (int)fmin(pixels, ceil(centre + half));
    float *weights = axis->weights + (size_t)i * (size_t)axis->room;
    double sum = 0;

    for (int j = first; j < end; j++)
        sum += fmax(0, 1 - fabs(j + 0.5 - centre) / half);
    for (int j = first; j < end; j++)
        weights[j - first] = (float)(fmax(0, 1 - fabs(j + 0.5 - centre) / half) / sum);
    axis->first[i] = first;
    axis->count[i] = end - first;
}

/* `pixels` become `resized`, of which `size` in the middle are wanted. 0, or -1. */
static int open_axis(struct axis *axis, int pixels, int64_t resized, int size)
{
    double scale = (double)pixels / (double)resized, half = fmax(1, scale);
    int64_t surplus = resized - size;
    int64_t skipped = surplus / 2 + (surplus % 4 == 3); /* a half becomes the even neighbour */

    axis->room = (int)ceil(2 * half) + 2;
    axis->first = malloc((size_t)size * sizeof *axis->first);
    axis->count = malloc((size_t)size * sizeof *axis->count);
    axis->weights = malloc((size_t)size * (size_t)axis->room * sizeof *axis->weights);
    if (!axis->first || !axis->count || !axis->weights)
        return -1;
    for (int i = 0; i < size; i++)
        weigh(axis, i, pixels, ((double)(skipped + i) + 0.5) * scale, half);
    return 0;
}

/* The sizes that the whole picture is scaled to: one as wanted, the other at least that. */
static void cover(const struct picture *picture, int height, int width, int64_t *rows,
                  int64_t *columns)
{
    int64_t wide = (int64_t)picture->width * height, high = (int64_t)picture->height * width;

    *rows = wide < high ? high / picture->width : height;
    *columns = wide < high ? width : wide / picture->height;
}

/* sums [width][3] += weight * the row y of the picture, scaled along it. */
static void add_row(float *sums, const struct axis *axis, int width, const struct picture *picture,
                    int y, float weight)
{
    const uint8_t *row = picture->pixels + y * picture->down;
    bool has_alpha = picture->samples == 4;

    for (int x = 0; x < width; x++) {
        const uint8_t *pixel = row + axis->first[x] * picture->along;
        const float *weights = axis->weights + (size_t)x * (size_t)axis->room;

        for (int j = 0; j < axis->count[x]; j++, pixel += picture->along) {
            float part = weight * weights[j], white = 0;

            if (has_alpha) {
                white = part * (255 - pixel[3]);
                part *= pixel[3] / 255.0f;
            }
            for (int c = 0; c < 3; c++)
                sums[3 * x + c] += part * pixel[c] + white;
        }
    }
}

static uint8_t to_byte(float value)
{
    return (uint8_t)lrintf(fminf(255, fmaxf(0, value)));
}

/* Row y of out [channels][height][width]. */
static void store_row(uint8_t *out, int channels, int height, int width, int y, const float *sums)
{
    for (int x = 0; x < width; x++, sums += 3) {
        uint8_t *pixel = out + (size_t)y * (size_t)width + x;

        if (channels == 1)
            *pixel = to_byte(0.299f * sums[0] + 0.587f * sums[1] + 0.114f * sums[2]);
        for (int c = 0; channels == 3 && c < 3; c++)
            pixel[(size_t)c * (size_t)height * (size_t)width] = to_byte(sums[c]);
    }
}

int resample(uint8_t *out, int channels, int height, int width, const struct picture *picture,
             struct error *error)
{
    struct axis down = {0}, along = {0};
    float *sums = malloc((size_t)width * 3 * sizeof *sums);
    int64_t rows, columns;
    int result = 0;

    cover(picture, height, width, &rows, &columns);
    if (channels != 1 && channels != 3)
        result = error_set(error, "a picture has 3 channels, or 1 of luminance, not %d", channels);
    else if (!sums || open_axis(&down, picture->height, rows, height) ||
             open_axis(&along, picture->width, columns, width))
        result = error_set(error, "no memory to scale %d x %d pixels; close other programs",
                           picture->width, picture->height);
    for (int y = 0; result == 0 && y < height; y++) {
        memset(sums, 0, (size_t)width * 3 * sizeof *sums);
        for (int j = 0; j < down.count[y]; j++)
            add_row(sums, &along, width, picture, down.first[y] + j,
                    down.weights[(size_t)y * (size_t)down.room + (size_t)j]);
        store_row(out, channels, height, width, y, sums);
    }
    close_axis(&down);
    close_axis(&along);
    free(sums);
    return result;
}
