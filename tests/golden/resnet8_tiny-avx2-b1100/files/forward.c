/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 1100.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network, as the spec tells it: one function for each of its blocks. */

/* resnet8_tiny.lua:18-22
 * out  relu [32][32][n][8] */
static void stem_forward(struct resnet8_tiny *c, int n)
{
    normalise_32c3(&c->host, c->image, c->images, n);
    conv3x3_32c3_32c8_lowered_forward(&c->host, c->conv1, c->image, c->w->conv1_weight,
                                      c->bn1_statistics, c->conv1_partial_conv, n);
    bn_relu_32c8_forward(&c->host, c->relu, c->conv1, &c->bn.bn1, c->bn1_statistics, c->bn1_work_bn,
                         n);
}

/* layer1.0 = basic(relu, out 8, stride 1), resnet8_tiny.lua:24
 *
 *   relu -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> layer1_0
 *         '-------------------------------------'
 *
 * in   relu [32][32][n][8]
 * out  layer1_0 [32][32][n][8] */
static void layer1_0_forward(struct resnet8_tiny *c, int n)
{
    conv3x3_32c8_32c8_lowered_forward(&c->host, c->layer1_0_conv1, c->relu,
                                      c->w->layer1_0_conv1_weight, c->layer1_0_bn1_statistics,
                                      c->layer1_0_conv1_partial_conv, n);
    bn_relu_32c8_forward(&c->host, c->layer1_0_relu1, c->layer1_0_conv1, &c->bn.layer1_0_bn1,
                         c->layer1_0_bn1_statistics, c->layer1_0_bn1_work_bn, n);
    conv3x3_32c8_32c8_lowered_forward(&c->host, c->layer1_0_conv2, c->layer1_0_relu1,
                                      c->w->layer1_0_conv2_weight, c->layer1_0_bn2_statistics,
                                      c->layer1_0_conv2_partial_conv, n);
    bn_add_relu_32c8_forward(&c->host, c->layer1_0, c->layer1_0_conv2, c->relu, &c->bn.layer1_0_bn2,
                             c->layer1_0_bn2_statistics, c->layer1_0_bn2_work_bn, n);
}

/* layer2.0 = basic(layer1.0, out 16, stride 2), resnet8_tiny.lua:24
 *
 *   layer1_0 -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> layer2_0
 *             '- downsample.0 - downsample.1 -------'
 *
 * in   layer1_0 [32][32][n][8]
 * out  layer2_0 [16][16][n][16] */
static void layer2_0_forward(struct resnet8_tiny *c, int n)
{
    conv1x1s2_32c8_16c16_lowered_forward(&c->host, c->layer2_0_downsample_0, c->layer1_0,
                                         c->w->layer2_0_downsample_0_weight,
                                         c->layer2_0_downsample_1_statistics,
                                         c->layer2_0_downsample_0_partial_conv, n);
    bn_16c16_forward(&c->host, c->layer2_0_downsample_1, c->layer2_0_downsample_0,
                     &c->bn.layer2_0_downsample_1, c->layer2_0_downsample_1_statistics,
                     c->layer2_0_downsample_1_work_bn, n);
    conv3x3s2_32c8_16c16_lowered_forward(&c->host, c->layer2_0_conv1, c->layer1_0,
                                         c->w->layer2_0_conv1_weight, c->layer2_0_bn1_statistics,
                                         c->layer2_0_conv1_partial_conv, n);
    bn_relu_16c16_on_load_forward(c->layer2_0_bn1_factors, c->layer2_0_conv1, &c->bn.layer2_0_bn1,
                                  c->layer2_0_bn1_statistics, n);
    conv3x3_16c16_16c16_f4_forward(&c->host, c->layer2_0_conv2, c->layer2_0_conv1,
                                   c->w->layer2_0_conv2_weight, c->layer2_0_bn2_statistics,
                                   c->layer2_0_bn1_factors, c->layer2_0_conv2_partial_conv,
                                   c->layer2_0_conv2_kernel_conv, n);
    bn_add_relu_16c16_forward(&c->host, c->layer2_0, c->layer2_0_conv2, c->layer2_0_downsample_1,
                              &c->bn.layer2_0_bn2, c->layer2_0_bn2_statistics,
                              c->layer2_0_bn2_work_bn, n);
}

/* layer3.0 = basic(layer2.0, out 32, stride 2), resnet8_tiny.lua:24
 *
 *   layer2_0 -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> layer3_0
 *             '- downsample.0 - downsample.1 -------'
 *
 * in   layer2_0 [16][16][n][16]
 * out  layer3_0 [8][8][n][32] */
static void layer3_0_forward(struct resnet8_tiny *c, int n)
{
    conv1x1s2_16c16_8c32_taps_forward(&c->host, c->layer3_0_downsample_0, c->layer2_0,
                                      c->w->layer3_0_downsample_0_weight,
                                      c->layer3_0_downsample_1_statistics,
                                      c->layer3_0_downsample_0_partial_conv, n);
    bn_8c32_forward(&c->host, c->layer3_0_downsample_1, c->layer3_0_downsample_0,
                    &c->bn.layer3_0_downsample_1, c->layer3_0_downsample_1_statistics,
                    c->layer3_0_downsample_1_work_bn, n);
    conv3x3s2_16c16_8c32_taps_forward(&c->host, c->layer3_0_conv1, c->layer2_0,
                                      c->w->layer3_0_conv1_weight, c->layer3_0_bn1_statistics,
                                      c->layer3_0_conv1_partial_conv, n);
    bn_relu_8c32_forward(&c->host, c->layer3_0_relu1, c->layer3_0_conv1, &c->bn.layer3_0_bn1,
                         c->layer3_0_bn1_statistics, c->layer3_0_bn1_work_bn, n);
    conv3x3_8c32_8c32_f4_forward(&c->host, c->layer3_0_conv2, c->layer3_0_relu1,
                                 c->w->layer3_0_conv2_weight, c->layer3_0_bn2_statistics,
                                 c->layer3_0_conv2_partial_conv, c->layer3_0_conv2_kernel_conv, n);
    bn_add_relu_8c32_forward(&c->host, c->layer3_0, c->layer3_0_conv2, c->layer3_0_downsample_1,
                             &c->bn.layer3_0_bn2, c->layer3_0_bn2_statistics,
                             c->layer3_0_bn2_work_bn, n);
}

/* resnet8_tiny.lua:26-29
 *
 *   layer3_0 - mean - fc - loss -> loss
 *
 * in   layer3_0 [8][8][n][32] */
static void head_forward(struct resnet8_tiny *c, int n)
{
    mean_pool_8c32_forward(&c->host, c->mean, c->layer3_0, n);
    linear_32_10_forward(&c->host, c->fc, c->mean, c->w->fc_weight, c->w->fc_bias,
                         c->fc_turned_linear, n);
    cross_entropy_c10_forward(c->loss, c->fc, c->targets, &c->result, n);
}

void run_forward(struct resnet8_tiny *c, int n)
{
    stem_forward(c, n);
    layer1_0_forward(c, n);
    layer2_0_forward(c, n);
    layer3_0_forward(c, n);
    head_forward(c, n);
}
