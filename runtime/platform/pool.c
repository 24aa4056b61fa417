/* pool.c - see pool.h
 *
 * pool_run publishes a job; whoever is awake joins it and claims units until none is left: runs of
 * them at first, since neighbours read what lies together, single ones at the end, so that all end
 * at the same time (guided self-scheduling, Polychronopoulos and Kuck 1987). One word tells how the
 * job stands:
 *
 *     bits 63..32  generation, one more with every job
 *     bit  31      open: threads may join
 *     bits 30..0   joined: threads inside the job, the caller not counted
 *
 * The caller closes the job when no unit is left to claim and returns when nobody is inside. So it
 * waits only for threads that have a unit in work, never for one that is still asleep, and nobody
 * reads a job's description while the next one is written.
 *
 * Waiting means a short spin (a step has hundreds of jobs in a row), then sleep on a condition
 * variable. Sleeper and waker each write their own word before they read the other's, in one total
 * order (seq_cst), so one of the two always sees the other. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "platform/pool.h"

#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model.h"
#include "platform/arena.h"
#include "platform/cpus.h"
#include "platform/program.h"

#if MODEL_BLAS
#include <cblas.h>

void openblas_set_num_threads(int threads);
/* Not in OpenBLAS's headers; weak, so that another BLAS can be linked. */
extern void *blas_memory_alloc(int unused) __attribute__((weak));
extern void blas_memory_free(void *buffer) __attribute__((weak));
#endif

enum {
    CACHE_LINE = 64,
    SPINS = 1000,            /* pauses, 10 to 50 us */
    STACK_BYTES = 512 * 1024 /* of a thread: no function here takes more than 10 KiB, and BLAS
                              * little; the system's default may be 64 KiB, or gigabytes */
};

/* From one worker's scratch to the next: whole pages of any size, so that no two share one. */
#define SCRATCH_STRIDE (((size_t)MODEL_SCRATCH_BYTES + 65535) / 65536 * 65536)

#define GENERATION ((uint64_t)1 << 32)
#define OPEN ((uint64_t)1 << 31)
#define JOINED (OPEN - 1)

static struct {
    /* The job: written by the caller while nobody can be inside. */
    model_unit *unit;
    const void *args;
    int units;
    alignas(CACHE_LINE) atomic_int next; /* unit to claim */
    alignas(CACHE_LINE) _Atomic uint64_t state;

    alignas(CACHE_LINE) atomic_int sleepers; /* workers asleep or about to be */
    atomic_int caller_sleeps;
    atomic_int quit;
    pthread_mutex_t mutex; /* for sleeping and waking only */
    pthread_cond_t job_posted, job_left;

    int ready; /* workers that have what they need; under the mutex */
    int started;
    unsigned char *scratch; /* of the workers, one after the other; NULL: there are none */
    int threads;            /* the caller counted */
    int spins;
    pthread_t worker[POOL_THREADS_MAX];
} pool = {
    .mutex = PTHREAD_MUTEX_INITIALIZER,
    .job_posted = PTHREAD_COND_INITIALIZER,
    .job_left = PTHREAD_COND_INITIALIZER,
    .threads = 1,
};

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    pthread_t thread;
    void (*job)(void *argument); /* NULL: idle */
    void *argument;
    int quit;
} background = {
    .mutex = PTHREAD_MUTEX_INITIALIZER,
    .changed = PTHREAD_COND_INITIALIZER,
};

static alignas(CACHE_LINE) unsigned char caller_scratch[MODEL_SCRATCH_BYTES];

/* Tells the processor that this is a spin loop. */
static void pause_cpu(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
}

/* --- what the BLAS allocates, before the first job --- */

#if MODEL_BLAS
/* OpenBLAS maps a buffer whenever more threads are inside it than ever before, which may be late in
 * a run. Here it maps all: as many are taken at once as there will be threads, then given back. */
static void ready_process(int threads)
{
    void *buffers[POOL_THREADS_MAX];

    openblas_set_num_threads(1);
    if (!blas_memory_alloc || !blas_memory_free)
        return;
    for (int i = 0; i < threads; i++)
        buffers[i] = blas_memory_alloc(0);
    for (int i = 0; i < threads; i++)
        if (buffers[i])
            blas_memory_free(buffers[i]);
}

/* A first product of each kind, for whatever OpenBLAS readies by thread. */
static void ready_thread(void)
{
    enum { SIDE = 16 };
    static const float a[SIDE * SIDE] = {0};
    static const CBLAS_TRANSPOSE ways[][2] = {
        {CblasNoTrans, CblasNoTrans}, {CblasNoTrans, CblasTrans}, {CblasTrans, CblasNoTrans}};
    float c[SIDE * SIDE] = {0};

    for (int i = 0; i < 6; i++)
        cblas_sgemm(CblasRowMajor, ways[i / 2][0], ways[i / 2][1], SIDE, SIDE, SIDE, 1, a, SIDE, a,
                    SIDE, (float)(i % 2), c, SIDE);
}
#else
static void ready_process(int threads)
{
    (void)threads;
}

