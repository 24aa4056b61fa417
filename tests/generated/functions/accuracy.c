/* The functions of one value that generated kernels call (templates/kernels/parts/functions.h)
 * against libm's in double: how far they are off at a million points, and what becomes of what is
 * no number and of what is out of reach.
 *
 *   accuracy       one line for each that is further off than it says; exits with 1 if there is any
 */
#include "support.h"

#include <stdio.h>

static const double root_2 = 1.41421356237309504880, root_2_pi = 2.50662827463100050242;
static const double root_2_over_pi = 0.79788456080286535588;

static double true_logistic(double x)
{
    return 1 / (1 + exp(-x));
}
static double true_silu(double x)
{
    return x * true_logistic(x);
}
static double true_silu_slope(double x)
{
    const double s = true_logistic(x);
    return s + x * s * (1 - s);
}
static double true_share(double x)
{
    return erfc(-x / root_2) / 2;
}
static double true_gelu(double x)
{
    return x * true_share(x);
}
static double true_gelu_slope(double x)
{
    return true_share(x) + x * exp(-x * x / 2) / root_2_pi;
}
static double true_tanh(double x)
{
    return tanh(root_2_over_pi * (x + 0.044715 * x * x * x));
}
static double true_gelu_tanh(double x)
{
    return x * (1 + true_tanh(x)) / 2;
}
static double true_gelu_tanh_slope(double x)
{
    const double t = true_tanh(x);
    return (1 + t) / 2 + x / 2 * (1 - t * t) * root_2_over_pi * (1 + 3 * 0.044715 * x * x);
}

/* allowed: of 1 or the true value, whichever is larger; is_relative: of the true value. */
static const struct function {
    const char *name;
    float (*ours)(float x);
    double (*truth)(double x);
    double from, to, allowed;
    int is_relative;
} functions[] = {
    {"exponential", exponential, exp, -87, 88, 2e-7, 1},
    {"logistic", logistic, true_logistic, -80, 80, 3e-7, 1},
    {"silu", silu, true_silu, -90, 90, 3e-7, 0},
    {"silu_slope", silu_slope, true_silu_slope, -90, 90, 2e-6, 0},
    {"normal_share", normal_share, true_share, -90, 90, 1.2e-7, 0},
    {"gelu", gelu, true_gelu, -90, 90, 3e-7, 0},
    {"gelu_slope", gelu_slope, true_gelu_slope, -90, 90, 3e-7, 0},
    {"gelu_tanh", gelu_tanh, true_gelu_tanh, -90, 90, 3e-7, 0},
    {"gelu_tanh_slope", gelu_tanh_slope, true_gelu_tanh_slope, -90, 90, 4e-6, 0},
};

static int check(const struct function *f)
{
    enum { POINTS = 1000000 };
    double worst = 0, where = 0;
    for (int i = 0; i <= POINTS; i++) {
        const float x = (float)(f->from + (f->to - f->from) * i / POINTS);
        const double truth = f->truth(x), size = fabs(truth);
        const double error = fabs(f->ours(x) - truth) / (f->is_relative || size > 1 ? size : 1);
        if (!(error <= worst)) {
            worst = error;
            where = x;
        }
    }
    const int is_wrong = !(worst <= f->allowed) || !isnan(f->ours(NAN));
    printf("%s %s: off by at most %.2g, at %.9g\n", is_wrong ? "failed" : "passed", f->name, worst,
           where);
    return is_wrong;
}

int main(void)
{
    int failed = 0;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        failed += check(&functions[i]);
    const float far[] = {silu(-1e4f), gelu(-1e4f), gelu_tanh(-1e4f), logistic(-1e4f)};
    for (int i = 0; i < 4; i++)
        failed += !(fabsf(far[i]) < 1e-30f);
    failed +=
        silu(1e4f) != 1e4f || gelu(1e4f) != 1e4f || gelu_tanh(1e4f) != 1e4f || logistic(1e4f) != 1;
    return failed > 0;
}
