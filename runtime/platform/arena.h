/* arena.h - memory for the network */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>
#include <stdint.h>

/* Zeroed memory, aligned to a page, which takes up none before it is first written; for as long as
 * the program runs. NULL where the system gives none. */
void *arena_map(uint64_t bytes);

/* Asks the system to back the whole pages of `memory`, not yet written, by large ones: the images
 * of neighbouring positions lie pages apart, so that a transform reads and writes more pages than a
 * processor's first table of them holds. Results are the same where the system has none. */
void arena_large_pages(void *memory, size_t bytes);

#endif
