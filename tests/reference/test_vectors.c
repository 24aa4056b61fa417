/* The reference library against PyTorch's float64 (tests/vectors/ops.bin, by tests/torch/ops.py).
 */
#include "ops.h"
#include "vectors.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct vectors file;

static void open_file(void)
{
    cr_assert(vectors_read(&file, "tests/vectors/ops.bin") == 0);
}

static void close_file(void)
{
    vectors_free(&file);
}

TestSuite(vectors, .init = open_file, .fini = close_file);

/* One case of an op: its arguments, and room for results that is freed by end_case(). */
struct test_case {
    char name[64];
    const double *args;
    void *results[8];
    int result_count;
};

/* The case `op`/`number`; 0 if there are no more. */
static int begin_case(struct test_case *c, const char *op, int number)
{
    *c = (struct test_case){0};
    snprintf(c->name, sizeof c->name, "%s/%d", op, number);
    const struct vector *args = vectors_find(&file, "%s/args", c->name);
    cr_assert(args || number > 0, "no case of %s", op);
    c->args = args ? args->data : NULL;
    return args != NULL;
}

static void end_case(struct test_case *c)
{
    for (int i = 0; i < c->result_count; i++) {
        free(c->results[i]);
    }
}

static double *result(struct test_case *c, int count)
{
    double *values = calloc((size_t)count, sizeof *values);
    cr_assert(values);
    c->results[c->result_count++] = values;
    return values;
}

static const double *tensor(const struct test_case *c, const char *name)
{
    const struct vector *v = vectors_find(&file, "%s/%s", c->name, name);
    return v ? v->data : NULL;
}

/* Zeros in the size of what PyTorch has under this name; NULL if it has nothing. */
static double *zeros_like(struct test_case *c, const char *name)
{
    const struct vector *v = vectors_find(&file, "%s/%s", c->name, name);
    return v ? result(c, v->count) : NULL;
}

/* A copy that may be changed. */
static double *copy_of(struct test_case *c, const char *name)
{
    double *values = zeros_like(c, name);
    memcpy(values, tensor(c, name), (size_t)vectors_find(&file, "%s/%s", c->name, name)->count * 8);
    return values;
}

/* Both are float64 and sum in another order, hence a few units in the last place. */
static void expect(const struct test_case *c, const char *name, const double *ours)
{
    const struct vector *v = vectors_find(&file, "%s/%s", c->name, name);
    const double *theirs = v ? v->data : NULL;
    for (int i = 0; v && i < v->count; i++) {
        cr_expect(fabs(ours[i] - theirs[i]) < 1e-11 * (1 + fabs(theirs[i])),
                  "%s/%s[%d] is %.15g, PyTorch says %.15g", c->name, name, i, ours[i], theirs[i]);
    }
}

static struct shape shape_at(const double *args)
{
    return (struct shape){(int)args[0], (int)args[1], (int)args[2], (int)args[3]};
}

static struct window window_at(const double *args)
{
    return (struct window){.kernel = {(int)args[0], (int)args[1]},
                           .stride = {(int)args[2], (int)args[3]},
                           .padding = {(int)args[4], (int)args[5]}};
}

Test(vectors, conv)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "conv", i); i++, end_case(&c)) {
        struct shape in = shape_at(c.args);
        int out = (int)c.args[4], groups = (int)c.args[11];
        struct window window = window_at(c.args + 5);
        for (int axis = 0; axis < 2; axis++) {
            window.dilation[axis] = (int)c.args[12 + axis];
            window.extra[axis] = (int)c.args[14 + axis];
        }
        const double *x = tensor(&c, "x"), *weight = tensor(&c, "weight");
        double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "x");
        double *dweight = zeros_like(&c, "weight"), *dbias = zeros_like(&c, "bias");
        conv_forward(y, x, weight, tensor(&c, "bias"), in, out, window, groups);
        conv_backward(dx, dweight, dbias, tensor(&c, "d_y"), x, weight, in, out, window, groups);
        expect(&c, "y", y);
        expect(&c, "d_x", dx);
        expect(&c, "d_weight", dweight);
        expect(&c, "d_bias", dbias);
    }
}

Test(vectors, bn)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "bn", i); i++, end_case(&c)) {
        struct shape in = shape_at(c.args);
        double eps = c.args[4], momentum = c.args[5];
        const double *x = tensor(&c, "x"), *weight = tensor(&c, "weight");
        const double *bias = tensor(&c, "bias"), *before_mean = tensor(&c, "running_mean");
        double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "x");
        double *dweight = zeros_like(&c, "weight"), *dbias = zeros_like(&c, "bias");
        double *running_mean = copy_of(&c, "running_mean"),
               *running_var = copy_of(&c, "running_var");
        double mean[8], var[8];
        bn_evaluate(y, x, weight, bias, before_mean, tensor(&c, "running_var"), in, eps);
        expect(&c, "evaluated", y);
        bn_forward(y, mean, var, running_mean, running_var, x, weight, bias, in, eps, momentum);
        bn_backward(dx, dweight, dbias, tensor(&c, "d_y"), x, mean, var, weight, in, eps);
        expect(&c, "y", y);
        expect(&c, "moved_mean", running_mean);
        expect(&c, "moved_var", running_var);
        expect(&c, "d_x", dx);
        expect(&c, "d_weight", dweight);
        expect(&c, "d_bias", dbias);
    }
}

