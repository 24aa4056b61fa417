/* pool_serial.c - the pool (pool.h) without threads, for models that link none */
#include <stdalign.h>

#include "model.h"
#include "platform/pool.h"

void pool_run(int units, model_unit *unit, const void *args)
{
    static alignas(64) unsigned char scratch[MODEL_SCRATCH_BYTES];

    for (int i = 0; i < units; i++)
        unit(args, i, scratch);
}

int pool_start(int threads, struct error *error)
{
    if (threads < 1 || threads > POOL_THREADS_MAX)
        return error_set(error, "%d threads: give a number from 1 to %d", threads,
                         (int)POOL_THREADS_MAX);
    return 0;
}

void pool_stop(void)
{
}

int pool_threads(void)
{
    return 1;
}

int pool_available_cpus(void)
{
    return 1;
}

void pool_background(void (*job)(void *argument), void *argument)
{
    job(argument);
}

void pool_background_wait(void)
{
}
