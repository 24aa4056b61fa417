/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx512bf16 --batch 4 --precision bf16.
 * This file belongs to whoever made it. */
#ifndef CASTNET_KERNELS_H
#define CASTNET_KERNELS_H

#include "base.h"

/* To the linker these begin with the network's prefix: there may be others in the program. */
#define normalise_32c3 resnet8_tiny_normalise_32c3
#define conv3x3_32c3_32c8_lowered_forward resnet8_tiny_conv3x3_32c3_32c8_lowered_forward
#define bn_relu_32c8_forward resnet8_tiny_bn_relu_32c8_forward
#define conv3x3_32c8_32c8_lowered_forward resnet8_tiny_conv3x3_32c8_32c8_lowered_forward
#define bn_add_relu_32c8_forward resnet8_tiny_bn_add_relu_32c8_forward
#define conv1x1s2_32c8_16c16_lowered_forward resnet8_tiny_conv1x1s2_32c8_16c16_lowered_forward
#define bn_16c16_forward resnet8_tiny_bn_16c16_forward
#define conv3x3s2_32c8_16c16_lowered_forward resnet8_tiny_conv3x3s2_32c8_16c16_lowered_forward
#define bn_relu_16c16_forward resnet8_tiny_bn_relu_16c16_forward
#define conv3x3_16c16_16c16_f2_bf16_forward resnet8_tiny_conv3x3_16c16_16c16_f2_bf16_forward
#define bn_add_relu_16c16_forward resnet8_tiny_bn_add_relu_16c16_forward
#define conv1x1s2_16c16_8c32_taps_bf16_forward resnet8_tiny_conv1x1s2_16c16_8c32_taps_bf16_forward
#define bn_8c32_forward resnet8_tiny_bn_8c32_forward
#define conv3x3s2_16c16_8c32_p4_bf16_forward resnet8_tiny_conv3x3s2_16c16_8c32_p4_bf16_forward
#define bn_relu_8c32_forward resnet8_tiny_bn_relu_8c32_forward
#define conv3x3_8c32_8c32_f2_bf16_forward resnet8_tiny_conv3x3_8c32_8c32_f2_bf16_forward
#define bn_add_relu_8c32_forward resnet8_tiny_bn_add_relu_8c32_forward
#define mean_pool_8c32_forward resnet8_tiny_mean_pool_8c32_forward
#define linear_32_10_forward resnet8_tiny_linear_32_10_forward
#define cross_entropy_c10_forward resnet8_tiny_cross_entropy_c10_forward
#define cross_entropy_c10_backward resnet8_tiny_cross_entropy_c10_backward
#define linear_32_10_grad_weight resnet8_tiny_linear_32_10_grad_weight
#define channel_sum_c10 resnet8_tiny_channel_sum_c10
#define linear_32_10_grad_input resnet8_tiny_linear_32_10_grad_input
#define mean_pool_8c32_backward resnet8_tiny_mean_pool_8c32_backward
#define bn_add_relu_8c32_backward resnet8_tiny_bn_add_relu_8c32_backward
#define conv3x3_8c32_8c32_f2_bf16_grad_weight resnet8_tiny_conv3x3_8c32_8c32_f2_bf16_grad_weight
#define conv3x3_8c32_8c32_f2_bf16_grad_input resnet8_tiny_conv3x3_8c32_8c32_f2_bf16_grad_input
#define bn_relu_8c32_backward resnet8_tiny_bn_relu_8c32_backward
#define conv3x3s2_16c16_8c32_p4_bf16_grad_weight \
    resnet8_tiny_conv3x3s2_16c16_8c32_p4_bf16_grad_weight
#define conv3x3s2_16c16_8c32_p4_bf16_grad_input resnet8_tiny_conv3x3s2_16c16_8c32_p4_bf16_grad_input
#define bn_8c32_backward resnet8_tiny_bn_8c32_backward
#define conv1x1s2_16c16_8c32_taps_bf16_grad_weight \
    resnet8_tiny_conv1x1s2_16c16_8c32_taps_bf16_grad_weight
