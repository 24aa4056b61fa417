//- vectors/avx512bf16.h: pairs of bf16, beside the vectors of AVX-512.
@(include "vectors/avx512.h")

/* A pair of bf16, two neighbours of what a product sums over, takes the place of a float, its first in the lower half: vectors of pairs are
 * loaded, spread and stored as those of floats are, and nothing but the functions below computes with them. */

/* Pairs of each lane's two numbers. */
INLINE vector pairs_of(vector first, vector second)
{
    const __m512i order = _mm512_set_epi32(0x1f000f, 0x1e000e, 0x1d000d, 0x1c000c, 0x1b000b, 0x1a000a, 0x190009, 0x180008,
                                           0x170007, 0x160006, 0x150005, 0x140004, 0x130003, 0x120002, 0x110001, 0x100000);
    return _mm512_castsi512_ps(_mm512_permutexvar_epi16(order, (__m512i)_mm512_cvtne2ps_pbh(second, first)));
}

/* Stores pairs of neighbouring lanes. */
INLINE void store_halves(float *to, vector x) { _mm256_storeu_si256((__m256i *)to, (__m256i)_mm512_cvtneps_pbh(x)); }

//: if has_bf16 then
/* Vectors of bf16 as floats, and rounded to them; the first `count` alone, as of floats. */
INLINE vector floats_of(__m256i x) { return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(x), 16)); }
INLINE vector load_bf16(const bf16 *from) { return floats_of(_mm256_loadu_si256((const __m256i *)from)); }
INLINE vector load_part_bf16(const bf16 *from, int count) { return floats_of(_mm256_maskz_loadu_epi16(leading(count), from)); }
INLINE void store_bf16(bf16 *to, vector x) { _mm256_storeu_si256((__m256i *)to, (__m256i)_mm512_cvtneps_pbh(x)); }
INLINE void stream_bf16(bf16 *to, vector x) { _mm256_stream_si256((__m256i *)to, (__m256i)_mm512_cvtneps_pbh(x)); }
INLINE void store_part_bf16(bf16 *to, vector x, int count)
{
    _mm256_mask_storeu_epi16(to, leading(count), (__m256i)_mm512_cvtneps_pbh(x));
}

//: end
/* sum + the products of both halves, the upper ones' first. Numbers smaller than normal are zero, in and out. */
INLINE vector multiply_add_pairs(vector x, vector y, vector sum)
{
    return _mm512_dpbf16_ps(sum, (__m512bh)_mm512_castps_si512(x), (__m512bh)_mm512_castps_si512(y));
}
