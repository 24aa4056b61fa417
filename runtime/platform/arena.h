/* arena.h - memory for the network */
#ifndef ARENA_H
#define ARENA_H

#include <stdint.h>

/* Zeroed memory, aligned to a page, which takes up none before it is first written; for as long as
 * the program runs. NULL where the system gives none. */
void *arena_map(uint64_t bytes);

#endif