Test(vectors, group_norm)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "group_norm", i); i++, end_case(&c)) {
        struct shape in = shape_at(c.args);
        int groups = (int)c.args[4];
        const double *x = tensor(&c, "x"), *weight = tensor(&c, "weight");
        double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "x");
        double *dweight = zeros_like(&c, "weight"), *dbias = zeros_like(&c, "bias");
        group_norm_forward(y, x, weight, tensor(&c, "bias"), in, groups, c.args[5]);
        group_norm_backward(dx, dweight, dbias, tensor(&c, "d_y"), x, weight, in, groups,
                            c.args[5]);
        expect(&c, "y", y);
        expect(&c, "d_x", dx);
        expect(&c, "d_weight", dweight);
        expect(&c, "d_bias", dbias);
    }
}

static void check_function(const char *name, enum function function)
{
    struct test_case c;
    begin_case(&c, name, 0);
    int count = (int)c.args[0];
    double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "y"), number = c.args[1];
    function_forward(y, tensor(&c, "input"), count, function, number);
    function_backward(dx, tensor(&c, "d_y"), tensor(&c, "input"), count, function, number);
    expect(&c, "y", y);
    expect(&c, "d_input", dx);
    end_case(&c);
}

Test(vectors, functions)
{
    check_function("relu", RELU);
    check_function("relu6", RELU6);
    check_function("leaky_relu", LEAKY_RELU);
    check_function("sigmoid", SIGMOID);
    check_function("silu", SILU);
    check_function("gelu", GELU);
    check_function("gelu_tanh", GELU_TANH);
    check_function("scale", SCALE);
}

Test(vectors, mul)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "mul", i); i++, end_case(&c)) {
        struct shape in = shape_at(c.args);
        const double *a = tensor(&c, "input"), *b = tensor(&c, "other");
        double *y = zeros_like(&c, "y"), *da = zeros_like(&c, "input");
        double *db = zeros_like(&c, "other");
        mul_forward(y, a, b, in, (int)c.args[4]);
        mul_backward(da, db, tensor(&c, "d_y"), a, b, in, (int)c.args[4]);
        expect(&c, "y", y);
        expect(&c, "d_input", da);
        expect(&c, "d_other", db);
    }
}

Test(vectors, concat)
{
    struct test_case c;
    begin_case(&c, "concat", 0);
    struct shape in = shape_at(c.args);
    const char *names[] = {"a", "b", "c"};
    int first = 0, channels = in.c + (int)c.args[4] + (int)c.args[5];
    double *y = zeros_like(&c, "y");
    for (int i = 0; i < 3; i++) {
        char gradient[8];
        double *dx = zeros_like(&c, names[i]);
        in.c = (int)c.args[i == 0 ? 1 : 3 + i];
        concat_forward(y, tensor(&c, names[i]), in, first, channels);
        concat_backward(dx, tensor(&c, "d_y"), in, first, channels);
        snprintf(gradient, sizeof gradient, "d_%s", names[i]);
        expect(&c, gradient, dx);
        first += in.c;
    }
    expect(&c, "y", y);
    end_case(&c);
}

Test(vectors, add)
{
    struct test_case c;
    begin_case(&c, "add", 0);
    double *y = zeros_like(&c, "y"), *da = zeros_like(&c, "y"), *db = zeros_like(&c, "y");
    add_forward(y, tensor(&c, "input"), tensor(&c, "other"), (int)c.args[0]);
    add_backward(da, db, tensor(&c, "d_y"), (int)c.args[0]);
    expect(&c, "y", y);
    expect(&c, "d_input", da);
    expect(&c, "d_other", db);
    end_case(&c);
}

Test(vectors, max_pool)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "max_pool", i); i++, end_case(&c)) {
        struct shape in = shape_at(c.args);
        struct window window = window_at(c.args + 4);
        double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "x");
        int argmax[1024];
        window.is_ceil = (int)c.args[10];
        max_pool_forward(y, argmax, tensor(&c, "x"), in, window);
        max_pool_backward(dx, tensor(&c, "d_y"), argmax, in, window_output(in, window, in.c));
        expect(&c, "y", y);
        expect(&c, "d_x", dx);
    }
}

Test(vectors, avg_pool)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "avg_pool", i); i++, end_case(&c)) {
        struct shape in = shape_at(c.args);
        struct window window = window_at(c.args + 4);
        double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "x");
        window.is_ceil = (int)c.args[10];
        avg_pool_forward(y, tensor(&c, "x"), in, window);
        avg_pool_backward(dx, tensor(&c, "d_y"), in, window);
        expect(&c, "y", y);
        expect(&c, "d_x", dx);
    }
}

