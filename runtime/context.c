/* context.c - see context.h */
#include "context.h"

#include "platform/arena.h"
#include "platform/pool.h"

struct model_context *context;

static void run(void *pool, int units, model_unit *unit, const void *arguments)
{
    (void)pool;
    pool_run(units, unit, arguments);
}

static int threads(void *pool)
{
    (void)pool;
    return pool_threads();
}

int context_open(struct error *error)
{
    const struct model_host host = {run, NULL, threads};

    context = MODEL(open)(arena_map(MODEL_BYTES), &host);
    return context ? 0
                   : error_set(error, "cannot map %.1f MiB for " MODEL_NAME "; free some memory",
                               (double)MODEL_BYTES / 1048576.0);
}
