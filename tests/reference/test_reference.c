/* The reference library against finite differences: every gradient, element by element. */
#include "ops.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { MOST = 4096 };

/* One op with everything it might touch. The loss is the dot product of y with dy. */
struct problem {
    void (*forward)(struct problem *);
    struct shape in, to;
    struct window window;
    enum function function;
    int out, groups;
    double x[MOST], second[MOST], weight[MOST], bias[64], y[MOST], dy[MOST];
    double dx[MOST], dsecond[MOST], dweight[MOST], dbias[64];
    double mean[64], var[64], running_mean[64], running_var[64];
    float targets[MOST];
    int argmax[MOST];
};

static int count_of(struct shape s)
{
    return s.n * s.c * s.h * s.w;
}

/* Uniform in [-1, 1), always the same sequence (a linear congruential generator by Knuth). */
static double next_random(void)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 4503599627370496.0 - 1;
}

static void fill(double *values, int count)
{
    for (int i = 0; i < count; i++) {
        values[i] = next_random();
    }
}

static struct problem *make_problem(void (*forward)(struct problem *), struct shape in)
{
    static struct problem p;
    memset(&p, 0, sizeof p);
    p.forward = forward;
    p.in = p.to = in;
    fill(p.x, MOST);
    fill(p.second, MOST);
    fill(p.weight, MOST);
    fill(p.bias, 64);
    fill(p.dy, MOST);
    return &p;
}

static double loss_of(struct problem *p)
{
    double sum = 0;
    p->forward(p);
    for (int i = 0; i < count_of(p->to); i++) {
        sum += p->y[i] * p->dy[i];
    }
    return sum;
}

/* Central differences of the loss by each of `values` against `gradient`. */
static void expect_gradient(struct problem *p, double *values, const double *gradient, int count,
                            const char *what)
{
    const double h = 1e-5;
    for (int i = 0; i < count; i++) {
        double kept = values[i];
        values[i] = kept + h;
        double above = loss_of(p);
        values[i] = kept - h;
        double below = loss_of(p);
        values[i] = kept;
        double expected = (above - below) / (2 * h);
        cr_expect(fabs(gradient[i] - expected) < 1e-7 * (1 + fabs(expected)),
                  "%s[%d] is %.9g, differences say %.9g", what, i, gradient[i], expected);
    }
    loss_of(p);
}

/* --- convolution ----------------------------------------------------------------------------- */

static void run_conv(struct problem *p)
{
    conv_forward(p->y, p->x, p->weight, p->bias, p->in, p->out, p->window, p->groups);
}

static void check_conv(struct shape in, int out, struct window window, int groups)
{
    struct problem *p = make_problem(run_conv, in);
    p->window = window;
    p->out = out;
    p->groups = groups;
    p->to = window_output(in, window, out);
    conv_backward(p->dx, p->dweight, p->dbias, p->dy, p->x, p->weight, in, out, window, groups);
    int weights = out * (in.c / groups) * window.kernel[0] * window.kernel[1];
    expect_gradient(p, p->x, p->dx, count_of(in), "conv dx");
    expect_gradient(p, p->weight, p->dweight, weights, "conv dweight");
    expect_gradient(p, p->bias, p->dbias, out, "conv dbias");
}

Test(reference, conv_3x3)
{
    check_conv((struct shape){2, 3, 5, 6}, 4,
               (struct window){.kernel = {3, 3}, .stride = {1, 1}, .padding = {1, 1}}, 1);
}

Test(reference, conv_stride_and_groups)
{
    check_conv((struct shape){2, 4, 7, 5}, 6,
               (struct window){.kernel = {3, 2}, .stride = {2, 3}, .padding = {1, 0}}, 2);
}

Test(reference, conv_depthwise_with_dead_taps)
{
    check_conv((struct shape){3, 4, 2, 1}, 4,
               (struct window){.kernel = {5, 5}, .stride = {1, 1}, .padding = {2, 2}}, 4);
}

/* --- batch normalisation --------------------------------------------------------------------- */

