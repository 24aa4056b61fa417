/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"

/* The parameters, in the order in which the backward program finishes their gradients: w are the
 * values, g the gradients, the rest the optimiser's state. */
struct parameters {
    ALIGNED float fc_weight[6][32];
    ALIGNED float fc_bias[6];
    float fc_bias_fill[10];
    ALIGNED float pooled_weight[6][8];
    ALIGNED float one_bn2_weight[8];
    float one_bn2_weight_fill[8];
    ALIGNED float one_bn2_bias[8];
    float one_bn2_bias_fill[8];
    ALIGNED float one_conv2_weight[3][1][8][8];
    ALIGNED float one_bn1_weight[8];
    float one_bn1_weight_fill[8];
    ALIGNED float one_bn1_bias[8];
    float one_bn1_bias_fill[8];
    ALIGNED float one_conv1_weight[9][2][4][4];
    ALIGNED float stem_weight[25][1][3][8];
    float stem_weight_fill[8];
    ALIGNED float stem_bias[8];
    float stem_bias_fill[8];
};

extern float arena[14080]; /* 56320 bytes; plan.txt says who lies where and when */

static struct parameters *const w = (struct parameters *)(arena + 0);
static struct parameters *const g = (struct parameters *)(arena + 1424);
static struct parameters *const momentum = (struct parameters *)(arena + 2848);
static uint8_t (*const batch_images_0)[3][12][10] = (uint8_t (*)[3][12][10])(void *)(arena + 4336);
static float (*const batch_targets_0)[6] = (float (*)[6])(arena + 4528);
static uint8_t (*const batch_images_1)[3][12][10] = (uint8_t (*)[3][12][10])(void *)(arena + 4544);
static float (*const batch_targets_1)[6] = (float (*)[6])(arena + 4736);
static float (*const image)[10][BATCH][3] = (float (*)[10][BATCH][3])(arena + 12864);
static float (*const stem)[5][BATCH][8] = (float (*)[5][BATCH][8])(arena + 9264);
static float (*const relu)[5][BATCH][8] = (float (*)[5][BATCH][8])(arena + 9264);
static float (*const maxpool)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5760);
static uint8_t (*const maxpool_choice)[3][BATCH][8] = (uint8_t (*)[3][BATCH][8])(void *)(arena + 6480);
static float (*const one_conv1)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5904);
static float *const one_bn1_running_mean = (float *)(arena + 4272);
static float *const one_bn1_running_var = (float *)(arena + 4288);
static float *const one_bn1_mean = (float *)(arena + 6528);
static float *const one_bn1_inv_std = (float *)(arena + 6544);
static float (*const one_relu1)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 6048);
static float (*const one_conv2)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5184);
static float *const one_bn2_running_mean = (float *)(arena + 4304);
static float *const one_bn2_running_var = (float *)(arena + 4320);
static float *const one_bn2_mean = (float *)(arena + 5472);
static float *const one_bn2_inv_std = (float *)(arena + 5488);
static float (*const one)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 4944);
static float (*const avgpool)[2][BATCH][8] = (float (*)[2][BATCH][8])(arena + 4752);
static float (*const mean)[1][BATCH][8] = (float (*)[1][BATCH][8])(arena + 5152);
static float (*const pooled)[1][BATCH][6] = (float (*)[1][BATCH][6])(arena + 5168);
static float (*const flatten)[1][BATCH][32] = (float (*)[1][BATCH][32])(arena + 5088);
static float (*const dropout)[1][BATCH][32] = (float (*)[1][BATCH][32])(arena + 5088);
static float (*const fc)[1][BATCH][6] = (float (*)[1][BATCH][6])(arena + 14064);
static float (*const add)[1][BATCH][6] = (float (*)[1][BATCH][6])(arena + 14064);
static float (*const loss)[1][BATCH][1] = (float (*)[1][BATCH][1])(arena + 4752);
static float (*const one_bn1_partial)[2][8] = (float (*)[2][8])(arena + 4752);
static float (*const one_bn2_partial)[2][8] = (float (*)[2][8])(arena + 5328);
static float (*const d_add)[1][BATCH][6] = (float (*)[1][BATCH][6])(arena + 4880);
static float (*const d_fc)[1][BATCH][6] = (float (*)[1][BATCH][6])(arena + 4816);
static float (*const d_pooled)[1][BATCH][6] = (float (*)[1][BATCH][6])(arena + 4880);
static float (*const d_dropout)[1][BATCH][32] = (float (*)[1][BATCH][32])(arena + 4752);
static float (*const d_flatten)[1][BATCH][32] = (float (*)[1][BATCH][32])(arena + 4752);
static float (*const d_avgpool)[2][BATCH][8] = (float (*)[2][BATCH][8])(arena + 4816);
static float (*const d_mean)[1][BATCH][8] = (float (*)[1][BATCH][8])(arena + 4752);
static float (*const d_one)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 6192);
static float (*const d_maxpool)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 6192);
static float (*const d_one_conv2)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 6336);
static float (*const d_one_relu1)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5040);
static float (*const d_one_conv1)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5040);
static float (*const d_relu)[5][BATCH][8] = (float (*)[5][BATCH][8])(arena + 13584);
static float (*const d_stem)[5][BATCH][8] = (float (*)[5][BATCH][8])(arena + 13584);
static float (*const eval_image)[10][BATCH][3] = (float (*)[10][BATCH][3])(arena + 9264);
static float (*const eval_stem)[5][BATCH][8] = (float (*)[5][BATCH][8])(arena + 9984);
static float (*const eval_relu)[5][BATCH][8] = (float (*)[5][BATCH][8])(arena + 9984);
static float (*const eval_maxpool)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5184);
static float (*const eval_one_conv1)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5328);
static float (*const eval_one_relu1)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5328);
static float (*const eval_one_conv2)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5472);
static float (*const eval_one)[3][BATCH][8] = (float (*)[3][BATCH][8])(arena + 5472);
static float (*const eval_avgpool)[2][BATCH][8] = (float (*)[2][BATCH][8])(arena + 4752);
static float (*const eval_mean)[1][BATCH][8] = (float (*)[1][BATCH][8])(arena + 4864);
static float (*const eval_pooled)[1][BATCH][6] = (float (*)[1][BATCH][6])(arena + 5008);
static float (*const eval_flatten)[1][BATCH][32] = (float (*)[1][BATCH][32])(arena + 4944);
static float (*const eval_fc)[1][BATCH][6] = (float (*)[1][BATCH][6])(arena + 5024);
static float (*const eval_add)[1][BATCH][6] = (float (*)[1][BATCH][6])(arena + 5024);
static float (*const eval_loss)[1][BATCH][1] = (float (*)[1][BATCH][1])(arena + 4752);
static float (*const stem_lowered_conv)[5][BATCH][75] = (float (*)[5][BATCH][75])(arena + 4752);
static float (*const one_bn1_factors_bn)[8] = (float (*)[8])(arena + 4896);
static float (*const one_conv2_lowered_conv)[3][BATCH][24] = (float (*)[3][BATCH][24])(arena + 4752);
static float (*const one_bn2_factors_bn)[8] = (float (*)[8])(arena + 4752);
static float *const pooled_turned_linear = (float *)(arena + 4816);
static float *const fc_turned_linear = (float *)(arena + 4752);
static float (*const fc_partial_channel_sum)[6] = (float (*)[6])(arena + 4752);
static float (*const one_bn2_partial_bn_backward)[2][8] = (float (*)[2][8])(arena + 4752);
static float (*const one_conv2_workspace_conv_grad_weight)[24][8] = (float (*)[24][8])(arena + 4752);
static float (*const one_conv2_lowered_conv_grad_weight)[3][BATCH][24] = (float (*)[3][BATCH][24])(arena + 5328);
static float (*const one_conv2_turned_conv_grad_input)[1][64] = (float (*)[1][64])(arena + 4752);
static float (*const one_bn1_partial_bn_backward)[2][8] = (float (*)[2][8])(arena + 4752);
static float (*const one_bn1_factors_bn_backward)[8] = (float (*)[8])(arena + 4896);
static float (*const one_conv1_turned_conv_grad_input)[2][16] = (float (*)[2][16])(arena + 4752);
static float (*const stem_workspace_conv_grad_weight)[75][8] = (float (*)[75][8])(arena + 9264);
static float (*const stem_lowered_conv_grad_weight)[5][BATCH][75] = (float (*)[5][BATCH][75])(arena + 4752);
static float (*const stem_partial_channel_sum)[8] = (float (*)[8])(arena + 4752);
static float (*const eval_stem_lowered_conv)[5][BATCH][75] = (float (*)[5][BATCH][75])(arena + 4752);
static float (*const eval_one_bn1_factors_bn_evaluate)[8] = (float (*)[8])(arena + 4752);
static float (*const eval_one_conv2_lowered_conv)[3][BATCH][24] = (float (*)[3][BATCH][24])(arena + 4752);
static float (*const eval_one_bn2_factors_bn_evaluate)[8] = (float (*)[8])(arena + 4752);
static float *const eval_pooled_turned_linear = (float *)(arena + 4816);
static float *const eval_fc_turned_linear = (float *)(arena + 4752);

#endif
