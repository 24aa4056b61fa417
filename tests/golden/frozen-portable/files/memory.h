/* Made by castnet 0.1.0 from frozen.lua --target portable --batch 2 --freeze conv1,bn1,one.
 * This file belongs to whoever made it. */
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"

/* The parameters, in the order in which the backward program finishes their gradients: w are the
 * values, g the gradients, the rest the optimiser's state. */
struct parameters {
    ALIGNED float fc_weight[3][4];
    float fc_weight_fill[4];
    ALIGNED float fc_bias[3];
    float fc_bias_fill[13];
    ALIGNED float bn2_weight[4];
    float bn2_weight_fill[12];
    ALIGNED float bn2_bias[4];
    float bn2_bias_fill[12];
    ALIGNED float conv2_weight[9][1][4][4];
};

extern float arena[2736]; /* 10944 bytes; plan.txt says who lies where and when */

static struct parameters *const w = (struct parameters *)(arena + 0);
static struct parameters *const g = (struct parameters *)(arena + 208);
static struct parameters *const momentum = (struct parameters *)(arena + 416);
static uint8_t (*const batch_images_0)[3][4][4] = (uint8_t (*)[3][4][4])(void *)(arena + 1552);
static float (*const batch_targets_0)[3] = (float (*)[3])(arena + 1584);
static uint8_t (*const batch_images_1)[3][4][4] = (uint8_t (*)[3][4][4])(void *)(arena + 1600);
static float (*const batch_targets_1)[3] = (float (*)[3])(arena + 1632);
static float (*const image)[4][BATCH][3] = (float (*)[4][BATCH][3])(arena + 2640);
static float (*const conv1_weight)[1][3][4] = (float (*)[1][3][4])(arena + 912);
static float (*const conv1)[4][BATCH][4] = (float (*)[4][BATCH][4])(arena + 2512);
static float *const bn1_weight = (float *)(arena + 1024);
static float *const bn1_bias = (float *)(arena + 1040);
static float *const bn1_running_mean = (float *)(arena + 1056);
static float *const bn1_running_var = (float *)(arena + 1072);
static float (*const relu)[4][BATCH][4] = (float (*)[4][BATCH][4])(arena + 2512);
static float (*const maxpool)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 2224);
static float (*const conv2)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 1936);
static float *const bn2_running_mean = (float *)(arena + 880);
static float *const bn2_running_var = (float *)(arena + 896);
static float *const bn2_mean = (float *)(arena + 2032);
static float *const bn2_inv_std = (float *)(arena + 2048);
static float (*const relu2)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 2000);
static float (*const one_conv_weight)[1][4][4] = (float (*)[1][4][4])(arena + 1088);
static float (*const one_conv)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 1968);
static float *const one_bn_weight = (float *)(arena + 1232);
static float *const one_bn_bias = (float *)(arena + 1248);
static float *const one_bn_running_mean = (float *)(arena + 1264);
static float *const one_bn_running_var = (float *)(arena + 1280);
static float (*const one_relu1)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 1968);
static float (*const mean)[1][BATCH][4] = (float (*)[1][BATCH][4])(arena + 1664);
static float (*const fc)[1][BATCH][3] = (float (*)[1][BATCH][3])(arena + 2288);
static float (*const loss)[1][BATCH][1] = (float (*)[1][BATCH][1])(arena + 1648);
static float (*const bn2_partial)[2][4] = (float (*)[2][4])(arena + 1968);
static float (*const d_fc)[1][BATCH][3] = (float (*)[1][BATCH][3])(arena + 1680);
static float (*const d_mean)[1][BATCH][4] = (float (*)[1][BATCH][4])(arena + 1648);
static float (*const d_one_relu1)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 2256);
static float (*const d_relu2)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 2256);
static float (*const d_one_conv)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 1792);
static float (*const d_conv2)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 2256);
static float (*const eval_image)[4][BATCH][3] = (float (*)[4][BATCH][3])(arena + 2640);
static float (*const eval_conv1)[4][BATCH][4] = (float (*)[4][BATCH][4])(arena + 2512);
static float (*const eval_relu)[4][BATCH][4] = (float (*)[4][BATCH][4])(arena + 2512);
static float (*const eval_maxpool)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 1936);
static float (*const eval_conv2)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 1968);
static float (*const eval_relu2)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 1968);
static float (*const eval_one_conv)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 1936);
static float (*const eval_one_relu1)[2][BATCH][4] = (float (*)[2][BATCH][4])(arena + 1936);
static float (*const eval_mean)[1][BATCH][4] = (float (*)[1][BATCH][4])(arena + 1664);
static float (*const eval_fc)[1][BATCH][3] = (float (*)[1][BATCH][3])(arena + 1680);
static float (*const eval_loss)[1][BATCH][1] = (float (*)[1][BATCH][1])(arena + 1648);
static float (*const conv2_weight_dead)[1][4][4] = (float (*)[1][4][4])(arena + 624);
static float (*const one_conv_weight_dead)[1][4][4] = (float (*)[1][4][4])(arena + 1296);
static float (*const conv1_lowered_conv)[4][BATCH][27] = (float (*)[4][BATCH][27])(arena + 1648);
static float (*const bn1_factors_bn_evaluate)[4] = (float (*)[4])(arena + 1648);
static float (*const conv2_lowered_conv)[2][BATCH][36] = (float (*)[2][BATCH][36])(arena + 1648);
static float (*const bn2_factors_bn)[4] = (float (*)[4])(arena + 1648);
static float (*const one_conv_lowered_conv)[2][BATCH][36] = (float (*)[2][BATCH][36])(arena + 1648);
static float (*const one_bn_factors_bn_evaluate)[4] = (float (*)[4])(arena + 1648);
static float *const fc_turned_linear = (float *)(arena + 1648);
static float (*const fc_partial_channel_sum)[3] = (float (*)[3])(arena + 1648);
static float (*const one_bn_factors_bn_evaluate_backward)[4] = (float (*)[4])(arena + 1648);
static float (*const one_conv_turned_conv_grad_input)[1][16] = (float (*)[1][16])(arena + 1648);
static float (*const bn2_partial_bn_backward)[2][4] = (float (*)[2][4])(arena + 1648);
static float (*const bn2_factors_bn_backward)[4] = (float (*)[4])(arena + 1680);
static float (*const conv2_workspace_conv_grad_weight)[36][4] = (float (*)[36][4])(arena + 1648);
static float (*const conv2_lowered_conv_grad_weight)[2][BATCH][36] = (float (*)[2][BATCH][36])(arena + 1936);
static float (*const eval_conv1_lowered_conv)[4][BATCH][27] = (float (*)[4][BATCH][27])(arena + 1648);
static float (*const eval_bn1_factors_bn_evaluate)[4] = (float (*)[4])(arena + 1648);
static float (*const eval_conv2_lowered_conv)[2][BATCH][36] = (float (*)[2][BATCH][36])(arena + 1648);
static float (*const eval_bn2_factors_bn_evaluate)[4] = (float (*)[4])(arena + 1648);
static float (*const eval_one_conv_lowered_conv)[2][BATCH][36] = (float (*)[2][BATCH][36])(arena + 1648);
static float (*const eval_one_bn_factors_bn_evaluate)[4] = (float (*)[4])(arena + 1648);
static float *const eval_fc_turned_linear = (float *)(arena + 1648);

#endif
