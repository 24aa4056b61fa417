/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_KERNELS_H
#define CASTNET_KERNELS_H

#include "base.h"

/* To the linker these begin with the network's prefix: there may be others in the program. */
#define normalise_12x10c3 every_op_normalise_12x10c3
#define conv5x5s2_12x10c3_6x5c8_lowered_forward every_op_conv5x5s2_12x10c3_6x5c8_lowered_forward
#define relu_6x5c8_forward every_op_relu_6x5c8_forward
#define max_pool3x3s2_6x5c8_forward every_op_max_pool3x3s2_6x5c8_forward
#define conv3x3g2_3c8_3c8_grouped_forward every_op_conv3x3g2_3c8_3c8_grouped_forward
#define bn_relu_3c8_forward every_op_bn_relu_3c8_forward
#define conv1x3_3c8_3c8_lowered_forward every_op_conv1x3_3c8_3c8_lowered_forward
#define bn_add_relu_3c8_forward every_op_bn_add_relu_3c8_forward
#define avg_pool2x2s1_3c8_forward every_op_avg_pool2x2s1_3c8_forward
#define bn_2c8_forward every_op_bn_2c8_forward
#define group_norm2_2c8_forward every_op_group_norm2_2c8_forward
#define silu_2c8_forward every_op_silu_2c8_forward
#define gelu_2c8_forward every_op_gelu_2c8_forward
#define leaky_relu_2c8_forward every_op_leaky_relu_2c8_forward
#define concat_2c24_forward every_op_concat_2c24_forward
#define mean_pool_2c24_forward every_op_mean_pool_2c24_forward
#define relu6_c24_forward every_op_relu6_c24_forward
#define linear_24_24_forward every_op_linear_24_24_forward
#define sigmoid_c24_forward every_op_sigmoid_c24_forward
#define mul_factor_2c24_forward every_op_mul_factor_2c24_forward
#define drop_path_2c24_forward every_op_drop_path_2c24_forward
#define pad_channels_c27_forward every_op_pad_channels_c27_forward
#define adaptive_avg_pool1x1_2c24_forward every_op_adaptive_avg_pool1x1_2c24_forward
#define dropout2d_c27_forward every_op_dropout2d_c27_forward
#define adaptive_max_pool1x1_c27_forward every_op_adaptive_max_pool1x1_c27_forward
#define concat_c51_forward every_op_concat_c51_forward
#define leaky_relu_c51_forward every_op_leaky_relu_c51_forward
#define mul_c51_forward every_op_mul_c51_forward
#define scale_c51_forward every_op_scale_c51_forward
#define mean_pool_c51_forward every_op_mean_pool_c51_forward
#define linear_51_6_forward every_op_linear_51_6_forward
#define flatten_c51_forward every_op_flatten_c51_forward
#define dropout_c51_forward every_op_dropout_c51_forward
#define linear_51_6_forward_2 every_op_linear_51_6_forward_2
#define add_c6_forward every_op_add_c6_forward
#define cross_entropy_c6_forward every_op_cross_entropy_c6_forward
#define cross_entropy_c6_backward every_op_cross_entropy_c6_backward
#define add_c6_backward every_op_add_c6_backward
#define linear_51_6_grad_weight every_op_linear_51_6_grad_weight
#define channel_sum_c6 every_op_channel_sum_c6
#define linear_51_6_grad_input every_op_linear_51_6_grad_input
#define dropout_c51_backward every_op_dropout_c51_backward
#define flatten_c51_backward every_op_flatten_c51_backward
#define mean_pool_c51_add_backward every_op_mean_pool_c51_add_backward
#define scale_c51_backward every_op_scale_c51_backward
#define mul_c51_backward every_op_mul_c51_backward
#define leaky_relu_c51_add_backward every_op_leaky_relu_c51_add_backward
#define concat_c24_backward every_op_concat_c24_backward
#define concat_c27_backward every_op_concat_c27_backward
#define adaptive_max_pool1x1_c27_backward every_op_adaptive_max_pool1x1_c27_backward
#define dropout2d_c27_backward every_op_dropout2d_c27_backward
#define adaptive_avg_pool1x1_2c24_backward every_op_adaptive_avg_pool1x1_2c24_backward
#define pad_channels_2c24_backward every_op_pad_channels_2c24_backward
#define drop_path_2c24_add_backward every_op_drop_path_2c24_add_backward
#define mul_factor_2c24_backward every_op_mul_factor_2c24_backward
#define mul_sum_2c24_backward every_op_mul_sum_2c24_backward
#define sigmoid_c24_backward every_op_sigmoid_c24_backward
#define linear_24_24_grad_weight every_op_linear_24_24_grad_weight
#define channel_sum_c24 every_op_channel_sum_c24
#define linear_24_24_grad_input every_op_linear_24_24_grad_input
#define relu6_c24_backward every_op_relu6_c24_backward
#define mean_pool_2c24_add_backward every_op_mean_pool_2c24_add_backward
#define concat_2c8_backward every_op_concat_2c8_backward
#define concat_2c8_backward_2 every_op_concat_2c8_backward_2
#define concat_2c8_backward_3 every_op_concat_2c8_backward_3
#define leaky_relu_2c8_backward every_op_leaky_relu_2c8_backward
#define gelu_2c8_add_backward every_op_gelu_2c8_add_backward
#define silu_2c8_add_backward every_op_silu_2c8_add_backward
#define group_norm2_2c8_backward every_op_group_norm2_2c8_backward
#define bn_2c8_backward every_op_bn_2c8_backward
#define avg_pool2x2s1_3c8_backward every_op_avg_pool2x2s1_3c8_backward
#define bn_add_relu_3c8_backward every_op_bn_add_relu_3c8_backward
#define conv1x3_3c8_3c8_lowered_grad_weight every_op_conv1x3_3c8_3c8_lowered_grad_weight
#define conv1x3_3c8_3c8_taps_grad_input every_op_conv1x3_3c8_3c8_taps_grad_input
#define bn_relu_3c8_backward every_op_bn_relu_3c8_backward
#define conv3x3g2_3c8_3c8_grouped_grad_weight every_op_conv3x3g2_3c8_3c8_grouped_grad_weight
#define conv3x3g2_3c8_3c8_grouped_grad_input every_op_conv3x3g2_3c8_3c8_grouped_grad_input
#define max_pool3x3s2_6x5c8_backward every_op_max_pool3x3s2_6x5c8_backward
#define relu_6x5c8_backward every_op_relu_6x5c8_backward
#define conv5x5s2_12x10c3_6x5c8_lowered_grad_weight \
    every_op_conv5x5s2_12x10c3_6x5c8_lowered_grad_weight
