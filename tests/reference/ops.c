#include "ops.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

static int dilation_of(const struct window *window, int axis)
{
    return window->dilation[axis] ? window->dilation[axis] : 1;
}

static int outputs_of(int size, const struct window *window, int axis)
{
    int before = window->padding[axis], stride = window->stride[axis];
    int span = dilation_of(window, axis) * (window->kernel[axis] - 1) + 1;
    int room = size + 2 * before + window->extra[axis] - span;
    int count = (room + (window->is_ceil ? stride - 1 : 0)) / stride + 1;
    return window->is_ceil && (count - 1) * stride >= size + before ? count - 1 : count;
}

struct shape window_output(struct shape in, struct window window, int c)
{
    return (struct shape){in.n, c, outputs_of(in.h, &window, 0), outputs_of(in.w, &window, 1)};
}

static int count_of(struct shape s)
{
    return s.n * s.c * s.h * s.w;
}

static int index_of(struct shape s, int n, int c, int h, int w)
{
    return ((n * s.c + c) * s.h + h) * s.w + w;
}

/* --- loops over windows ---------------------------------------------------------------------- */

/* One meeting of an output position with an input position through tap (kh, kw) of the window. */
struct meeting {
    int oh, ow, kh, kw, ih, iw;
};

/* Steps to the next meeting in row-major order of output, then tap; skips those with padding.
 * Start with first_meeting(). Returns 0 at the end. */
static int next_meeting(struct meeting *m, struct shape in, struct shape out,
                        const struct window *window)
{
    do {
        if (++m->kw == window->kernel[1]) {
            m->kw = 0;
            if (++m->kh == window->kernel[0]) {
                m->kh = 0;
                if (++m->ow == out.w) {
                    m->ow = 0;
                    if (++m->oh == out.h) {
                        return 0;
                    }
                }
            }
        }
        m->ih = m->oh * window->stride[0] + m->kh * dilation_of(window, 0) - window->padding[0];
        m->iw = m->ow * window->stride[1] + m->kw * dilation_of(window, 1) - window->padding[1];
    } while (m->ih < 0 || m->ih >= in.h || m->iw < 0 || m->iw >= in.w);
    return 1;
}

static struct meeting first_meeting(void)
{
    return (struct meeting){.kw = -1};
}

/* Where a meeting is in one plane of outputs, of inputs and of weights. */
struct place {
    int y, x, w;
};

/* All meetings in their order, to be freed: planes are many, and finding the meetings anew for each
 * took most of the time. */
static struct place *list_meetings(struct shape in, struct shape out, const struct window *window,
                                   int *count)
{
    int most = out.h * out.w * window->kernel[0] * window->kernel[1];
    struct place *places = malloc((size_t)most * sizeof *places + 1);
    struct meeting m = first_meeting();

    if (!places) {
        abort();
    }
    *count = 0;
    while (next_meeting(&m, in, out, window)) {
        places[(*count)++] = (struct place){m.oh * out.w + m.ow, m.ih * in.w + m.iw,
                                            m.kh * window->kernel[1] + m.kw};
    }
    return places;
}

/* --- convolution ----------------------------------------------------------------------------- */

static void conv_add_bias(real *y, const real *bias, struct shape to)
{
    for (int i = 0; i < count_of(to); i++) {
        y[i] = bias ? bias[i / (to.h * to.w) % to.c] : 0;
    }
}

void conv_forward(real *y, const real *x, const real *weight, const real *bias, struct shape in,
                  int out, struct window window, int groups)
{
    struct shape to = window_output(in, window, out);
    struct shape filter = {out, in.c / groups, window.kernel[0], window.kernel[1]};
    int count;
    struct place *at = list_meetings(in, to, &window, &count);
    conv_add_bias(y, bias, to);
    for (int n = 0; n < in.n; n++) {
        for (int o = 0; o < out; o++) {
            for (int c = 0; c < filter.c; c++) {
                int from = o / (out / groups) * filter.c + c;
                real *to_plane = y + index_of(to, n, o, 0, 0);
                const real *from_plane = x + index_of(in, n, from, 0, 0);
                const real *taps = weight + index_of(filter, o, c, 0, 0);
                for (int i = 0; i < count; i++) {
                    to_plane[at[i].y] += from_plane[at[i].x] * taps[at[i].w];
                }
            }
        }
    }
    free(at);
}

