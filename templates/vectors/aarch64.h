//- vectors/aarch64.h: a vector of 4 floats.
#include <arm_neon.h>

typedef float32x4_t vector;

INLINE vector load(const float *from) { return vld1q_f32(from); }
INLINE void store(float *to, vector x) { vst1q_f32(to, x); }
/* Where a place is not read soon, other machines write past the caches. */
INLINE void stream(float *to, vector x) { store(to, x); }
INLINE void streamed(void) {}
INLINE vector spread(float x) { return vdupq_n_f32(x); }
INLINE vector add(vector x, vector y) { return vaddq_f32(x, y); }
INLINE vector subtract(vector x, vector y) { return vsubq_f32(x, y); }
INLINE vector multiply(vector x, vector y) { return vmulq_f32(x, y); }
INLINE vector multiply_add(vector x, vector y, vector sum) { return vfmaq_f32(sum, x, y); }
/* 0 where a float is less. */
INLINE vector at_least_zero(vector x) { return vbslq_f32(vcltzq_f32(x), vdupq_n_f32(0), x); }

/* The first `count` floats alone, 1 to LANES; loaded ones are followed by zeros. */
INLINE vector load_part(const float *from, int count)
{
    float lanes[LANES] = {0};
    memcpy(lanes, from, (size_t)count * sizeof *lanes);
    return load(lanes);
}
INLINE void store_part(float *to, vector x, int count)
{
    float lanes[LANES];
    store(lanes, x);
    memcpy(to, lanes, (size_t)count * sizeof *lanes);
}

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