#define conv1x1s2_16c16_8c32_taps_bf16_grad_input \
    resnet8_tiny_conv1x1s2_16c16_8c32_taps_bf16_grad_input
#define bn_add_relu_16c16_backward resnet8_tiny_bn_add_relu_16c16_backward
#define conv3x3_16c16_16c16_f2_bf16_grad_weight resnet8_tiny_conv3x3_16c16_16c16_f2_bf16_grad_weight
#define conv3x3_16c16_16c16_f2_bf16_grad_input resnet8_tiny_conv3x3_16c16_16c16_f2_bf16_grad_input
#define bn_relu_16c16_backward resnet8_tiny_bn_relu_16c16_backward
#define conv3x3s2_32c8_16c16_lowered_grad_weight \
    resnet8_tiny_conv3x3s2_32c8_16c16_lowered_grad_weight
#define conv3x3s2_32c8_16c16_taps_grad_input resnet8_tiny_conv3x3s2_32c8_16c16_taps_grad_input
#define bn_16c16_backward resnet8_tiny_bn_16c16_backward
#define conv1x1s2_32c8_16c16_lowered_grad_weight \
    resnet8_tiny_conv1x1s2_32c8_16c16_lowered_grad_weight
#define conv1x1s2_32c8_16c16_taps_bf16_grad_input \
    resnet8_tiny_conv1x1s2_32c8_16c16_taps_bf16_grad_input
#define bn_add_relu_32c8_backward resnet8_tiny_bn_add_relu_32c8_backward
#define conv3x3_32c8_32c8_lowered_grad_weight resnet8_tiny_conv3x3_32c8_32c8_lowered_grad_weight
#define conv3x3_32c8_32c8_taps_grad_input resnet8_tiny_conv3x3_32c8_32c8_taps_grad_input
#define bn_relu_32c8_backward resnet8_tiny_bn_relu_32c8_backward
#define conv3x3_32c3_32c8_lowered_grad_weight resnet8_tiny_conv3x3_32c3_32c8_lowered_grad_weight
#define bn_relu_32c8_evaluate resnet8_tiny_bn_relu_32c8_evaluate
#define bn_add_relu_32c8_evaluate resnet8_tiny_bn_add_relu_32c8_evaluate
#define bn_16c16_evaluate resnet8_tiny_bn_16c16_evaluate
#define bn_relu_16c16_evaluate resnet8_tiny_bn_relu_16c16_evaluate
#define bn_add_relu_16c16_evaluate resnet8_tiny_bn_add_relu_16c16_evaluate
#define bn_8c32_evaluate resnet8_tiny_bn_8c32_evaluate
#define bn_relu_8c32_evaluate resnet8_tiny_bn_relu_8c32_evaluate
#define bn_add_relu_8c32_evaluate resnet8_tiny_bn_add_relu_8c32_evaluate

/* Arrays are [height][width][BATCH][channel]; n is how many images take part. What is updated is
 * read and written, what is accumulated is that where `add` is 1 and written where it is 0, NULL is
 * nothing to work on, scratch is nobody's before and after a call, and a result lies over an
 * argument only where that is said. */
/* reads images; writes out */
void normalise_32c3(const struct resnet8_tiny_host *host, float out[32][32][BATCH][3],
                    const uint8_t *images, int n);
/* reads x, weight; writes out, statistics; scratch partial */
void conv3x3_32c3_32c8_lowered_forward(const struct resnet8_tiny_host *host,
                                       bf16 out[32][32][BATCH][8], float x[32][32][BATCH][3],
                                       float weight[9][1][3][8], float statistics[2][8],
                                       float partial[1024][2][8], int n);
/* reads x, bn.gamma, bn.beta, statistics; writes out, bn.mean, bn.inv_std; updates bn.running_mean,
 * bn.running_var; scratch work */
