/* Made by castnet 0.1.0 from frozen.lua --target portable --batch 2 --freeze conv1,bn1,one.
 * This file belongs to whoever made it. */
#ifndef CASTNET_KERNELS_H
#define CASTNET_KERNELS_H

#include "base.h"

/* To the linker these begin with the network's prefix: there may be others in the program. */
#define normalise_4c3 frozen_normalise_4c3
#define conv3x3_4c3_4c4_lowered_forward frozen_conv3x3_4c3_4c4_lowered_forward
#define bn_relu_4c4_evaluate frozen_bn_relu_4c4_evaluate
#define max_pool2x2s2_4c4_forward frozen_max_pool2x2s2_4c4_forward
#define conv5x5_2c4_2c4_lowered_forward frozen_conv5x5_2c4_2c4_lowered_forward
#define bn_relu_2c4_forward frozen_bn_relu_2c4_forward
#define bn_add_relu_2c4_evaluate frozen_bn_add_relu_2c4_evaluate
#define mean_pool_2c4_forward frozen_mean_pool_2c4_forward
#define linear_4_3_forward frozen_linear_4_3_forward
#define cross_entropy_c3_forward frozen_cross_entropy_c3_forward
#define cross_entropy_c3_backward frozen_cross_entropy_c3_backward
#define linear_4_3_grad_weight frozen_linear_4_3_grad_weight
#define channel_sum_c3 frozen_channel_sum_c3
#define linear_4_3_grad_input frozen_linear_4_3_grad_input
#define mean_pool_2c4_backward frozen_mean_pool_2c4_backward
#define bn_add_relu_2c4_evaluate_backward frozen_bn_add_relu_2c4_evaluate_backward
#define conv5x5_2c4_2c4_taps_grad_input frozen_conv5x5_2c4_2c4_taps_grad_input
#define bn_relu_2c4_backward frozen_bn_relu_2c4_backward
#define conv5x5_2c4_2c4_lowered_grad_weight frozen_conv5x5_2c4_2c4_lowered_grad_weight
#define bn_relu_2c4_evaluate frozen_bn_relu_2c4_evaluate

/* Arrays are [height][width][BATCH][channel]; n is how many images take part. What is updated is
 * read and written, what is accumulated is that where `add` is 1 and written where it is 0, NULL is
 * nothing to work on, scratch is nobody's before and after a call, and a result lies over an
 * argument only where that is said. */
/* reads images; writes out */
void normalise_4c3(const struct frozen_host *host, float out[4][4][BATCH][3], const uint8_t *images,
                   int n);
/* reads x, weight; writes out */
void conv3x3_4c3_4c4_lowered_forward(const struct frozen_host *host, float out[4][4][BATCH][4],
                                     float x[4][4][BATCH][3], float weight[9][1][3][4], int n);
/* reads x, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work; out may
 * lie over x */
void bn_relu_4c4_evaluate(const struct frozen_host *host, float out[4][4][BATCH][4],
                          float x[4][4][BATCH][4], const struct batch_norm *bn, float work[1][2][4],
                          int n);
/* reads x; writes out */
void max_pool2x2s2_4c4_forward(const struct frozen_host *host, float out[2][2][BATCH][4],
                               float x[4][4][BATCH][4], int n);
/* reads x, weight; writes out */
void conv5x5_2c4_2c4_lowered_forward(const struct frozen_host *host, float out[2][2][BATCH][4],
                                     float x[2][2][BATCH][4], float weight[9][1][4][4], int n);
/* reads x, bn.gamma, bn.beta; writes out, bn.mean, bn.inv_std; updates bn.running_mean,
 * bn.running_var; scratch work */
void bn_relu_2c4_forward(const struct frozen_host *host, float out[2][2][BATCH][4],
                         float x[2][2][BATCH][4], const struct batch_norm *bn, float work[3][2][4],
                         int n);
/* reads x, residual, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work;
 * out may lie over x; out may lie over residual */
void bn_add_relu_2c4_evaluate(const struct frozen_host *host, float out[2][2][BATCH][4],
                              float x[2][2][BATCH][4], float residual[2][2][BATCH][4],
                              const struct batch_norm *bn, float work[1][2][4], int n);
/* reads x; writes out */
void mean_pool_2c4_forward(const struct frozen_host *host, float out[1][1][BATCH][4],
                           float x[2][2][BATCH][4], int n);
/* reads x, weight, bias; writes out; scratch turned */
void linear_4_3_forward(const struct frozen_host *host, float out[1][1][BATCH][3],
                        float x[1][1][BATCH][4], float weight[3][4], float bias[3],
                        float turned[12], int n);
/* reads logits, targets; writes out, result */
void cross_entropy_c3_forward(float out[1][1][BATCH][1], float logits[1][1][BATCH][3],
                              const float *targets, struct frozen_result *result, int n);
/* reads logits, targets; writes d_logits */
void cross_entropy_c3_backward(float d_logits[1][1][BATCH][3], float logits[1][1][BATCH][3],
                               const float *targets, int n);
/* reads d_out, x; writes d_weight */
void linear_4_3_grad_weight(const struct frozen_host *host, float d_weight[3][4],
                            float d_out[1][1][BATCH][3], float x[1][1][BATCH][4], int n);
/* reads x; writes sum; scratch partial */
void channel_sum_c3(const struct frozen_host *host, float sum[3], float x[1][1][BATCH][3],
                    float partial[1][3], int n);
/* reads d_out, weight; writes d_x */
void linear_4_3_grad_input(const struct frozen_host *host, float d_x[1][1][BATCH][4],
                           float d_out[1][1][BATCH][3], float weight[3][4], int n);
/* reads d_out; writes d_x */
void mean_pool_2c4_backward(const struct frozen_host *host, float d_x[2][2][BATCH][4],
                            float d_out[1][1][BATCH][4], int n);
/* reads d_out, out, bn.gamma, bn.running_var; writes d_x, d_residual; scratch work; d_residual may
 * lie over d_out; d_x may lie over d_out */
void bn_add_relu_2c4_evaluate_backward(const struct frozen_host *host, float d_x[2][2][BATCH][4],
                                       float d_residual[2][2][BATCH][4],
                                       float d_out[2][2][BATCH][4], float out[2][2][BATCH][4],
                                       const struct batch_norm *bn, float work[1][2][4], int n);
/* reads d_out, weight; updates d_x; scratch turned */
void conv5x5_2c4_2c4_taps_grad_input(const struct frozen_host *host, float d_x[2][2][BATCH][4],
                                     float d_out[2][2][BATCH][4], float weight[9][1][4][4],
                                     float turned[9][1][16], int n);
/* reads d_out, x, bn.mean, bn.inv_std, bn.gamma, bn.beta; writes d_x, bn.d_gamma, bn.d_beta;
 * scratch work; d_x may lie over d_out */
void bn_relu_2c4_backward(const struct frozen_host *host, float d_x[2][2][BATCH][4],
                          float d_out[2][2][BATCH][4], float x[2][2][BATCH][4],
                          const struct batch_norm *bn, float work[2][2][4], int n);
/* reads d_out, x; writes d_weight */
void conv5x5_2c4_2c4_lowered_grad_weight(const struct frozen_host *host, float d_weight[9][1][4][4],
                                         float d_out[2][2][BATCH][4], float x[2][2][BATCH][4],
                                         int n);
/* reads x, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work; out may
 * lie over x */
void bn_relu_2c4_evaluate(const struct frozen_host *host, float out[2][2][BATCH][4],
                          float x[2][2][BATCH][4], const struct batch_norm *bn, float work[1][2][4],
                          int n);

#endif
