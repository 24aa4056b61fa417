/* The truth: every op of castnet and its gradient by plain loops, in PyTorch's layouts.
 *
 * Written to be read beside a definition, not to be fast. Activations are [n][c][h][w]; weights of
 * a convolution are [out][in / groups][kernel h][kernel w], of a linear layer [out][in].
 *
 * Backward functions ADD to the gradients they are given (dx, dweight, dbias), so that a tensor
 * with several readers sums up by itself; any of them may be NULL if nobody wants it.
 *
 * Everything is written for `real`. Compiled as double it is the truth; compiled once more with
 * REFERENCE_SINGLE it is float under other names and shows how far rounding alone leads. */
#ifndef REFERENCE_OPS_H
#define REFERENCE_OPS_H

#include <stdint.h>

#ifdef REFERENCE_SINGLE
typedef float real;
#define window_output single_window_output
#define conv_forward single_conv_forward
#define conv_backward single_conv_backward
#define bn_forward single_bn_forward
#define bn_backward single_bn_backward
#define bn_evaluate single_bn_evaluate
#define bn_evaluate_backward single_bn_evaluate_backward
#define group_norm_forward single_group_norm_forward
#define group_norm_backward single_group_norm_backward
#define function_forward single_function_forward
#define function_backward single_function_backward
#define mul_forward single_mul_forward
#define mul_backward single_mul_backward
#define concat_forward single_concat_forward
#define concat_backward single_concat_backward
#define add_forward single_add_forward
#define add_backward single_add_backward
#define max_pool_forward single_max_pool_forward
#define max_pool_backward single_max_pool_backward
#define avg_pool_forward single_avg_pool_forward
#define avg_pool_backward single_avg_pool_backward
#define adaptive_part single_adaptive_part
#define adaptive_pool_forward single_adaptive_pool_forward
#define adaptive_avg_pool_backward single_adaptive_avg_pool_backward
#define pad_channels_forward single_pad_channels_forward
#define pad_channels_backward single_pad_channels_backward
#define mean_pool_forward single_mean_pool_forward
#define mean_pool_backward single_mean_pool_backward
#define linear_forward single_linear_forward
#define linear_backward single_linear_backward
#define cross_entropy_forward single_cross_entropy_forward
#define cross_entropy_backward single_cross_entropy_backward
#define input_forward single_input_forward
#define sgd_update single_sgd_update
#define adam_update single_adam_update
#define adamw_update single_adamw_update
#define lion_update single_lion_update
#define muon_update single_muon_update
#define rmsprop_update single_rmsprop_update
#else
typedef double real;
#endif

struct shape {
    int n, c, h, w;
};

/* A window that slides over an image: each {height, width}. */
struct window {
    int kernel[2], stride[2], padding[2]; /* above and left, below and right */
    int extra[2];                         /* padding below and right beyond that, or less */
    int dilation[2];                      /* 0 means 1 */
    int is_ceil;                          /* a last window that only partly fits counts, too */
};

/* The shape that a window leaves of `in`, with c channels. */
struct shape window_output(struct shape in, struct window window, int c);

/* y[n][window_output(in, window, out)]; bias [out] or NULL. */
void conv_forward(real *y, const real *x, const real *weight, const real *bias, struct shape in,
                  int out, struct window window, int groups);
void conv_backward(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                   const real *weight, struct shape in, int out, struct window window, int groups);

/* weight and bias of norms may be NULL: 1 and 0.
 * Batch normalisation in training: leaves the batch's mean and biased variance in mean[c], var[c];
 * running_mean and running_var move by `momentum`, the latter towards the unbiased variance. */
void bn_forward(real *y, real *mean, real *var, real *running_mean, real *running_var,
                const real *x, const real *weight, const real *bias, struct shape in, double eps,
                double momentum);
void bn_backward(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                 const real *mean, const real *var, const real *weight, struct shape in,
                 double eps);
/* ... and in evaluation, by given statistics. */
void bn_evaluate(real *y, const real *x, const real *weight, const real *bias, const real *mean,
                 const real *var, struct shape in, double eps);
void bn_evaluate_backward(real *dx, const real *dy, const real *weight, const real *var,
                          struct shape in, double eps);

/* Each image's groups of channels over h and w; weight and bias [c] or NULL. Returns the largest 1
 * / deviation. */
real group_norm_forward(real *y, const real *x, const real *weight, const real *bias,
                        struct shape in, int groups, double eps);
void group_norm_backward(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                         const real *weight, struct shape in, int groups, double eps);

/* Functions of one value; `number` is the slope of leaky_relu, the factor of scale. At their kinks
 * the slope is that of the flatter side. */
enum function { RELU, RELU6, LEAKY_RELU, SIGMOID, SILU, GELU, GELU_TANH, SCALE };
void function_forward(real *y, const real *x, int count, enum function function, double number);
void function_backward(real *dx, const real *dy, const real *x, int count, enum function function,
                       double number);

