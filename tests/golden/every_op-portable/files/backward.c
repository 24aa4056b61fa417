/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The forward program upside down. Each function takes the gradients of what its forward twin made
 * and leaves those of what it was given, and of its parameters. */

/* every_op.lua:15-26, upside down
 * out  d_one [3][3][n][8] */
static void head_backward(struct every_op *c, int n)
{
    cross_entropy_c6_backward(c->d_add, c->add, c->targets, n);
    add_c6_backward(&c->host, c->d_fc, c->d_add, n);
    /* d_pooled lies over d_add, which ends here. */
    add_c6_backward(&c->host, c->d_pooled, c->d_add, n);
    linear_51_6_grad_weight(&c->host, c->g->fc_weight, c->d_fc, c->dropout, n);
    channel_sum_c6(&c->host, c->g->fc_bias, c->d_fc, c->fc_partial_channel_sum, n);
    linear_51_6_grad_input(&c->host, c->d_dropout, c->d_fc, c->w->fc_weight, n);
    /* d_flatten lies over d_dropout, which ends here. */
    dropout_c51_backward(&c->host, c->d_flatten, c->d_dropout, c->hyper->seed,
                         (uint64_t)c->hyper->step, n);
    flatten_c51_backward(&c->host, c->d_scale, c->d_flatten, n);
    linear_51_6_grad_weight(&c->host, c->g->pooled_weight, c->d_pooled, c->mean2, n);
    linear_51_6_grad_input(&c->host, c->d_mean2, c->d_pooled, c->w->pooled_weight, n);
    mean_pool_c51_add_backward(&c->host, c->d_scale, c->d_mean2, n);
    /* d_mul2 lies over d_scale, which ends here. */
    scale_c51_backward(&c->host, c->d_mul2, c->d_scale, n);
    mul_c51_backward(&c->host, c->d_concat2, c->d_mul2, c->leaky_relu2, n);
    /* d_leaky_relu2 lies over d_mul2, which ends here. */
    mul_c51_backward(&c->host, c->d_leaky_relu2, c->d_mul2, c->concat2, n);
    leaky_relu_c51_add_backward(&c->host, c->d_concat2, c->d_leaky_relu2, c->leaky_relu2, n);
    concat_c24_backward(&c->host, c->d_avgpool2, c->d_concat2, n);
    concat_c27_backward(&c->host, c->d_maxpool2, c->d_concat2, n);
    adaptive_max_pool1x1_c27_backward(&c->host, c->d_dropout2d, c->d_maxpool2, c->maxpool2_choice,
                                      n);
    /* d_pad lies over d_dropout2d, which ends here. */
    dropout2d_c27_backward(&c->host, c->d_pad, c->d_dropout2d, c->hyper->seed,
                           (uint64_t)c->hyper->step, n);
    adaptive_avg_pool1x1_2c24_backward(&c->host, c->d_mul, c->d_avgpool2, n);
    pad_channels_2c24_backward(&c->host, c->d_drop_path, c->d_pad, n);
    drop_path_2c24_add_backward(&c->host, c->d_mul, c->d_drop_path, c->hyper->seed,
                                (uint64_t)c->hyper->step, n);
    mul_factor_2c24_backward(&c->host, c->d_concat, c->d_mul, c->sigmoid, n);
    mul_sum_2c24_backward(&c->host, c->d_sigmoid, c->d_mul, c->concat, n);
    /* d_excite lies over d_sigmoid, which ends here. */
    sigmoid_c24_backward(&c->host, c->d_excite, c->d_sigmoid, c->sigmoid, n);
    linear_24_24_grad_weight(&c->host, c->g->excite_weight, c->d_excite, c->relu6, n);
    channel_sum_c24(&c->host, c->g->excite_bias, c->d_excite, c->excite_partial_channel_sum, n);
    linear_24_24_grad_input(&c->host, c->d_relu6, c->d_excite, c->w->excite_weight, n);
    /* d_mean lies over d_relu6, which ends here. */
    relu6_c24_backward(&c->host, c->d_mean, c->d_relu6, c->relu6, n);
    mean_pool_2c24_add_backward(&c->host, c->d_concat, c->d_mean, n);
    concat_2c8_backward(&c->host, c->d_silu, c->d_concat, n);
    concat_2c8_backward_2(&c->host, c->d_gelu, c->d_concat, n);
    concat_2c8_backward_3(&c->host, c->d_leaky_relu, c->d_concat, n);
    /* d_groups lies over d_leaky_relu, which ends here. */
    leaky_relu_2c8_backward(&c->host, c->d_groups, c->d_leaky_relu, c->leaky_relu, n);
    gelu_2c8_add_backward(&c->host, c->d_groups, c->d_gelu, c->groups, n);
    silu_2c8_add_backward(&c->host, c->d_groups, c->d_silu, c->groups, n);
    /* d_plain lies over d_groups, which ends here. */
    group_norm2_2c8_backward(&c->host, c->d_plain, c->d_groups, c->plain, c->w->groups_weight,
                             c->g->groups_weight, c->g->groups_bias,
                             c->groups_partial_group_norm_backward, n);
    /* d_avgpool lies over d_plain, which ends here. */
    bn_2c8_backward(&c->host, c->d_avgpool, c->d_plain, c->avgpool, &c->bn.plain,
                    c->plain_work_bn_backward, n);
    avg_pool2x2s1_3c8_backward(&c->host, c->d_one, c->d_avgpool, n);
}

