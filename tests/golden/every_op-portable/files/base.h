/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_BASE_H
#define CASTNET_BASE_H

#include "every_op.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Images a step can hold: an extent of every activation, [height][width][BATCH][channel]. A step of
 * n images uses the first n. */
enum { BATCH = 2 };

/* A whole cache line to itself. INDEPENDENT: a loop whose turns don't touch each other's elements,
 * though its arrays may be the same one. ROLLED: one that stays a loop, for gcc, which makes one
 * body of few turns and then sets aside more vectors than a stack should take. Where clang inlines
 * little, at -O1 and -Os, it makes no vectors of some loops. */
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpass-failed"
#define ALIGNED __attribute__((aligned(64)))
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#define ROLLED
#elif defined(__GNUC__)
#define ALIGNED __attribute__((aligned(64)))
#define INDEPENDENT _Pragma("GCC ivdep")
#define ROLLED _Pragma("GCC unroll 1")
#else
#define INDEPENDENT
#define ROLLED
#if defined(__TINYC__)
#define ALIGNED __attribute__((aligned(64)))
#elif __STDC_VERSION__ >= 201112L
#define ALIGNED _Alignas(64)
#else
#define ALIGNED
#endif
#endif

/* One tap of a convolution's kernel: its place in the weight, its offset from output * stride to
 * the input it reads, and the outputs y0 <= y < y1, x0 <= x < x1 where that input exists. */
struct tap {
    int place, dy, dx, y0, y1, x0, x1;
};

/* A batch norm, a value a channel each; what it has not is NULL. */
struct batch_norm {
    float *gamma, *beta, *running_mean, *running_var, *mean, *inv_std, *d_gamma, *d_beta;
};

/* Does unit(arguments, i, scratch) for each i in 0 .. units - 1, in any order. */
static inline void run_with_scratch(const struct every_op_host *host, int units,
                                    every_op_unit *unit, const void *arguments)
{
    host->run(host->pool, units, unit, arguments);
}

/* The same of units that need no scratch. */
struct plain {
    void (*unit)(const void *arguments, int index);
    const void *arguments;
};

static inline void plain_unit(const void *argument, int index, void *scratch)
{
    const struct plain *const p = argument;
    (void)scratch;
    p->unit(p->arguments, index);
}

static inline void run(const struct every_op_host *host, int units,
                       void (*unit)(const void *arguments, int index), const void *arguments)
{
    const struct plain p = {unit, arguments};
    run_with_scratch(host, units, plain_unit, &p);
}

/* How many of n images, or channels, a unit takes where there are `others` units for each so many:
 * `most`, which is a multiple of `slice`, or fewer slices, where that makes `each` units for every
 * one of several threads. The last unit may have fewer. */
static inline int share_among_threads(const struct every_op_host *host, int each, int others, int n,
                                      int most, int slice)
{
    const int threads = host->threads ? host->threads(host->pool) : 1;
    const int wanted = threads > 1 ? each * threads : 1;
    int slices = most / slice;
    while (slices > 1 && others * ((n + slices * slice - 1) / (slices * slice)) < wanted)
        slices = (slices + 1) / 2;
    return slices * slice;
}

/* The same, one unit for each thread. */
static inline int share_of_unit(const struct every_op_host *host, int others, int n, int most,
                                int slice)
{
    return share_among_threads(host, 1, others, n, most, slice);
}

#endif
