/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 1100.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The forward program upside down. Each function takes the gradients of what its forward twin made
 * and leaves those of what it was given, and of its parameters. */

/* resnet8_tiny.lua:26-29, upside down
 * out  d_layer3_0 [8][8][n][32] */
static void head_backward(struct resnet8_tiny *c, int n)
{
    cross_entropy_c10_backward(c->d_fc, c->fc, c->targets, n);
    linear_32_10_grad_weight(&c->host, c->g->fc_weight, c->d_fc, c->mean, n);
    channel_sum_c10(&c->host, c->g->fc_bias, c->d_fc, c->fc_partial_channel_sum, n);
    linear_32_10_grad_input(&c->host, c->d_mean, c->d_fc, c->w->fc_weight, n);
    mean_pool_8c32_backward(&c->host, c->d_layer3_0, c->d_mean, n);
}

/* layer3.0 = basic(layer2.0, out 32, stride 2), resnet8_tiny.lua:24, upside down
 * out  d_layer2_0 [16][16][n][16] */
static void layer3_0_backward(struct resnet8_tiny *c, int n)
{
    /* d_layer3_0_downsample_1 lies over d_layer3_0, which ends here. */
    bn_add_relu_8c32_backward(&c->host, c->d_layer3_0_conv2, c->d_layer3_0_downsample_1,
                              c->d_layer3_0, c->layer3_0_conv2, c->layer3_0, &c->bn.layer3_0_bn2,
                              c->layer3_0_bn2_work_bn_backward, n);
    conv3x3_8c32_8c32_f4_grad_weight(&c->host, c->g->layer3_0_conv2_weight, c->d_layer3_0_conv2,
                                     c->layer3_0_relu1,
                                     c->layer3_0_conv2_workspace_conv_grad_weight, n);
    conv3x3_8c32_8c32_f4_grad_input(&c->host, c->d_layer3_0_relu1, c->d_layer3_0_conv2,
                                    c->w->layer3_0_conv2_weight,
                                    c->layer3_0_conv2_kernel_conv_grad_input,
                                    c->layer3_0_conv2_turned_conv_grad_input, n);
    /* d_layer3_0_conv1 lies over d_layer3_0_relu1, which ends here. */
    bn_relu_8c32_backward(&c->host, c->d_layer3_0_conv1, c->d_layer3_0_relu1, c->layer3_0_conv1,
                          &c->bn.layer3_0_bn1, c->layer3_0_bn1_work_bn_backward, n);
    conv3x3s2_16c16_8c32_taps_grad_weight(&c->host, c->g->layer3_0_conv1_weight,
                                          c->d_layer3_0_conv1, c->layer2_0,
                                          c->layer3_0_conv1_workspace_conv_grad_weight, n);
    conv3x3s2_16c16_8c32_taps_grad_input(&c->host, c->d_layer2_0, c->d_layer3_0_conv1,
                                         c->w->layer3_0_conv1_weight,
                                         c->layer3_0_conv1_turned_conv_grad_input, n);
    /* d_layer3_0_downsample_0 lies over d_layer3_0_downsample_1, which ends here. */
    bn_8c32_backward(&c->host, c->d_layer3_0_downsample_0, c->d_layer3_0_downsample_1,
                     c->layer3_0_downsample_0, &c->bn.layer3_0_downsample_1,
                     c->layer3_0_downsample_1_work_bn_backward, n);
    conv1x1s2_16c16_8c32_taps_grad_weight(&c->host, c->g->layer3_0_downsample_0_weight,
                                          c->d_layer3_0_downsample_0, c->layer2_0,
                                          c->layer3_0_downsample_0_workspace_conv_grad_weight, n);
    conv1x1s2_16c16_8c32_taps_grad_input(&c->host, c->d_layer2_0, c->d_layer3_0_downsample_0,
                                         c->w->layer3_0_downsample_0_weight,
                                         c->layer3_0_downsample_0_turned_conv_grad_input, n);
}

/* layer2.0 = basic(layer1.0, out 16, stride 2), resnet8_tiny.lua:24, upside down
 * out  d_layer1_0 [32][32][n][8] */
