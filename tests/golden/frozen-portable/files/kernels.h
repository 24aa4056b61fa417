/* Made by castnet 0.1.0 from frozen.lua --target portable --batch 2 --freeze conv1,bn1,one.
 * This file belongs to whoever made it. */
#ifndef CASTNET_KERNELS_H
#define CASTNET_KERNELS_H

#include "base.h"

/* Arrays are [height][width][BATCH][channel]; n is how many images take part. */
void normalise_4c3(float out[4][4][BATCH][3], const uint8_t *images, int n);
void conv3x3_4c3_4c4_forward(float out[4][4][BATCH][4], float x[4][4][BATCH][3],
    float weight[9][1][3][4], float lowered[4][4][BATCH][27], int n);
void bn_relu_4c4_evaluate(float out[4][4][BATCH][4], float x[4][4][BATCH][4], float gamma[4],
    float beta[4], float running_mean[4], float running_var[4], float factors[2][4], int n);
void max_pool2x2s2_4c4_forward(float out[2][2][BATCH][4], float x[4][4][BATCH][4], int n);
void conv5x5_2c4_2c4_forward(float out[2][2][BATCH][4], float x[2][2][BATCH][4],
    float weight[9][1][4][4], float partial[4][2][4], float lowered[2][2][BATCH][36], int n);
void bn_relu_2c4_forward(float out[2][2][BATCH][4], float x[2][2][BATCH][4], float gamma[4],
    float beta[4], float running_mean[4], float running_var[4], float mean[4], float inv_std[4],
    float partial[4][2][4], float factors[2][4], int n);
void conv5x5_2c4_2c4_forward_2(float out[2][2][BATCH][4], float x[2][2][BATCH][4],
    float weight[9][1][4][4], float lowered[2][2][BATCH][36], int n);
void bn_add_relu_2c4_evaluate(float out[2][2][BATCH][4], float x[2][2][BATCH][4],
    float residual[2][2][BATCH][4], float gamma[4], float beta[4], float running_mean[4],
    float running_var[4], float factors[2][4], int n);
void mean_pool_2c4_forward(float out[1][1][BATCH][4], float x[2][2][BATCH][4], int n);
void linear_4_3_forward(float out[1][1][BATCH][3], float x[1][1][BATCH][4], float weight[3][4],
    float bias[3], float turned[12], int n);
void cross_entropy_c3_forward(float out[1][1][BATCH][1], float logits[1][1][BATCH][3],
    const float *targets, struct model_result *result, int n);
void cross_entropy_c3_backward(float d_logits[1][1][BATCH][3], float logits[1][1][BATCH][3],
    const float *targets, int n);
void linear_4_3_grad_weight(float d_weight[3][4], float d_out[1][1][BATCH][3],
    float x[1][1][BATCH][4], int n);
void channel_sum_c3(float sum[3], float x[1][1][BATCH][3], float partial[1][3], int n);
void linear_4_3_grad_input(float d_x[1][1][BATCH][4], float d_out[1][1][BATCH][3],
    float weight[3][4], int n);
void mean_pool_2c4_backward(float d_x[2][2][BATCH][4], float d_out[1][1][BATCH][4], int n);
void bn_add_relu_2c4_evaluate_backward(float d_x[2][2][BATCH][4], float d_residual[2][2][BATCH][4],
    float d_out[2][2][BATCH][4], float out[2][2][BATCH][4], float gamma[4], float running_var[4],
    float factors[1][4], int n);
void conv5x5_2c4_2c4_add_grad_input(float d_x[2][2][BATCH][4], float d_out[2][2][BATCH][4],
    float weight[9][1][4][4], float turned[9][1][16], int n);
void bn_relu_2c4_backward(float d_x[2][2][BATCH][4], float d_out[2][2][BATCH][4],
    float x[2][2][BATCH][4], float mean[4], float inv_std[4], float gamma[4], float beta[4],
    float d_gamma[4], float d_beta[4], float partial[4][2][4], float factors[2][4], int n);
void conv5x5_2c4_2c4_grad_weight(float d_weight[9][1][4][4], float d_out[2][2][BATCH][4],
    float x[2][2][BATCH][4], float workspace[2][36][4], float lowered[2][2][BATCH][36], int n);
void bn_relu_2c4_evaluate(float out[2][2][BATCH][4], float x[2][2][BATCH][4], float gamma[4],
    float beta[4], float running_mean[4], float running_var[4], float factors[2][4], int n);

#endif
