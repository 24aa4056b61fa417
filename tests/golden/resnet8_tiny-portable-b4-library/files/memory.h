/* Made by castnet 0.1.0 from resnet8_tiny.lua --target portable --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"

/* The parameters, in the order in which the backward program finishes their gradients: w are the
 * values, g the gradients, the rest the optimiser's state. */
struct parameters {
    ALIGNED float fc_weight[10][32];
    ALIGNED float fc_bias[10];
    float fc_bias_fill[6];
    ALIGNED float layer3_0_bn2_weight[32];
    ALIGNED float layer3_0_bn2_bias[32];
    ALIGNED float layer3_0_conv2_weight[9][1][32][32];
    ALIGNED float layer3_0_bn1_weight[32];
    ALIGNED float layer3_0_bn1_bias[32];
    ALIGNED float layer3_0_conv1_weight[9][1][16][32];
    ALIGNED float layer3_0_downsample_1_weight[32];
    ALIGNED float layer3_0_downsample_1_bias[32];
    ALIGNED float layer3_0_downsample_0_weight[1][1][16][32];
    ALIGNED float layer2_0_bn2_weight[16];
    ALIGNED float layer2_0_bn2_bias[16];
    ALIGNED float layer2_0_conv2_weight[9][1][16][16];
    ALIGNED float layer2_0_bn1_weight[16];
    ALIGNED float layer2_0_bn1_bias[16];
    ALIGNED float layer2_0_conv1_weight[9][1][8][16];
    ALIGNED float layer2_0_downsample_1_weight[16];
    ALIGNED float layer2_0_downsample_1_bias[16];
    ALIGNED float layer2_0_downsample_0_weight[1][1][8][16];
    ALIGNED float layer1_0_bn2_weight[8];
    float layer1_0_bn2_weight_fill[8];
    ALIGNED float layer1_0_bn2_bias[8];
    float layer1_0_bn2_bias_fill[8];
    ALIGNED float layer1_0_conv2_weight[9][1][8][8];
    ALIGNED float layer1_0_bn1_weight[8];
    float layer1_0_bn1_weight_fill[8];
    ALIGNED float layer1_0_bn1_bias[8];
    float layer1_0_bn1_bias_fill[8];
    ALIGNED float layer1_0_conv1_weight[9][1][8][8];
    ALIGNED float bn1_weight[8];
    float bn1_weight_fill[8];
    ALIGNED float bn1_bias[8];
    float bn1_bias_fill[8];
    ALIGNED float conv1_weight[9][1][3][8];
    float conv1_weight_fill[8];
};

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
    /* the memory that a step works in */
    void *work;
    /* of the optimiser, the last step's number among them */
    struct resnet8_tiny_hyper settings;
    /* of the program that ran last */
    const float *logits;
    /* training steps that each batch norm has seen */
    int64_t num_batches_tracked[9];

    struct parameters *w, *g, *exp_avg, *exp_avg_sq;
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
    float (*labels)[10];
    float (*image)[32][BATCH][3];
    float (*conv1)[32][BATCH][8];
    float (*relu)[32][BATCH][8];
    float (*layer1_0_conv1)[32][BATCH][8];
    float (*layer1_0_relu1)[32][BATCH][8];
    float (*layer1_0_conv2)[32][BATCH][8];
    float (*layer1_0)[32][BATCH][8];
    float (*layer2_0_downsample_0)[16][BATCH][16];
    float (*layer2_0_downsample_1)[16][BATCH][16];
    float (*layer2_0_conv1)[16][BATCH][16];
    float (*layer2_0_relu1)[16][BATCH][16];
    float (*layer2_0_conv2)[16][BATCH][16];
    float (*layer2_0)[16][BATCH][16];
    float (*layer3_0_downsample_0)[8][BATCH][32];
    float (*layer3_0_downsample_1)[8][BATCH][32];
    float (*layer3_0_conv1)[8][BATCH][32];
    float (*layer3_0_relu1)[8][BATCH][32];
    float (*layer3_0_conv2)[8][BATCH][32];
    float (*layer3_0)[8][BATCH][32];
    float (*mean)[1][BATCH][32];
    float (*fc)[1][BATCH][10];
    float (*loss)[1][BATCH][1];
    float (*bn1_statistics)[8];
    float (*layer1_0_bn1_statistics)[8];
    float (*layer1_0_bn2_statistics)[8];
    float (*layer2_0_downsample_1_statistics)[16];
    float (*layer2_0_bn1_statistics)[16];
    float (*layer2_0_bn2_statistics)[16];
    float (*layer3_0_downsample_1_statistics)[32];
    float (*layer3_0_bn1_statistics)[32];
    float (*layer3_0_bn2_statistics)[32];
    float (*d_fc)[1][BATCH][10];
    float (*d_mean)[1][BATCH][32];
    float (*d_layer3_0)[8][BATCH][32];
    float (*d_layer3_0_downsample_1)[8][BATCH][32];
    float (*d_layer3_0_conv2)[8][BATCH][32];
    float (*d_layer3_0_relu1)[8][BATCH][32];
    float (*d_layer3_0_conv1)[8][BATCH][32];
    float (*d_layer2_0)[16][BATCH][16];
    float (*d_layer3_0_downsample_0)[8][BATCH][32];
    float (*d_layer2_0_downsample_1)[16][BATCH][16];
    float (*d_layer2_0_conv2)[16][BATCH][16];
    float (*d_layer2_0_relu1)[16][BATCH][16];
    float (*d_layer2_0_conv1)[16][BATCH][16];
    float (*d_layer1_0)[32][BATCH][8];
    float (*d_layer2_0_downsample_0)[16][BATCH][16];
    float (*d_relu)[32][BATCH][8];
    float (*d_layer1_0_conv2)[32][BATCH][8];
    float (*d_layer1_0_relu1)[32][BATCH][8];
    float (*d_layer1_0_conv1)[32][BATCH][8];
    float (*d_conv1)[32][BATCH][8];
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
    float (*conv1_partial_conv)[2][8];
    float (*bn1_work_bn)[2][8];
    float (*layer1_0_conv1_partial_conv)[2][8];
    float (*layer1_0_bn1_work_bn)[2][8];
    float (*layer1_0_conv2_partial_conv)[2][8];
    float (*layer1_0_bn2_work_bn)[2][8];
    float (*layer2_0_downsample_0_partial_conv)[2][16];
    float (*layer2_0_downsample_1_work_bn)[2][16];
    float (*layer2_0_conv1_partial_conv)[2][16];
    float (*layer2_0_bn1_work_bn)[2][16];
    float *layer2_0_conv2_partial_conv;
    float (*layer2_0_conv2_kernel_conv)[272];
    float (*layer2_0_bn2_work_bn)[2][16];
    float (*layer3_0_downsample_0_partial_conv)[2][32];
    float (*layer3_0_downsample_1_work_bn)[2][32];
    float (*layer3_0_conv1_partial_conv)[2][32];
    float (*layer3_0_bn1_work_bn)[2][32];
    float *layer3_0_conv2_partial_conv;
    float (*layer3_0_conv2_kernel_conv)[1040];
    float (*layer3_0_bn2_work_bn)[2][32];
    float *fc_turned_linear;
    float (*fc_partial_channel_sum)[10];
    float (*layer3_0_bn2_work_bn_backward)[2][32];
    float (*layer3_0_conv2_workspace_conv_grad_weight)[9][32][32];
    float (*layer3_0_conv2_kernel_conv_grad_input)[1040];
    float (*layer3_0_conv2_turned_conv_grad_input)[32][32];
    float (*layer3_0_bn1_work_bn_backward)[2][32];
    float (*layer3_0_conv1_turned_conv_grad_input)[1][512];
    float (*layer3_0_downsample_1_work_bn_backward)[2][32];
    float (*layer3_0_downsample_0_turned_conv_grad_input)[1][512];
    float (*layer2_0_bn2_work_bn_backward)[2][16];
    float (*layer2_0_conv2_workspace_conv_grad_weight)[9][16][16];
    float (*layer2_0_conv2_kernel_conv_grad_input)[272];
    float (*layer2_0_conv2_turned_conv_grad_input)[16][16];
    float (*layer2_0_bn1_work_bn_backward)[2][16];
    float (*layer2_0_conv1_turned_conv_grad_input)[1][128];
    float (*layer2_0_downsample_1_work_bn_backward)[2][16];
    float (*layer2_0_downsample_0_turned_conv_grad_input)[1][128];
    float (*layer1_0_bn2_work_bn_backward)[2][8];
    float (*layer1_0_conv2_workspace_conv_grad_weight)[72][8];
    float (*layer1_0_conv2_turned_conv_grad_input)[1][64];
    float (*layer1_0_bn1_work_bn_backward)[2][8];
    float (*layer1_0_conv1_workspace_conv_grad_weight)[72][8];
    float (*layer1_0_conv1_turned_conv_grad_input)[1][64];
    float (*bn1_work_bn_backward)[2][8];
    float (*conv1_workspace_conv_grad_weight)[27][8];
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