#define channel_sum_6x5c8 every_op_channel_sum_6x5c8
#define max_pool3x3s2_6x5c8_evaluate every_op_max_pool3x3s2_6x5c8_evaluate
#define bn_relu_3c8_evaluate every_op_bn_relu_3c8_evaluate
#define bn_add_relu_3c8_evaluate every_op_bn_add_relu_3c8_evaluate
#define bn_2c8_evaluate every_op_bn_2c8_evaluate
#define adaptive_max_pool1x1_c27_evaluate every_op_adaptive_max_pool1x1_c27_evaluate

/* Arrays are [height][width][BATCH][channel]; n is how many images take part. What is updated is
 * read and written, what is accumulated is that where `add` is 1 and written where it is 0, NULL is
 * nothing to work on, scratch is nobody's before and after a call, and a result lies over an
 * argument only where that is said. */
/* reads images; writes out */
void normalise_12x10c3(const struct every_op_host *host, float out[12][10][BATCH][3],
                       const uint8_t *images, int n);
/* reads x, weight, bias; writes out */
void conv5x5s2_12x10c3_6x5c8_lowered_forward(const struct every_op_host *host,
                                             float out[6][5][BATCH][8], float x[12][10][BATCH][3],
                                             float weight[25][1][3][8], float bias[8], int n);
/* reads x; writes out; out may lie over x */
void relu_6x5c8_forward(const struct every_op_host *host, float out[6][5][BATCH][8],
                        float x[6][5][BATCH][8], int n);
/* reads x; writes out, choice */
void max_pool3x3s2_6x5c8_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                                 float x[6][5][BATCH][8], uint8_t choice[3][3][BATCH][8], int n);
/* reads x, weight; writes out; scratch turned */
void conv3x3g2_3c8_3c8_grouped_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                                       float x[3][3][BATCH][8], float weight[9][2][4][4],
                                       float turned[9][4][8], int n);
