/* Image files, as predict is given them. */
#include <string.h>

#include "data/image.h"
#include "data/image_library.h"
#include "fuzz.h"

enum { SIDE = 32, CHANNELS = 3, BYTES_A_PIXEL = 10 }; /* image.h: drawn, progressive */

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    fuzz_require(image_library_is_there(), "there is a library for images");
    return 0;
}

/* What the picture may take of memory, beside what the file's bytes may. */
static size_t room(size_t size)
{
    size_t pixels = IMAGE_PIXELS_A_BYTE * size;

    return BYTES_A_PIXEL * (pixels < IMAGE_PIXELS_MAX ? pixels : IMAGE_PIXELS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t out[CHANNELS * SIDE * SIDE];
    struct error error = {""};

    fuzz_memory_begin(fuzz_memory_of(size) + room(size));
    for (int channels = 1; channels <= CHANNELS; channels += 2)
        if (image_decode(out, channels, SIDE, SIDE, data, size, &error))
            fuzz_require(error.text[0] && !strchr(error.text, '\n'), "an error is one line");
    fuzz_memory_end();
    return 0;
}