Test(vectors, adaptive_pools)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "adaptive_avg_pool", i); i++, end_case(&c)) {
        struct shape in = shape_at(c.args);
        const int size[2] = {(int)c.args[4], (int)c.args[5]};
        double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "x");
        adaptive_pool_forward(y, NULL, tensor(&c, "x"), in, size);
        adaptive_avg_pool_backward(dx, tensor(&c, "d_y"), in, size);
        expect(&c, "y", y);
        expect(&c, "d_x", dx);
    }
    for (int i = 0; begin_case(&c, "adaptive_max_pool", i); i++, end_case(&c)) {
        struct shape in = shape_at(c.args);
        const int size[2] = {(int)c.args[4], (int)c.args[5]};
        double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "x");
        int argmax[1024];
        adaptive_pool_forward(y, argmax, tensor(&c, "x"), in, size);
        max_pool_backward(dx, tensor(&c, "d_y"), argmax, in,
                          (struct shape){in.n, in.c, size[0], size[1]});
        expect(&c, "y", y);
        expect(&c, "d_x", dx);
    }
}

Test(vectors, pad_channels)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "pad_channels", i); i++, end_case(&c)) {
        struct shape in = shape_at(c.args);
        int before = (int)c.args[4], channels = before + in.c + (int)c.args[5];
        const int stride[2] = {(int)c.args[6], (int)c.args[7]};
        double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "x");
        pad_channels_forward(y, tensor(&c, "x"), in, before, channels, stride);
        pad_channels_backward(dx, tensor(&c, "d_y"), in, before, channels, stride);
        expect(&c, "y", y);
        expect(&c, "d_x", dx);
    }
}

Test(vectors, mean_pool)
{
    struct test_case c;
    begin_case(&c, "mean_pool", 0);
    double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "x");
    mean_pool_forward(y, tensor(&c, "x"), shape_at(c.args));
    mean_pool_backward(dx, tensor(&c, "d_y"), shape_at(c.args));
    expect(&c, "y", y);
    expect(&c, "d_x", dx);
    end_case(&c);
}

Test(vectors, linear)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "linear", i); i++, end_case(&c)) {
        int n = (int)c.args[0], in = (int)c.args[1], out = (int)c.args[2];
        const double *x = tensor(&c, "input"), *weight = tensor(&c, "weight");
        double *y = zeros_like(&c, "y"), *dx = zeros_like(&c, "input");
        double *dweight = zeros_like(&c, "weight"), *dbias = zeros_like(&c, "bias");
        linear_forward(y, x, weight, tensor(&c, "bias"), n, in, out);
        linear_backward(dx, dweight, dbias, tensor(&c, "d_y"), x, weight, n, in, out);
        expect(&c, "y", y);
        expect(&c, "d_input", dx);
        expect(&c, "d_weight", dweight);
        expect(&c, "d_bias", dbias);
    }
}

Test(vectors, cross_entropy)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, "cross_entropy", i); i++, end_case(&c)) {
        int n = (int)c.args[0], classes = (int)c.args[1];
        const double *logits = tensor(&c, "logits");
        const float *targets = vectors_find(&file, "%s/targets", c.name)->data;
        double *dlogits = zeros_like(&c, "logits");
        const struct vector *given = vectors_find(&file, "%s/weights", c.name);
        const double *weights = given ? given->data : NULL;
        double loss = cross_entropy_forward(logits, targets, n, classes, c.args[2], weights);
        cross_entropy_backward(dlogits, logits, targets, n, classes, c.args[2], weights);
        expect(&c, "loss", &loss);
        expect(&c, "d_logits", dlogits);
    }
}

/* --- optimisers: the whole path of the parameters -------------------------------------------- */

enum optimiser { SGD, ADAM, ADAMW };

static void move(enum optimiser kind, const double *args, double *w, double *state[2],
                 const double *gradient, int count, int step)
{
    struct sgd sgd = {args[1], args[2], args[3], args[4], (int)args[5]};
    struct adam adam = {args[1], args[2], args[3], args[4], args[5], 0};
    if (kind == SGD) {
        sgd_update(w, state[0], gradient, count, sgd, step);
    } else if (kind == ADAM) {
        adam_update(w, state[0], state[1], gradient, count, adam, step);
    } else {
        adamw_update(w, state[0], state[1], gradient, count, adam, step);
    }
}

static void check_path(const char *name, enum optimiser kind)
{
    struct test_case c;
    for (int i = 0; begin_case(&c, name, i); i++, end_case(&c)) {
        int steps = (int)c.args[0], count = vectors_find(&file, "%s/begin", c.name)->count;
        double *w = copy_of(&c, "begin"), *path = zeros_like(&c, "path");
        double *state[2] = {result(&c, count), result(&c, count)};
        for (int step = 1; step <= steps; step++) {
            const double *gradient = tensor(&c, "gradients") + (step - 1) * count;
            move(kind, c.args, w, state, gradient, count, step);
            memcpy(path + (step - 1) * count, w, (size_t)count * sizeof *w);
        }
        expect(&c, "path", path);
    }
}

Test(vectors, sgd)
{
    check_path("sgd", SGD);
}

Test(vectors, adam)
{
    check_path("adam", ADAM);
}

Test(vectors, adamw)
{
    check_path("adamw", ADAMW);
}
