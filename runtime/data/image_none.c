/* image_none.c - image.h where there is no library to decode with */
#include "data/image.h"

bool image_is_possible(void)
{
    return false;
}

int image_decode(uint8_t *out, int channels, int height, int width, const void *file, size_t bytes,
                 struct error *error)
{
    (void)out, (void)channels, (void)height, (void)width, (void)file, (void)bytes;
    return error_set(error, "made without a library for image files; apt-get install "
                            "libgdk-pixbuf-2.0-dev, then make it anew");
}
