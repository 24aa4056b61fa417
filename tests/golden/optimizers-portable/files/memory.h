/* Made by castnet 0.1.0 from optimizers.lua --target portable --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"

/* The parameters, in the order in which the backward program finishes their gradients: w are the
 * values, g the gradients, the rest the optimiser's state. */
struct parameters {
    ALIGNED float fc_weight[5][6];
    float fc_weight_fill[2];
    ALIGNED float fc_bias[5];
    float fc_bias_fill[11];
    ALIGNED float b_weight[4][1][8][6];
    ALIGNED float a_weight[9][1][3][8];
    float a_weight_fill[8];
    ALIGNED float b_bias[6];
    float b_bias_fill[10];
    ALIGNED float bn_weight[8];
    float bn_weight_fill[8];
    ALIGNED float bn_bias[8];
    float bn_bias_fill[8];
};

/* All that the network has in memory: this at the front of OPTIMIZERS_BYTES bytes, and what it
 * points to behind it;
 * plan.txt says what lies where and when. */
struct optimizers {
    /* how units of work are run */
    struct optimizers_host host;
    /* what the step now running was called with */
    const uint8_t *images;
    const float *targets;
    const struct optimizers_hyper *hyper;
    /* of that step */
    struct optimizers_result result;
    /* of the program that ran last */
    const float *logits;
    /* training steps that each batch norm has seen */
    int64_t num_batches_tracked[1];
    /* the moving average of that */
    int64_t average_batches_tracked[1];
    /* squares of gradients, a sum a piece */
    double sums[1];

    struct parameters *w, *g, *slow, *average;
    struct {
        struct batch_norm bn; /* 8 each */
    } bn;
    uint8_t (*batch_images_0)[3][2][2];
    float (*batch_targets_0)[5];
    uint8_t (*batch_images_1)[3][2][2];
    float (*batch_targets_1)[5];
    float (*image)[2][BATCH][3];
    float (*a)[2][BATCH][8];
    float (*relu)[2][BATCH][8];
    float (*b)[1][BATCH][6];
    float (*flatten)[1][BATCH][6];
    float (*fc)[1][BATCH][5];
    float (*loss)[1][BATCH][1];
    float (*bn_statistics)[8];
    float (*d_fc)[1][BATCH][5];
    float (*d_flatten)[1][BATCH][6];
    float (*d_b)[1][BATCH][6];
    float (*d_relu)[2][BATCH][8];
    float (*d_a)[2][BATCH][8];
    float *average_bn_running_mean;
    float *slow_bn_running_mean;
    float *average_bn_running_var;
    float *slow_bn_running_var;
    float (*exp_avg_fc_weight)[6];
    float (*exp_avg_sq_fc_weight)[6];
    float (*max_exp_avg_sq_fc_weight)[6];
    float *exp_avg_fc_bias;
    float *exp_avg_sq_fc_bias;
    float *max_exp_avg_sq_fc_bias;
    float (*momentum_b_weight)[1][8][6];
    float (*momentum_a_weight)[1][3][8];
    float *exp_avg_b_bias;
    float *exp_avg_bn_weight;
    float *exp_avg_sq_bn_weight;
    float *max_exp_avg_sq_bn_weight;
    float *exp_avg_bn_bias;
    float *exp_avg_sq_bn_bias;
    float *max_exp_avg_sq_bn_bias;
    float (*eval_image)[2][BATCH][3];
    float (*eval_a)[2][BATCH][8];
    float (*eval_relu)[2][BATCH][8];
    float (*eval_b)[1][BATCH][6];
    float (*eval_flatten)[1][BATCH][6];
    float (*eval_fc)[1][BATCH][5];
    float (*eval_loss)[1][BATCH][1];
    float (*a_weight_dead)[1][3][8];
    float (*b_weight_dead)[1][8][6];
    float (*slow_a_weight_dead)[1][3][8];
    float (*average_a_weight_dead)[1][3][8];
    float (*slow_b_weight_dead)[1][8][6];
    float (*average_b_weight_dead)[1][8][6];
    float (*a_partial_conv)[2][8];
    float (*bn_work_bn)[2][8];
    float *fc_turned_linear;
    float (*fc_partial_channel_sum)[5];
    float (*b_partial_channel_sum)[6];
    float (*b_turned_conv_grad_input)[1][48];
    float (*bn_work_bn_backward)[2][8];
    float *muon_from;
    float *muon_to;
    float *muon_gram;
    float *muon_polynomial;
    float (*eval_bn_work_bn_evaluate)[2][8];
    float *eval_fc_turned_linear;
};

static inline void *place(void *memory, size_t bytes) { return (char *)memory + bytes; }

#endif
