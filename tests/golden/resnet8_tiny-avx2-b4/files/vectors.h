/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_VECTORS_H
#define CASTNET_VECTORS_H

#include "base.h"

/* Floats of a vector, and vectors that transforms of tiles take together. */
enum { LANES = 8, LINE = 2 };

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

#include <immintrin.h>

typedef __m256 vector;

INLINE vector load(const float *from) { return _mm256_loadu_ps(from); }
INLINE void store(float *to, vector x) { _mm256_storeu_ps(to, x); }
/* The same past the caches, to an aligned place that is not read soon; streamed() comes before
 * others read it. */
INLINE void stream(float *to, vector x) { _mm256_stream_ps(to, x); }
INLINE void streamed(void) { _mm_sfence(); }
INLINE vector spread(float x) { return _mm256_set1_ps(x); }
INLINE vector add(vector x, vector y) { return _mm256_add_ps(x, y); }
INLINE vector subtract(vector x, vector y) { return _mm256_sub_ps(x, y); }
INLINE vector multiply(vector x, vector y) { return _mm256_mul_ps(x, y); }
INLINE vector multiply_add(vector x, vector y, vector sum) { return _mm256_fmadd_ps(x, y, sum); }
#if defined(__GNUC__)
/* Adds to a sum in the register that it is in. Of the forms that multiply_add may become gcc 12
 * takes others, too, and runs short of the 16 registers: some of a tile's sums are then stored and
 * loaded again at each step. */
#define ACCUMULATE(sum, x, y) \
    __asm__("vfmadd231ps {%2, %1, %0|%0, %1, %2}" : "+x"(sum) : "x"(x), "x"(y))
#endif
/* 0 where a float is less. */
INLINE vector at_least_zero(vector x) { return _mm256_max_ps(_mm256_setzero_ps(), x); }

/* The first `count` floats alone, 1 to LANES; loaded ones are followed by zeros. */
INLINE __m256i leading(int count)
{
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
INLINE vector load_part(const float *from, int count)
{
    return _mm256_maskload_ps(from, leading(count));
}
INLINE void store_part(float *to, vector x, int count)
{
    _mm256_maskstore_ps(to, leading(count), x);
}

/* Lane j takes element order[j]: of a vector, or of memory. */
typedef __m256i order_type;
INLINE order_type order_of(const int places[LANES])
{
    return _mm256_loadu_si256((const __m256i *)places);
}
INLINE vector arrange(vector x, order_type order) { return _mm256_permutevar8x32_ps(x, order); }
INLINE vector gather(const float *from, order_type order)
{
    return _mm256_i32gather_ps(from, order, sizeof *from);
}

/* sum += x * y, for loops that keep many sums in registers. */
#ifndef ACCUMULATE
#define ACCUMULATE(sum, x, y) ((sum) = multiply_add(x, y, sum))
#endif

#endif
