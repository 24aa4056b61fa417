//- vectors/bf16.h: floats and bf16, the upper halves of floats, as AVX-512's instructions make one of the other.
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
INLINE float flushed(float x) { return (bits_of(x) & 0x7fffffff) < 0x00800000 ? of_bits(bits_of(x) & 0x80000000) : x; }

/* The nearest bf16, of two the even one; smaller than normal is zero, what is no number is a quiet one. */
INLINE uint32_t bf16_of(float x)
{
    const uint32_t bits = bits_of(flushed(x)), is_nan = (bits & 0x7fffffff) > 0x7f800000;
    return is_nan ? bits >> 16 | 0x40 : (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
}
//: if has_bf16 then

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
//: end
