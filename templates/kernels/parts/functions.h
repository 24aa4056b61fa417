//- Functions of one value.
/* Functions of one value and, called _backward, what gradient d comes to on its way back. They are made of additions and multiplications alone: compilers make vectors of them, and they have the same
 * bits on every machine. What is not a number stays so. */

/* e^x, relative error below 2e-7, for x from -87 to 88; beyond that as there. e^x = 2^n e^r, |r| <= log(2) / 2. */
static inline float exponential(float x)
{
    const float above = x > -87 ? x : -87, within = above < 88 ? above : 88;
    const int n = (int)(within * 1.44269504f + 127.5f) - 127;
    const float r = within - (float)n * 0.693359375f + (float)n * 2.12194440e-4f;
    const float tail = 0.5f + r * (0.166665152f + r * (0.0416684560f + r * (0.00836941972f + r * 0.00138131389f)));
    const uint32_t bits = (uint32_t)(n + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return x == x ? (1 + (r + r * r * tail)) * power : x;
}

/* 1 / (1 + e^-x) */
static inline float logistic(float x) { return 1 / (1 + exponential(-x)); }

static inline float sigmoid(float x) { return logistic(x); }
static inline float sigmoid_backward(float d, float out) { return d * out * (1 - out); }

static inline float relu(float x) { return x < 0 ? 0 : x; }
static inline float relu_backward(float d, float out) { return out > 0 ? d : 0; }

static inline float relu6(float x) { return x < 0 ? 0 : x > 6 ? 6 : x; }
static inline float relu6_backward(float d, float out) { return out > 0 && out < 6 ? d : 0; }

static inline float leaky_relu(float x, float slope) { return x > 0 ? x : x * slope; }
static inline float leaky_relu_backward(float d, float out, float slope) { return out > 0 ? d : d * slope; }

static inline float scale(float x, float factor) { return x * factor; }
static inline float scale_backward(float d, float factor) { return d * factor; }

static inline float silu(float x) { return x * logistic(x); }
static inline float silu_slope(float x)
{
    const float s = logistic(x);
    return s * (1 + x * (1 - s));
}
static inline float silu_backward(float d, float x) { return d * silu_slope(x); }

/* The share of the standard normal distribution below x, absolute error below 1.2e-7: erf(t) as t times a polynomial of t^2
 * near 0, 1 - erf(t) as the exponential of one further off, t = |x| / sqrt(2). */
static inline float normal_share(float x)
{
    const float t = (x < 0 ? -x : x) * 0.707106781f, s = t * t;
    const float near = 1.12837917f + s * (-0.376124800f + s * (0.112816826f + s * (-0.0267617125f + s * (0.00498593180f + s * -0.000595370424f))));
    const float far = 1.12871039f + t * (0.634894133f + t * (0.106671758f + t * (-0.0241444223f + t * (0.00382666243f + t * (-0.000368873473f + t * 1.59022838e-5f)))));
    const float below = 0.5f * (t < 0.93f ? 1 - t * near : exponential(-t * far));
    return x < 0 ? below : 1 - below;
}

static inline float gelu(float x) { return x * normal_share(x); }
static inline float gelu_slope(float x) { return normal_share(x) + x * 0.398942280f * exponential(-0.5f * x * x); }
static inline float gelu_backward(float d, float x) { return d * gelu_slope(x); }

/* With tanh(u) = 2 logistic(2 u) - 1, u = sqrt(2 / pi) (x + 0.044715 x^3). */
static inline float gelu_tanh(float x) { return x * logistic(1.59576912f * (x + 0.044715f * x * x * x)); }
static inline float gelu_tanh_slope(float x)
{
    const float s = logistic(1.59576912f * (x + 0.044715f * x * x * x));
    return s + x * s * (1 - s) * 1.59576912f * (1 + 0.134145f * x * x);
}
static inline float gelu_tanh_backward(float d, float x) { return d * gelu_tanh_slope(x); }
