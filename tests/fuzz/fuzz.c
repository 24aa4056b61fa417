/* fuzz.c - see fuzz.h */
#include "fuzz.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* Of the sanitizers' <sanitizer/allocator_interface.h>, which not every compiler has. */
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void *, size_t),
                                              void (*free_hook)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *pointer);

enum { MULTIPLE = 16, BUFFERS = 1 << 18 };

static bool watching;
static size_t live, most; /* bytes allocated since fuzz_memory_begin and not freed; the limit */

size_t fuzz_memory_of(size_t size)
{
    return MULTIPLE * size + BUFFERS;
}

void fuzz_require(int promise, const char *text)
{
    if (promise)
        return;
    fprintf(stderr, "broken promise: %s\n", text);
    abort();
}

static void allocated(const volatile void *pointer, size_t size)
{
    (void)pointer;
    if (!watching)
        return;
    live += size;
    if (live > most) {
        watching = false; /* reporting allocates */
        fuzz_require(0, "memory stays within a small multiple of the input");
    }
}

static void freed(const volatile void *pointer)
{
    size_t size;

    if (!watching || !pointer)
        return;
    size = __sanitizer_get_allocated_size(pointer);
    live -= size < live ? size : live;
}

void fuzz_memory_begin(size_t limit)
{
    static bool installed;

    if (!installed)
        fuzz_require(__sanitizer_install_malloc_and_free_hooks(allocated, freed) > 0,
                     "the allocator can be watched");
    installed = true;
    live = 0;
    most = limit;
    watching = true;
}

void fuzz_memory_end(void)
{
    watching = false;
}

void fuzz_write(const char *path, const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");

    fuzz_require(file && fwrite(data, 1, size, file) == size && fclose(file) == 0,
                 "the harness can write its input");
}