/* reads x, bn.gamma, bn.beta; writes out, bn.mean, bn.inv_std; updates bn.running_mean,
 * bn.running_var; scratch work */
void bn_relu_3c8_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                         float x[3][3][BATCH][8], const struct batch_norm *bn, float work[3][2][8],
                         int n);
/* reads x, weight; writes out */
void conv1x3_3c8_3c8_lowered_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                                     float x[3][3][BATCH][8], float weight[3][1][8][8], int n);
/* reads x, residual, bn.gamma, bn.beta; writes out, bn.mean, bn.inv_std; updates bn.running_mean,
 * bn.running_var; scratch work */
void bn_add_relu_3c8_forward(const struct every_op_host *host, float out[3][3][BATCH][8],
                             float x[3][3][BATCH][8], float residual[3][3][BATCH][8],
                             const struct batch_norm *bn, float work[3][2][8], int n);
/* reads x; writes out */
void avg_pool2x2s1_3c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                               float x[3][3][BATCH][8], int n);
/* reads x; writes out, bn.mean, bn.inv_std; updates bn.running_mean, bn.running_var; scratch
 * work */
void bn_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                    float x[2][2][BATCH][8], const struct batch_norm *bn, float work[3][2][8],
                    int n);
/* reads x, gamma, beta; writes out; out may lie over x */
void group_norm2_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                             float x[2][2][BATCH][8], float gamma[8], float beta[8], int n);
/* reads x; writes out; out may lie over x */
void silu_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                      float x[2][2][BATCH][8], int n);
/* reads x; writes out; out may lie over x */
void gelu_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                      float x[2][2][BATCH][8], int n);
/* reads x; writes out; out may lie over x */
void leaky_relu_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                            float x[2][2][BATCH][8], int n);
/* reads x1, x2, x3; writes out */
void concat_2c24_forward(const struct every_op_host *host, float out[2][2][BATCH][24],
                         float x1[2][2][BATCH][8], float x2[2][2][BATCH][8],
                         float x3[2][2][BATCH][8], int n);
/* reads x; writes out */
void mean_pool_2c24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                            float x[2][2][BATCH][24], int n);
/* reads x; writes out; out may lie over x */
void relu6_c24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                       float x[1][1][BATCH][24], int n);
/* reads x, weight, bias; writes out; scratch turned */
void linear_24_24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                          float x[1][1][BATCH][24], float weight[24][24], float bias[24],
                          float turned[576], int n);
/* reads x; writes out; out may lie over x */
void sigmoid_c24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                         float x[1][1][BATCH][24], int n);
/* reads left, right; writes out; out may lie over left */
void mul_factor_2c24_forward(const struct every_op_host *host, float out[2][2][BATCH][24],
                             float left[2][2][BATCH][24], float right[1][1][BATCH][24], int n);
/* reads x; writes out; out may lie over x */
void drop_path_2c24_forward(const struct every_op_host *host, float out[2][2][BATCH][24],
                            float x[2][2][BATCH][24], uint64_t seed, uint64_t update, int n);
/* reads x; writes out */
void pad_channels_c27_forward(const struct every_op_host *host, float out[1][1][BATCH][27],
                              float x[2][2][BATCH][24], int n);
/* reads x; writes out */
void adaptive_avg_pool1x1_2c24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                                       float x[2][2][BATCH][24], int n);
/* reads x; writes out; out may lie over x */
void dropout2d_c27_forward(const struct every_op_host *host, float out[1][1][BATCH][27],
                           float x[1][1][BATCH][27], uint64_t seed, uint64_t update, int n);
/* reads x; writes out, choice */
void adaptive_max_pool1x1_c27_forward(const struct every_op_host *host, float out[1][1][BATCH][27],
                                      float x[1][1][BATCH][27], uint8_t choice[1][1][BATCH][27],
                                      int n);
