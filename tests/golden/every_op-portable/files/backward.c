/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The forward program upside down. Each function takes the gradients of what its forward twin made and
 * leaves those of what it was given, and of its parameters. */

/* every_op.lua:15-20, upside down
 * out  d_one [3][3][n][8] */
static void head_backward(int n)
{
    cross_entropy_c6_backward(d_add, add, step.targets, n);
    add_c6_backward(d_fc, d_add, n);
    /* d_pooled lies over d_add, which ends here. */
    add_c6_backward(d_pooled, d_add, n);
    linear_32_6_grad_weight(g->fc_weight, d_fc, dropout, n);
    channel_sum_c6(g->fc_bias, d_fc, fc_partial_channel_sum, n);
    linear_32_6_grad_input(d_dropout, d_fc, w->fc_weight, n);
    /* d_flatten lies over d_dropout, which ends here. */
    dropout_c32_backward(d_flatten, d_dropout, step.hyper->seed,
        (uint64_t)step.hyper->step, n);
    flatten_2c8_backward(d_avgpool, d_flatten, n);
    linear_8_6_grad_weight(g->pooled_weight, d_pooled, mean, n);
    linear_8_6_grad_input(d_mean, d_pooled, w->pooled_weight, n);
    mean_pool_2c8_add_backward(d_avgpool, d_mean, n);
    avg_pool2x2s1_3c8_backward(d_one, d_avgpool, n);
}

/* one = block(maxpool, out 8), every_op.lua:14, upside down
 * out  d_maxpool [3][3][n][8] */
static void one_backward(int n)
{
    /* d_maxpool lies over d_one, which ends here. */
    bn_add_relu_3c8_backward(d_one_conv2, d_maxpool, d_one, one_conv2, one, one_bn2_mean,
        one_bn2_inv_std, w->one_bn2_weight, g->one_bn2_weight, g->one_bn2_bias,
        one_bn2_partial_bn_backward, n);
    conv1x3_3c8_3c8_grad_weight(g->one_conv2_weight, d_one_conv2, one_relu1,
        one_conv2_workspace_conv_grad_weight, one_conv2_lowered_conv_grad_weight, n);
    conv1x3_3c8_3c8_grad_input(d_one_relu1, d_one_conv2, w->one_conv2_weight,
        one_conv2_turned_conv_grad_input, n);
    /* d_one_conv1 lies over d_one_relu1, which ends here. */
    bn_relu_3c8_backward(d_one_conv1, d_one_relu1, one_conv1, one_bn1_mean,
        one_bn1_inv_std, w->one_bn1_weight, w->one_bn1_bias, g->one_bn1_weight, g->one_bn1_bias,
        one_bn1_partial_bn_backward, one_bn1_factors_bn_backward, n);
    conv3x3g2_3c8_3c8_grad_weight(g->one_conv1_weight, d_one_conv1, maxpool, n);
    conv3x3g2_3c8_3c8_add_grad_input(d_maxpool, d_one_conv1, w->one_conv1_weight,
        one_conv1_turned_conv_grad_input, n);
}

/* every_op.lua:12-13, upside down */
static void stem_backward(int n)
{
    max_pool3x3s2_6x5c8_backward(d_relu, d_maxpool, maxpool_choice, n);
    /* d_stem lies over d_relu, which ends here. */
    relu_6x5c8_backward(d_stem, d_relu, relu, n);
    conv5x5s2_12x10c3_6x5c8_grad_weight(g->stem_weight, d_stem, image,
        stem_workspace_conv_grad_weight, stem_lowered_conv_grad_weight, n);
    channel_sum_6x5c8(g->stem_bias, d_stem, stem_partial_channel_sum, n);
}

void run_backward(int n)
{
    head_backward(n);
    one_backward(n);
    stem_backward(n);
}