static void run_bn(struct problem *p)
{
    bn_forward(p->y, p->mean, p->var, p->running_mean, p->running_var, p->x, p->weight, p->bias,
               p->in, 1e-5, 0.1);
}

Test(reference, bn)
{
    struct problem *p = make_problem(run_bn, (struct shape){3, 4, 3, 2});
    run_bn(p);
    bn_backward(p->dx, p->dweight, p->dbias, p->dy, p->x, p->mean, p->var, p->weight, p->in, 1e-5);
    expect_gradient(p, p->x, p->dx, count_of(p->in), "bn dx");
    expect_gradient(p, p->weight, p->dweight, 4, "bn dweight");
    expect_gradient(p, p->bias, p->dbias, 4, "bn dbias");
}

static void run_bn_evaluate(struct problem *p)
{
    bn_evaluate(p->y, p->x, p->weight, p->bias, p->mean, p->var, p->in, 1e-5);
}

Test(reference, bn_evaluate)
{
    struct problem *p = make_problem(run_bn_evaluate, (struct shape){3, 4, 3, 2});
    for (int c = 0; c < p->in.c; c++) {
        p->mean[c] = next_random();
        p->var[c] = next_random() + 1.5;
    }
    bn_evaluate_backward(p->dx, p->dy, p->weight, p->var, p->in, 1e-5);
    expect_gradient(p, p->x, p->dx, count_of(p->in), "bn_evaluate dx");
}

Test(reference, bn_statistics)
{
    /* 1, 2, 3, 6: mean 3, biased variance 14/4, unbiased 14/3. */
    double x[] = {1, 2, 3, 6}, y[4], one = 1, zero = 0;
    double mean, var, running_mean = 10, running_var = 20;
    bn_forward(y, &mean, &var, &running_mean, &running_var, x, &one, &zero,
               (struct shape){2, 1, 1, 2}, 0, 0.25);
    cr_expect(mean == 3 && var == 3.5);
    cr_expect(fabs(running_mean - (7.5 + 0.75)) < 1e-12);
    cr_expect(fabs(running_var - (15 + 14.0 / 12)) < 1e-12);
    cr_expect(fabs(y[3] - 3 / sqrt(3.5)) < 1e-12);
    bn_evaluate(y, x, &one, &zero, &running_mean, &running_var, (struct shape){4, 1, 1, 1}, 0);
    cr_expect(fabs(y[0] - (1 - running_mean) / sqrt(running_var)) < 1e-12);
}

/* --- value by value -------------------------------------------------------------------------- */

static void run_function(struct problem *p)
{
    function_forward(p->y, p->x, count_of(p->in), p->function, 0.3);
}

Test(reference, functions)
{
    for (enum function f = RELU; f <= SCALE; f++) {
        struct problem *p = make_problem(run_function, (struct shape){2, 3, 4, 5});
        p->function = f;
        for (int i = 0; i < count_of(p->in); i++) {
            p->x[i] *= 8;
        }
        function_backward(p->dx, p->dy, p->x, count_of(p->in), f, 0.3);
        expect_gradient(p, p->x, p->dx, count_of(p->in), "dx of a function");
    }
}

static void run_mul(struct problem *p)
{
    mul_forward(p->y, p->x, p->second, p->in, p->groups);
}

Test(reference, mul)
{
    for (int is_factor = 0; is_factor <= 1; is_factor++) {
        struct problem *p = make_problem(run_mul, (struct shape){2, 3, 4, 5});
        p->groups = is_factor;
        mul_backward(p->dx, p->dsecond, p->dy, p->x, p->second, p->in, is_factor);
        expect_gradient(p, p->x, p->dx, count_of(p->in), "mul da");
        expect_gradient(p, p->second, p->dsecond, is_factor ? 6 : count_of(p->in), "mul db");
    }
}

Test(reference, relu_at_0)
{
    double zero = 0, d = 0, one = 1;
    function_backward(&d, &one, &zero, 1, RELU, 0);
    cr_expect(d == 0, "the gradient at 0 is %g, not 0", d);
}

