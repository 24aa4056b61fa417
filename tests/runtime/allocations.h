/* Counts this program's allocations, in every thread. Include it in one source of a program: it
 * defines malloc and its kin. Sanitizers bring allocators of their own; nothing is counted then. */
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stdatomic.h>
#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ALLOCATIONS_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ALLOCATIONS_SANITIZER 1
#endif

#if defined(ALLOCATIONS_SANITIZER) || !defined(__GLIBC__)
enum { ALLOCATIONS_COUNTED = 0 };
static long allocations(void)
{
    return 0;
}
#else
enum { ALLOCATIONS_COUNTED = 1 };
static atomic_long allocations_made;

static long allocations(void)
{
    return atomic_load(&allocations_made);
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size)
{
    atomic_fetch_add(&allocations_made, 1);
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    atomic_fetch_add(&allocations_made, 1);
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    atomic_fetch_add(&allocations_made, 1);
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    atomic_fetch_add(&allocations_made, 1);
    return __libc_memalign(alignment, size);
}
#endif

#endif