/* reads x1, x2; writes out */
void concat_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                        float x1[1][1][BATCH][24], float x2[1][1][BATCH][27], int n);
/* reads x; writes out; out may lie over x */
void leaky_relu_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                            float x[1][1][BATCH][51], int n);
/* reads left, right; writes out; out may lie over left; out may lie over right */
void mul_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                     float left[1][1][BATCH][51], float right[1][1][BATCH][51], int n);
/* reads x; writes out; out may lie over x */
void scale_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                       float x[1][1][BATCH][51], int n);
/* reads x; writes out */
void mean_pool_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                           float x[1][1][BATCH][51], int n);
/* reads x, weight; writes out; scratch turned */
void linear_51_6_forward(const struct every_op_host *host, float out[1][1][BATCH][6],
                         float x[1][1][BATCH][51], float weight[6][51], float turned[306], int n);
/* reads x; writes out */
void flatten_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                         float x[1][1][BATCH][51], int n);
/* reads x; writes out; out may lie over x */
void dropout_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                         float x[1][1][BATCH][51], uint64_t seed, uint64_t update, int n);
/* reads x, weight, bias; writes out; scratch turned */
void linear_51_6_forward_2(const struct every_op_host *host, float out[1][1][BATCH][6],
                           float x[1][1][BATCH][51], float weight[6][51], float bias[6],
                           float turned[306], int n);
/* reads left, right; writes out; out may lie over left; out may lie over right */
void add_c6_forward(const struct every_op_host *host, float out[1][1][BATCH][6],
                    float left[1][1][BATCH][6], float right[1][1][BATCH][6], int n);
/* reads logits, targets; writes out, result */
void cross_entropy_c6_forward(float out[1][1][BATCH][1], float logits[1][1][BATCH][6],
                              const float *targets, struct every_op_result *result, int n);
/* reads logits, targets; writes d_logits */
void cross_entropy_c6_backward(float d_logits[1][1][BATCH][6], float logits[1][1][BATCH][6],
                               const float *targets, int n);
/* reads d_out; writes d_x; d_x may lie over d_out */
void add_c6_backward(const struct every_op_host *host, float d_x[1][1][BATCH][6],
                     float d_out[1][1][BATCH][6], int n);
/* reads d_out, x; writes d_weight */
void linear_51_6_grad_weight(const struct every_op_host *host, float d_weight[6][51],
                             float d_out[1][1][BATCH][6], float x[1][1][BATCH][51], int n);
/* reads x; writes sum; scratch partial */
void channel_sum_c6(const struct every_op_host *host, float sum[6], float x[1][1][BATCH][6],
                    float partial[1][6], int n);
/* reads d_out, weight; writes d_x */
void linear_51_6_grad_input(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                            float d_out[1][1][BATCH][6], float weight[6][51], int n);
/* reads d_out; writes d_x; d_x may lie over d_out */
void dropout_c51_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                          float d_out[1][1][BATCH][51], uint64_t seed, uint64_t update, int n);
/* reads d_out; writes d_x */
void flatten_c51_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                          float d_out[1][1][BATCH][51], int n);
/* reads d_out; updates d_x */
void mean_pool_c51_add_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                                float d_out[1][1][BATCH][51], int n);
/* reads d_out; writes d_x; d_x may lie over d_out */
void scale_c51_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                        float d_out[1][1][BATCH][51], int n);
/* reads d_out, other; writes d_x; d_x may lie over d_out */
void mul_c51_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                      float d_out[1][1][BATCH][51], float other[1][1][BATCH][51], int n);
/* reads d_out, out; updates d_x; d_x may lie over d_out */
void leaky_relu_c51_add_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                                 float d_out[1][1][BATCH][51], float out[1][1][BATCH][51], int n);
/* reads d_out; writes d_x */
void concat_c24_backward(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                         float d_out[1][1][BATCH][51], int n);
/* reads d_out; writes d_x */
void concat_c27_backward(const struct every_op_host *host, float d_x[1][1][BATCH][27],
                         float d_out[1][1][BATCH][51], int n);
/* reads d_out, choice; writes d_x */
void adaptive_max_pool1x1_c27_backward(const struct every_op_host *host, float d_x[1][1][BATCH][27],
                                       float d_out[1][1][BATCH][27],
                                       uint8_t choice[1][1][BATCH][27], int n);
/* reads d_out; writes d_x; d_x may lie over d_out */
void dropout2d_c27_backward(const struct every_op_host *host, float d_x[1][1][BATCH][27],
                            float d_out[1][1][BATCH][27], uint64_t seed, uint64_t update, int n);
