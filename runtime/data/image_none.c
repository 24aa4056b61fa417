/* image_none.c - image_library.h where there is no library to decode with */
#include "data/image_library.h"

bool image_library_is_there(void)
{
    return false;
}

int image_library_open(struct image_library_picture *out, const char *kind, const void *file,
                       size_t bytes, struct error *error)
{
    (void)out, (void)kind, (void)file, (void)bytes;
    return error_set(error, "made without a library for PNG, JPEG and GIF files; apt-get install "
                            "libgdk-pixbuf-2.0-dev, then make it anew");
}

void image_library_close(struct image_library_picture *picture)
{
    (void)picture;
}