static void conv_backward_bias(real *dbias, const real *dy, struct shape to)
{
    for (int i = 0; i < count_of(to); i++) {
        dbias[i / (to.h * to.w) % to.c] += dy[i];
    }
}

void conv_backward(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                   const real *weight, struct shape in, int out, struct window window, int groups)
{
    struct shape to = window_output(in, window, out);
    struct shape filter = {out, in.c / groups, window.kernel[0], window.kernel[1]};
    int count;
    struct place *at = list_meetings(in, to, &window, &count);
    if (dbias) {
        conv_backward_bias(dbias, dy, to);
    }
    for (int n = 0; n < in.n; n++) {
        for (int o = 0; o < out; o++) {
            for (int c = 0; c < filter.c; c++) {
                int from = o / (out / groups) * filter.c + c;
                const real *d_plane = dy + index_of(to, n, o, 0, 0);
                int x_plane = index_of(in, n, from, 0, 0), taps = index_of(filter, o, c, 0, 0);
                for (int i = 0; i < count; i++) {
                    real d = d_plane[at[i].y];
                    int xi = x_plane + at[i].x, wi = taps + at[i].w;
                    if (dx) {
                        dx[xi] += d * weight[wi];
                    }
                    if (dweight) {
                        dweight[wi] += d * x[xi];
                    }
                }
            }
        }
    }
    free(at);
}

/* --- batch normalisation --------------------------------------------------------------------- */

static real factor_of(const real *weight, int c)
{
    return weight ? weight[c] : 1;
}

/* Mean of channel c, and its biased variance in *var. */
static real channel_statistics(real *var, const real *x, struct shape in, int c)
{
    int pixels = in.h * in.w, count = in.n * pixels;
    real sum = 0, squares = 0;
    for (int i = 0; i < count; i++) {
        sum += x[index_of(in, i / pixels, c, 0, i % pixels)];
    }
    for (int i = 0; i < count; i++) {
        real centred = x[index_of(in, i / pixels, c, 0, i % pixels)] - sum / (real)count;
        squares += centred * centred;
    }
    *var = squares / (real)count;
    return sum / (real)count;
}

void bn_forward(real *y, real *mean, real *var, real *running_mean, real *running_var,
                const real *x, const real *weight, const real *bias, struct shape in, double eps,
                double momentum)
{
    int count = in.n * in.h * in.w;
    real keep = (real)(1 - momentum), move = (real)momentum;
    for (int c = 0; c < in.c; c++) {
        mean[c] = channel_statistics(&var[c], x, in, c);
        real unbiased = var[c] * (real)count / (real)(count - 1);
        running_mean[c] = keep * running_mean[c] + move * mean[c];
        running_var[c] = keep * running_var[c] + move * unbiased;
    }
    bn_evaluate(y, x, weight, bias, mean, var, in, eps);
}

void bn_evaluate(real *y, const real *x, const real *weight, const real *bias, const real *mean,
                 const real *var, struct shape in, double eps)
{
    for (int i = 0; i < count_of(in); i++) {
        int c = i / (in.h * in.w) % in.c;
        real scale = 1 / (real)sqrt((double)(var[c] + (real)eps));
        y[i] = (x[i] - mean[c]) * scale * factor_of(weight, c) + (bias ? bias[c] : 0);
    }
}

void bn_evaluate_backward(real *dx, const real *dy, const real *weight, const real *var,
                          struct shape in, double eps)
{
    for (int i = 0; i < count_of(in); i++) {
        int c = i / (in.h * in.w) % in.c;
        dx[i] += dy[i] * factor_of(weight, c) / (real)sqrt((double)(var[c] + (real)eps));
    }
}

/* With z = (x - mean) / sqrt(var + eps), y = weight z + bias, and averages over n, h, w:
 * dx = weight / sqrt(var + eps) * (dy - average(dy) - z average(dy z)). */