static void ready_thread(void)
{
}
#endif

/* --- a job, from inside --- */

/* Claims units from *begin up to *end, a thread's share of half of the rest; 0: none is left. */
static int claim(int *begin, int *end)
{
    int next = atomic_load_explicit(&pool.next, memory_order_relaxed), units;

    do {
        if (next >= pool.units)
            return 0;
        units = (pool.units - next) / (2 * pool.threads);
        *begin = next;
        *end = next + (units > 1 ? units : 1);
    } while (!atomic_compare_exchange_weak_explicit(&pool.next, &next, *end, memory_order_relaxed,
                                                    memory_order_relaxed));
    return 1;
}

static void work(void *scratch)
{
    model_unit *unit = pool.unit;
    const void *args = pool.args;
    int begin, end;

    while (claim(&begin, &end))
        for (int index = begin; index < end; index++)
            unit(args, index, scratch);
}

/* --- workers --- */

static int has_news(uint64_t seen)
{
    uint64_t state = atomic_load(&pool.state);
    return ((state & OPEN) != 0 && state / GENERATION != seen) || atomic_load(&pool.quit);
}

/* Returns when there is an open job other than generation `seen`, or the pool ends. */
static void wait_for_job(uint64_t seen)
{
    for (int i = 0; i < pool.spins; i++) {
        if (has_news(seen))
            return;
        pause_cpu();
    }
    pthread_mutex_lock(&pool.mutex);
    atomic_fetch_add(&pool.sleepers, 1);
    while (!has_news(seen))
        pthread_cond_wait(&pool.job_posted, &pool.mutex);
    atomic_fetch_sub(&pool.sleepers, 1);
    pthread_mutex_unlock(&pool.mutex);
}

/* Returns 0 if the job closed before this thread could join. */
static int join_job(uint64_t *seen)
{
    uint64_t state = atomic_load(&pool.state);
    do {
        if ((state & OPEN) == 0 || state / GENERATION == *seen)
            return 0;
    } while (!atomic_compare_exchange_weak(&pool.state, &state, state + 1));
    *seen = state / GENERATION;
    return 1;
}

static void leave_job(void)
{
    uint64_t state = atomic_fetch_sub(&pool.state, 1) - 1;
    if ((state & (OPEN | JOINED)) == 0 && atomic_load(&pool.caller_sleeps)) {
        pthread_mutex_lock(&pool.mutex);
        pthread_cond_signal(&pool.job_left);
        pthread_mutex_unlock(&pool.mutex);
    }
}

/* The argument is the worker's scratch. No job is posted before all workers are ready. */
static void *worker_main(void *scratch)
{
    uint64_t seen = atomic_load(&pool.state) / GENERATION;

    ready_thread();
    pthread_mutex_lock(&pool.mutex);
    pool.ready++;
    pthread_cond_signal(&pool.job_left);
    pthread_mutex_unlock(&pool.mutex);
    for (;;) {
        wait_for_job(seen);
        if (atomic_load(&pool.quit))
            return NULL;
        if (join_job(&seen)) {
            work(scratch);
            leave_job();
        }
    }
}

/* --- the caller --- */

static void wait_until_left(void)
{
    for (int i = 0; i < pool.spins; i++) {
        if ((atomic_load(&pool.state) & JOINED) == 0)
            return;
        pause_cpu();
    }
    pthread_mutex_lock(&pool.mutex);
    atomic_store(&pool.caller_sleeps, 1);
    while ((atomic_load(&pool.state) & JOINED) != 0)
        pthread_cond_wait(&pool.job_left, &pool.mutex);
    atomic_store(&pool.caller_sleeps, 0);
    pthread_mutex_unlock(&pool.mutex);
}

static void wake_workers(void)
{
    if (atomic_load(&pool.sleepers) == 0)
        return;
    pthread_mutex_lock(&pool.mutex);
    pthread_cond_broadcast(&pool.job_posted);
    pthread_mutex_unlock(&pool.mutex);
}

void pool_run(int units, model_unit *unit, const void *args)
{
    if (pool.threads == 1 || units <= 1) {
        for (int i = 0; i < units; i++)
            unit(args, i, caller_scratch);
        return;
    }
    pool.unit = unit;
    pool.args = args;
    pool.units = units;
    atomic_store_explicit(&pool.next, 0, memory_order_relaxed);
    uint64_t generation = atomic_load(&pool.state) / GENERATION + 1;
    atomic_store(&pool.state, generation * GENERATION | OPEN);
    wake_workers();
    work(caller_scratch);
    atomic_fetch_and(&pool.state, ~OPEN);
    wait_until_left();
}

/* --- the background job --- */

static void *background_main(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&background.mutex);
    while (!background.quit) {
        if (background.job == NULL) {
            pthread_cond_wait(&background.changed, &background.mutex);
            continue;
        }
        pthread_mutex_unlock(&background.mutex);
        background.job(background.argument);
        pthread_mutex_lock(&background.mutex);
        background.job = NULL;
        pthread_cond_broadcast(&background.changed);
    }
    pthread_mutex_unlock(&background.mutex);
    return NULL;
}

