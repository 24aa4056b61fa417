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
    ALIGNED float bn2_weight[4];
    float bn2_weight_fill[12];
    ALIGNED float bn2_bias[4];
    float bn2_bias_fill[12];
    ALIGNED float conv2_weight[9][1][4][4];
    ALIGNED float fc_bias[3];
    float fc_bias_fill[13];
};

/* All that the network has in memory: this at the front of FROZEN_BYTES bytes, and what it points
 * to behind it;
 * plan.txt says what lies where and when. */
struct frozen {
    /* how units of work are run */
    struct frozen_host host;
    /* what the step now running was called with */
    const uint8_t *images;
    const float *targets;
    const struct frozen_hyper *hyper;
    /* of that step */
    struct frozen_result result;
    /* of the program that ran last */
    const float *logits;
    /* training steps that each batch norm has seen */
    int64_t num_batches_tracked[3];
    /* the moving average of that */
    int64_t average_batches_tracked[3];
    /* what weight decay has done to dead parameters since they were last brought up to date: a
     * factor of their values, one of their momentum (SGD's) and one of their moving averages */
    double dead_decay[3];

    struct parameters *w, *g, *momentum, *average;
    struct {
        struct batch_norm bn1; /* 4 each */
        struct batch_norm bn2; /* 4 each */
        struct batch_norm one_bn; /* 4 each */
    } bn;
    uint8_t (*batch_images_0)[3][4][4];
    float (*batch_targets_0)[3];
    uint8_t (*batch_images_1)[3][4][4];
    float (*batch_targets_1)[3];
    float (*image)[4][BATCH][3];
    float (*conv1_weight)[1][3][4];
    float (*conv1)[4][BATCH][4];
    float (*relu)[4][BATCH][4];
    float (*maxpool)[2][BATCH][4];
    float (*conv2)[2][BATCH][4];
    float (*relu2)[2][BATCH][4];
    float (*one_conv_weight)[1][4][4];
    float (*one_conv)[2][BATCH][4];
    float (*one_relu1)[2][BATCH][4];
    float (*mean)[1][BATCH][4];
    float (*fc)[1][BATCH][3];
    float (*loss)[1][BATCH][1];
    float (*d_fc)[1][BATCH][3];
    float (*d_mean)[1][BATCH][4];
    float (*d_one_relu1)[2][BATCH][4];
    float (*d_relu2)[2][BATCH][4];
    float (*d_one_conv)[2][BATCH][4];
    float (*d_conv2)[2][BATCH][4];
    float *average_bn2_running_mean;
    float *average_bn2_running_var;
    float (*eval_image)[4][BATCH][3];
    float (*eval_conv1)[4][BATCH][4];
    float (*eval_relu)[4][BATCH][4];
    float (*eval_maxpool)[2][BATCH][4];
    float (*eval_conv2)[2][BATCH][4];
    float (*eval_relu2)[2][BATCH][4];
    float (*eval_one_conv)[2][BATCH][4];
    float (*eval_one_relu1)[2][BATCH][4];
    float (*eval_mean)[1][BATCH][4];
    float (*eval_fc)[1][BATCH][3];
    float (*eval_loss)[1][BATCH][1];
    float (*conv2_weight_dead)[1][4][4];
    float (*one_conv_weight_dead)[1][4][4];
    float (*bn1_work_bn_evaluate)[2][4];
    float (*bn2_work_bn)[2][4];
    float (*one_bn_work_bn_evaluate)[2][4];
    float *fc_turned_linear;
    float (*fc_partial_channel_sum)[3];
    float (*one_bn_work_bn_evaluate_backward)[2][4];
    float (*one_conv_turned_conv_grad_input)[1][16];
    float (*bn2_work_bn_backward)[2][4];
    float (*eval_bn1_work_bn_evaluate)[2][4];
    float (*eval_bn2_work_bn_evaluate)[2][4];
    float (*eval_one_bn_work_bn_evaluate)[2][4];
    float *eval_fc_turned_linear;
};

static inline void *place(void *memory, size_t bytes) { return (char *)memory + bytes; }

#endif
