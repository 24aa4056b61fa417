//- mathematics.h: what of math.h generated code calls, for programs without a C library.
@(header)
/* Functions of math.h under their names there, of additions, multiplications and divisions alone, so that nothing is asked of a
 * C library, errno least of all, and they have the same bits on every machine. With CASTNET_LIBM defined they are math.h's. */
#ifndef CASTNET_MATHEMATICS_H
#define CASTNET_MATHEMATICS_H

#ifdef CASTNET_LIBM
#include <math.h>
#else
#include <stdint.h>
#include <string.h>

/* The square root, off by no more than one unit in the last place, of normal numbers from 0 on; what is not a number stays so.
 * Newton's steps toward 1 / sqrt(x) from a guess by its exponent, then one for the root itself. */
static inline float own_sqrtf(float x)
{
    uint32_t bits;
    float y;
    memcpy(&bits, &x, sizeof bits);
    bits = 0x5f3759dfu - (bits >> 1);
    memcpy(&y, &bits, sizeof y);
    for (int step = 0; step < 4; step++)
        y *= 1.5f - 0.5f * x * y * y;
    return x > 0 ? x * y + 0.5f * y * (x - x * y * (x * y)) : x;
}

//: if wide == "double" then
static inline double own_sqrt(double x)
{
    uint64_t bits;
    double y;
    memcpy(&bits, &x, sizeof bits);
    bits = 0x5fe6eb50c7b537a9u - (bits >> 1);
    memcpy(&y, &bits, sizeof y);
    for (int step = 0; step < 5; step++)
        y *= 1.5 - 0.5 * x * y * y;
    return x > 0 ? x * y + 0.5 * y * (x - x * y * (x * y)) : x;
}

/* 2^n, for n from -1022 to 1023. */
static inline double own_power_of_2(int n)
{
    const uint64_t bits = (uint64_t)(n + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

/* e^x = 2^n e^r, |r| <= log(2) / 2, of which the series is summed in double. Below -100 it is 0, above 89 infinite. */
static inline float own_expf(float x)
{
    const double within = x < -110 ? -110.0 : x > 100 ? 100.0 : (double)x;
    const int n = (int)(within * 1.4426950408889634 + 1000.5) - 1000;
    const double r = within - n * 0.6931471805599453;
    double sum = 1;
    for (int i = 10; i > 0; i--)
        sum = 1 + sum * r / i;
    return x == x ? (float)(sum * own_power_of_2(n)) : x;
}

/* log(2^n m) = n log(2) + 2 artanh((m - 1) / (m + 1)), m from sqrt(1/2) to sqrt(2), by its series; x > 0 and normal. */
static inline double own_log(double x)
{
    uint64_t bits;
    double m, sum = 0;
    int n;
    memcpy(&bits, &x, sizeof bits);
    n = (int)(bits >> 52) - 1023;
    bits = (bits & 0xfffffffffffffu) | 0x3ff0000000000000u;
    memcpy(&m, &bits, sizeof m);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        n++;
    }
    const double s = (m - 1) / (m + 1), square = s * s;
    for (int i = 23; i > 1; i -= 2)
        sum = (sum + 1.0 / i) * square;
    return n * 0.693147180369123816490 + (n * 1.90821492927058770002e-10 + 2 * s * sum + 2 * s);
}

static inline float own_logf(float x) { return (float)own_log((double)x); }

/* By series of sine and cosine within an eighth of a turn; for x from 0 to 2 pi. */
static inline double own_cos(double x)
{
    const int quarter = (int)(x * 0.6366197723675814 + 0.5);
    const double r = x - quarter * 1.5707963267341256 - quarter * 6.0771005065061922e-11, square = r * r;
    double cosine = 1, sine = 1;
    for (int i = 18; i > 0; i -= 2) {
        cosine = 1 - cosine * square / (i * (i - 1));
        sine = 1 - sine * square / (i * (i + 1));
    }
    sine *= r;
    return quarter % 4 == 0 ? cosine : quarter % 4 == 1 ? -sine : quarter % 4 == 2 ? -cosine : sine;
}

/* base^exponent, which is a whole number from 0 on, by squares. */
static inline double own_pow(double base, double exponent)
{
    double power = 1;
    for (int64_t n = (int64_t)exponent; n > 0; n /= 2) {
        if (n % 2)
            power *= base;
        base *= base;
    }
    return power;
}

#define sqrt own_sqrt
#define expf own_expf
#define log own_log
#define logf own_logf
#define cos own_cos
#define pow own_pow
//: end
#define sqrtf own_sqrtf
#define isfinite(x) ((x) - (x) == 0)
#endif

#endif