void bn_backward(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                 const real *mean, const real *var, const real *weight, struct shape in, double eps)
{
    int pixels = in.h * in.w, count = in.n * pixels;
    for (int c = 0; c < in.c; c++) {
        real scale = 1 / (real)sqrt((double)(var[c] + (real)eps));
        real sum_dy = 0, sum_dyz = 0;
        for (int i = 0; i < count; i++) {
            int at = index_of(in, i / pixels, c, 0, i % pixels);
            sum_dy += dy[at];
            sum_dyz += dy[at] * (x[at] - mean[c]) * scale;
        }
        for (int i = 0; i < count && dx; i++) {
            int at = index_of(in, i / pixels, c, 0, i % pixels);
            real z = (x[at] - mean[c]) * scale;
            dx[at] += factor_of(weight, c) * scale *
                      (dy[at] - sum_dy / (real)count - z * sum_dyz / (real)count);
        }
        if (dweight) {
            dweight[c] += sum_dyz;
        }
        if (dbias) {
            dbias[c] += sum_dy;
        }
    }
}

/* --- group normalisation --------------------------------------------------------------------- */

/* 1 / deviation of an image's group, `count` values from x on, and their mean. */
static real group_scale(real *mean, const real *x, int count, double eps)
{
    real sum = 0, squares = 0;
    for (int i = 0; i < count; i++) {
        sum += x[i];
    }
    *mean = sum / (real)count;
    for (int i = 0; i < count; i++) {
        squares += (x[i] - *mean) * (x[i] - *mean);
    }
    return 1 / (real)sqrt((double)(squares / (real)count + (real)eps));
}

real group_norm_forward(real *y, const real *x, const real *weight, const real *bias,
                        struct shape in, int groups, double eps)
{
    int pixels = in.h * in.w, count = in.c / groups * pixels;
    real largest = 0;
    for (int start = 0; start < count_of(in); start += count) {
        real mean, scale = group_scale(&mean, x + start, count, eps);
        for (int i = start; i < start + count; i++) {
            int c = i / pixels % in.c;
            y[i] = (x[i] - mean) * scale * factor_of(weight, c) + (bias ? bias[c] : 0);
        }
        largest = scale > largest ? scale : largest;
    }
    return largest;
}

/* As batch normalisation, with averages over an image's group of dz = weight dy. */
void group_norm_backward(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                         const real *weight, struct shape in, int groups, double eps)
{
    int pixels = in.h * in.w, count = in.c / groups * pixels;
    for (int start = 0; start < count_of(in); start += count) {
        real mean, scale = group_scale(&mean, x + start, count, eps), sum = 0, sum_z = 0;
        for (int i = start; i < start + count; i++) {
            int c = i / pixels % in.c;
            real z = (x[i] - mean) * scale;
            sum += dy[i] * factor_of(weight, c);
            sum_z += dy[i] * factor_of(weight, c) * z;
            if (dweight) {
                dweight[c] += dy[i] * z;
                dbias[c] += dy[i];
            }
        }
        for (int i = start; i < start + count && dx; i++) {
            real z = (x[i] - mean) * scale, d = dy[i] * factor_of(weight, i / pixels % in.c);
            dx[i] += scale * (d - sum / (real)count - z * sum_z / (real)count);
        }
    }
}

/* --- value by value -------------------------------------------------------------------------- */

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

static const double root_2 = 1.41421356237309504880, root_2_pi = 2.50662827463100050242;
static const double root_2_over_pi = 0.79788456080286535588;

static double value_of(enum function function, double number, double x)
{
    switch (function) {
    case RELU:
        return x > 0 ? x : 0;
    case RELU6:
        return x > 6 ? 6 : x > 0 ? x : 0;
    case LEAKY_RELU:
        return x > 0 ? x : number * x;
    case SIGMOID:
        return logistic(x);
    case SILU:
        return x * logistic(x);
    case GELU:
        return x * (1 + erf(x / root_2)) / 2;
    case GELU_TANH:
        return x * (1 + tanh(root_2_over_pi * (x + 0.044715 * x * x * x))) / 2;
    case SCALE:
        break;
    }
    return number * x;
}