static void run_add(struct problem *p)
{
    add_forward(p->y, p->x, p->second, count_of(p->in));
}

Test(reference, add)
{
    struct problem *p = make_problem(run_add, (struct shape){2, 3, 4, 5});
    add_backward(p->dx, p->dsecond, p->dy, count_of(p->in));
    expect_gradient(p, p->x, p->dx, count_of(p->in), "add da");
    expect_gradient(p, p->second, p->dsecond, count_of(p->in), "add db");
}

Test(reference, add_of_one_tensor_twice)
{
    double dy = 3, dx = 0;
    add_backward(&dx, &dx, &dy, 1);
    cr_expect(dx == 6);
}

/* --- pools ----------------------------------------------------------------------------------- */

static void run_max_pool(struct problem *p)
{
    max_pool_forward(p->y, p->argmax, p->x, p->in, p->window);
}

static void run_avg_pool(struct problem *p)
{
    avg_pool_forward(p->y, p->x, p->in, p->window);
}

static void run_mean_pool(struct problem *p)
{
    mean_pool_forward(p->y, p->x, p->in);
}

Test(reference, max_pool_overlapping)
{
    struct problem *p = make_problem(run_max_pool, (struct shape){2, 3, 7, 6});
    p->window = (struct window){.kernel = {3, 3}, .stride = {2, 2}, .padding = {1, 1}};
    p->to = window_output(p->in, p->window, p->in.c);
    run_max_pool(p);
    max_pool_backward(p->dx, p->dy, p->argmax, p->in, p->to);
    expect_gradient(p, p->x, p->dx, count_of(p->in), "max_pool dx");
}

Test(reference, max_pool_first_wins_and_padding_never)
{
    double x[] = {-5, -5, -5, -5}, y[4];
    int argmax[4];
    struct window window = {.kernel = {3, 3}, .stride = {1, 1}, .padding = {1, 1}};
    max_pool_forward(y, argmax, x, (struct shape){1, 1, 2, 2}, window);
    for (int i = 0; i < 4; i++) {
        cr_expect(y[i] == -5 && argmax[i] == 0, "%d: %g from %d", i, y[i], argmax[i]);
    }
}

Test(reference, avg_pool_with_padding)
{
    struct problem *p = make_problem(run_avg_pool, (struct shape){2, 3, 7, 6});
    p->window = (struct window){.kernel = {3, 2}, .stride = {2, 1}, .padding = {1, 1}};
    p->to = window_output(p->in, p->window, p->in.c);
    avg_pool_backward(p->dx, p->dy, p->in, p->window);
    expect_gradient(p, p->x, p->dx, count_of(p->in), "avg_pool dx");
    double x[] = {1, 2, 3, 4}, y[4];
    avg_pool_forward(y, x, (struct shape){1, 1, 2, 2},
                     (struct window){.kernel = {2, 2}, .stride = {2, 2}, .padding = {1, 1}});
    cr_expect(y[0] == 0.25 && y[3] == 1, "padding counts: %g, %g", y[0], y[3]);
}

Test(reference, mean_pool)
{
    struct problem *p = make_problem(run_mean_pool, (struct shape){2, 3, 5, 3});
    p->to = (struct shape){2, 3, 1, 1};
    mean_pool_backward(p->dx, p->dy, p->in);
    expect_gradient(p, p->x, p->dx, count_of(p->in), "mean_pool dx");
}

/* --- linear and loss ------------------------------------------------------------------------- */

static void run_linear(struct problem *p)
{
    linear_forward(p->y, p->x, p->weight, p->bias, p->in.n, p->in.c, p->out);
}

Test(reference, linear)
{
    struct problem *p = make_problem(run_linear, (struct shape){3, 7, 1, 1});
    p->out = 5;
    p->to = (struct shape){3, 5, 1, 1};
    linear_backward(p->dx, p->dweight, p->dbias, p->dy, p->x, p->weight, 3, 7, 5);
    expect_gradient(p, p->x, p->dx, 21, "linear dx");
    expect_gradient(p, p->weight, p->dweight, 35, "linear dweight");
    expect_gradient(p, p->bias, p->dbias, 5, "linear dbias");
}

