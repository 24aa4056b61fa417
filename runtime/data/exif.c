/* exif.c - see exif.h */
#include "data/exif.h"

#include <stdbool.h>
#include <string.h>

/* A TIFF, in its own byte order. */
struct tiff {
    const uint8_t *bytes;
    size_t length;
    bool is_big_endian;
};

/* Of 2 or 4 bytes at a place; 0 beyond the end. */
static uint32_t number_at(const struct tiff *tiff, size_t at, int bytes)
{
    uint32_t value = 0;

    if (at > tiff->length || tiff->length - at < (size_t)bytes)
        return 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | tiff->bytes[at + (size_t)(tiff->is_big_endian ? i : bytes - 1 - i)];
    return value;
}

/* In the first directory: a count, then entries of 12 bytes, which are tag, type, count and value.
 */
static int orientation_of(const uint8_t *bytes, size_t length)
{
    enum { ORIENTATION = 0x112, SHORT = 3, LONG = 4 };
    struct tiff tiff = {bytes, length, length > 0 && bytes[0] == 'M'};
    size_t at, entries;

    if (length < 8 || bytes[0] != bytes[1] || (bytes[0] != 'I' && bytes[0] != 'M') ||
        number_at(&tiff, 2, 2) != 42)
        return 1;
    at = number_at(&tiff, 4, 4);
    entries = number_at(&tiff, at, 2);
    for (at += 2; entries > 0 && at < length; entries--, at += 12) {
        uint32_t type = number_at(&tiff, at + 2, 2), value;

        if (number_at(&tiff, at, 2) != ORIENTATION || (type != SHORT && type != LONG))
            continue;
        value = number_at(&tiff, at + 8, type == SHORT ? 2 : 4);
        return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

/* A chunk: length, four letters, data, checksum. */
static int of_png(const uint8_t *file, size_t bytes)
{
    for (size_t at = 8; bytes - at >= 12;) {
        size_t length = (size_t)file[at] << 24 | (size_t)file[at + 1] << 16 |
                        (size_t)file[at + 2] << 8 | file[at + 3];

        if (length > bytes - at - 12)
            return 1;
        if (memcmp(file + at + 4, "eXIf", 4) == 0)
            return orientation_of(file + at + 8, length);
        at += 12 + length;
    }
    return 1;
}

/* Segments up to the first scan: FF, a code, a length that counts itself, data. */
static int of_jpeg(const uint8_t *file, size_t bytes)
{
    enum { APP1 = 0xE1, SCAN = 0xDA };
    static const uint8_t name[6] = {'E', 'x', 'i', 'f', 0, 0};

    for (size_t at = 2; bytes - at >= 4 && file[at] == 0xFF && file[at + 1] != SCAN;) {
        size_t length = (size_t)file[at + 2] << 8 | file[at + 3];

        if (file[at + 1] == 0xFF) { /* a filler */
            at++;
            continue;
        }
        if (length < 2 || length > bytes - at - 2)
            return 1;
        if (file[at + 1] == APP1 && length >= 2 + sizeof name &&
            memcmp(file + at + 4, name, sizeof name) == 0)
            return orientation_of(file + at + 4 + sizeof name, length - 2 - sizeof name);
        at += 2 + length;
    }
    return 1;
}

int exif_orientation(const uint8_t *file, size_t bytes, const char *kind)
{
    return strcmp(kind, "png") == 0    ? of_png(file, bytes)
           : strcmp(kind, "jpeg") == 0 ? of_jpeg(file, bytes)
                                       : 1;
}
