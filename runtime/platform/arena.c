/* arena.c - see arena.h */
#define _DEFAULT_SOURCE

#include "platform/arena.h"

#include <sys/mman.h>
#include <unistd.h>

void arena_large_pages(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uintptr_t begin = ((uintptr_t)memory + page - 1) / page * page;
    const uintptr_t end = ((uintptr_t)memory + bytes) / page * page;

    if (begin < end)
        (void)madvise((void *)begin, end - begin, MADV_HUGEPAGE);
#else
    (void)memory;
    (void)bytes;
#endif
}

void *arena_map(uint64_t bytes)
{
    void *memory;

    if (bytes > SIZE_MAX)
        return NULL;
    memory = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return NULL;
    arena_large_pages(memory, (size_t)bytes);
    return memory;
}
