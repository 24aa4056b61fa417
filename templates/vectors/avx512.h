//- vectors/avx512.h: a vector of 16 floats.
#include <immintrin.h>

typedef __m512 vector;

INLINE vector load(const float *from) { return _mm512_loadu_ps(from); }
INLINE void store(float *to, vector x) { _mm512_storeu_ps(to, x); }
/* The same past the caches, to an aligned place that is not read soon; streamed() comes before others read it. */
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
INLINE vector load_part(const float *from, int count) { return _mm512_maskz_loadu_ps(leading(count), from); }
INLINE void store_part(float *to, vector x, int count) { _mm512_mask_storeu_ps(to, leading(count), x); }

/* Lane j takes element order[j]: of a vector, or of memory. */
typedef __m512i order_type;
INLINE order_type order_of(const int places[LANES]) { return _mm512_loadu_si512(places); }
INLINE vector arrange(vector x, order_type order) { return _mm512_permutexvar_ps(order, x); }
INLINE vector gather(const float *from, order_type order) { return _mm512_i32gather_ps(order, from, sizeof *from); }
