/* A network on one thread and in no helpful order: units must not lean on each other. Its memory is
 * no larger than it says and begins no page. */
#include "context.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct model_context *context;

/* Scratch is full of NaN at first. */
static void run(void *calls, int units, model_unit *unit, const void *arguments)
{
    static alignas(64) unsigned char scratch[MODEL_SCRATCH_BYTES];
    int is_reversed = (*(int *)calls)++ % 2;
    memset(scratch, 0xff, sizeof scratch);
    for (int i = 0; i < units; i++) {
        unit(arguments, is_reversed ? units - 1 - i : i, scratch);
    }
}

int context_open(struct error *error)
{
    static int calls;
    static void *memory; /* in a static, so that a leak checker sees it in use */
    const struct model_host host = {run, &calls, NULL};
    const size_t bytes =
        ((size_t)MODEL_BYTES + MODEL_ALIGNMENT - 1) / MODEL_ALIGNMENT * MODEL_ALIGNMENT;
    (void)error;
    memory = aligned_alloc(MODEL_ALIGNMENT, bytes);
    if (memory) {
        memset(memory, 0, bytes);
    }
    context = MODEL(open)(memory, &host);
    return context ? 0 : -1;
}
