/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The forward program upside down. Each function takes the gradients of what its forward twin made and
 * leaves those of what it was given, and of its parameters. */

/* resnet8_tiny.lua:26-29, upside down
 * out  d_layer3_0 [8][8][n][32] */
static void head_backward(int n)
{
    cross_entropy_c10_backward(d_fc, fc, step.targets, n);
    linear_32_10_grad_weight(g->fc_weight, d_fc, mean, n);
    channel_sum_c10(g->fc_bias, d_fc, fc_partial_channel_sum, n);
    linear_32_10_grad_input(d_mean, d_fc, w->fc_weight, n);
    mean_pool_8c32_backward(d_layer3_0, d_mean, n);
}

/* layer3.0 = basic(layer2.0, out 32, stride 2), resnet8_tiny.lua:24, upside down
 * out  d_layer2_0 [16][16][n][16] */
static void layer3_0_backward(int n)
{
    /* d_layer3_0_downsample_1 lies over d_layer3_0, which ends here. */
    bn_add_relu_8c32_backward(d_layer3_0_conv2, d_layer3_0_downsample_1, d_layer3_0,
        layer3_0_conv2, layer3_0, layer3_0_bn2_mean, layer3_0_bn2_inv_std, w->layer3_0_bn2_weight,
        g->layer3_0_bn2_weight, g->layer3_0_bn2_bias, layer3_0_bn2_partial_bn_backward, n);
    conv3x3_8c32_8c32_grad_weight(g->layer3_0_conv2_weight, d_layer3_0_conv2,
        layer3_0_relu1, layer3_0_conv2_workspace_conv_grad_weight, n);
    conv3x3_8c32_8c32_grad_input(d_layer3_0_relu1, d_layer3_0_conv2,
        w->layer3_0_conv2_weight, layer3_0_conv2_turned_conv_grad_input, n);
    /* d_layer3_0_conv1 lies over d_layer3_0_relu1, which ends here. */
    bn_relu_8c32_backward(d_layer3_0_conv1, d_layer3_0_relu1, layer3_0_conv1,
        layer3_0_bn1_mean, layer3_0_bn1_inv_std, w->layer3_0_bn1_weight, w->layer3_0_bn1_bias,
        g->layer3_0_bn1_weight, g->layer3_0_bn1_bias, layer3_0_bn1_partial_bn_backward,
        layer3_0_bn1_factors_bn_backward, n);
    conv3x3s2_16c16_8c32_grad_weight(g->layer3_0_conv1_weight, d_layer3_0_conv1, layer2_0,
        layer3_0_conv1_workspace_conv_grad_weight, n);
    conv3x3s2_16c16_8c32_grad_input(d_layer2_0, d_layer3_0_conv1, w->layer3_0_conv1_weight,
        layer3_0_conv1_turned_conv_grad_input, n);
    /* d_layer3_0_downsample_0 lies over d_layer3_0_downsample_1, which ends here. */
    bn_8c32_backward(d_layer3_0_downsample_0, d_layer3_0_downsample_1,
        layer3_0_downsample_0, layer3_0_downsample_1_mean, layer3_0_downsample_1_inv_std,
        w->layer3_0_downsample_1_weight, g->layer3_0_downsample_1_weight,
        g->layer3_0_downsample_1_bias, layer3_0_downsample_1_partial_bn_backward, n);
    conv1x1s2_16c16_8c32_grad_weight(g->layer3_0_downsample_0_weight,
        d_layer3_0_downsample_0, layer2_0, layer3_0_downsample_0_workspace_conv_grad_weight, n);
    conv1x1s2_16c16_8c32_add_grad_input(d_layer2_0, d_layer3_0_downsample_0,
        w->layer3_0_downsample_0_weight, layer3_0_downsample_0_turned_conv_grad_input, n);
}

/* layer2.0 = basic(layer1.0, out 16, stride 2), resnet8_tiny.lua:24, upside down
 * out  d_layer1_0 [32][32][n][8] */
