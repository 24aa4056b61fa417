/* Made by castnet 0.1.0 from resnet8_tiny.lua --as evaluator --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"

/* All that the network has in memory: this at the front of RESNET8_TINY_BYTES bytes, and what it
 * points to behind it;
 * plan.txt says what lies where and when. */
struct resnet8_tiny {
    /* how units of work are run */
    struct resnet8_tiny_host host;
    /* what the step now running was called with */
    const uint8_t *images;
    const float *targets;
    const struct resnet8_tiny_hyper *hyper;
    /* of that step */
    struct resnet8_tiny_result result;
    /* of the program that ran last */
    const float *logits;
    /* training steps that each batch norm has seen */
    int64_t num_batches_tracked[9];

    struct {
        struct batch_norm bn1; /* 8 each */
        struct batch_norm layer1_0_bn1; /* 8 each */
        struct batch_norm layer1_0_bn2; /* 8 each */
        struct batch_norm layer2_0_downsample_1; /* 16 each */
        struct batch_norm layer2_0_bn1; /* 16 each */
        struct batch_norm layer2_0_bn2; /* 16 each */
        struct batch_norm layer3_0_downsample_1; /* 32 each */
        struct batch_norm layer3_0_bn1; /* 32 each */
        struct batch_norm layer3_0_bn2; /* 32 each */
    } bn;
    uint8_t (*batch_images_0)[3][32][32];
    float (*batch_targets_0)[10];
    uint8_t (*batch_images_1)[3][32][32];
    float (*batch_targets_1)[10];
    float (*conv1_weight)[1][3][8];
    float (*layer1_0_conv1_weight)[1][8][8];
    float (*layer1_0_conv2_weight)[1][8][8];
    float (*layer2_0_downsample_0_weight)[1][8][16];
    float (*layer2_0_conv1_weight)[1][8][16];
    float (*layer2_0_conv2_weight)[1][16][16];
    float (*layer3_0_downsample_0_weight)[1][16][32];
    float (*layer3_0_conv1_weight)[1][16][32];
    float (*layer3_0_conv2_weight)[1][32][32];
    float (*fc_weight)[32];
    float *fc_bias;
    float (*eval_image)[32][BATCH][3];
    float (*eval_conv1)[32][BATCH][8];
    float (*eval_relu)[32][BATCH][8];
    float (*eval_layer1_0_conv1)[32][BATCH][8];
    float (*eval_layer1_0_relu1)[32][BATCH][8];
    float (*eval_layer1_0_conv2)[32][BATCH][8];
    float (*eval_layer1_0)[32][BATCH][8];
    float (*eval_layer2_0_downsample_0)[16][BATCH][16];
    float (*eval_layer2_0_downsample_1)[16][BATCH][16];
    float (*eval_layer2_0_conv1)[16][BATCH][16];
    float (*eval_layer2_0_relu1)[16][BATCH][16];
    float (*eval_layer2_0_conv2)[16][BATCH][16];
    float (*eval_layer2_0)[16][BATCH][16];
    float (*eval_layer3_0_downsample_0)[8][BATCH][32];
    float (*eval_layer3_0_downsample_1)[8][BATCH][32];
    float (*eval_layer3_0_conv1)[8][BATCH][32];
    float (*eval_layer3_0_relu1)[8][BATCH][32];
    float (*eval_layer3_0_conv2)[8][BATCH][32];
    float (*eval_layer3_0)[8][BATCH][32];
    float (*eval_mean)[1][BATCH][32];
    float (*eval_fc)[1][BATCH][10];
    float (*eval_loss)[1][BATCH][1];
    float (*eval_bn1_work_bn_evaluate)[2][8];
    float (*eval_layer1_0_bn1_work_bn_evaluate)[2][8];
    float (*eval_layer1_0_bn2_work_bn_evaluate)[2][8];
    float (*eval_layer2_0_downsample_1_work_bn_evaluate)[2][16];
    float (*eval_layer2_0_bn1_work_bn_evaluate)[2][16];
    float (*eval_layer2_0_conv2_kernel_conv)[272];
    float (*eval_layer2_0_bn2_work_bn_evaluate)[2][16];
    float (*eval_layer3_0_downsample_1_work_bn_evaluate)[2][32];
    float (*eval_layer3_0_bn1_work_bn_evaluate)[2][32];
    float (*eval_layer3_0_conv2_kernel_conv)[1040];
    float (*eval_layer3_0_bn2_work_bn_evaluate)[2][32];
    float *eval_fc_turned_linear;
};

static inline void *place(void *memory, size_t bytes) { return (char *)memory + bytes; }

#endif
