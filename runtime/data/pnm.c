/* pnm.c - see pnm.h */
#include "data/pnm.h"

#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct pnm {
    const uint8_t *at, *end; /* what is not read yet */
    bool plain;
    int samples; /* a pixel: 1 or 3 */
    int height, width;
    unsigned most; /* the largest value; 1 of a PBM, where 1 is black */
    bool is_bits;  /* PBM */
};

static bool is_space(uint8_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* White space, and comments from # to the end of the line. */
static void skip_spaces(struct pnm *pnm)
{
    while (pnm->at < pnm->end && (is_space(*pnm->at) || *pnm->at == '#'))
        if (*pnm->at++ == '#')
            while (pnm->at < pnm->end && *pnm->at != '\n' && *pnm->at != '\r')
                pnm->at++;
}

/* A decimal number up to most, false if there is none. */
static bool read_number(struct pnm *pnm, unsigned most, unsigned *value)
{
    const uint8_t *begin;

    skip_spaces(pnm);
    begin = pnm->at;
    for (*value = 0; pnm->at < pnm->end && *pnm->at >= '0' && *pnm->at <= '9'; pnm->at++) {
        unsigned digit = (unsigned)(*pnm->at - '0');

        if (*value > (most - digit) / 10)
            return false;
        *value = 10 * *value + digit;
    }
    return pnm->at > begin;
}

static bool read_header(struct pnm *pnm)
{
    int kind = pnm->at[1] - '0';
    unsigned width, height;

    pnm->plain = kind <= 3;
    pnm->is_bits = kind % 3 == 1;
    pnm->samples = kind % 3 == 0 ? 3 : 1;
    pnm->most = 1;
    pnm->at += 2;
    if (!read_number(pnm, INT_MAX, &width) || !read_number(pnm, INT_MAX, &height) ||
        (!pnm->is_bits && !read_number(pnm, 65535, &pnm->most)))
        return false;
    pnm->width = (int)width;
    pnm->height = (int)height;
    /* one character before raw samples, which may look like more of them */
    return width > 0 && height > 0 && pnm->most > 0 && pnm->at < pnm->end && is_space(*pnm->at++);
}

/* Of a raw image; the bits of each row end with a byte. */
static uint64_t row_bytes(const struct pnm *pnm)
{
    uint64_t samples = (uint64_t)pnm->width * (uint64_t)pnm->samples;

    return pnm->is_bits ? (samples + 7) / 8 : samples * (pnm->most > 255 ? 2 : 1);
}

/* The fewest that a row of the file takes: a plain sample is a digit and, but in a PBM, a space. */
static uint64_t least_bytes(const struct pnm *pnm)
{
    uint64_t samples = (uint64_t)pnm->width * (uint64_t)pnm->samples;

    return !pnm->plain ? row_bytes(pnm) : pnm->is_bits ? samples : 2 * samples;
}

static int refuse_cut(const struct pnm *pnm, int rows, struct error *error)
{
    return error_set(error, "the image is cut short: %d of %d rows; fetch it again", rows,
                     pnm->height);
}

/* Whether there is enough of the file for what its header says; the last plain sample needs no
 * space after it. */
static int check_size(const struct pnm *pnm, int64_t pixels_max, struct error *error)
{
    uint64_t left = (uint64_t)(pnm->end - pnm->at) + (pnm->plain && !pnm->is_bits);

    if (pnm->width > pixels_max / pnm->height)
        return error_set(error, "%d x %d pixels; up to %lld million are decoded, make it smaller",
                         pnm->width, pnm->height, (long long)(pixels_max / 1000000));
    if (left / least_bytes(pnm) < (uint64_t)pnm->height)
        return refuse_cut(pnm, (int)(left / least_bytes(pnm)), error);
    return 0;
}

static uint8_t to_byte(const struct pnm *pnm, unsigned value)
{
    if (pnm->is_bits)
        return value ? 0 : 255;
    if (value > pnm->most)
        value = pnm->most;
    return (uint8_t)rint((double)value / pnm->most * 255); /* halves to the even, as Pillow does */
}

static bool read_plain(struct pnm *pnm, unsigned *value)
{
    if (!pnm->is_bits)
        return read_number(pnm, 65535, value);
    skip_spaces(pnm); /* of which bits need none between them */
    if (pnm->at == pnm->end || (*pnm->at != '0' && *pnm->at != '1'))
        return false;
    *value = (unsigned)(*pnm->at++ - '0');
    return true;
}

/* Sample i of the raw row that begins at pnm->at. */
static unsigned raw_sample(const struct pnm *pnm, size_t i)
{
    if (pnm->is_bits)
        return pnm->at[i / 8] >> (7 - i % 8) & 1;
    return pnm->most > 255 ? (unsigned)pnm->at[2 * i] << 8 | pnm->at[2 * i + 1] : pnm->at[i];
}

/* row [width][3]; false if the file ends or has no number there. */
static bool read_row(struct pnm *pnm, uint8_t *row)
{
    size_t samples = (size_t)pnm->width * (size_t)pnm->samples;
    int copies = 3 / pnm->samples;

    for (size_t i = 0; i < samples; i++, row += copies) {
        unsigned value = 0;

        if (!pnm->plain)
            value = raw_sample(pnm, i);
        else if (!read_plain(pnm, &value))
            return false;
        memset(row, to_byte(pnm, value), (size_t)copies);
    }
    if (!pnm->plain)
        pnm->at += row_bytes(pnm);
    return true;
}

static int read_rows(struct pnm *pnm, uint8_t *pixels, struct error *error)
{
    for (int y = 0; y < pnm->height; y++) {
        if (read_row(pnm, pixels + (size_t)y * (size_t)pnm->width * 3))
            continue;
        return pnm->at == pnm->end
                   ? refuse_cut(pnm, y, error)
                   : error_set(error, "row %d of the image has something else than its numbers", y);
    }
    return 0;
}

int pnm_decode(struct picture *picture, uint8_t **pixels, const uint8_t *file, size_t bytes,
               int64_t pixels_max, struct error *error)
{
    struct pnm pnm = {.at = file, .end = file + bytes};

    *pixels = NULL;
    if (!read_header(&pnm))
        return error_set(error, "the header of the image is broken; fetch it again");
    if (check_size(&pnm, pixels_max, error))
        return -1;
    *pixels = malloc((size_t)pnm.width * (size_t)pnm.height * 3);
    if (!*pixels)
        return error_set(error, "no memory for %d x %d pixels; close other programs", pnm.width,
                         pnm.height);
    *picture = (struct picture){.pixels = *pixels,
                                .down = (ptrdiff_t)pnm.width * 3,
                                .along = 3,
                                .height = pnm.height,
                                .width = pnm.width,
                                .samples = 3};
    if (read_rows(&pnm, *pixels, error) == 0)
        return 0;
    free(*pixels);
    *pixels = NULL;
    return -1;
}