static void layer2_0_backward(int n)
{
    /* d_layer2_0_downsample_1 lies over d_layer2_0, which ends here. */
    bn_add_relu_16c16_backward(d_layer2_0_conv2, d_layer2_0_downsample_1, d_layer2_0,
        layer2_0_conv2, layer2_0, layer2_0_bn2_mean, layer2_0_bn2_inv_std, w->layer2_0_bn2_weight,
        g->layer2_0_bn2_weight, g->layer2_0_bn2_bias, layer2_0_bn2_partial_bn_backward, n);
    conv3x3_16c16_16c16_grad_weight(g->layer2_0_conv2_weight, d_layer2_0_conv2,
        layer2_0_relu1, layer2_0_conv2_workspace_conv_grad_weight, n);
    conv3x3_16c16_16c16_grad_input(d_layer2_0_relu1, d_layer2_0_conv2,
        w->layer2_0_conv2_weight, layer2_0_conv2_turned_conv_grad_input, n);
    /* d_layer2_0_conv1 lies over d_layer2_0_relu1, which ends here. */
    bn_relu_16c16_backward(d_layer2_0_conv1, d_layer2_0_relu1, layer2_0_conv1,
        layer2_0_bn1_mean, layer2_0_bn1_inv_std, w->layer2_0_bn1_weight, w->layer2_0_bn1_bias,
        g->layer2_0_bn1_weight, g->layer2_0_bn1_bias, layer2_0_bn1_partial_bn_backward,
        layer2_0_bn1_factors_bn_backward, n);
    conv3x3s2_32c8_16c16_grad_weight(g->layer2_0_conv1_weight, d_layer2_0_conv1, layer1_0,
        layer2_0_conv1_workspace_conv_grad_weight, layer2_0_conv1_lowered_conv_grad_weight, n);
    conv3x3s2_32c8_16c16_grad_input(d_layer1_0, d_layer2_0_conv1, w->layer2_0_conv1_weight,
        layer2_0_conv1_turned_conv_grad_input, n);
    /* d_layer2_0_downsample_0 lies over d_layer2_0_downsample_1, which ends here. */
    bn_16c16_backward(d_layer2_0_downsample_0, d_layer2_0_downsample_1,
        layer2_0_downsample_0, layer2_0_downsample_1_mean, layer2_0_downsample_1_inv_std,
        w->layer2_0_downsample_1_weight, g->layer2_0_downsample_1_weight,
        g->layer2_0_downsample_1_bias, layer2_0_downsample_1_partial_bn_backward, n);
    conv1x1s2_32c8_16c16_grad_weight(g->layer2_0_downsample_0_weight,
        d_layer2_0_downsample_0, layer1_0, layer2_0_downsample_0_workspace_conv_grad_weight,
        layer2_0_downsample_0_lowered_conv_grad_weight, n);
    conv1x1s2_32c8_16c16_add_grad_input(d_layer1_0, d_layer2_0_downsample_0,
        w->layer2_0_downsample_0_weight, layer2_0_downsample_0_turned_conv_grad_input, n);
}

/* layer1.0 = basic(relu, out 8, stride 1), resnet8_tiny.lua:24, upside down
 * out  d_relu [32][32][n][8] */
static void layer1_0_backward(int n)
{
    /* d_relu lies over d_layer1_0, which ends here. */
    bn_add_relu_32c8_backward(d_layer1_0_conv2, d_relu, d_layer1_0, layer1_0_conv2,
        layer1_0, layer1_0_bn2_mean, layer1_0_bn2_inv_std, w->layer1_0_bn2_weight,
        g->layer1_0_bn2_weight, g->layer1_0_bn2_bias, layer1_0_bn2_partial_bn_backward, n);
    conv3x3_32c8_32c8_grad_weight(g->layer1_0_conv2_weight, d_layer1_0_conv2,
        layer1_0_relu1, layer1_0_conv2_workspace_conv_grad_weight,
        layer1_0_conv2_lowered_conv_grad_weight, n);
    conv3x3_32c8_32c8_grad_input(d_layer1_0_relu1, d_layer1_0_conv2,
        w->layer1_0_conv2_weight, layer1_0_conv2_turned_conv_grad_input, n);
    /* d_layer1_0_conv1 lies over d_layer1_0_relu1, which ends here. */
    bn_relu_32c8_backward(d_layer1_0_conv1, d_layer1_0_relu1, layer1_0_conv1,
        layer1_0_bn1_mean, layer1_0_bn1_inv_std, w->layer1_0_bn1_weight, w->layer1_0_bn1_bias,
        g->layer1_0_bn1_weight, g->layer1_0_bn1_bias, layer1_0_bn1_partial_bn_backward,
        layer1_0_bn1_factors_bn_backward, n);
    conv3x3_32c8_32c8_grad_weight(g->layer1_0_conv1_weight, d_layer1_0_conv1, relu,
        layer1_0_conv1_workspace_conv_grad_weight, layer1_0_conv1_lowered_conv_grad_weight, n);
    conv3x3_32c8_32c8_add_grad_input(d_relu, d_layer1_0_conv1, w->layer1_0_conv1_weight,
        layer1_0_conv1_turned_conv_grad_input, n);
}

/* resnet8_tiny.lua:22, upside down */
static void stem_backward(int n)
{
    /* d_conv1 lies over d_relu, which ends here. */
    bn_relu_32c8_backward(d_conv1, d_relu, conv1, bn1_mean, bn1_inv_std, w->bn1_weight,
        w->bn1_bias, g->bn1_weight, g->bn1_bias, bn1_partial_bn_backward, bn1_factors_bn_backward,
        n);
    conv3x3_32c3_32c8_grad_weight(g->conv1_weight, d_conv1, image,
        conv1_workspace_conv_grad_weight, conv1_lowered_conv_grad_weight, n);
}

void run_backward(int n)
{
    head_backward(n);
    layer3_0_backward(n);
    layer2_0_backward(n);
    layer1_0_backward(n);
    stem_backward(n);
}
