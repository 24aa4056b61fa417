/* arena_map itself: zeroed, aligned, and NULL where there is no memory. Says `N passed, N failed`.
 */
#include "platform/arena.h"

#include <stdio.h>

static int passed, failed;

static void expect(int holds, const char *what)
{
    passed += holds;
    failed += !holds;
    if (!holds) {
        printf("failed: %s\n", what);
    }
}

int main(void)
{
    const uint64_t size = 3 << 20;
    unsigned char *memory = arena_map(size), any = 0;
    expect(memory != NULL, "3 MiB are there");
    expect((uintptr_t)memory % 64 == 0, "they begin a cache line");
    for (uint64_t i = 0; memory && i < size; i++) {
        any |= memory[i];
        memory[i] = 1;
    }
    expect(!any, "they are zero");
    unsigned char *second = arena_map(size);
    expect(second && (second + size <= memory || memory + size <= second),
           "another place each time");
    expect(arena_map((uint64_t)1 << 62) == NULL, "more than an address space is NULL");
    expect(arena_map(UINT64_MAX) == NULL, "all that can be asked for is NULL");
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
