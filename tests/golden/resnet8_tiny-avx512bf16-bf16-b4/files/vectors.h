/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx512bf16 --batch 4 --precision bf16.
 * This file belongs to whoever made it. */
#ifndef CASTNET_VECTORS_H
#define CASTNET_VECTORS_H

#include "base.h"

/* Floats of a vector, and vectors that transforms of tiles take together. */
enum { LANES = 16, LINE = 1 };

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

INLINE uint32_t bits_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

INLINE float of_bits(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The sign alone of what is smaller than the least normal number. */
INLINE float flushed(float x)
{
    return (bits_of(x) & 0x7fffffff) < 0x00800000 ? of_bits(bits_of(x) & 0x80000000) : x;
}

/* The nearest bf16, of two the even one; smaller than normal is zero, what is no number is a quiet
 * one. */
INLINE uint32_t bf16_of(float x)
{
    const uint32_t bits = bits_of(flushed(x)), is_nan = (bits & 0x7fffffff) > 0x7f800000;
    return is_nan ? bits >> 16 | 0x40 : (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
}

INLINE float widened(bf16 x) { return of_bits((uint32_t)x.bits << 16); }
INLINE bf16 narrowed(float x) { return (bf16){(uint16_t)bf16_of(x)}; }

/* Values of what is bf16 or float, and where value `offset` of it lies. */
INLINE float float_at(const void *from, ptrdiff_t i, const int is_bf16)
{
    return is_bf16 ? widened(((const bf16 *)from)[i]) : ((const float *)from)[i];
}

INLINE void put_at(void *to, ptrdiff_t i, const int is_bf16, float value)
{
    if (is_bf16)
        ((bf16 *)to)[i] = narrowed(value);
    else
        ((float *)to)[i] = value;
}

INLINE void *place_at(const void *at, ptrdiff_t offset, const int is_bf16)
{
    return (char *)at + offset * (ptrdiff_t)(is_bf16 ? sizeof(bf16) : sizeof(float));
}

#include <immintrin.h>

typedef __m512 vector;

INLINE vector load(const float *from) { return _mm512_loadu_ps(from); }
INLINE void store(float *to, vector x) { _mm512_storeu_ps(to, x); }
/* The same past the caches, to an aligned place that is not read soon; streamed() comes before
 * others read it. */
INLINE void stream(float *to, vector x) { _mm512_stream_ps(to, x); }
INLINE void streamed(void) { _mm_sfence(); }
INLINE vector spread(float x) { return _mm512_set1_ps(x); }
INLINE vector add(vector x, vector y) { return _mm512_add_ps(x, y); }
INLINE vector subtract(vector x, vector y) { return _mm512_sub_ps(x, y); }
INLINE vector multiply(vector x, vector y) { return _mm512_mul_ps(x, y); }
INLINE vector multiply_add(vector x, vector y, vector sum) { return _mm512_fmadd_ps(x, y, sum); }
/* 0 where a float is less. */
INLINE vector at_least_zero(vector x) { return _mm512_max_ps(_mm512_setzero_ps(), x); }

/* The first `count` floats alone, 1 to LANES; loaded ones are followed by zeros. */
INLINE __mmask16 leading(int count) { return (__mmask16)((1u << count) - 1); }
INLINE vector load_part(const float *from, int count)
{
    return _mm512_maskz_loadu_ps(leading(count), from);
}
INLINE void store_part(float *to, vector x, int count)
{
    _mm512_mask_storeu_ps(to, leading(count), x);
}

/* Lane j takes element order[j]: of a vector, or of memory. */
typedef __m512i order_type;
INLINE order_type order_of(const int places[LANES]) { return _mm512_loadu_si512(places); }
INLINE vector arrange(vector x, order_type order) { return _mm512_permutexvar_ps(order, x); }
INLINE vector gather(const float *from, order_type order)
{
    return _mm512_i32gather_ps(order, from, sizeof *from);
}

/* A pair of bf16, two neighbours of what a product sums over, takes the place of a float, its first
 * in the lower half: vectors of pairs are loaded, spread and stored as those of floats are, and
 * nothing but the functions below computes with them. */

/* Pairs of each lane's two numbers. */
INLINE vector pairs_of(vector first, vector second)
{
    const __m512i order = _mm512_set_epi32(0x1f000f, 0x1e000e, 0x1d000d, 0x1c000c, 0x1b000b,
                                           0x1a000a, 0x190009, 0x180008, 0x170007, 0x160006,
                                           0x150005, 0x140004, 0x130003, 0x120002, 0x110001,
                                           0x100000);
    return _mm512_castsi512_ps(_mm512_permutexvar_epi16(order,
                                                        (__m512i)_mm512_cvtne2ps_pbh(second,
        first)));
}

/* Stores pairs of neighbouring lanes. */
INLINE void store_halves(float *to, vector x)
{
    _mm256_storeu_si256((__m256i *)to, (__m256i)_mm512_cvtneps_pbh(x));
}

/* Vectors of bf16 as floats, and rounded to them; the first `count` alone, as of floats. */
INLINE vector floats_of(__m256i x)
{
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(x), 16));
}
INLINE vector load_bf16(const bf16 *from)
{
    return floats_of(_mm256_loadu_si256((const __m256i *)from));
}
INLINE vector load_part_bf16(const bf16 *from, int count)
{
    return floats_of(_mm256_maskz_loadu_epi16(leading(count), from));
}
INLINE void store_bf16(bf16 *to, vector x)
{
    _mm256_storeu_si256((__m256i *)to, (__m256i)_mm512_cvtneps_pbh(x));
}
INLINE void stream_bf16(bf16 *to, vector x)
{
    _mm256_stream_si256((__m256i *)to, (__m256i)_mm512_cvtneps_pbh(x));
}
INLINE void store_part_bf16(bf16 *to, vector x, int count)
{
    _mm256_mask_storeu_epi16(to, leading(count), (__m256i)_mm512_cvtneps_pbh(x));
}

/* sum + the products of both halves, the upper ones' first. Numbers smaller than normal are zero,
 * in and out. */
INLINE vector multiply_add_pairs(vector x, vector y, vector sum)
{
    return _mm512_dpbf16_ps(sum, (__m512bh)_mm512_castps_si512(x),
                            (__m512bh)_mm512_castps_si512(y));
}

/* sum += x * y, for loops that keep many sums in registers. */
#ifndef ACCUMULATE
#define ACCUMULATE(sum, x, y) ((sum) = multiply_add(x, y, sum))
#endif

#endif