static double slope_of(enum function function, double number, double x)
{
    double s = logistic(x), t = tanh(root_2_over_pi * (x + 0.044715 * x * x * x));
    switch (function) {
    case RELU:
        return x > 0;
    case RELU6:
        return x > 0 && x < 6;
    case LEAKY_RELU:
        return x > 0 ? 1 : number;
    case SIGMOID:
        return s * (1 - s);
    case SILU:
        return s + x * s * (1 - s);
    case GELU:
        return (1 + erf(x / root_2)) / 2 + x * exp(-x * x / 2) / root_2_pi;
    case GELU_TANH:
        return (1 + t) / 2 + x / 2 * (1 - t * t) * root_2_over_pi * (1 + 3 * 0.044715 * x * x);
    case SCALE:
        break;
    }
    return number;
}

void function_forward(real *y, const real *x, int count, enum function function, double number)
{
    for (int i = 0; i < count; i++) {
        y[i] = (real)value_of(function, number, (double)x[i]);
    }
}

void function_backward(real *dx, const real *dy, const real *x, int count, enum function function,
                       double number)
{
    for (int i = 0; i < count; i++) {
        dx[i] += dy[i] * (real)slope_of(function, number, (double)x[i]);
    }
}

void add_forward(real *y, const real *a, const real *b, int count)
{
    for (int i = 0; i < count; i++) {
        y[i] = a[i] + b[i];
    }
}

void add_backward(real *da, real *db, const real *dy, int count)
{
    for (int i = 0; i < count; i++) {
        da[i] += dy[i];
        db[i] += dy[i];
    }
}

void mul_forward(real *y, const real *a, const real *b, struct shape in, int is_factor)
{
    for (int i = 0; i < count_of(in); i++) {
        y[i] = a[i] * b[is_factor ? i / (in.h * in.w) : i];
    }
}

void mul_backward(real *da, real *db, const real *dy, const real *a, const real *b, struct shape in,
                  int is_factor)
{
    for (int i = 0; i < count_of(in); i++) {
        int k = is_factor ? i / (in.h * in.w) : i;
        da[i] += dy[i] * b[k];
        db[k] += dy[i] * a[i];
    }
}

/* --- channels side by side ------------------------------------------------------------------- */

void concat_forward(real *y, const real *x, struct shape in, int first, int channels)
{
    int plane = in.c * in.h * in.w;
    for (int i = 0; i < count_of(in); i++) {
        y[(i / plane * channels + first) * in.h * in.w + i % plane] = x[i];
    }
}

void concat_backward(real *dx, const real *dy, struct shape in, int first, int channels)
{
    int plane = in.c * in.h * in.w;
    for (int i = 0; i < count_of(in); i++) {
        dx[i] += dy[(i / plane * channels + first) * in.h * in.w + i % plane];
    }
}

/* --- pools ----------------------------------------------------------------------------------- */

void max_pool_forward(real *y, int *argmax, const real *x, struct shape in, struct window window)
{
    struct shape to = window_output(in, window, in.c);
    for (int i = 0; i < count_of(to); i++) {
        argmax[i] = -1;
    }
    for (int plane = 0; plane < in.n * in.c; plane++) {
        const real *from = x + (ptrdiff_t)plane * in.h * in.w;
        struct meeting m = first_meeting();
        while (next_meeting(&m, in, to, &window)) {
            int at = (plane * to.h + m.oh) * to.w + m.ow;
            int candidate = m.ih * in.w + m.iw;
            if (argmax[at] < 0 || from[candidate] > y[at]) {
                y[at] = from[candidate];
                argmax[at] = candidate;
            }
        }
    }
}

void max_pool_backward(real *dx, const real *dy, const int *argmax, struct shape in,
                       struct shape to)
{
    for (int i = 0; i < count_of(to); i++) {
        dx[i / (to.h * to.w) * in.h * in.w + argmax[i]] += dy[i];
    }
}

