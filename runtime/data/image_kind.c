/* image_kind.c - see image_kind.h */
#include "data/image_kind.h"

#include <stdbool.h>
#include <string.h>

/* PNG, section 5.2 and 5.3: a signature, then chunks of a length, four letters, data and a
 * checksum. */
static const uint8_t png_signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

static bool png_has_end(const uint8_t *file, size_t bytes)
{
    size_t at = sizeof png_signature;

    while (bytes - at >= 12) {
        size_t length = (size_t)file[at] << 24 | (size_t)file[at + 1] << 16 |
                        (size_t)file[at + 2] << 8 | file[at + 3];

        if (length > bytes - at - 12)
            return false;
        if (memcmp(file + at + 4, "IEND", 4) == 0)
            return true;
        at += 12 + length;
    }
    return false;
}

/* JPEG (ITU-T T.81, annex B): markers are FF and a code. */
enum { JPEG_TEM = 0x01, JPEG_RST0 = 0xD0, JPEG_SOI = 0xD8, JPEG_EOI = 0xD9, JPEG_SOS = 0xDA };

/* The next marker from `at` on, where FF 00 and the restart markers are data; bytes if none. */
static size_t next_marker(const uint8_t *file, size_t bytes, size_t at)
{
    for (; bytes - at >= 2; at++)
        if (file[at] == 0xFF && file[at + 1] > JPEG_TEM && file[at + 1] != 0xFF &&
            (file[at + 1] < JPEG_RST0 || file[at + 1] > JPEG_SOI))
            return at;
    return bytes;
}

/* Up to the end marker; -1 if there is none. */
static int jpeg_scans(const uint8_t *file, size_t bytes)
{
    int scans = 0;
    size_t at = 2;

    while ((at = next_marker(file, bytes, at)) < bytes) {
        size_t length;

        if (file[at + 1] == JPEG_EOI)
            return scans;
        if (bytes - at < 4)
            return -1;
        length = (size_t)file[at + 2] << 8 | file[at + 3];
        if (length > bytes - at - 2)
            return -1;
        scans += file[at + 1] == JPEG_SOS;
        at += 2 + length;
    }
    return -1;
}

/* GIF89a: a screen, a table of colours, then blocks; what is long is in pieces of a length byte and
 * as many bytes, of which the last is empty. */
enum { GIF_HEAD = 13, GIF_IMAGE = ',', GIF_EXTENSION = '!' };

static size_t colours_bytes(uint8_t packed)
{
    return packed & 0x80 ? (size_t)3 << ((packed & 7) + 1) : 0;
}

/* The byte after the pieces that begin at `at`; 0 if the file ends before. */
static size_t after_pieces(const uint8_t *file, size_t bytes, size_t at)
{
    while (at < bytes && file[at])
        at += 1 + (size_t)file[at];
    return at < bytes ? at + 1 : 0;
}

static bool is_gif(const uint8_t *file, size_t bytes)
{
    return bytes >= 6 && (memcmp(file, "GIF87a", 6) == 0 || memcmp(file, "GIF89a", 6) == 0);
}

/* A frame's first pixel and number of pixels, from its descriptor, against those of the screen. */
static bool is_within(const uint8_t *first, const uint8_t *count, const uint8_t *screen)
{
    return (first[0] | first[1] << 8) + (count[0] | count[1] << 8) <= (screen[0] | screen[1] << 8);
}

size_t image_gif_frame(const uint8_t *file, size_t bytes)
{
    size_t at = GIF_HEAD;

    if (!is_gif(file, bytes) || bytes < GIF_HEAD)
        return 0;
    at += colours_bytes(file[10]);
    while (at > 0 && at < bytes && file[at] == GIF_EXTENSION)
        at = after_pieces(file, bytes, at + 2);
    if (at == 0 || at > bytes || bytes - at < 11 || file[at] != GIF_IMAGE)
        return 0;
    if (!is_within(file + at + 1, file + at + 5, file + 6) ||
        !is_within(file + at + 3, file + at + 7, file + 8))
        return 0;
    return after_pieces(file, bytes, at + 11 + colours_bytes(file[at + 9])); /* and a code size */
}

static bool is_pnm(const uint8_t *file, size_t bytes)
{
    return bytes >= 3 && file[0] == 'P' && file[1] >= '1' && file[1] <= '6' &&
           strchr(" \t\r\n#", file[2]) && file[2];
}

const char *image_kind(const uint8_t *file, size_t bytes, int scans_max, struct error *error)
{
    if (bytes >= sizeof png_signature && memcmp(file, png_signature, sizeof png_signature) == 0) {
        if (png_has_end(file, bytes))
            return "png";
    } else if (bytes >= 3 && file[0] == 0xFF && file[1] == JPEG_SOI && file[2] == 0xFF) {
        int scans = jpeg_scans(file, bytes);

        if (scans > scans_max) {
            error_set(error, "a JPEG of %d scans; %d are allowed, save it as a baseline JPEG",
                      scans, scans_max);
            return NULL;
        }
        if (scans > 0)
            return "jpeg";
    } else if (is_gif(file, bytes)) {
        if (image_gif_frame(file, bytes))
            return "gif";
    } else if (is_pnm(file, bytes)) {
        return "pnm"; /* has no end to look for; pnm.c counts its rows */
    } else {
        error_set(error, "not a PNG, JPEG, GIF or PPM image");
        return NULL;
    }
    error_set(error, "the image is cut short or broken; fetch it again");
    return NULL;
}