/* one = block(maxpool, out 8), every_op.lua:14, upside down
 * out  d_maxpool [3][3][n][8] */
static void one_backward(struct every_op *c, int n)
{
    /* d_maxpool lies over d_one, which ends here. */
    bn_add_relu_3c8_backward(&c->host, c->d_one_conv2, c->d_maxpool, c->d_one, c->one_conv2, c->one,
                             &c->bn.one_bn2, c->one_bn2_work_bn_backward, n);
    conv1x3_3c8_3c8_lowered_grad_weight(&c->host, c->g->one_conv2_weight, c->d_one_conv2,
                                        c->one_relu1, n);
    conv1x3_3c8_3c8_taps_grad_input(&c->host, c->d_one_relu1, c->d_one_conv2,
                                    c->w->one_conv2_weight, c->one_conv2_turned_conv_grad_input, n);
    /* d_one_conv1 lies over d_one_relu1, which ends here. */
    bn_relu_3c8_backward(&c->host, c->d_one_conv1, c->d_one_relu1, c->one_conv1, &c->bn.one_bn1,
                         c->one_bn1_work_bn_backward, n);
    conv3x3g2_3c8_3c8_grouped_grad_weight(&c->host, c->g->one_conv1_weight, c->d_one_conv1,
                                          c->maxpool, c->one_conv1_workspace_conv_grad_weight, n);
    conv3x3g2_3c8_3c8_grouped_grad_input(&c->host, c->d_maxpool, c->d_one_conv1,
                                         c->w->one_conv1_weight,
                                         c->one_conv1_turned_conv_grad_input, n);
}

/* every_op.lua:12-13, upside down */
static void stem_backward(struct every_op *c, int n)
{
    max_pool3x3s2_6x5c8_backward(&c->host, c->d_relu, c->d_maxpool, c->maxpool_choice, n);
    /* d_stem lies over d_relu, which ends here. */
    relu_6x5c8_backward(&c->host, c->d_stem, c->d_relu, c->relu, n);
    conv5x5s2_12x10c3_6x5c8_lowered_grad_weight(&c->host, c->g->stem_weight, c->d_stem, c->image,
                                                n);
    channel_sum_6x5c8(&c->host, c->g->stem_bias, c->d_stem, c->stem_partial_channel_sum, n);
}

void run_backward(struct every_op *c, int n)
{
    head_backward(c, n);
    one_backward(c, n);
    stem_backward(c, n);
}