/* Pixels of the window along an axis that lie within the image and its padding. */
static int covered(const struct window *window, int axis, int size, int output)
{
    int begin = output * window->stride[axis];
    int end = begin + window->kernel[axis], last = size + 2 * window->padding[axis];
    return (end < last ? end : last) - begin;
}

static real area_at(const struct window *window, struct shape in, const struct meeting *m)
{
    return (real)(covered(window, 0, in.h, m->oh) * covered(window, 1, in.w, m->ow));
}

void avg_pool_forward(real *y, const real *x, struct shape in, struct window window)
{
    struct shape to = window_output(in, window, in.c);
    for (int i = 0; i < count_of(to); i++) {
        y[i] = 0;
    }
    for (int plane = 0; plane < in.n * in.c; plane++) {
        struct meeting m = first_meeting();
        while (next_meeting(&m, in, to, &window)) {
            y[(plane * to.h + m.oh) * to.w + m.ow] +=
                x[(plane * in.h + m.ih) * in.w + m.iw] / area_at(&window, in, &m);
        }
    }
}

void avg_pool_backward(real *dx, const real *dy, struct shape in, struct window window)
{
    struct shape to = window_output(in, window, in.c);
    for (int plane = 0; plane < in.n * in.c; plane++) {
        struct meeting m = first_meeting();
        while (next_meeting(&m, in, to, &window)) {
            dx[(plane * in.h + m.ih) * in.w + m.iw] +=
                dy[(plane * to.h + m.oh) * to.w + m.ow] / area_at(&window, in, &m);
        }
    }
}

void adaptive_part(int from_to[2], int i, int size, int count)
{
    from_to[0] = i * count / size;
    from_to[1] = ((i + 1) * count + size - 1) / size;
}

/* Where output i of an adaptive pool takes its values from; returns their plane. */
static int part_at(int rows[2], int columns[2], int i, struct shape in, const int size[2])
{
    adaptive_part(rows, i / size[1] % size[0], size[0], in.h);
    adaptive_part(columns, i % size[1], size[1], in.w);
    return i / (size[0] * size[1]);
}

void adaptive_pool_forward(real *y, int *argmax, const real *x, struct shape in, const int size[2])
{
    for (int i = 0; i < in.n * in.c * size[0] * size[1]; i++) {
        int rows[2], columns[2], count = 0;
        const real *plane = x + (ptrdiff_t)part_at(rows, columns, i, in, size) * in.h * in.w;
        real sum = 0;
        for (int h = rows[0]; h < rows[1]; h++) {
            for (int w = columns[0]; w < columns[1]; w++) {
                int at = h * in.w + w;
                sum += plane[at];
                if (argmax && (count == 0 || plane[at] > plane[argmax[i]])) {
                    argmax[i] = at;
                }
                count++;
            }
        }
        y[i] = argmax ? plane[argmax[i]] : sum / (real)count;
    }
}

void adaptive_avg_pool_backward(real *dx, const real *dy, struct shape in, const int size[2])
{
    for (int i = 0; i < in.n * in.c * size[0] * size[1]; i++) {
        int rows[2], columns[2];
        real *plane = dx + (ptrdiff_t)part_at(rows, columns, i, in, size) * in.h * in.w;
        int area = (rows[1] - rows[0]) * (columns[1] - columns[0]);
        for (int h = rows[0]; h < rows[1]; h++) {
            for (int w = columns[0]; w < columns[1]; w++) {
                plane[h * in.w + w] += dy[i] / (real)area;
            }
        }
    }
}

static struct shape padded(struct shape in, int channels, const int stride[2])
{
    return (struct shape){in.n, channels, (in.h + stride[0] - 1) / stride[0],
                          (in.w + stride[1] - 1) / stride[1]};
}

/* The index in x of what stands at index i of y, or -1 for zeros. */
static int padded_from(int i, struct shape in, struct shape to, int before, const int stride[2])
{
    int c = i / (to.h * to.w) % to.c - before, n = i / (to.h * to.w) / to.c;
    int h = i / to.w % to.h * stride[0], w = i % to.w * stride[1];
    return c < 0 || c >= in.c ? -1 : index_of(in, n, c, h, w);
}

