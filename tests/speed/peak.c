/* peak.c - the most multiply-adds this machine does: GFLOP/s of independent FMAs in registers, on
 * one thread and on all. The yardstick of tests/speed/bench.
 *
 *   peak [cpu]     cpu: one thread, by its time on a processor, for machines that others use, too
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#if defined(__AVX512F__)
enum { LANES = 16 };
#elif defined(__AVX__)
enum { LANES = 8 };
#else
enum { LANES = 4 };
#endif
typedef float vector __attribute__((vector_size(LANES * 4)));

enum { CHAINS = 12, ROUNDS = 20000000, MAX_THREADS = 256 };

static clockid_t clock_id = CLOCK_MONOTONIC;

static double now(void)
{
    struct timespec t;

    clock_gettime(clock_id, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* CHAINS chains hide the latency of an FMA on every machine so far. */
static void *burn(void *result)
{
    vector sums[CHAINS], x, y;

    for (int i = 0; i < LANES; i++) {
        x[i] = 0.999f;
        y[i] = 1e-3f;
    }
    for (int i = 0; i < CHAINS; i++)
        sums[i] = x * (float)i;
    for (long r = 0; r < ROUNDS; r++)
#pragma GCC unroll 12
        for (int i = 0; i < CHAINS; i++)
            sums[i] = sums[i] * x + y;
    for (int i = 0; i < CHAINS; i++)
        *(float *)result += sums[i][0];
    return NULL;
}

static double gflops(int threads)
{
    static float sink[MAX_THREADS];
    pthread_t others[MAX_THREADS];
    double best = 0;

    for (int attempt = 0; attempt < 3; attempt++) {
        double start = now(), rate;

        for (int i = 1; i < threads; i++)
            pthread_create(&others[i], NULL, burn, &sink[i]);
        burn(&sink[0]);
        for (int i = 1; i < threads; i++)
            pthread_join(others[i], NULL);
        rate = 2.0 * LANES * CHAINS * ROUNDS * threads / (now() - start) / 1e9;
        best = rate > best ? rate : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    int threads = cpus < 1 ? 1 : cpus > MAX_THREADS ? MAX_THREADS : (int)cpus;

    if (argc > 1 && strcmp(argv[1], "cpu") == 0) {
        clock_id = CLOCK_PROCESS_CPUTIME_ID;
        printf("%.1f\n", gflops(1));
        return 0;
    }
    printf("%.0f %.0f\n", gflops(1), gflops(threads));
    return 0;
}