/* reads d_out; writes d_x */
void adaptive_avg_pool1x1_2c24_backward(const struct every_op_host *host,
                                        float d_x[2][2][BATCH][24], float d_out[1][1][BATCH][24],
                                        int n);
/* reads d_out; writes d_x */
void pad_channels_2c24_backward(const struct every_op_host *host, float d_x[2][2][BATCH][24],
                                float d_out[1][1][BATCH][27], int n);
/* reads d_out; updates d_x; d_x may lie over d_out */
void drop_path_2c24_add_backward(const struct every_op_host *host, float d_x[2][2][BATCH][24],
                                 float d_out[2][2][BATCH][24], uint64_t seed, uint64_t update,
                                 int n);
/* reads d_out, other; writes d_x; d_x may lie over d_out */
void mul_factor_2c24_backward(const struct every_op_host *host, float d_x[2][2][BATCH][24],
                              float d_out[2][2][BATCH][24], float other[1][1][BATCH][24], int n);
/* reads d_out, other; writes d_x */
void mul_sum_2c24_backward(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                           float d_out[2][2][BATCH][24], float other[2][2][BATCH][24], int n);
/* reads d_out, out; writes d_x; d_x may lie over d_out */
void sigmoid_c24_backward(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                          float d_out[1][1][BATCH][24], float out[1][1][BATCH][24], int n);
/* reads d_out, x; writes d_weight */
void linear_24_24_grad_weight(const struct every_op_host *host, float d_weight[24][24],
                              float d_out[1][1][BATCH][24], float x[1][1][BATCH][24], int n);
/* reads x; writes sum; scratch partial */
void channel_sum_c24(const struct every_op_host *host, float sum[24], float x[1][1][BATCH][24],
                     float partial[1][24], int n);
/* reads d_out, weight; writes d_x */
void linear_24_24_grad_input(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                             float d_out[1][1][BATCH][24], float weight[24][24], int n);
/* reads d_out, out; writes d_x; d_x may lie over d_out */
void relu6_c24_backward(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                        float d_out[1][1][BATCH][24], float out[1][1][BATCH][24], int n);
/* reads d_out; updates d_x */
void mean_pool_2c24_add_backward(const struct every_op_host *host, float d_x[2][2][BATCH][24],
                                 float d_out[1][1][BATCH][24], int n);
/* reads d_out; writes d_x */
void concat_2c8_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                         float d_out[2][2][BATCH][24], int n);
/* reads d_out; writes d_x */
void concat_2c8_backward_2(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                           float d_out[2][2][BATCH][24], int n);
/* reads d_out; writes d_x */
void concat_2c8_backward_3(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                           float d_out[2][2][BATCH][24], int n);
/* reads d_out, out; writes d_x; d_x may lie over d_out */
void leaky_relu_2c8_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                             float d_out[2][2][BATCH][8], float out[2][2][BATCH][8], int n);
/* reads d_out, x; updates d_x; d_x may lie over d_out */
void gelu_2c8_add_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                           float d_out[2][2][BATCH][8], float x[2][2][BATCH][8], int n);
/* reads d_out, x; updates d_x; d_x may lie over d_out */
void silu_2c8_add_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                           float d_out[2][2][BATCH][8], float x[2][2][BATCH][8], int n);
/* reads d_out, x, gamma; writes d_x, d_gamma, d_beta; scratch partial; d_x may lie over d_out */
void group_norm2_2c8_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                              float d_out[2][2][BATCH][8], float x[2][2][BATCH][8], float gamma[8],
                              float d_gamma[8], float d_beta[8], float partial[BATCH][2][8], int n);
/* reads d_out, x, bn.mean, bn.inv_std; writes d_x; scratch work; d_x may lie over d_out */
void bn_2c8_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                     float d_out[2][2][BATCH][8], float x[2][2][BATCH][8],
                     const struct batch_norm *bn, float work[3][2][8], int n);
/* reads d_out; writes d_x */
void avg_pool2x2s1_3c8_backward(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                                float d_out[2][2][BATCH][8], int n);
/* reads d_out, x, out, bn.mean, bn.inv_std, bn.gamma; writes d_x, d_residual, bn.d_gamma,
 * bn.d_beta; scratch work; d_residual may lie over d_out; d_x may lie over d_out */
