/* The thread pool: every unit once, on all threads, and back only when all are done. */
#define _GNU_SOURCE

#include <criterion/criterion.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "allocations.h"
#include "model.h"
#include "platform/pool.h"

enum { THREADS = 4, UNITS = 1000 };

static void start(int threads)
{
    struct error error;
    cr_assert_eq(pool_start(threads, &error), 0, "%s", error.text);
}

/* Plain writes and reads: a missing happens-before shows under ThreadSanitizer. */
static void count_unit(const void *args, int index, void *scratch)
{
    int *const *counts = args;
    (void)scratch;
    (*counts)[index]++;
}

static void run_jobs(int jobs)
{
    int counts[UNITS] = {0}, expected[UNITS] = {0};
    int *const args = counts;

    for (int job = 0; job < jobs; job++) {
        int units = job * 7 % (UNITS + 1);
        pool_run(units, count_unit, &args);
        for (int i = 0; i < units; i++)
            expected[i]++;
        cr_assert_eq(memcmp(counts, expected, sizeof counts), 0, "job %d of %d units", job, units);
    }
}

Test(pool, runs_every_unit_once, .timeout = 120)
{
    for (int threads = 1; threads <= THREADS; threads++) {
        start(threads);
        cr_assert_eq(pool_threads(), threads);
        run_jobs(2000);
        pool_stop();
    }
}

Test(pool, works_in_the_caller_before_the_start_and_after_the_end, .timeout = 60)
{
    run_jobs(10);
    cr_assert_eq(pool_threads(), 1);
    start(2);
    pool_stop();
    pool_stop();
    run_jobs(10);
    cr_assert_eq(pool_threads(), 1);
}

Test(pool, takes_no_units, .timeout = 60)
{
    start(2);
    pool_run(0, NULL, NULL);
    pool_stop();
}

/* As many units as threads, and none ends before all have begun: it needs every thread. */
static void meet_unit(const void *args, int index, void *scratch)
{
    pthread_barrier_t *const *barrier = args;
    (void)index;
    (void)scratch;
    pthread_barrier_wait(*barrier);
}

Test(pool, works_on_all_threads, .timeout = 120)
{
    for (int threads = 2; threads <= THREADS; threads++) {
        pthread_barrier_t barrier, *const args = &barrier;
        pthread_barrier_init(&barrier, NULL, (unsigned)threads);
        start(threads);
        for (int job = 0; job < 200; job++)
            pool_run(threads, meet_unit, &args);
        usleep(20000); /* now all workers sleep */
        pool_run(threads, meet_unit, &args);
        pool_stop();
        pthread_barrier_destroy(&barrier);
    }
}

/* Fills its scratch, waits until all others have filled theirs, and looks whether its own is still
 * there. */
static void keep_unit(const void *args, int index, void *scratch)
{
    pthread_barrier_t *const *barrier = args;
    unsigned char *bytes = scratch;

    cr_expect_eq((uintptr_t)scratch % 64, 0);
    memset(scratch, index, MODEL_SCRATCH_BYTES);
    pthread_barrier_wait(*barrier);
    for (int i = 0; i < MODEL_SCRATCH_BYTES; i++)
        cr_assert_eq(bytes[i], index);
    pthread_barrier_wait(*barrier);
}

Test(pool, each_thread_has_scratch_of_its_own, .timeout = 60)
{
    for (int threads = 1; threads <= THREADS; threads++) {
        pthread_barrier_t barrier, *const args = &barrier;
        pthread_barrier_init(&barrier, NULL, (unsigned)threads);
        start(threads);
        pool_run(threads, keep_unit, &args);
        pool_stop();
        pthread_barrier_destroy(&barrier);
    }
}

struct late {
    pthread_barrier_t *barrier;
    pthread_t caller;
    int *done;
};

static void late_unit(const void *args, int index, void *scratch)
{
    const struct late *late = args;
    (void)scratch;
    pthread_barrier_wait(late->barrier);
    if (!pthread_equal(pthread_self(), late->caller))
        usleep(20000); /* longer than the caller spins */
    late->done[index] = 1;
}

Test(pool, returns_when_the_last_unit_is_done, .timeout = 60)
{
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, NULL, 2);
    start(2);
    for (int job = 0; job < 5; job++) {
        int done[2] = {0, 0};
        struct late late = {&barrier, pthread_self(), done};
        pool_run(2, late_unit, &late);
        cr_assert(done[0] && done[1]);
    }
    pool_stop();
    pthread_barrier_destroy(&barrier);
}

