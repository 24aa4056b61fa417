//- profile.c: how long each call took, and the table that a program prints at its end.
@(header)
#define _POSIX_C_SOURCE 200809L
#include "profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Every call of a step, and of evaluation: in GFLOP, what its direct computation multiplies (dead products left
 * out), and what its algorithm does. */
static const struct {
    const char *layer, *direction, *kernel;
    double direct, done;
} rows[] = {
//: for _, row in ipairs(rows) do
    {@(row)},
//: end
};
enum { ROWS = sizeof rows / sizeof rows[0], WARM = 2 };

/* Seconds: of the clock, and of all threads on processors, which others at work on the machine lengthen less. */
static struct seconds {
    double wall, cpu;
} begun, total[ROWS];
static long calls[ROWS];

static double read_clock(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double mean(int row, double seconds) { return calls[row] > WARM ? seconds / (double)(calls[row] - WARM) : 0; }

static void print(void)
{
    double all = 0;

    for (int row = 0; row < ROWS; row++)
        all += mean(row, total[row].wall);
    printf("%-24s %-15s %9s %6s %9s %9s %9s  %s\n", "layer", "direction", "ms", "%", "GFLOP/s", "direct", "CPU ms", "kernel");
    for (int row = 0; row < ROWS; row++) {
        const double s = mean(row, total[row].wall);
        if (s > 0)
            printf("%-24s %-15s %9.3f %6.2f %9.1f %9.1f %9.3f  %s\n", rows[row].layer, rows[row].direction, 1e3 * s,
                   100 * s / all, rows[row].done / s, rows[row].direct / s, 1e3 * mean(row, total[row].cpu),
                   rows[row].kernel);
    }
    printf("%-24s %-15s %9.3f\n", "all", "", 1e3 * all);
}

void @(prefix)_profile_begin(void)
{
    static int is_registered;

    if (!is_registered)
        atexit(print);
    is_registered = 1;
    begun.wall = read_clock(CLOCK_MONOTONIC);
    begun.cpu = read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

/* The first calls, which touch memory for the first time, don't count. */
void @(prefix)_profile_end(int row)
{
    if (calls[row]++ < WARM)
        return;
    total[row].wall += read_clock(CLOCK_MONOTONIC) - begun.wall;
    total[row].cpu += read_clock(CLOCK_PROCESS_CPUTIME_ID) - begun.cpu;
}