void add_forward(real *y, const real *a, const real *b, int count);
void add_backward(real *da, real *db, const real *dy, int count);

/* Value by value; b has the shape of a, or is [n][c], a factor for all of h and w. */
void mul_forward(real *y, const real *a, const real *b, struct shape in, int is_factor);
void mul_backward(real *da, real *db, const real *dy, const real *a, const real *b, struct shape in,
                  int is_factor);

/* Channels first to first + in.c - 1 of y, which has `channels`; and back. */
void concat_forward(real *y, const real *x, struct shape in, int first, int channels);
void concat_backward(real *dx, const real *dy, struct shape in, int first, int channels);

/* argmax (shape of y) is the index in x's own [h][w] of the first largest value, in row-major
 * order of the window; padding never wins. */
void max_pool_forward(real *y, int *argmax, const real *x, struct shape in, struct window window);
void max_pool_backward(real *dx, const real *dy, const int *argmax, struct shape in,
                       struct shape to);

/* Padding counts as zeros: the divisor is the kernel's area, but for what of it lies beyond the
 * padding. */
void avg_pool_forward(real *y, const real *x, struct shape in, struct window window);
void avg_pool_backward(real *dx, const real *dy, struct shape in, struct window window);

/* Parts of the image: `size` of them along each axis, part i of `count` pixels from i * count /
 * size, rounded down, to (i + 1) * count / size, rounded up. With argmax (shape of y) the largest
 * value and its index in [h][w], the first of equals; with NULL the mean. The way back of the
 * former is max_pool_backward. */
void adaptive_part(int from_to[2], int i, int size, int count);
void adaptive_pool_forward(real *y, int *argmax, const real *x, struct shape in, const int size[2]);
void adaptive_avg_pool_backward(real *dx, const real *dy, struct shape in, const int size[2]);

/* x at every stride-th position, after `before` channels of zeros; y has `channels`. */
void pad_channels_forward(real *y, const real *x, struct shape in, int before, int channels,
                          const int stride[2]);
void pad_channels_backward(real *dx, const real *dy, struct shape in, int before, int channels,
                           const int stride[2]);

/* y[n][c]: the mean over h and w. */
void mean_pool_forward(real *y, const real *x, struct shape in);
void mean_pool_backward(real *dx, const real *dy, struct shape in);

/* y[n][out] of x[n][in]; bias [out] or NULL. */
void linear_forward(real *y, const real *x, const real *weight, const real *bias, int n, int in,
                    int out);
void linear_backward(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                     const real *weight, int n, int in, int out);

/* Mean over n of the cross entropy between softmax(logits[n][classes]) and the targets, which are
 * mixed with the uniform distribution by `smoothing` first. Rows of targets sum to 1. With
 * weights[classes] each class counts so often, and the sum is divided by that of the targets'
 * weights; NULL: all are 1. */
real cross_entropy_forward(const real *logits, const float *targets, int n, int classes,
                           double smoothing, const double *weights);
void cross_entropy_backward(real *dlogits, const real *logits, const float *targets, int n,
                            int classes, double smoothing, const double *weights);

/* (byte / 255 - mean[c]) / std[c] */
void input_forward(real *y, const uint8_t *images, struct shape in, const double *mean,
                   const double *std);

/* Optimisers as torch.optim has them; `step` is 1 for the first update. State starts at 0. */
struct sgd {
    double lr, momentum, dampening, weight_decay;
    int nesterov;
};
struct adam {
    double lr, beta1, beta2, eps, weight_decay;
    int amsgrad; /* exp_avg_sq has its largest values so far behind it */
};
struct lion {
    double lr, beta1, beta2, weight_decay;
};
struct rmsprop {
    double lr, alpha, eps, momentum, weight_decay;
    int centered;
};
void sgd_update(real *parameter, real *buffer, const real *gradient, int count, struct sgd sgd,
                int64_t step);
/* Weight decay as L2: decay * parameter joins the gradient. */
void adam_update(real *parameter, real *exp_avg, real *exp_avg_sq, const real *gradient, int count,
                 struct adam adam, int64_t step);
/* Weight decay decoupled: the parameter shrinks by lr * decay of itself. */
void adamw_update(real *parameter, real *exp_avg, real *exp_avg_sq, const real *gradient, int count,
                  struct adam adam, int64_t step);
/* Lion, by the formula of its paper. */
void lion_update(real *parameter, real *exp_avg, const real *gradient, int count, struct lion lion);
/* A weight [outputs][columns]; buffer: its momentum. */
struct muon {
    double lr, momentum, eps, weight_decay;
    int nesterov, ns_steps, normalizes;
    int adjust; /* 0: none, 1: "original", 2: "match_rms_adamw" */
};
void muon_update(real *parameter, real *buffer, const real *gradient, int outputs, int count,
                 struct muon muon);
void rmsprop_update(real *parameter, real *square_avg, real *grad_avg, real *buffer,
                    const real *gradient, int count, struct rmsprop rmsprop);

#endif
