/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"

/* The parameters, in the order in which the backward program finishes their gradients: w are the
 * values, g the gradients, the rest the optimiser's state. */
struct parameters {
    ALIGNED float fc_weight[6][51];
    float fc_weight_fill[14];
    ALIGNED float fc_bias[6];
    float fc_bias_fill[10];
    ALIGNED float pooled_weight[6][51];
    float pooled_weight_fill[14];
    ALIGNED float excite_weight[24][24];
    ALIGNED float excite_bias[24];
    float excite_bias_fill[8];
    ALIGNED float groups_weight[8];
    float groups_weight_fill[8];
    ALIGNED float groups_bias[8];
    float groups_bias_fill[8];
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

/* All that the network has in memory: this at the front of EVERY_OP_BYTES bytes, and what it points
 * to behind it;
 * plan.txt says what lies where and when. */
struct every_op {
    /* how units of work are run */
    struct every_op_host host;
    /* what the step now running was called with */
    const uint8_t *images;
    const float *targets;
    const struct every_op_hyper *hyper;
    /* of that step */
    struct every_op_result result;
    /* of the program that ran last */
    const float *logits;
    /* training steps that each batch norm has seen */
    int64_t num_batches_tracked[3];

    struct parameters *w, *g, *momentum;
    struct {
        struct batch_norm one_bn1; /* 8 each */
        struct batch_norm one_bn2; /* 8 each */
        struct batch_norm plain; /* 8 each */
    } bn;
    uint8_t (*batch_images_0)[3][12][10];
    float (*batch_targets_0)[6];
    uint8_t (*batch_images_1)[3][12][10];
    float (*batch_targets_1)[6];
    float (*image)[10][BATCH][3];
    float (*stem)[5][BATCH][8];
    float (*relu)[5][BATCH][8];
    float (*maxpool)[3][BATCH][8];
    uint8_t (*maxpool_choice)[3][BATCH][8];
    float (*one_conv1)[3][BATCH][8];
    float (*one_relu1)[3][BATCH][8];
    float (*one_conv2)[3][BATCH][8];
    float (*one)[3][BATCH][8];
    float (*avgpool)[2][BATCH][8];
    float (*plain)[2][BATCH][8];
    float (*groups)[2][BATCH][8];
    float (*silu)[2][BATCH][8];
    float (*gelu)[2][BATCH][8];
    float (*leaky_relu)[2][BATCH][8];
    float (*concat)[2][BATCH][24];
    float (*mean)[1][BATCH][24];
    float (*relu6)[1][BATCH][24];
    float (*excite)[1][BATCH][24];
    float (*sigmoid)[1][BATCH][24];
    float (*mul)[2][BATCH][24];
    float (*drop_path)[2][BATCH][24];
    float (*pad)[1][BATCH][27];
    float (*avgpool2)[1][BATCH][24];
    float (*dropout2d)[1][BATCH][27];
    float (*maxpool2)[1][BATCH][27];
    uint8_t (*maxpool2_choice)[1][BATCH][27];
    float (*concat2)[1][BATCH][51];
    float (*leaky_relu2)[1][BATCH][51];
    float (*mul2)[1][BATCH][51];
    float (*scale)[1][BATCH][51];
    float (*mean2)[1][BATCH][51];
    float (*pooled)[1][BATCH][6];
    float (*flatten)[1][BATCH][51];
    float (*dropout)[1][BATCH][51];
    float (*fc)[1][BATCH][6];
    float (*add)[1][BATCH][6];
    float (*loss)[1][BATCH][1];
    float (*d_add)[1][BATCH][6];
    float (*d_fc)[1][BATCH][6];
    float (*d_pooled)[1][BATCH][6];
    float (*d_dropout)[1][BATCH][51];
    float (*d_flatten)[1][BATCH][51];
    float (*d_scale)[1][BATCH][51];
    float (*d_mean2)[1][BATCH][51];
    float (*d_mul2)[1][BATCH][51];
    float (*d_concat2)[1][BATCH][51];
    float (*d_leaky_relu2)[1][BATCH][51];
    float (*d_avgpool2)[1][BATCH][24];
    float (*d_maxpool2)[1][BATCH][27];
    float (*d_dropout2d)[1][BATCH][27];
    float (*d_pad)[1][BATCH][27];
    float (*d_mul)[2][BATCH][24];
    float (*d_drop_path)[2][BATCH][24];
    float (*d_concat)[2][BATCH][24];
    float (*d_sigmoid)[1][BATCH][24];
    float (*d_excite)[1][BATCH][24];
    float (*d_relu6)[1][BATCH][24];
    float (*d_mean)[1][BATCH][24];
    float (*d_silu)[2][BATCH][8];
    float (*d_gelu)[2][BATCH][8];
    float (*d_leaky_relu)[2][BATCH][8];
    float (*d_groups)[2][BATCH][8];
    float (*d_plain)[2][BATCH][8];
    float (*d_avgpool)[2][BATCH][8];
    float (*d_one)[3][BATCH][8];
    float (*d_maxpool)[3][BATCH][8];
    float (*d_one_conv2)[3][BATCH][8];
    float (*d_one_relu1)[3][BATCH][8];
    float (*d_one_conv1)[3][BATCH][8];
    float (*d_relu)[5][BATCH][8];
    float (*d_stem)[5][BATCH][8];
    float (*eval_image)[10][BATCH][3];
    float (*eval_stem)[5][BATCH][8];
    float (*eval_relu)[5][BATCH][8];
    float (*eval_maxpool)[3][BATCH][8];
    float (*eval_one_conv1)[3][BATCH][8];
    float (*eval_one_relu1)[3][BATCH][8];
    float (*eval_one_conv2)[3][BATCH][8];
    float (*eval_one)[3][BATCH][8];
    float (*eval_avgpool)[2][BATCH][8];
    float (*eval_plain)[2][BATCH][8];
    float (*eval_groups)[2][BATCH][8];
    float (*eval_silu)[2][BATCH][8];
    float (*eval_gelu)[2][BATCH][8];
    float (*eval_leaky_relu)[2][BATCH][8];
    float (*eval_concat)[2][BATCH][24];
    float (*eval_mean)[1][BATCH][24];
    float (*eval_relu6)[1][BATCH][24];
    float (*eval_excite)[1][BATCH][24];
    float (*eval_sigmoid)[1][BATCH][24];
    float (*eval_mul)[2][BATCH][24];
    float (*eval_pad)[1][BATCH][27];
    float (*eval_avgpool2)[1][BATCH][24];
    float (*eval_maxpool2)[1][BATCH][27];
    float (*eval_concat2)[1][BATCH][51];
    float (*eval_leaky_relu2)[1][BATCH][51];
    float (*eval_mul2)[1][BATCH][51];
    float (*eval_scale)[1][BATCH][51];
    float (*eval_mean2)[1][BATCH][51];
    float (*eval_pooled)[1][BATCH][6];
    float (*eval_flatten)[1][BATCH][51];
    float (*eval_fc)[1][BATCH][6];
    float (*eval_add)[1][BATCH][6];
    float (*eval_loss)[1][BATCH][1];
    float (*one_conv1_turned_conv)[4][8];
    float (*one_bn1_work_bn)[2][8];
    float (*one_bn2_work_bn)[2][8];
    float (*plain_work_bn)[2][8];
    float *excite_turned_linear;
    float *pooled_turned_linear;
    float *fc_turned_linear;
    float (*fc_partial_channel_sum)[6];
    float (*excite_partial_channel_sum)[24];
    float (*groups_partial_group_norm_backward)[2][8];
    float (*plain_work_bn_backward)[2][8];
    float (*one_bn2_work_bn_backward)[2][8];
    float (*one_conv2_turned_conv_grad_input)[1][64];
    float (*one_bn1_work_bn_backward)[2][8];
    float (*one_conv1_workspace_conv_grad_weight)[9][4][8];
    float (*one_conv1_turned_conv_grad_input)[4][8];
    float (*stem_partial_channel_sum)[8];
    float (*eval_one_conv1_turned_conv)[4][8];
    float (*eval_one_bn1_work_bn_evaluate)[2][8];
    float (*eval_one_bn2_work_bn_evaluate)[2][8];
    float (*eval_plain_work_bn_evaluate)[2][8];
    float *eval_excite_turned_linear;
    float *eval_pooled_turned_linear;
    float *eval_fc_turned_linear;
};

static inline void *place(void *memory, size_t bytes) { return (char *)memory + bytes; }

#endif
