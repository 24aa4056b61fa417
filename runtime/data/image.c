/* image.c - see image.h */
#include "data/image.h"

#include <stdlib.h>
#include <string.h>

#include "data/exif.h"
#include "data/image_kind.h"
#include "data/image_library.h"
#include "data/pnm.h"
#include "data/resample.h"

static int decode_pnm(uint8_t *out, int channels, int height, int width, const void *file,
                      size_t bytes, struct error *error)
{
    struct picture picture;
    uint8_t *pixels;
    int result;

    if (pnm_decode(&picture, &pixels, file, bytes, IMAGE_PIXELS_MAX, error))
        return -1;
    result = resample(out, channels, height, width, &picture, error);
    free(pixels);
    return result;
}

/* The first frame alone, as a GIF of its own. */
static int open_gif(struct image_library_picture *library, const void *file, size_t bytes,
                    struct error *error)
{
    static const uint8_t trailer = ';';
    size_t frame = image_gif_frame(file, bytes);
    uint8_t *copy = malloc(frame + 1);
    int result;

    if (!copy)
        return error_set(error, "no memory for an image of %zu bytes; close other programs", frame);
    memcpy(copy, file, frame);
    copy[frame] = trailer;
    result = image_library_open(library, "gif", copy, frame + 1, error);
    free(copy);
    return result;
}

int image_decode(uint8_t *out, int channels, int height, int width, const void *file, size_t bytes,
                 struct error *error)
{
    const char *kind = image_kind(file, bytes, IMAGE_SCANS_MAX, error);
    struct image_library_picture library;
    int result;

    if (!kind)
        return -1;
    if (strcmp(kind, "pnm") == 0)
        return decode_pnm(out, channels, height, width, file, bytes, error);
    if (strcmp(kind, "gif") == 0 ? open_gif(&library, file, bytes, error)
                                 : image_library_open(&library, kind, file, bytes, error))
        return -1;
    picture_turn(&library.picture, exif_orientation(file, bytes, kind));
    result = resample(out, channels, height, width, &library.picture, error);
    image_library_close(&library);
    return result;
}
