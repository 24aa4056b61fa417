/* Made by castnet 0.1.0 from frozen.lua --target portable --batch 2 --freeze conv1,bn1,one.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network, as the spec tells it: one function for each of its blocks. */

/* frozen.lua:7-13
 * out  relu2 [2][2][n][4] */
static void stem_forward(int n)
{
    normalise_4c3(image, step.images, n);
    conv3x3_4c3_4c4_forward(conv1, image, conv1_weight, conv1_lowered_conv, n);
    /* relu lies over conv1, which ends here. */
    bn_relu_4c4_evaluate(relu, conv1, bn1_weight, bn1_bias, bn1_running_mean,
        bn1_running_var, bn1_factors_bn_evaluate, n);
    max_pool2x2s2_4c4_forward(maxpool, relu, n);
    conv5x5_2c4_2c4_forward(conv2, maxpool, w->conv2_weight, bn2_partial,
        conv2_lowered_conv, n);
    bn_relu_2c4_forward(relu2, conv2, w->bn2_weight, w->bn2_bias, bn2_running_mean,
        bn2_running_var, bn2_mean, bn2_inv_std, bn2_partial, bn2_factors_bn, n);
}

/* one = block(relu2, out 4), frozen.lua:14
 *
 *   relu2 -+- conv - bn -(+)- relu -> one_relu1
 *          '--------------'
 *
 * in   relu2 [2][2][n][4]
 * out  one_relu1 [2][2][n][4] */
static void one_forward(int n)
{
    conv5x5_2c4_2c4_forward_2(one_conv, relu2, one_conv_weight, one_conv_lowered_conv, n);
    /* one_relu1 lies over one_conv, which ends here. */
    bn_add_relu_2c4_evaluate(one_relu1, one_conv, relu2, one_bn_weight, one_bn_bias,
        one_bn_running_mean, one_bn_running_var, one_bn_factors_bn_evaluate, n);
}

/* frozen.lua:14-17
 *
 *   one_relu1 - mean - fc - loss -> loss
 *
 * in   one_relu1 [2][2][n][4] */
static void head_forward(int n)
{
    mean_pool_2c4_forward(mean, one_relu1, n);
    linear_4_3_forward(fc, mean, w->fc_weight, w->fc_bias, fc_turned_linear, n);
    cross_entropy_c3_forward(loss, fc, step.targets, &step.result, n);
}

void run_forward(int n)
{
    stem_forward(n);
    one_forward(n);
    head_forward(n);
}