void bn_relu_32c8_forward(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                          bf16 x[32][32][BATCH][8], const struct batch_norm *bn,
                          float statistics[2][8], float work[1][2][8], int n);
/* reads x, weight; writes out, statistics; scratch partial */
void conv3x3_32c8_32c8_lowered_forward(const struct resnet8_tiny_host *host,
                                       bf16 out[32][32][BATCH][8], float x[32][32][BATCH][8],
                                       float weight[9][1][8][8], float statistics[2][8],
                                       float partial[1024][2][8], int n);
/* reads x, residual, bn.gamma, bn.beta, statistics; writes out, bn.mean, bn.inv_std; updates
 * bn.running_mean, bn.running_var; scratch work */
void bn_add_relu_32c8_forward(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                              bf16 x[32][32][BATCH][8], float residual[32][32][BATCH][8],
                              const struct batch_norm *bn, float statistics[2][8],
                              float work[1][2][8], int n);
/* reads x, weight; writes out, statistics; scratch partial */
void conv1x1s2_32c8_16c16_lowered_forward(const struct resnet8_tiny_host *host,
                                          bf16 out[16][16][BATCH][16], float x[32][32][BATCH][8],
                                          float weight[1][1][8][16], float statistics[2][16],
                                          float partial[256][2][16], int n);
/* reads x, bn.gamma, bn.beta, statistics; writes out, bn.mean, bn.inv_std; updates bn.running_mean,
 * bn.running_var; scratch work */
void bn_16c16_forward(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                      bf16 x[16][16][BATCH][16], const struct batch_norm *bn,
                      float statistics[2][16], float work[1][2][16], int n);
/* reads x, weight; writes out, statistics; scratch partial */
void conv3x3s2_32c8_16c16_lowered_forward(const struct resnet8_tiny_host *host,
                                          bf16 out[16][16][BATCH][16], float x[32][32][BATCH][8],
                                          float weight[9][1][8][16], float statistics[2][16],
                                          float partial[256][2][16], int n);
/* reads x, bn.gamma, bn.beta, statistics; writes out, bn.mean, bn.inv_std; updates bn.running_mean,
 * bn.running_var; scratch work */
void bn_relu_16c16_forward(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                           bf16 x[16][16][BATCH][16], const struct batch_norm *bn,
                           float statistics[2][16], float work[1][2][16], int n);
/* reads x, weight; writes out, statistics; scratch partial, kernel */
void conv3x3_16c16_16c16_f2_bf16_forward(const struct resnet8_tiny_host *host,
                                         bf16 out[16][16][BATCH][16], bf16 x[16][16][BATCH][16],
                                         float weight[9][1][16][16], float statistics[2][16],
                                         float partial[2112], float kernel[16][144], int n);
/* reads x, residual, bn.gamma, bn.beta, statistics; writes out, bn.mean, bn.inv_std; updates
 * bn.running_mean, bn.running_var; scratch work */
void bn_add_relu_16c16_forward(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                               bf16 x[16][16][BATCH][16], bf16 residual[16][16][BATCH][16],
                               const struct batch_norm *bn, float statistics[2][16],
                               float work[1][2][16], int n);
/* reads x, weight; writes out, statistics; scratch partial, kernel */
void conv1x1s2_16c16_8c32_taps_bf16_forward(const struct resnet8_tiny_host *host,
                                            bf16 out[8][8][BATCH][32], bf16 x[16][16][BATCH][16],
                                            float weight[1][1][16][32], float statistics[2][32],
                                            float partial[64][2][32], float kernel[8][32], int n);
/* reads x, bn.gamma, bn.beta, statistics; writes out, bn.mean, bn.inv_std; updates bn.running_mean,
 * bn.running_var; scratch work */
void bn_8c32_forward(const struct resnet8_tiny_host *host, bf16 out[8][8][BATCH][32],
                     bf16 x[8][8][BATCH][32], const struct batch_norm *bn, float statistics[2][32],
                     float work[1][2][32], int n);
