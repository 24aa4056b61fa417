/* IDX files, as import is given them, packed by gzip or not: any bytes as labels and as images. */
#include <string.h>

#include "fuzz.h"
#include "import/gunzip.h"
#include "import/idx.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const uint8_t images[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 1, 2, 3, 4},
                         labels[] = {0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9};
    /* the labels, by gzip -n */
    static const uint8_t packed[] = {
        0x1F, 0x8B, 8,    0,    0,    0,    0, 0,    2,    3,    0x63, 0x60, 0xE0, 0x60, 0x64, 0x60,
        0x60, 0x60, 0x66, 0xE7, 0xE0, 0x04, 0, 0xAD, 0x98, 0x0A, 0xBA, 0x0B, 0,    0,    0};

    (void)argc, (void)argv;
    fuzz_write("corpus/images", images, sizeof images);
    fuzz_write("corpus/labels", labels, sizeof labels);
    fuzz_write("corpus/packed", packed, sizeof packed);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {""};
    struct idx idx;

    fuzz_write("input", data, size);
    fuzz_memory_begin(fuzz_memory_of(size) + (GUNZIP_MOST + 1) * size);
    for (int dimensions = 1; dimensions <= 3; dimensions += 2) {
        if (idx_read(&idx, "input", dimensions, &error))
            fuzz_require(error.text[0] && !strchr(error.text, '\n'), "an error is one line");
        else
            fuzz_require(idx.values && idx.count > 0, "there is what is read");
        idx_free(&idx);
    }
    fuzz_memory_end();
    return 0;
}