static void run_cross_entropy(struct problem *p)
{
    p->y[0] = cross_entropy_forward(p->x, p->targets, p->in.n, p->in.c, 0.1, NULL);
}

Test(reference, cross_entropy_of_soft_targets)
{
    struct problem *p = make_problem(run_cross_entropy, (struct shape){4, 5, 1, 1});
    p->to = (struct shape){1, 1, 1, 1};
    p->dy[0] = 1;
    for (int i = 0; i < 4; i++) {
        p->targets[i * 5 + i] = 0.75f;
        p->targets[i * 5 + i + 1] = 0.25f;
    }
    cross_entropy_backward(p->dx, p->x, p->targets, 4, 5, 0.1, NULL);
    expect_gradient(p, p->x, p->dx, 20, "cross_entropy dlogits");
}

Test(reference, cross_entropy_of_equal_logits)
{
    double logits[] = {7, 7, 7, 7};
    float targets[] = {0, 1, 0, 0};
    cr_expect(fabs(cross_entropy_forward(logits, targets, 1, 4, 0, NULL) - log(4)) < 1e-12);
    double huge[] = {-1e4, 1e4, 0, 0};
    cr_expect(cross_entropy_forward(huge, targets, 1, 4, 0, NULL) == 0,
              "large logits must not overflow");
}

/* --- input and optimisers -------------------------------------------------------------------- */

Test(reference, input)
{
    uint8_t images[] = {0, 255};
    double y[2], mean[] = {0.5, 0.25}, std[] = {0.5, 0.25};
    input_forward(y, images, (struct shape){1, 2, 1, 1}, mean, std);
    cr_expect(y[0] == -1 && y[1] == 3);
}

Test(reference, sgd)
{
    /* By hand: d = 1 + 0.1 * 2 = 1.2, then d = 1 + 0.1 * w, buffer = 0.5 * 1.2 + 0.75 * d. */
    double w = 2, buffer = 0, gradient = 1;
    struct sgd sgd = {.lr = 0.1, .momentum = 0.5, .dampening = 0.25, .weight_decay = 0.1};
    sgd_update(&w, &buffer, &gradient, 1, sgd, 1);
    cr_expect(fabs(buffer - 1.2) < 1e-12 && fabs(w - 1.88) < 1e-12);
    sgd_update(&w, &buffer, &gradient, 1, sgd, 2);
    cr_expect(fabs(buffer - (0.6 + 0.75 * 1.188)) < 1e-12);
    struct sgd nesterov = {.lr = 1, .momentum = 0.5, .nesterov = 1};
    double v = 0, other = 0;
    sgd_update(&v, &other, &gradient, 1, nesterov, 1);
    cr_expect(v == -1.5, "%g", v);
}

Test(reference, adam_starts_with_lr_whatever_the_gradient)
{
    struct adam adam = {.lr = 0.1, .beta1 = 0.9, .beta2 = 0.999};
    for (double gradient = 1e-3; gradient < 1e3; gradient *= 10) {
        double w = 1, m = 0, v = 0;
        adam_update(&w, &m, &v, &gradient, 1, adam, 1);
        cr_expect(fabs(w - 0.9) < 1e-12, "%g", w);
    }
}

Test(reference, weight_decay_of_adam_and_adamw)
{
    struct adam adam = {.lr = 0.1, .beta1 = 0.9, .beta2 = 0.999, .weight_decay = 0.5};
    double none = 0, w = 1, m = 0, v = 0;
    adam_update(&w, &m, &v, &none, 1, adam, 1);
    cr_expect(fabs(w - 0.9) < 1e-12 && fabs(m - 0.05) < 1e-12, "L2 goes through the moments");
    adam.eps = 1e-8;
    w = 1, m = 0, v = 0;
    adamw_update(&w, &m, &v, &none, 1, adam, 1);
    cr_expect(fabs(w - 0.95) < 1e-12 && m == 0, "decoupled decay does not");
}
