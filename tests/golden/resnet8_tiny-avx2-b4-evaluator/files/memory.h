/* Made by castnet 0.1.0 from resnet8_tiny.lua --as evaluator --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"

extern float arena[419856]; /* 1679424 bytes; plan.txt says who lies where and when */

static uint8_t (*const batch_images_0)[3][32][32] = (uint8_t (*)[3][32][32])(void *)(arena + 20400);
static float (*const batch_targets_0)[10] = (float (*)[10])(arena + 23472);
static uint8_t (*const batch_images_1)[3][32][32] = (uint8_t (*)[3][32][32])(void *)(arena + 23520);
static float (*const batch_targets_1)[10] = (float (*)[10])(arena + 26592);
static float (*const conv1_weight)[1][3][8] = (float (*)[1][3][8])(arena + 0);
static float *const bn1_weight = (float *)(arena + 224);
static float *const bn1_bias = (float *)(arena + 240);
static float *const bn1_running_mean = (float *)(arena + 256);
static float *const bn1_running_var = (float *)(arena + 272);
static float (*const layer1_0_conv1_weight)[1][8][8] = (float (*)[1][8][8])(arena + 288);
static float *const layer1_0_bn1_weight = (float *)(arena + 864);
static float *const layer1_0_bn1_bias = (float *)(arena + 880);
static float *const layer1_0_bn1_running_mean = (float *)(arena + 896);
static float *const layer1_0_bn1_running_var = (float *)(arena + 912);
static float (*const layer1_0_conv2_weight)[1][8][8] = (float (*)[1][8][8])(arena + 928);
static float *const layer1_0_bn2_weight = (float *)(arena + 1504);
static float *const layer1_0_bn2_bias = (float *)(arena + 1520);
static float *const layer1_0_bn2_running_mean = (float *)(arena + 1536);
static float *const layer1_0_bn2_running_var = (float *)(arena + 1552);
static float (*const layer2_0_downsample_0_weight)[1][8][16] = (float (*)[1][8][16])(arena + 1568);
static float *const layer2_0_downsample_1_weight = (float *)(arena + 1696);
static float *const layer2_0_downsample_1_bias = (float *)(arena + 1712);
static float *const layer2_0_downsample_1_running_mean = (float *)(arena + 1728);
static float *const layer2_0_downsample_1_running_var = (float *)(arena + 1744);
static float (*const layer2_0_conv1_weight)[1][8][16] = (float (*)[1][8][16])(arena + 1760);
static float *const layer2_0_bn1_weight = (float *)(arena + 2912);
static float *const layer2_0_bn1_bias = (float *)(arena + 2928);
static float *const layer2_0_bn1_running_mean = (float *)(arena + 2944);
static float *const layer2_0_bn1_running_var = (float *)(arena + 2960);
static float (*const layer2_0_conv2_weight)[1][16][16] = (float (*)[1][16][16])(arena + 2976);
static float *const layer2_0_bn2_weight = (float *)(arena + 5280);
static float *const layer2_0_bn2_bias = (float *)(arena + 5296);
static float *const layer2_0_bn2_running_mean = (float *)(arena + 5312);
static float *const layer2_0_bn2_running_var = (float *)(arena + 5328);
static float (*const layer3_0_downsample_0_weight)[1][16][32] = (float (*)[1][16][32])(arena + 5344);
static float *const layer3_0_downsample_1_weight = (float *)(arena + 5856);
static float *const layer3_0_downsample_1_bias = (float *)(arena + 5888);
static float *const layer3_0_downsample_1_running_mean = (float *)(arena + 5920);
static float *const layer3_0_downsample_1_running_var = (float *)(arena + 5952);
static float (*const layer3_0_conv1_weight)[1][16][32] = (float (*)[1][16][32])(arena + 5984);
static float *const layer3_0_bn1_weight = (float *)(arena + 10592);
static float *const layer3_0_bn1_bias = (float *)(arena + 10624);
static float *const layer3_0_bn1_running_mean = (float *)(arena + 10656);
static float *const layer3_0_bn1_running_var = (float *)(arena + 10688);
static float (*const layer3_0_conv2_weight)[1][32][32] = (float (*)[1][32][32])(arena + 10720);
static float *const layer3_0_bn2_weight = (float *)(arena + 19936);
static float *const layer3_0_bn2_bias = (float *)(arena + 19968);
static float *const layer3_0_bn2_running_mean = (float *)(arena + 20000);
static float *const layer3_0_bn2_running_var = (float *)(arena + 20032);
static float (*const fc_weight)[32] = (float (*)[32])(arena + 20064);
static float *const fc_bias = (float *)(arena + 20384);
static float (*const eval_image)[32][BATCH][3] = (float (*)[32][BATCH][3])(arena + 137232);
static float (*const eval_conv1)[32][BATCH][8] = (float (*)[32][BATCH][8])(arena + 321552);
static float (*const eval_relu)[32][BATCH][8] = (float (*)[32][BATCH][8])(arena + 321552);
static float (*const eval_layer1_0_conv1)[32][BATCH][8] = (float (*)[32][BATCH][8])(arena + 354320);
static float (*const eval_layer1_0_relu1)[32][BATCH][8] = (float (*)[32][BATCH][8])(arena + 354320);
static float (*const eval_layer1_0_conv2)[32][BATCH][8] = (float (*)[32][BATCH][8])(arena + 387088);
static float (*const eval_layer1_0)[32][BATCH][8] = (float (*)[32][BATCH][8])(arena + 387088);
static float (*const eval_layer2_0_downsample_0)[16][BATCH][16] = (float (*)[16][BATCH][16])(arena + 100368);
static float (*const eval_layer2_0_downsample_1)[16][BATCH][16] = (float (*)[16][BATCH][16])(arena + 100368);
static float (*const eval_layer2_0_conv1)[16][BATCH][16] = (float (*)[16][BATCH][16])(arena + 116752);
static float (*const eval_layer2_0_relu1)[16][BATCH][16] = (float (*)[16][BATCH][16])(arena + 116752);
static float (*const eval_layer2_0_conv2)[16][BATCH][16] = (float (*)[16][BATCH][16])(arena + 26640);
static float (*const eval_layer2_0)[16][BATCH][16] = (float (*)[16][BATCH][16])(arena + 26640);
static float (*const eval_layer3_0_downsample_0)[8][BATCH][32] = (float (*)[8][BATCH][32])(arena + 43024);
static float (*const eval_layer3_0_downsample_1)[8][BATCH][32] = (float (*)[8][BATCH][32])(arena + 43024);
static float (*const eval_layer3_0_conv1)[8][BATCH][32] = (float (*)[8][BATCH][32])(arena + 51216);
static float (*const eval_layer3_0_relu1)[8][BATCH][32] = (float (*)[8][BATCH][32])(arena + 51216);
static float (*const eval_layer3_0_conv2)[8][BATCH][32] = (float (*)[8][BATCH][32])(arena + 26640);
static float (*const eval_layer3_0)[8][BATCH][32] = (float (*)[8][BATCH][32])(arena + 26640);
static float (*const eval_mean)[1][BATCH][32] = (float (*)[1][BATCH][32])(arena + 34832);
static float (*const eval_fc)[1][BATCH][10] = (float (*)[1][BATCH][10])(arena + 26960);
static float (*const eval_loss)[1][BATCH][1] = (float (*)[1][BATCH][1])(arena + 26640);
static float (*const eval_conv1_lowered_conv)[32][BATCH][27] = (float (*)[32][BATCH][27])(arena + 26640);
static float (*const eval_bn1_factors_bn_evaluate)[8] = (float (*)[8])(arena + 26640);
static float (*const eval_layer1_0_conv1_lowered_conv)[32][BATCH][72] = (float (*)[32][BATCH][72])(arena + 26640);
static float (*const eval_layer1_0_bn1_factors_bn_evaluate)[8] = (float (*)[8])(arena + 26640);
static float (*const eval_layer1_0_conv2_lowered_conv)[32][BATCH][72] = (float (*)[32][BATCH][72])(arena + 26640);
static float (*const eval_layer1_0_bn2_factors_bn_evaluate)[8] = (float (*)[8])(arena + 26640);
static float (*const eval_layer2_0_downsample_0_lowered_conv)[16][BATCH][8] = (float (*)[16][BATCH][8])(arena + 26640);
static float (*const eval_layer2_0_downsample_1_factors_bn_evaluate)[16] = (float (*)[16])(arena + 26640);
static float (*const eval_layer2_0_conv1_lowered_conv)[16][BATCH][72] = (float (*)[16][BATCH][72])(arena + 26640);
static float (*const eval_layer2_0_bn1_factors_bn_evaluate)[16] = (float (*)[16])(arena + 26640);
static float (*const eval_layer2_0_bn2_factors_bn_evaluate)[16] = (float (*)[16])(arena + 43024);
static float (*const eval_layer3_0_downsample_1_factors_bn_evaluate)[32] = (float (*)[32])(arena + 51216);
static float (*const eval_layer3_0_bn1_factors_bn_evaluate)[32] = (float (*)[32])(arena + 26640);
static float (*const eval_layer3_0_bn2_factors_bn_evaluate)[32] = (float (*)[32])(arena + 34832);
static float *const eval_fc_turned_linear = (float *)(arena + 26640);

#endif