/* reads x, weight; writes out, statistics; scratch partial, kernel */
void conv3x3s2_16c16_8c32_p4_bf16_forward(const struct resnet8_tiny_host *host,
                                          bf16 out[8][8][BATCH][32], bf16 x[16][16][BATCH][16],
                                          float weight[9][1][16][32], float statistics[2][32],
                                          float partial[260], float kernel[36][272], int n);
/* reads x, bn.gamma, bn.beta, statistics; writes out, bn.mean, bn.inv_std; updates bn.running_mean,
 * bn.running_var; scratch work */
void bn_relu_8c32_forward(const struct resnet8_tiny_host *host, bf16 out[8][8][BATCH][32],
                          bf16 x[8][8][BATCH][32], const struct batch_norm *bn,
                          float statistics[2][32], float work[1][2][32], int n);
/* reads x, weight; writes out, statistics; scratch partial, kernel */
void conv3x3_8c32_8c32_f2_bf16_forward(const struct resnet8_tiny_host *host,
                                       bf16 out[8][8][BATCH][32], bf16 x[8][8][BATCH][32],
                                       float weight[9][1][32][32], float statistics[2][32],
                                       float partial[1040], float kernel[16][528], int n);
/* reads x, residual, bn.gamma, bn.beta, statistics; writes out, bn.mean, bn.inv_std; updates
 * bn.running_mean, bn.running_var; scratch work */
void bn_add_relu_8c32_forward(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                              bf16 x[8][8][BATCH][32], bf16 residual[8][8][BATCH][32],
                              const struct batch_norm *bn, float statistics[2][32],
                              float work[1][2][32], int n);
/* reads x; writes out */
void mean_pool_8c32_forward(const struct resnet8_tiny_host *host, float out[1][1][BATCH][32],
                            float x[8][8][BATCH][32], int n);
/* reads x, weight, bias; writes out; scratch turned */
void linear_32_10_forward(const struct resnet8_tiny_host *host, float out[1][1][BATCH][10],
                          float x[1][1][BATCH][32], float weight[10][32], float bias[10],
                          float turned[320], int n);
/* reads logits, targets; writes out, result */
void cross_entropy_c10_forward(float out[1][1][BATCH][1], float logits[1][1][BATCH][10],
                               const float *targets, struct resnet8_tiny_result *result, int n);
/* reads logits, targets; writes d_logits */
void cross_entropy_c10_backward(float d_logits[1][1][BATCH][10], float logits[1][1][BATCH][10],
                                const float *targets, int n);
/* reads d_out, x; writes d_weight */
void linear_32_10_grad_weight(const struct resnet8_tiny_host *host, float d_weight[10][32],
                              float d_out[1][1][BATCH][10], float x[1][1][BATCH][32], int n);
/* reads x; writes sum; scratch partial */
void channel_sum_c10(const struct resnet8_tiny_host *host, float sum[10], float x[1][1][BATCH][10],
                     float partial[1][10], int n);
/* reads d_out, weight; writes d_x */
void linear_32_10_grad_input(const struct resnet8_tiny_host *host, float d_x[1][1][BATCH][32],
                             float d_out[1][1][BATCH][10], float weight[10][32], int n);
/* reads d_out; writes d_x */
void mean_pool_8c32_backward(const struct resnet8_tiny_host *host, float d_x[8][8][BATCH][32],
                             float d_out[1][1][BATCH][32], int n);
/* reads d_out, x, out, bn.mean, bn.inv_std, bn.gamma; writes d_x, d_residual, bn.d_gamma,
 * bn.d_beta; scratch work; d_residual may lie over d_out; d_x may lie over d_out */
void bn_add_relu_8c32_backward(const struct resnet8_tiny_host *host, bf16 d_x[8][8][BATCH][32],
                               bf16 d_residual[8][8][BATCH][32], float d_out[8][8][BATCH][32],
                               bf16 x[8][8][BATCH][32], float out[8][8][BATCH][32],
                               const struct batch_norm *bn, float work[65][2][32], int n);