void pad_channels_forward(real *y, const real *x, struct shape in, int before, int channels,
                          const int stride[2])
{
    struct shape to = padded(in, channels, stride);
    for (int i = 0; i < count_of(to); i++) {
        int from = padded_from(i, in, to, before, stride);
        y[i] = from < 0 ? 0 : x[from];
    }
}

void pad_channels_backward(real *dx, const real *dy, struct shape in, int before, int channels,
                           const int stride[2])
{
    struct shape to = padded(in, channels, stride);
    for (int i = 0; i < count_of(to); i++) {
        int from = padded_from(i, in, to, before, stride);
        if (from >= 0) {
            dx[from] += dy[i];
        }
    }
}

void mean_pool_forward(real *y, const real *x, struct shape in)
{
    int pixels = in.h * in.w;
    for (int plane = 0; plane < in.n * in.c; plane++) {
        real sum = 0;
        for (int i = 0; i < pixels; i++) {
            sum += x[plane * pixels + i];
        }
        y[plane] = sum / (real)pixels;
    }
}

void mean_pool_backward(real *dx, const real *dy, struct shape in)
{
    int pixels = in.h * in.w;
    for (int i = 0; i < count_of(in); i++) {
        dx[i] += dy[i / pixels] / (real)pixels;
    }
}

/* --- linear ---------------------------------------------------------------------------------- */

void linear_forward(real *y, const real *x, const real *weight, const real *bias, int n, int in,
                    int out)
{
    for (int i = 0; i < n; i++) {
        for (int o = 0; o < out; o++) {
            real sum = bias ? bias[o] : 0;
            for (int k = 0; k < in; k++) {
                sum += x[i * in + k] * weight[o * in + k];
            }
            y[i * out + o] = sum;
        }
    }
}

void linear_backward(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                     const real *weight, int n, int in, int out)
{
    for (int i = 0; i < n; i++) {
        for (int o = 0; o < out; o++) {
            real d = dy[i * out + o];
            for (int k = 0; k < in && dx; k++) {
                dx[i * in + k] += d * weight[o * in + k];
            }
            for (int k = 0; k < in && dweight; k++) {
                dweight[o * in + k] += d * x[i * in + k];
            }
            if (dbias) {
                dbias[o] += d;
            }
        }
    }
}

/* --- loss ------------------------------------------------------------------------------------ */

static real smoothed(float target, int classes, double smoothing)
{
    return (real)((double)target * (1 - smoothing) + smoothing / classes);
}

/* log(sum(exp(row))) */
static real log_sum_exp(const real *row, int classes)
{
    real largest = row[0], sum = 0;
    for (int k = 1; k < classes; k++) {
        largest = row[k] > largest ? row[k] : largest;
    }
    for (int k = 0; k < classes; k++) {
        sum += (real)exp((double)(row[k] - largest));
    }
    return largest + (real)log((double)sum);
}

static double weight_of(const double *weights, int k)
{
    return weights ? weights[k] : 1;
}

/* What the sum over images is divided by. */
static real weight_of_targets(const float *targets, int n, int classes, const double *weights)
{
    double sum = 0;
    for (int i = 0; weights && i < n * classes; i++) {
        sum += weights[i % classes] * (double)targets[i];
    }
    return weights ? (real)sum : (real)n;
}

real cross_entropy_forward(const real *logits, const float *targets, int n, int classes,
                           double smoothing, const double *weights)
{
    real loss = 0;
    for (int i = 0; i < n; i++) {
        const real *row = logits + (ptrdiff_t)i * classes;
        real total = log_sum_exp(row, classes);
        for (int k = 0; k < classes; k++) {
            loss += (real)weight_of(weights, k) *
                    smoothed(targets[i * classes + k], classes, smoothing) * (total - row[k]);
        }
    }
    return loss / weight_of_targets(targets, n, classes, weights);
}

