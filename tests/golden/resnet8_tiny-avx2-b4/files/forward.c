/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network, as the spec tells it: one function for each of its blocks. */

/* resnet8_tiny.lua:18-22
 * out  relu [32][32][n][8] */
static void stem_forward(int n)
{
    normalise_32c3(image, step.images, n);
    conv3x3_32c3_32c8_forward(conv1, image, w->conv1_weight, bn1_partial,
        conv1_lowered_conv, n);
    bn_relu_32c8_forward(relu, conv1, w->bn1_weight, w->bn1_bias, bn1_running_mean,
        bn1_running_var, bn1_mean, bn1_inv_std, bn1_partial, bn1_factors_bn, n);
}

/* layer1.0 = basic(relu, out 8, stride 1), resnet8_tiny.lua:24
 *
 *   relu -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> layer1_0
 *         '-------------------------------------'
 *
 * in   relu [32][32][n][8]
 * out  layer1_0 [32][32][n][8] */
static void layer1_0_forward(int n)
{
    conv3x3_32c8_32c8_forward(layer1_0_conv1, relu, w->layer1_0_conv1_weight,
        layer1_0_bn1_partial, layer1_0_conv1_lowered_conv, n);
    bn_relu_32c8_forward(layer1_0_relu1, layer1_0_conv1, w->layer1_0_bn1_weight,
        w->layer1_0_bn1_bias, layer1_0_bn1_running_mean, layer1_0_bn1_running_var,
        layer1_0_bn1_mean, layer1_0_bn1_inv_std, layer1_0_bn1_partial, layer1_0_bn1_factors_bn,
        n);
    conv3x3_32c8_32c8_forward(layer1_0_conv2, layer1_0_relu1, w->layer1_0_conv2_weight,
        layer1_0_bn2_partial, layer1_0_conv2_lowered_conv, n);
    bn_add_relu_32c8_forward(layer1_0, layer1_0_conv2, relu, w->layer1_0_bn2_weight,
        w->layer1_0_bn2_bias, layer1_0_bn2_running_mean, layer1_0_bn2_running_var,
        layer1_0_bn2_mean, layer1_0_bn2_inv_std, layer1_0_bn2_partial, layer1_0_bn2_factors_bn,
        n);
}

/* layer2.0 = basic(layer1.0, out 16, stride 2), resnet8_tiny.lua:24
 *
 *   layer1_0 -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> layer2_0
 *             '- downsample.0 - downsample.1 -------'
 *
 * in   layer1_0 [32][32][n][8]
 * out  layer2_0 [16][16][n][16] */
static void layer2_0_forward(int n)
{
    conv1x1s2_32c8_16c16_forward(layer2_0_downsample_0, layer1_0,
        w->layer2_0_downsample_0_weight, layer2_0_downsample_1_partial,
        layer2_0_downsample_0_lowered_conv, n);
    bn_16c16_forward(layer2_0_downsample_1, layer2_0_downsample_0,
        w->layer2_0_downsample_1_weight, w->layer2_0_downsample_1_bias,
        layer2_0_downsample_1_running_mean, layer2_0_downsample_1_running_var,
        layer2_0_downsample_1_mean, layer2_0_downsample_1_inv_std, layer2_0_downsample_1_partial,
        layer2_0_downsample_1_factors_bn, n);
    conv3x3s2_32c8_16c16_forward(layer2_0_conv1, layer1_0, w->layer2_0_conv1_weight,
        layer2_0_bn1_partial, layer2_0_conv1_lowered_conv, n);
    bn_relu_16c16_forward(layer2_0_relu1, layer2_0_conv1, w->layer2_0_bn1_weight,
        w->layer2_0_bn1_bias, layer2_0_bn1_running_mean, layer2_0_bn1_running_var,
        layer2_0_bn1_mean, layer2_0_bn1_inv_std, layer2_0_bn1_partial, layer2_0_bn1_factors_bn,
        n);
    conv3x3_16c16_16c16_forward(layer2_0_conv2, layer2_0_relu1, w->layer2_0_conv2_weight,
        layer2_0_bn2_partial, n);
    bn_add_relu_16c16_forward(layer2_0, layer2_0_conv2, layer2_0_downsample_1,
        w->layer2_0_bn2_weight, w->layer2_0_bn2_bias, layer2_0_bn2_running_mean,
        layer2_0_bn2_running_var, layer2_0_bn2_mean, layer2_0_bn2_inv_std, layer2_0_bn2_partial,
        layer2_0_bn2_factors_bn, n);
}

/* layer3.0 = basic(layer2.0, out 32, stride 2), resnet8_tiny.lua:24
 *
 *   layer2_0 -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> layer3_0
 *             '- downsample.0 - downsample.1 -------'
 *
 * in   layer2_0 [16][16][n][16]
 * out  layer3_0 [8][8][n][32] */
static void layer3_0_forward(int n)
{
    conv1x1s2_16c16_8c32_forward(layer3_0_downsample_0, layer2_0,
        w->layer3_0_downsample_0_weight, layer3_0_downsample_1_partial, n);
    bn_8c32_forward(layer3_0_downsample_1, layer3_0_downsample_0,
        w->layer3_0_downsample_1_weight, w->layer3_0_downsample_1_bias,
        layer3_0_downsample_1_running_mean, layer3_0_downsample_1_running_var,
        layer3_0_downsample_1_mean, layer3_0_downsample_1_inv_std, layer3_0_downsample_1_partial,
        layer3_0_downsample_1_factors_bn, n);
    conv3x3s2_16c16_8c32_forward(layer3_0_conv1, layer2_0, w->layer3_0_conv1_weight,
        layer3_0_bn1_partial, n);
    bn_relu_8c32_forward(layer3_0_relu1, layer3_0_conv1, w->layer3_0_bn1_weight,
        w->layer3_0_bn1_bias, layer3_0_bn1_running_mean, layer3_0_bn1_running_var,
        layer3_0_bn1_mean, layer3_0_bn1_inv_std, layer3_0_bn1_partial, layer3_0_bn1_factors_bn,
        n);
    conv3x3_8c32_8c32_forward(layer3_0_conv2, layer3_0_relu1, w->layer3_0_conv2_weight,
        layer3_0_bn2_partial, n);
    bn_add_relu_8c32_forward(layer3_0, layer3_0_conv2, layer3_0_downsample_1,
        w->layer3_0_bn2_weight, w->layer3_0_bn2_bias, layer3_0_bn2_running_mean,
        layer3_0_bn2_running_var, layer3_0_bn2_mean, layer3_0_bn2_inv_std, layer3_0_bn2_partial,
        layer3_0_bn2_factors_bn, n);
}

/* resnet8_tiny.lua:26-29
 *
 *   layer3_0 - mean - fc - loss -> loss
 *
 * in   layer3_0 [8][8][n][32] */
static void head_forward(int n)
{
    mean_pool_8c32_forward(mean, layer3_0, n);
    linear_32_10_forward(fc, mean, w->fc_weight, w->fc_bias, fc_turned_linear, n);
    cross_entropy_c10_forward(loss, fc, step.targets, &step.result, n);
}

void run_forward(int n)
{
    stem_forward(n);
    layer1_0_forward(n);
    layer2_0_forward(n);
    layer3_0_forward(n);
    head_forward(n);
}
