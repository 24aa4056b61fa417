//- bundle/pack.c: packs weights on a computer with files; becomes PREFIX_pack.c.
@(header)
/* Packs a safetensors file for `@(prefix)_attach`, in the byte order of this machine.
 *
 *   @(prefix)_pack FILE.safetensors WEIGHTS.bin [WEIGHTS.inc]      .inc: the same as numbers with commas, for C */
#include "@(prefix).h"

#include <stdio.h>
#include <stdlib.h>

static unsigned char room[@(PREFIX)_WEIGHTS_BYTES + @(PREFIX)_ALIGNMENT];

static int fail(const char *what, const char *path)
{
    fprintf(stderr, "@(prefix)_pack: %s: %s\n", path, what);
    return EXIT_FAILURE;
}

/* All of a file; NULL where it can't be read. */
static unsigned char *read_file(const char *path, size_t *bytes)
{
    FILE *const file = fopen(path, "rb");
    unsigned char *all = NULL;
    long length = -1;
    if (file && fseek(file, 0, SEEK_END) == 0)
        length = ftell(file);
    if (length >= 0) {
        *bytes = (size_t)length;
        all = malloc(*bytes + 1);
        rewind(file);
        if (all && fread(all, 1, *bytes, file) != *bytes)
            all = NULL;
    }
    if (file)
        fclose(file);
    return all;
}

static int write_file(const char *path, const unsigned char *weights, int as_text)
{
    FILE *const file = fopen(path, "wb");
    int is_written = file != NULL;
    for (size_t i = 0; is_written && as_text && i < @(PREFIX)_WEIGHTS_BYTES; i++)
        is_written = fprintf(file, "%d,%s", weights[i], i % 32 == 31 ? "\n" : "") > 0;
    if (is_written && !as_text)
        is_written = fwrite(weights, 1, @(PREFIX)_WEIGHTS_BYTES, file) == @(PREFIX)_WEIGHTS_BYTES;
    return file && fclose(file) == 0 && is_written;
}

int main(int argc, char **argv)
{
    static const char *const words[] = {
        "packed", "no weights", "out of memory", "cut short", "no safetensors file", "weights of another network",
        "has values that are infinite or no numbers",
    };
    unsigned char *const weights = room + (@(PREFIX)_ALIGNMENT - (uintptr_t)room % @(PREFIX)_ALIGNMENT) % @(PREFIX)_ALIGNMENT;
    size_t bytes = 0;
    unsigned char *file;
    enum @(prefix)_status status;
    if (argc != 3 && argc != 4)
        return fail("give FILE.safetensors WEIGHTS.bin [WEIGHTS.inc]", "arguments");
    file = read_file(argv[1], &bytes);
    if (!file)
        return fail("cannot be read", argv[1]);
    status = @(prefix)_load(NULL, weights, file, bytes);
    free(file);
    if (status != @(PREFIX)_OK)
        return fail(words[status], argv[1]);
    if (!write_file(argv[2], weights, 0))
        return fail("cannot be written", argv[2]);
    return argc == 4 && !write_file(argv[3], weights, 1) ? fail("cannot be written", argv[3]) : EXIT_SUCCESS;
}
