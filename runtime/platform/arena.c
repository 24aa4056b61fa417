/* arena.c - model_map (model.h): memory for models with more tensors than a static array holds
 *
 * All that depends on the system: mmap gives zeroed pages, aligned to a page, which take up no
 * memory before they are first written. */
#define _DEFAULT_SOURCE

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#include "model.h"

void *model_map(uint64_t bytes)
{
    void *memory;

    if (bytes > SIZE_MAX)
        return NULL;
    memory = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}