/* reads d_out, x; writes d_weight; scratch workspace */
void conv3x3_8c32_8c32_f2_bf16_grad_weight(const struct resnet8_tiny_host *host,
                                           float d_weight[9][1][32][32],
                                           bf16 d_out[8][8][BATCH][32], bf16 x[8][8][BATCH][32],
                                           float workspace[16][9][32][32], int n);
/* reads d_out, weight; writes d_x; scratch kernel, turned */
void conv3x3_8c32_8c32_f2_bf16_grad_input(const struct resnet8_tiny_host *host,
                                          bf16 d_x[8][8][BATCH][32], bf16 d_out[8][8][BATCH][32],
                                          float weight[9][1][32][32], float kernel[16][528],
                                          float turned[9][32][32], int n);
/* reads d_out, x, bn.mean, bn.inv_std, bn.gamma, bn.beta; writes d_x, bn.d_gamma, bn.d_beta;
 * scratch work; d_x may lie over d_out */
void bn_relu_8c32_backward(const struct resnet8_tiny_host *host, bf16 d_x[8][8][BATCH][32],
                           bf16 d_out[8][8][BATCH][32], bf16 x[8][8][BATCH][32],
                           const struct batch_norm *bn, float work[65][2][32], int n);
/* reads d_out, x; writes d_weight; scratch workspace */
void conv3x3s2_16c16_8c32_p4_bf16_grad_weight(const struct resnet8_tiny_host *host,
                                              float d_weight[9][1][16][32],
                                              bf16 d_out[8][8][BATCH][32],
                                              bf16 x[16][16][BATCH][16],
                                              float workspace[4][9][16][32], int n);
/* reads d_out, weight; writes d_x; scratch kernel, turned */
void conv3x3s2_16c16_8c32_p4_bf16_grad_input(const struct resnet8_tiny_host *host,
                                             bf16 d_x[16][16][BATCH][16],
                                             bf16 d_out[8][8][BATCH][32],
                                             float weight[9][1][16][32], float kernel[36][272],
                                             float turned[9][32][16], int n);
/* reads d_out, x, bn.mean, bn.inv_std, bn.gamma; writes d_x, bn.d_gamma, bn.d_beta; scratch work;
 * d_x may lie over d_out */
void bn_8c32_backward(const struct resnet8_tiny_host *host, bf16 d_x[8][8][BATCH][32],
                      bf16 d_out[8][8][BATCH][32], bf16 x[8][8][BATCH][32],
                      const struct batch_norm *bn, float work[65][2][32], int n);
/* reads d_out, x; writes d_weight; scratch workspace */
void conv1x1s2_16c16_8c32_taps_bf16_grad_weight(const struct resnet8_tiny_host *host,
                                                float d_weight[1][1][16][32],
                                                bf16 d_out[8][8][BATCH][32],
                                                bf16 x[16][16][BATCH][16],
                                                float workspace[8][1][1][16][32], int n);
/* reads d_out, weight; updates d_x; scratch turned, narrow */
void conv1x1s2_16c16_8c32_taps_bf16_grad_input(const struct resnet8_tiny_host *host,
                                               bf16 d_x[16][16][BATCH][16],
                                               bf16 d_out[8][8][BATCH][32],
                                               float weight[1][1][16][32], float turned[1][1][256],
                                               float narrow[16][16], int n);
/* reads d_out, x, out, bn.mean, bn.inv_std, bn.gamma; writes d_x, d_residual, bn.d_gamma,
 * bn.d_beta; scratch work; d_residual may lie over d_out; d_x may lie over d_out */
void bn_add_relu_16c16_backward(const struct resnet8_tiny_host *host, bf16 d_x[16][16][BATCH][16],
                                bf16 d_residual[16][16][BATCH][16], bf16 d_out[16][16][BATCH][16],
                                bf16 x[16][16][BATCH][16], bf16 out[16][16][BATCH][16],
                                const struct batch_norm *bn, float work[257][2][16], int n);