static void layer2_0_backward(struct resnet8_tiny *c, int n)
{
    /* d_layer2_0_downsample_1 lies over d_layer2_0, which ends here. */
    bn_add_relu_16c16_backward(&c->host, c->d_layer2_0_conv2, c->d_layer2_0_downsample_1,
                               c->d_layer2_0, c->layer2_0_conv2, c->layer2_0, &c->bn.layer2_0_bn2,
                               c->layer2_0_bn2_work_bn_backward, n);
    conv3x3_16c16_16c16_f4_grad_weight(&c->host, c->g->layer2_0_conv2_weight, c->d_layer2_0_conv2,
                                       c->layer2_0_conv1, c->layer2_0_bn1_factors,
                                       c->layer2_0_conv2_workspace_conv_grad_weight, n);
    conv3x3_16c16_16c16_f4_grad_input(&c->host, c->d_layer2_0_relu1, c->d_layer2_0_conv2,
                                      c->w->layer2_0_conv2_weight,
                                      c->layer2_0_conv2_kernel_conv_grad_input,
                                      c->layer2_0_conv2_turned_conv_grad_input, n);
    /* d_layer2_0_conv1 lies over d_layer2_0_relu1, which ends here. */
    bn_relu_16c16_backward(&c->host, c->d_layer2_0_conv1, c->d_layer2_0_relu1, c->layer2_0_conv1,
                           &c->bn.layer2_0_bn1, c->layer2_0_bn1_work_bn_backward, n);
    conv3x3s2_32c8_16c16_lowered_grad_weight(&c->host, c->g->layer2_0_conv1_weight,
                                             c->d_layer2_0_conv1, c->layer1_0,
                                             c->layer2_0_conv1_workspace_conv_grad_weight, n);
    conv3x3s2_32c8_16c16_taps_grad_input(&c->host, c->d_layer1_0, c->d_layer2_0_conv1,
                                         c->w->layer2_0_conv1_weight,
                                         c->layer2_0_conv1_turned_conv_grad_input, n);
    /* d_layer2_0_downsample_0 lies over d_layer2_0_downsample_1, which ends here. */
    bn_16c16_backward(&c->host, c->d_layer2_0_downsample_0, c->d_layer2_0_downsample_1,
                      c->layer2_0_downsample_0, &c->bn.layer2_0_downsample_1,
                      c->layer2_0_downsample_1_work_bn_backward, n);
    conv1x1s2_32c8_16c16_lowered_grad_weight(&c->host, c->g->layer2_0_downsample_0_weight,
                                             c->d_layer2_0_downsample_0, c->layer1_0,
                                             c->layer2_0_downsample_0_workspace_conv_grad_weight,
                                             n);
    conv1x1s2_32c8_16c16_taps_grad_input(&c->host, c->d_layer1_0, c->d_layer2_0_downsample_0,
                                         c->w->layer2_0_downsample_0_weight,
                                         c->layer2_0_downsample_0_turned_conv_grad_input, n);
}

/* layer1.0 = basic(relu, out 8, stride 1), resnet8_tiny.lua:24, upside down
 * out  d_relu [32][32][n][8] */
static void layer1_0_backward(struct resnet8_tiny *c, int n)
{
    /* d_relu lies over d_layer1_0, which ends here. */
    bn_add_relu_32c8_backward(&c->host, c->d_layer1_0_conv2, c->d_relu, c->d_layer1_0,
                              c->layer1_0_conv2, c->layer1_0, &c->bn.layer1_0_bn2,
                              c->layer1_0_bn2_work_bn_backward, n);
    conv3x3_32c8_32c8_lowered_grad_weight(&c->host, c->g->layer1_0_conv2_weight,
                                          c->d_layer1_0_conv2, c->layer1_0_relu1,
                                          c->layer1_0_conv2_workspace_conv_grad_weight, n);
    conv3x3_32c8_32c8_taps_grad_input(&c->host, c->d_layer1_0_relu1, c->d_layer1_0_conv2,
                                      c->w->layer1_0_conv2_weight,
                                      c->layer1_0_conv2_turned_conv_grad_input, 0, n);
    /* d_layer1_0_conv1 lies over d_layer1_0_relu1, which ends here. */
    bn_relu_32c8_backward(&c->host, c->d_layer1_0_conv1, c->d_layer1_0_relu1, c->layer1_0_conv1,
                          &c->bn.layer1_0_bn1, c->layer1_0_bn1_work_bn_backward, n);
    conv3x3_32c8_32c8_lowered_grad_weight(&c->host, c->g->layer1_0_conv1_weight,
                                          c->d_layer1_0_conv1, c->relu,
                                          c->layer1_0_conv1_workspace_conv_grad_weight, n);
    conv3x3_32c8_32c8_taps_grad_input(&c->host, c->d_relu, c->d_layer1_0_conv1,
                                      c->w->layer1_0_conv1_weight,
                                      c->layer1_0_conv1_turned_conv_grad_input, 1, n);
}

/* resnet8_tiny.lua:22, upside down */
static void stem_backward(struct resnet8_tiny *c, int n)
{
    /* d_conv1 lies over d_relu, which ends here. */
    bn_relu_32c8_backward(&c->host, c->d_conv1, c->d_relu, c->conv1, &c->bn.bn1,
                          c->bn1_work_bn_backward, n);
    conv3x3_32c3_32c8_lowered_grad_weight(&c->host, c->g->conv1_weight, c->d_conv1, c->image,
                                          c->conv1_workspace_conv_grad_weight, n);
}

void run_backward(struct resnet8_tiny *c, int n)
{
    head_backward(c, n);
    layer3_0_backward(c, n);
    layer2_0_backward(c, n);
    layer1_0_backward(c, n);
    stem_backward(c, n);
}