/* More threads than CPUs: were sleeping threads waited for, this would take minutes. */
Test(pool, stays_fast_when_oversubscribed, .timeout = 60)
{
    start(8 * THREADS);
    run_jobs(2000);
    pool_stop();
}

Test(pool, refuses_impossible_numbers_of_threads)
{
    struct error error;
    cr_assert_eq(pool_start(0, &error), -1);
    cr_assert_str_eq(error.text, "0 threads: give a number from 1 to 256");
    cr_assert_eq(pool_start(POOL_THREADS_MAX + 1, &error), -1);
    start(2);
    cr_assert_eq(pool_start(2, &error), -1);
    cr_assert_str_eq(error.text, "the thread pool is started already");
    pool_stop();
}

/* Bytes that this process has. */
static rlim_t address_space(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long pages = 0;
    cr_assert_not_null(file);
    cr_assert_eq(fscanf(file, "%lu", &pages), 1);
    fclose(file);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

Test(pool, leaves_nothing_running_when_a_thread_cannot_start, .timeout = 60)
{
    struct error error;
    struct rlimit before, little;

    if (!ALLOCATIONS_COUNTED)
        cr_skip_test("sanitizers need the address space that this test takes away");
    getrlimit(RLIMIT_AS, &before);
    little = before;
    little.rlim_cur = address_space() + ((rlim_t)1 << 25); /* for some stacks, not for 256 */
    setrlimit(RLIMIT_AS, &little);
    int result = pool_start(POOL_THREADS_MAX, &error);
    setrlimit(RLIMIT_AS, &before);
    cr_assert_eq(result, -1);
    cr_assert_not_null(strstr(error.text, "cannot start 256 threads: "), "%s", error.text);
    cr_assert_eq(pool_threads(), 1);

    start(2);
    run_jobs(100);
    pool_stop();
}

Test(pool, available_cpus_follow_the_affinity_mask)
{
    cpu_set_t before, one;
    cr_assert_eq(sched_getaffinity(0, sizeof before, &before), 0);
    cr_assert_eq(pool_available_cpus(), CPU_COUNT(&before));
    int cpu = 0;
    while (!CPU_ISSET(cpu, &before))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    cr_assert_eq(sched_setaffinity(0, sizeof one, &one), 0);
    cr_assert_eq(pool_available_cpus(), 1);
}

struct job {
    pthread_t thread;
    int steps, microseconds;
};

static void slow_job(void *argument)
{
    struct job *job = argument;
    usleep((useconds_t)job->microseconds);
    job->thread = pthread_self();
    job->steps++;
}

Test(pool, background_job_runs_beside_the_caller, .timeout = 60)
{
    start(2);
    for (int i = 0; i < 20; i++) {
        struct job job = {.steps = 0, .microseconds = 1000};
        pool_background(slow_job, &job);
        run_jobs(20);
        pool_background_wait();
        cr_assert_eq(job.steps, 1);
        cr_assert(!pthread_equal(job.thread, pthread_self()));
    }
    pool_stop();
}

Test(pool, background_jobs_come_one_after_the_other, .timeout = 60)
{
    struct job job = {.steps = 0, .microseconds = 1000};
    start(1);
    for (int i = 0; i < 20; i++)
        pool_background(slow_job, &job);
    pool_background_wait();
    cr_assert_eq(job.steps, 20);
    pool_background(slow_job, &job);
    pool_stop(); /* waits for it */
    cr_assert_eq(job.steps, 21);
}

Test(pool, background_job_runs_at_once_without_a_pool)
{
    struct job job = {.steps = 0, .microseconds = 0};
    pool_background(slow_job, &job);
    cr_assert_eq(job.steps, 1);
    cr_assert(pthread_equal(job.thread, pthread_self()));
    pool_background_wait();
}

Test(pool, allocates_nothing_once_started, .timeout = 60)
{
    int counts[UNITS] = {0}, *const args = counts;
    struct job job = {.steps = 0, .microseconds = 0};

    if (!ALLOCATIONS_COUNTED)
        cr_skip_test("allocations cannot be counted here");
    start(THREADS);
    long before = allocations();
    for (int i = 0; i < 1000; i++) {
        pool_background(slow_job, &job);
        pool_run(UNITS, count_unit, &args);
    }
    pool_background_wait();
    cr_assert_eq(allocations() - before, 0);
    pool_stop();
}