/* reads d_out, x; writes d_weight; scratch workspace */
void conv3x3_16c16_16c16_f2_bf16_grad_weight(const struct resnet8_tiny_host *host,
                                             float d_weight[9][1][16][16],
                                             bf16 d_out[16][16][BATCH][16],
                                             bf16 x[16][16][BATCH][16],
                                             float workspace[64][9][16][16], int n);
/* reads d_out, weight; writes d_x; scratch kernel, turned */
void conv3x3_16c16_16c16_f2_bf16_grad_input(const struct resnet8_tiny_host *host,
                                            bf16 d_x[16][16][BATCH][16],
                                            bf16 d_out[16][16][BATCH][16],
                                            float weight[9][1][16][16], float kernel[16][144],
                                            float turned[9][16][16], int n);
/* reads d_out, x, bn.mean, bn.inv_std, bn.gamma, bn.beta; writes d_x, bn.d_gamma, bn.d_beta;
 * scratch work; d_x may lie over d_out */
void bn_relu_16c16_backward(const struct resnet8_tiny_host *host, bf16 d_x[16][16][BATCH][16],
                            bf16 d_out[16][16][BATCH][16], bf16 x[16][16][BATCH][16],
                            const struct batch_norm *bn, float work[257][2][16], int n);
/* reads d_out, x; writes d_weight; scratch workspace */
void conv3x3s2_32c8_16c16_lowered_grad_weight(const struct resnet8_tiny_host *host,
                                              float d_weight[9][1][8][16],
                                              bf16 d_out[16][16][BATCH][16],
                                              float x[32][32][BATCH][8],
                                              float workspace[16][72][16], int n);
/* reads d_out, weight; writes d_x; scratch turned */
void conv3x3s2_32c8_16c16_taps_grad_input(const struct resnet8_tiny_host *host,
                                          float d_x[32][32][BATCH][8],
                                          bf16 d_out[16][16][BATCH][16], float weight[9][1][8][16],
                                          float turned[9][1][128], int n);
/* reads d_out, x, bn.mean, bn.inv_std, bn.gamma; writes d_x, bn.d_gamma, bn.d_beta; scratch work;
 * d_x may lie over d_out */
void bn_16c16_backward(const struct resnet8_tiny_host *host, bf16 d_x[16][16][BATCH][16],
                       bf16 d_out[16][16][BATCH][16], bf16 x[16][16][BATCH][16],
                       const struct batch_norm *bn, float work[257][2][16], int n);
/* reads d_out, x; writes d_weight; scratch workspace */
void conv1x1s2_32c8_16c16_lowered_grad_weight(const struct resnet8_tiny_host *host,
                                              float d_weight[1][1][8][16],
                                              bf16 d_out[16][16][BATCH][16],
                                              float x[32][32][BATCH][8], float workspace[16][8][16],
                                              int n);
/* reads d_out, weight; updates d_x; scratch turned, narrow */
void conv1x1s2_32c8_16c16_taps_bf16_grad_input(const struct resnet8_tiny_host *host,
                                               float d_x[32][32][BATCH][8],
                                               bf16 d_out[16][16][BATCH][16],
                                               float weight[1][1][8][16], float turned[1][1][64],
                                               float narrow[8][8], int n);
/* reads d_out, x, out, bn.mean, bn.inv_std, bn.gamma; writes d_x, d_residual, bn.d_gamma,
 * bn.d_beta; scratch work; d_residual may lie over d_out; d_x may lie over d_out */
void bn_add_relu_32c8_backward(const struct resnet8_tiny_host *host, bf16 d_x[32][32][BATCH][8],
                               float d_residual[32][32][BATCH][8], float d_out[32][32][BATCH][8],
                               bf16 x[32][32][BATCH][8], float out[32][32][BATCH][8],
                               const struct batch_norm *bn, float work[1025][2][8], int n);
