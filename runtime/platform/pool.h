/* pool.h - threads for units of work and one background job. pool.c has threads;
 * pool_serial.c, for models that link none, does everything at once in the caller. Calls come from
 * one thread, the one that called pool_start; units and the background job must not call into the
 * pool. */
#ifndef POOL_H
#define POOL_H

#include "error.h"
#include "model.h"

enum { POOL_THREADS_MAX = 256 };

/* threads in 1..POOL_THREADS_MAX, the caller counted, the background thread not. Starts them all;
 * nothing is allocated afterwards. With MODEL_BLAS, also limits OpenBLAS to one thread a call, and
 * each thread has what it allocates for its first product. Returns 0, or -1 with no thread left
 * running. Before it, pool_run works in the caller alone. */
int pool_start(int threads, struct error *error);

/* Waits for the background job and ends all threads. Does nothing if the pool is not started. */
void pool_stop(void);

/* unit(args, i, scratch) for each i in 0 .. units - 1, in any order, on any threads; returns when
 * all are done. scratch: as the model's header has it, the running thread's own. */
void pool_run(int units, model_unit *unit, const void *args);

/* Threads that work in pool_run, the caller counted: 1 if the pool is not started or serial. */
int pool_threads(void);

/* CPUs this process may use (its affinity mask, and the quotas of its control groups), at least 1.
 */
int pool_available_cpus(void);

/* Runs job(argument) in a thread of its own and returns at once. There is one such thread: while
 * an earlier job still runs, this waits for it first. If the pool is not started, runs it now. */
void pool_background(void (*job)(void *argument), void *argument);

/* Returns when the last background job is done; what it wrote is then visible to the caller. */
void pool_background_wait(void);

#endif
