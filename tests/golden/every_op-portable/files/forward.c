/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network, as the spec tells it: one function for each of its blocks. */

/* every_op.lua:8-13
 * out  maxpool [3][3][n][8] */
static void stem_forward(int n)
{
    normalise_12x10c3(image, step.images, n);
    conv5x5s2_12x10c3_6x5c8_forward(stem, image, w->stem_weight, w->stem_bias,
        stem_lowered_conv, n);
    /* relu lies over stem, which ends here. */
    relu_6x5c8_forward(relu, stem, n);
    max_pool3x3s2_6x5c8_forward(maxpool, relu, maxpool_choice, n);
}

/* one = block(maxpool, out 8), every_op.lua:14
 *
 *   maxpool -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> one
 *            '-------------------------------------'
 *
 * in   maxpool [3][3][n][8]
 * out  one [3][3][n][8] */
static void one_forward(int n)
{
    conv3x3g2_3c8_3c8_forward(one_conv1, maxpool, w->one_conv1_weight, one_bn1_partial,
        n);
    bn_relu_3c8_forward(one_relu1, one_conv1, w->one_bn1_weight, w->one_bn1_bias,
        one_bn1_running_mean, one_bn1_running_var, one_bn1_mean, one_bn1_inv_std, one_bn1_partial,
        one_bn1_factors_bn, n);
    conv1x3_3c8_3c8_forward(one_conv2, one_relu1, w->one_conv2_weight, one_bn2_partial,
        one_conv2_lowered_conv, n);
    bn_add_relu_3c8_forward(one, one_conv2, maxpool, w->one_bn2_weight, w->one_bn2_bias,
        one_bn2_running_mean, one_bn2_running_var, one_bn2_mean, one_bn2_inv_std, one_bn2_partial,
        one_bn2_factors_bn, n);
}

/* every_op.lua:15-20
 * in   one [3][3][n][8] */
static void head_forward(int n)
{
    avg_pool2x2s1_3c8_forward(avgpool, one, n);
    mean_pool_2c8_forward(mean, avgpool, n);
    linear_8_6_forward(pooled, mean, w->pooled_weight, pooled_turned_linear, n);
    flatten_2c8_forward(flatten, avgpool, n);
    /* dropout lies over flatten, which ends here. */
    dropout_c32_forward(dropout, flatten, step.hyper->seed, (uint64_t)step.hyper->step,
        n);
    linear_32_6_forward(fc, dropout, w->fc_weight, w->fc_bias, fc_turned_linear, n);
    /* add lies over fc, which ends here. */
    add_c6_forward(add, fc, pooled, n);
    cross_entropy_c6_forward(loss, add, step.targets, &step.result, n);
}

void run_forward(int n)
{
    stem_forward(n);
    one_forward(n);
    head_forward(n);
}