void bn_add_relu_3c8_backward(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                              float d_residual[3][3][BATCH][8], float d_out[3][3][BATCH][8],
                              float x[3][3][BATCH][8], float out[3][3][BATCH][8],
                              const struct batch_norm *bn, float work[2][2][8], int n);
/* reads d_out, x; writes d_weight */
void conv1x3_3c8_3c8_lowered_grad_weight(const struct every_op_host *host,
                                         float d_weight[3][1][8][8], float d_out[3][3][BATCH][8],
                                         float x[3][3][BATCH][8], int n);
/* reads d_out, weight; writes d_x; scratch turned */
void conv1x3_3c8_3c8_taps_grad_input(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                                     float d_out[3][3][BATCH][8], float weight[3][1][8][8],
                                     float turned[3][1][64], int n);
/* reads d_out, x, bn.mean, bn.inv_std, bn.gamma, bn.beta; writes d_x, bn.d_gamma, bn.d_beta;
 * scratch work; d_x may lie over d_out */
void bn_relu_3c8_backward(const struct every_op_host *host, float d_x[3][3][BATCH][8],
                          float d_out[3][3][BATCH][8], float x[3][3][BATCH][8],
                          const struct batch_norm *bn, float work[2][2][8], int n);
/* reads d_out, x; writes d_weight; scratch workspace */
void conv3x3g2_3c8_3c8_grouped_grad_weight(const struct every_op_host *host,
                                           float d_weight[9][2][4][4], float d_out[3][3][BATCH][8],
                                           float x[3][3][BATCH][8], float workspace[1][9][4][8],
                                           int n);
/* reads d_out, weight; updates d_x; scratch turned */
void conv3x3g2_3c8_3c8_grouped_grad_input(const struct every_op_host *host,
                                          float d_x[3][3][BATCH][8], float d_out[3][3][BATCH][8],
                                          float weight[9][2][4][4], float turned[9][4][8], int n);
/* reads d_out, choice; writes d_x */
void max_pool3x3s2_6x5c8_backward(const struct every_op_host *host, float d_x[6][5][BATCH][8],
                                  float d_out[3][3][BATCH][8], uint8_t choice[3][3][BATCH][8],
                                  int n);
/* reads d_out, out; writes d_x; d_x may lie over d_out */
void relu_6x5c8_backward(const struct every_op_host *host, float d_x[6][5][BATCH][8],
                         float d_out[6][5][BATCH][8], float out[6][5][BATCH][8], int n);
/* reads d_out, x; writes d_weight */
void conv5x5s2_12x10c3_6x5c8_lowered_grad_weight(const struct every_op_host *host,
                                                 float d_weight[25][1][3][8],
                                                 float d_out[6][5][BATCH][8],
                                                 float x[12][10][BATCH][3], int n);
/* reads x; writes sum; scratch partial */
void channel_sum_6x5c8(const struct every_op_host *host, float sum[8], float x[6][5][BATCH][8],
                       float partial[3][8], int n);
/* reads x; writes out */
void max_pool3x3s2_6x5c8_evaluate(const struct every_op_host *host, float out[3][3][BATCH][8],
                                  float x[6][5][BATCH][8], int n);
/* reads x, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work; out may
 * lie over x */
void bn_relu_3c8_evaluate(const struct every_op_host *host, float out[3][3][BATCH][8],
                          float x[3][3][BATCH][8], const struct batch_norm *bn, float work[1][2][8],
                          int n);
/* reads x, residual, bn.gamma, bn.beta, bn.running_mean, bn.running_var; writes out; scratch work;
 * out may lie over x; out may lie over residual */
void bn_add_relu_3c8_evaluate(const struct every_op_host *host, float out[3][3][BATCH][8],
                              float x[3][3][BATCH][8], float residual[3][3][BATCH][8],
                              const struct batch_norm *bn, float work[1][2][8], int n);
/* reads x, bn.running_mean, bn.running_var; writes out; scratch work; out may lie over x */
void bn_2c8_evaluate(const struct every_op_host *host, float out[2][2][BATCH][8],
                     float x[2][2][BATCH][8], const struct batch_norm *bn, float work[1][2][8],
                     int n);
/* reads x; writes out */
void adaptive_max_pool1x1_c27_evaluate(const struct every_op_host *host, float out[1][1][BATCH][27],
                                       float x[1][1][BATCH][27], int n);

#endif
