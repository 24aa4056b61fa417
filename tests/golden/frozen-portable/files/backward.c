/* Made by castnet 0.1.0 from frozen.lua --target portable --batch 2 --freeze conv1,bn1,one.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The forward program upside down. Each function takes the gradients of what its forward twin made and
 * leaves those of what it was given, and of its parameters. */

/* frozen.lua:14-17, upside down
 * out  d_one_relu1 [2][2][n][4] */
static void head_backward(int n)
{
    cross_entropy_c3_backward(d_fc, fc, step.targets, n);
    linear_4_3_grad_weight(g->fc_weight, d_fc, mean, n);
    channel_sum_c3(g->fc_bias, d_fc, fc_partial_channel_sum, n);
    linear_4_3_grad_input(d_mean, d_fc, w->fc_weight, n);
    mean_pool_2c4_backward(d_one_relu1, d_mean, n);
}

/* one = block(relu2, out 4), frozen.lua:14, upside down
 * out  d_relu2 [2][2][n][4] */
static void one_backward(int n)
{
    /* d_relu2 lies over d_one_relu1, which ends here. */
    bn_add_relu_2c4_evaluate_backward(d_one_conv, d_relu2, d_one_relu1, one_relu1,
        one_bn_weight, one_bn_running_var, one_bn_factors_bn_evaluate_backward, n);
    conv5x5_2c4_2c4_add_grad_input(d_relu2, d_one_conv, one_conv_weight,
        one_conv_turned_conv_grad_input, n);
}

/* frozen.lua:13, upside down */
static void stem_backward(int n)
{
    /* d_conv2 lies over d_relu2, which ends here. */
    bn_relu_2c4_backward(d_conv2, d_relu2, conv2, bn2_mean, bn2_inv_std, w->bn2_weight,
        w->bn2_bias, g->bn2_weight, g->bn2_bias, bn2_partial_bn_backward, bn2_factors_bn_backward,
        n);
    conv5x5_2c4_2c4_grad_weight(g->conv2_weight, d_conv2, maxpool,
        conv2_workspace_conv_grad_weight, conv2_lowered_conv_grad_weight, n);
}

void run_backward(int n)
{
    head_backward(n);
    one_backward(n);
    stem_backward(n);
}