void cross_entropy_backward(real *dlogits, const real *logits, const float *targets, int n,
                            int classes, double smoothing, const double *weights)
{
    real divisor = weight_of_targets(targets, n, classes, weights);
    for (int i = 0; i < n; i++) {
        const real *row = logits + (ptrdiff_t)i * classes;
        real total = log_sum_exp(row, classes), mass = 0;
        for (int k = 0; k < classes; k++) {
            mass += (real)weight_of(weights, k) *
                    smoothed(targets[i * classes + k], classes, smoothing);
        }
        for (int k = 0; k < classes; k++) {
            real probability = (real)exp((double)(row[k] - total));
            real target = (real)weight_of(weights, k) *
                          smoothed(targets[i * classes + k], classes, smoothing);
            dlogits[i * classes + k] += (mass * probability - target) / divisor;
        }
    }
}

/* --- input ----------------------------------------------------------------------------------- */

void input_forward(real *y, const uint8_t *images, struct shape in, const double *mean,
                   const double *std)
{
    for (int i = 0; i < count_of(in); i++) {
        int c = i / (in.h * in.w) % in.c;
        y[i] = (real)((images[i] / 255.0 - mean[c]) / std[c]);
    }
}

/* --- optimisers ------------------------------------------------------------------------------ */

void sgd_update(real *parameter, real *buffer, const real *gradient, int count, struct sgd sgd,
                int64_t step)
{
    real momentum = (real)sgd.momentum;
    for (int i = 0; i < count; i++) {
        real d = gradient[i] + (real)sgd.weight_decay * parameter[i];
        if (sgd.momentum != 0) {
            buffer[i] = step == 1 ? d : momentum * buffer[i] + (real)(1 - sgd.dampening) * d;
            d = sgd.nesterov ? d + momentum * buffer[i] : buffer[i];
        }
        parameter[i] -= (real)sgd.lr * d;
    }
}

/* What Adam and AdamW share: moments, their correction for the start at 0, the step. */
static void adam_move(real *parameter, real *exp_avg, real *exp_avg_sq, real *largest, real d,
                      struct adam adam, int64_t step)
{
    double correction1 = 1 - pow(adam.beta1, (double)step);
    double correction2 = 1 - pow(adam.beta2, (double)step);
    *exp_avg = (real)adam.beta1 * *exp_avg + (real)(1 - adam.beta1) * d;
    *exp_avg_sq = (real)adam.beta2 * *exp_avg_sq + (real)(1 - adam.beta2) * d * d;
    *largest = *exp_avg_sq > *largest ? *exp_avg_sq : *largest;
    real mean = adam.amsgrad ? *largest : *exp_avg_sq;
    real root = (real)(sqrt((double)mean) / sqrt(correction2)) + (real)adam.eps;
    *parameter -= (real)(adam.lr / correction1) * *exp_avg / root;
}

void adam_update(real *parameter, real *exp_avg, real *exp_avg_sq, const real *gradient, int count,
                 struct adam adam, int64_t step)
{
    for (int i = 0; i < count; i++) {
        real d = gradient[i] + (real)adam.weight_decay * parameter[i], none = 0;
        adam_move(&parameter[i], &exp_avg[i], &exp_avg_sq[i],
                  adam.amsgrad ? &exp_avg_sq[count + i] : &none, d, adam, step);
    }
}

void adamw_update(real *parameter, real *exp_avg, real *exp_avg_sq, const real *gradient, int count,
                  struct adam adam, int64_t step)
{
    for (int i = 0; i < count; i++) {
        real none = 0;
        parameter[i] *= (real)(1 - adam.lr * adam.weight_decay);
        adam_move(&parameter[i], &exp_avg[i], &exp_avg_sq[i],
                  adam.amsgrad ? &exp_avg_sq[count + i] : &none, gradient[i], adam, step);
    }
}

void lion_update(real *parameter, real *exp_avg, const real *gradient, int count, struct lion lion)
{
    for (int i = 0; i < count; i++) {
        real c = (real)lion.beta1 * exp_avg[i] + (real)(1 - lion.beta1) * gradient[i];
        parameter[i] *= (real)(1 - lion.lr * lion.weight_decay);
        parameter[i] -= (real)lion.lr * (real)((c > 0) - (c < 0));
        exp_avg[i] = (real)lion.beta2 * exp_avg[i] + (real)(1 - lion.beta2) * gradient[i];
    }
}

