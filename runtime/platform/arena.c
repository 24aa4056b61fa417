/* arena.c - see arena.h */
#define _DEFAULT_SOURCE

#include "platform/arena.h"

#include <stddef.h>
#include <sys/mman.h>

void *arena_map(uint64_t bytes)
{
    void *memory;

    if (bytes > SIZE_MAX)
        return NULL;
    memory = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}
