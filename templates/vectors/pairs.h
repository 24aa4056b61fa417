//- vectors/pairs.h: pairs of bf16 in plain C, with the bits that AVX-512's instructions for them give.
//: if has_bf16 then
/* Vectors of bf16 as floats, and rounded to them; the first `count` alone, as of floats. */
INLINE vector load_part_bf16(const bf16 *from, int count)
{
    float lanes[LANES] = {0};
    for (int i = 0; i < count; i++)
        lanes[i] = widened(from[i]);
    return load(lanes);
}

INLINE void store_part_bf16(bf16 *to, vector x, int count)
{
    float lanes[LANES];
    store(lanes, x);
    for (int i = 0; i < count; i++)
        to[i] = narrowed(lanes[i]);
}

INLINE vector load_bf16(const bf16 *from) { return load_part_bf16(from, LANES); }
INLINE void store_bf16(bf16 *to, vector x) { store_part_bf16(to, x, LANES); }
INLINE void stream_bf16(bf16 *to, vector x) { store_bf16(to, x); }

//: end
//: if multiplies_bf16 then
/* A pair of bf16, two neighbours of what a product sums over, takes the place of a float, its first in the
 * lower half: vectors of pairs are loaded, spread, arranged and stored as those of floats are, and nothing but the functions
 * below computes with them. */

/* x y + sum, rounded once, and zero of its sign where what is rounded to 24 bits is smaller than normal; all is scaled up to see
 * that. Of x and y the first is the lesser. */
INLINE float add_small_product(float lesser, float larger, float sum)
{
    const float up = 0x1p80f, down = 0x1p-80f, product = lesser * up * larger, scaled = product + sum * up;
    if (scaled == 0 && lesser != 0 && larger != 0 && product == sum * up)
        return of_bits((bits_of(lesser) ^ bits_of(larger)) & 0x80000000); /* the product, which is too small even for that */
    return (scaled < 0 ? -scaled : scaled) < 0x1p-46f ? of_bits(bits_of(scaled) & 0x80000000) : scaled * down;
}

//: if fma then
/* x y + sum, rounded once. */
//: else
/* x y + sum, rounded once: x and y are bf16, so that their product is a float, unless it is so small or large that all is scaled for it. */
//: end
INLINE float add_product(float x, float y, float sum)
{
    const int is_less = (x < 0 ? -x : x) < (y < 0 ? -y : y);
    const float lesser = is_less ? x : y, larger = is_less ? y : x;
//: if fma then
    const float result = __builtin_fmaf(x, y, sum);
    return result <= 0x1p-126f && result >= -0x1p-126f ? add_small_product(lesser, larger, sum) : result;
//: else
    const float down = 0x1p-80f, up = 0x1p80f, product = x * y, size = product < 0 ? -product : product;
    if (size < 0x1p-60f && sum < 0x1p-60f && sum > -0x1p-60f)
        return add_small_product(lesser, larger, sum);
    if (size > 0x1p100f && (larger < 0 ? -larger : larger) <= 0x1.fep127f)
        return (larger * down * (lesser * down) + sum * down * down) * up * up;
    return flushed(product + sum);
//: end
}

/* Pairs of each lane's two numbers. */
INLINE vector pairs_of(vector first, vector second)
{
    float x[LANES], y[LANES];
    store(x, first);
    store(y, second);
    for (int i = 0; i < LANES; i++)
        x[i] = of_bits(bf16_of(x[i]) | bf16_of(y[i]) << 16);
    return load(x);
}

/* Stores pairs of neighbouring lanes. */
INLINE void store_halves(float *to, vector x)
{
    float lanes[LANES];
    store(lanes, x);
    for (int i = 0; i < LANES / 2; i++)
        to[i] = of_bits(bf16_of(lanes[2 * i]) | bf16_of(lanes[2 * i + 1]) << 16);
}

/* sum + the products of both halves, the upper ones' first. */
INLINE vector multiply_add_pairs(vector x, vector y, vector sum)
{
    float a[LANES], b[LANES], c[LANES];
    store(a, x);
    store(b, y);
    store(c, sum);
    for (int i = 0; i < LANES; i++) {
        const uint32_t p = bits_of(a[i]), q = bits_of(b[i]);
        const float upper = add_product(of_bits(p & 0xffff0000), of_bits(q & 0xffff0000), c[i]);
        c[i] = add_product(of_bits(p << 16), of_bits(q << 16), upper);
    }
    return load(c);
}
//: end