static double frobenius(const real *x, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += (double)x[i] * (double)x[i];
    }
    return sqrt(sum);
}

/* c [n][m] = a [n][k] times b, [k][m] or, turned, [m][k]. */
static void matrix_product(real *c, const real *a, const real *b, int n, int k, int m, int turned)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
            real sum = 0;
            for (int p = 0; p < k; p++) {
                sum += a[i * k + p] * (turned ? b[j * k + p] : b[p * m + j]);
            }
            c[i * m + j] = sum;
        }
    }
}

static void transpose(real *to, const real *from, int rows, int columns)
{
    for (int i = 0; i < rows * columns; i++) {
        to[i % columns * rows + i / columns] = from[i];
    }
}

/* One step of the quintic Newton-Schulz iteration of x [n][m], n at most m. */
static void newton_schulz(real *x, int n, int m)
{
    real *gram = malloc((size_t)(2 * n * n + n * m) * sizeof(real));
    real *square = gram + n * n, *moved = square + n * n;
    matrix_product(gram, x, x, n, m, n, 1);
    matrix_product(square, gram, gram, n, n, n, 0);
    for (int i = 0; i < n * n; i++) {
        square[i] = (real)-4.7750 * gram[i] + (real)2.0315 * square[i];
    }
    matrix_product(moved, square, x, n, n, m, 0);
    for (int i = 0; i < n * m; i++) {
        x[i] = (real)3.4445 * x[i] + moved[i];
    }
    free(gram);
}

/* x [n][m] made nearly orthogonal. */
static void orthogonalize(real *x, int n, int m, struct muon muon)
{
    real *turned = malloc((size_t)(n * m) * sizeof(real));
    real norm = (real)(frobenius(x, n * m) + muon.eps);
    for (int i = 0; i < n * m; i++) {
        x[i] /= norm;
    }
    transpose(turned, x, n, m);
    for (int i = 0; i < muon.ns_steps; i++) {
        newton_schulz(n > m ? turned : x, n > m ? m : n, n > m ? n : m);
    }
    if (n > m) {
        transpose(x, turned, m, n);
    }
    free(turned);
}

void muon_update(real *parameter, real *buffer, const real *gradient, int outputs, int count,
                 struct muon muon)
{
    int columns = count / outputs, most = columns > outputs ? columns : outputs;
    double adjust = muon.adjust == 0   ? 1
                    : muon.adjust == 1 ? sqrt(fmax(1, (double)outputs / columns))
                                       : 0.2 * sqrt(most);
    real *x = malloc((size_t)count * sizeof(real));
    for (int i = 0; i < count; i++) {
        buffer[i] = (real)muon.momentum * buffer[i] + gradient[i];
        x[i] = muon.nesterov ? gradient[i] + (real)muon.momentum * buffer[i] : buffer[i];
    }
    orthogonalize(x, outputs, columns, muon);
    double size = muon.normalizes ? sqrt(outputs) / frobenius(parameter, count) : 1;
    for (int i = 0; i < count; i++) {
        parameter[i] *= (real)size * (real)(1 - muon.lr * muon.weight_decay);
        parameter[i] -= (real)(muon.lr * adjust) * x[i];
    }
    free(x);
}

void rmsprop_update(real *parameter, real *square_avg, real *grad_avg, real *buffer,
                    const real *gradient, int count, struct rmsprop rmsprop)
{
    real alpha = (real)rmsprop.alpha, rest = (real)(1 - rmsprop.alpha);
    for (int i = 0; i < count; i++) {
        real d = gradient[i] + (real)rmsprop.weight_decay * parameter[i];
        square_avg[i] = alpha * square_avg[i] + rest * d * d;
        grad_avg[i] = alpha * grad_avg[i] + rest * d;
        real mean = rmsprop.centered ? grad_avg[i] : 0;
        real root = (real)sqrt(fmax((double)(square_avg[i] - mean * mean), 0));
        buffer[i] = (real)rmsprop.momentum * buffer[i] + d / (root + (real)rmsprop.eps);
        parameter[i] -= (real)rmsprop.lr * buffer[i];
    }
}
