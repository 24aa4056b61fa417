/* What a generated model asks of its program, on one thread and in no helpful order: units must
 * not lean on each other. */
#include "model.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

static alignas(64) unsigned char scratch[MODEL_SCRATCH_BYTES];

void *model_scratch(void)
{
    return scratch;
}

/* Scratch is full of NaN at first. */
void model_run(int units, void (*unit)(const void *arguments, int index), const void *arguments)
{
    static int calls;
    int is_reversed = calls++ % 2;
    memset(scratch, 0xff, sizeof scratch);
    for (int i = 0; i < units; i++) {
        unit(arguments, is_reversed ? units - 1 - i : i);
    }
}

void *model_map(uint64_t bytes)
{
    static void *memory; /* in a static, so that a leak checker sees it in use */
    memory = aligned_alloc(64, (size_t)(bytes + 63) / 64 * 64);
    return memory;
}
