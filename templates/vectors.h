//- vectors.h: the vectors that kernels compute with where the compiler would not find them.
@(header)
#ifndef CASTNET_VECTORS_H
#define CASTNET_VECTORS_H

#include "base.h"

/* Floats of a vector, and vectors that transforms of tiles take together. */
enum { LANES = @(lanes), LINE = @(line) };

/* OUTLINE: a function whose stack is its own. Loops marked UNROLL have few turns, known here: they vanish, and their arrays
 * become registers. Where size counts (-Os) there is one of each function, a fifth of the code. */
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

//: if has_bf16 then
@(include("vectors/bf16.h"))

//: end
@(include(vectors))

/* sum += x * y, for loops that keep many sums in registers. */
#ifndef ACCUMULATE
#define ACCUMULATE(sum, x, y) ((sum) = multiply_add(x, y, sum))
#endif
//: if has_pairs then

@(include("vectors/pairs.h"))
//: end

#endif
