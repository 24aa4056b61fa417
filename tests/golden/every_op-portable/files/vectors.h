/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_VECTORS_H
#define CASTNET_VECTORS_H

#include "base.h"

/* Floats of a vector, and vectors that transforms of tiles take together. */
enum { LANES = 4, LINE = 1 };

/* OUTLINE: a function whose stack is its own. Loops marked UNROLL have few turns, known here: they
 * vanish, and their arrays become registers. Where size counts (-Os) there is one of each function,
 * a fifth of the code. */
#if !defined(__GNUC__) || defined(__OPTIMIZE_SIZE__)
#define INLINE static inline
#define OUTLINE static
#define UNROLL
#define PREFETCH(address) (void)(address)
#define PREFETCH_READ(address) (void)(address)
#elif defined(__clang__)
#define INLINE static inline __attribute__((always_inline))
#define OUTLINE static __attribute__((noinline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define PREFETCH(address) __builtin_prefetch(address, 1)
#define PREFETCH_READ(address) __builtin_prefetch(address, 0, 2)
#else
#define INLINE static inline __attribute__((always_inline))
#define OUTLINE static __attribute__((noinline))
#define UNROLL _Pragma("GCC unroll 32")
#define PREFETCH(address) __builtin_prefetch(address, 1)
#define PREFETCH_READ(address) __builtin_prefetch(address, 0, 2)
#endif

/* gcc and clang have a type for it, which they make the best of; other compilers may, too. */
#if defined(__GNUC__)
typedef float vector __attribute__((vector_size(LANES * sizeof(float))));

INLINE vector spread(float x) { return (vector){x, x, x, x}; }
INLINE vector add(vector x, vector y) { return x + y; }
INLINE vector subtract(vector x, vector y) { return x - y; }
INLINE vector multiply(vector x, vector y) { return x * y; }
INLINE vector multiply_add(vector x, vector y, vector sum) { return sum + x * y; }
/* 0 where a float is less. */
INLINE vector at_least_zero(vector x)
{
    for (int i = 0; i < LANES; i++)
        x[i] = x[i] < 0 ? 0 : x[i];
    return x;
}
#else
typedef struct {
    float lane[LANES];
} vector;

INLINE vector spread(float x)
{
    const vector all = {{x, x, x, x}};
    return all;
}
INLINE vector add(vector x, vector y)
{
    for (int i = 0; i < LANES; i++)
        x.lane[i] += y.lane[i];
    return x;
}
INLINE vector subtract(vector x, vector y)
{
    for (int i = 0; i < LANES; i++)
        x.lane[i] -= y.lane[i];
    return x;
}
INLINE vector multiply(vector x, vector y)
{
    for (int i = 0; i < LANES; i++)
        x.lane[i] *= y.lane[i];
    return x;
}
INLINE vector multiply_add(vector x, vector y, vector sum)
{
    for (int i = 0; i < LANES; i++)
        sum.lane[i] += x.lane[i] * y.lane[i];
    return sum;
}
INLINE vector at_least_zero(vector x)
{
    for (int i = 0; i < LANES; i++)
        x.lane[i] = x.lane[i] < 0 ? 0 : x.lane[i];
    return x;
}
#endif

/* The first `count` floats alone, 1 to LANES; loaded ones are followed by zeros. */
INLINE vector load_part(const float *from, int count)
{
    vector x = spread(0);
    memcpy(&x, from, (size_t)count * sizeof *from);
    return x;
}
INLINE void store_part(float *to, vector x, int count)
{
    memcpy(to, &x, (size_t)count * sizeof *to);
}
INLINE vector load(const float *from) { return load_part(from, LANES); }
INLINE void store(float *to, vector x) { store_part(to, x, LANES); }
/* Where a place is not read soon, other machines write past the caches. */
INLINE void stream(float *to, vector x) { store(to, x); }
INLINE void streamed(void) {}

/* Lane j takes element order[j]: of a vector, or of memory. */
typedef const int *order_type;
INLINE order_type order_of(const int places[LANES]) { return places; }
INLINE vector gather(const float *from, order_type order)
{
    float lanes[LANES];
    for (int i = 0; i < LANES; i++)
        lanes[i] = from[order[i]];
    return load(lanes);
}
INLINE vector arrange(vector x, order_type order)
{
    float lanes[LANES];
    store(lanes, x);
    return gather(lanes, order);
}

/* sum += x * y, for loops that keep many sums in registers. */
#ifndef ACCUMULATE
#define ACCUMULATE(sum, x, y) ((sum) = multiply_add(x, y, sum))
#endif

#endif