static void await_idle(void)
{
    while (background.job != NULL)
        pthread_cond_wait(&background.changed, &background.mutex);
}

void pool_background(void (*job)(void *argument), void *argument)
{
    if (!pool.started) {
        job(argument);
        return;
    }
    pthread_mutex_lock(&background.mutex);
    await_idle();
    background.job = job;
    background.argument = argument;
    pthread_cond_broadcast(&background.changed);
    pthread_mutex_unlock(&background.mutex);
}

void pool_background_wait(void)
{
    pthread_mutex_lock(&background.mutex);
    await_idle();
    pthread_mutex_unlock(&background.mutex);
}

/* --- starting and stopping --- */

static int affinity(void)
{
    cpu_set_t cpus;
    if (sched_getaffinity(0, sizeof cpus, &cpus) == 0)
        return CPU_COUNT(&cpus);
    long online = sysconf(_SC_NPROCESSORS_ONLN); /* more CPUs than cpu_set_t has room for */
    return online < 1 ? 1 : online > INT_MAX ? INT_MAX : (int)online;
}

int pool_available_cpus(void)
{
    int allowed = affinity(), quota = cpus_of_quota("");
    return allowed < quota ? allowed : quota;
}

int pool_threads(void)
{
    return pool.threads;
}

static void stop_background(void)
{
    pthread_mutex_lock(&background.mutex);
    await_idle();
    background.quit = 1;
    pthread_cond_broadcast(&background.changed);
    pthread_mutex_unlock(&background.mutex);
    pthread_join(background.thread, NULL);
}

static void stop_workers(int workers)
{
    atomic_store(&pool.quit, 1);
    pthread_mutex_lock(&pool.mutex);
    pthread_cond_broadcast(&pool.job_posted);
    pthread_mutex_unlock(&pool.mutex);
    for (int i = 0; i < workers; i++)
        pthread_join(pool.worker[i], NULL);
}

/* 0, or what was wrong. */
static int start_thread(pthread_t *thread, void *(*start)(void *argument), void *argument)
{
    pthread_attr_t how;
    int failure = pthread_attr_init(&how);

    if (failure != 0)
        return failure;
    failure = pthread_attr_setstacksize(&how, STACK_BYTES);
    if (failure == 0)
        failure = pthread_create(thread, &how, start, argument);
    pthread_attr_destroy(&how);
    return failure;
}

/* Scratch of so many workers; each has pages of its own. 0, or -1. */
static int map_scratch(int workers)
{
    void *memory = mmap(NULL, (size_t)workers * SCRATCH_STRIDE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED)
        return -1;
    arena_large_pages(memory, (size_t)workers * SCRATCH_STRIDE);
    pool.scratch = memory;
    return 0;
}

static void unmap_scratch(int workers)
{
    if (pool.scratch)
        munmap(pool.scratch, (size_t)workers * SCRATCH_STRIDE);
    pool.scratch = NULL;
}

/* Starts the background thread, then the workers, and waits until they are ready; on failure ends
 * those that did start. */
static int start_threads(int workers)
{
    int failure = start_thread(&background.thread, background_main, NULL);
    if (failure != 0)
        return failure;
    for (int i = 0; i < workers; i++) {
        failure = start_thread(&pool.worker[i], worker_main, pool.scratch + i * SCRATCH_STRIDE);
        if (failure != 0) {
            stop_workers(i);
            stop_background();
            return failure;
        }
    }
    pthread_mutex_lock(&pool.mutex);
    while (pool.ready < workers)
        pthread_cond_wait(&pool.job_left, &pool.mutex);
    pthread_mutex_unlock(&pool.mutex);
    return 0;
}

int pool_start(int threads, struct error *error)
{
    if (threads < 1 || threads > POOL_THREADS_MAX)
        return error_set(error, "%d threads: give a number from 1 to %d", threads,
                         (int)POOL_THREADS_MAX);
    if (pool.started)
        return error_set(error, "the thread pool is started already");
    if (program_check_blas(threads, error))
        return -1;
    ready_process(threads);
    ready_thread();
    arena_large_pages(caller_scratch, sizeof caller_scratch);
    pool.ready = 0;
    atomic_store(&pool.quit, 0);
    background.quit = 0;
    /* With more threads than CPUs, a spinning thread would take the time of a working one. */
    pool.spins = threads <= pool_available_cpus() ? SPINS : 0;

    if (threads > 1 && map_scratch(threads - 1))
        return error_set(error, "no memory for %d threads; give fewer with --threads", threads);
    int failure = start_threads(threads - 1);
    if (failure != 0) {
        unmap_scratch(threads - 1);
        return error_set(error, "cannot start %d threads: %s; give fewer with --threads", threads,
                         strerror(failure));
    }
    pool.threads = threads;
    pool.started = 1;
    return 0;
}

void pool_stop(void)
{
    if (!pool.started)
        return;
    stop_background();
    stop_workers(pool.threads - 1);
    unmap_scratch(pool.threads - 1);
    pool.threads = 1;
    pool.started = 0;
}