/* reads d_out, x; writes d_weight; scratch workspace */
void conv3x3_32c8_32c8_lowered_grad_weight(const struct resnet8_tiny_host *host,
                                           float d_weight[9][1][8][8], bf16 d_out[32][32][BATCH][8],
                                           float x[32][32][BATCH][8], float workspace[16][72][8],
                                           int n);
/* reads d_out, weight; accumulates d_x; scratch turned */
void conv3x3_32c8_32c8_taps_grad_input(const struct resnet8_tiny_host *host,
                                       float d_x[32][32][BATCH][8], bf16 d_out[32][32][BATCH][8],
                                       float weight[9][1][8][8], float turned[9][1][64], int add,
                                       int n);
/* reads d_out, x, bn.mean, bn.inv_std, bn.gamma, bn.beta; writes d_x, bn.d_gamma, bn.d_beta;
 * scratch work; d_x may lie over d_out */
void bn_relu_32c8_backward(const struct resnet8_tiny_host *host, bf16 d_x[32][32][BATCH][8],
                           float d_out[32][32][BATCH][8], bf16 x[32][32][BATCH][8],
                           const struct batch_norm *bn, float work[1025][2][8], int n);
/* reads d_out, x; writes d_weight; scratch workspace */
void conv3x3_32c3_32c8_lowered_grad_weight(const struct resnet8_tiny_host *host,
                                           float d_weight[9][1][3][8], bf16 d_out[32][32][BATCH][8],
                                           float x[32][32][BATCH][3], float workspace[16][27][8],
                                           int n);
/* reads x, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work; out may
 * lie over x */
void bn_relu_32c8_evaluate(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                           bf16 x[32][32][BATCH][8], const struct batch_norm *bn,
                           float work[1][2][8], int n);
/* reads x, residual, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work;
 * out may lie over x; out may lie over residual */
void bn_add_relu_32c8_evaluate(const struct resnet8_tiny_host *host, float out[32][32][BATCH][8],
                               bf16 x[32][32][BATCH][8], float residual[32][32][BATCH][8],
                               const struct batch_norm *bn, float work[1][2][8], int n);
/* reads x, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work; out may
 * lie over x */
void bn_16c16_evaluate(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                       bf16 x[16][16][BATCH][16], const struct batch_norm *bn, float work[1][2][16],
                       int n);
/* reads x, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work; out may
 * lie over x */
void bn_relu_16c16_evaluate(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                            bf16 x[16][16][BATCH][16], const struct batch_norm *bn,
                            float work[1][2][16], int n);
/* reads x, residual, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work;
 * out may lie over x; out may lie over residual */
void bn_add_relu_16c16_evaluate(const struct resnet8_tiny_host *host, bf16 out[16][16][BATCH][16],
                                bf16 x[16][16][BATCH][16], bf16 residual[16][16][BATCH][16],
                                const struct batch_norm *bn, float work[1][2][16], int n);
/* reads x, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work; out may
 * lie over x */
void bn_8c32_evaluate(const struct resnet8_tiny_host *host, bf16 out[8][8][BATCH][32],
                      bf16 x[8][8][BATCH][32], const struct batch_norm *bn, float work[1][2][32],
                      int n);
/* reads x, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work; out may
 * lie over x */
void bn_relu_8c32_evaluate(const struct resnet8_tiny_host *host, bf16 out[8][8][BATCH][32],
                           bf16 x[8][8][BATCH][32], const struct batch_norm *bn,
                           float work[1][2][32], int n);
/* reads x, residual, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work;
 * out may lie over x; out may lie over residual */
void bn_add_relu_8c32_evaluate(const struct resnet8_tiny_host *host, float out[8][8][BATCH][32],
                               bf16 x[8][8][BATCH][32], bf16 residual[8][8][BATCH][32],
                               const struct batch_norm *bn, float work[1][2][32], int n);

#endif
