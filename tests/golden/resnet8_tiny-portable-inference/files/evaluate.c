/* Made by castnet 0.1.0 from resnet8_tiny.lua --as inference --target portable --batch 1.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network with running statistics. */

/* resnet8_tiny.lua:18-22
 * out  relu [32][32][n][8] */
static void stem_evaluate(struct resnet8_tiny *c, int n)
{
    normalise_32c3(&c->host, c->image, c->images, n);
    conv3x3_32c3_32c8_gathered_fixed_relu(&c->host, c->relu, c->image, c->conv1_weight,
                                          c->conv1_bias, n);
}

/* layer1.0 = basic(relu, out 8, stride 1), resnet8_tiny.lua:24
 *
 *   relu -+- conv1 - relu - conv2 -(+)- relu -> layer1_0
 *         '-------------------------'
 *
 * in   relu [32][32][n][8]
 * out  layer1_0 [32][32][n][8] */
static void layer1_0_evaluate(struct resnet8_tiny *c, int n)
{
    conv3x3_32c8_32c8_gathered_fixed_relu(&c->host, c->layer1_0_relu1, c->relu,
                                          c->layer1_0_conv1_weight, c->layer1_0_conv1_bias, n);
    /* layer1_0 lies over relu, which ends here. */
    conv3x3_32c8_32c8_gathered_fixed_add_relu(&c->host, c->layer1_0, c->layer1_0_relu1, c->relu,
                                              c->layer1_0_conv2_weight, c->layer1_0_conv2_bias, n);
}

/* layer2.0 = basic(layer1.0, out 16, stride 2), resnet8_tiny.lua:24
 *
 *   layer1_0 -+- conv1 - relu - conv2 -(+)- relu -> layer2_0
 *             '- downsample.0 ----------'
 *
 * in   layer1_0 [32][32][n][8]
 * out  layer2_0 [16][16][n][16] */
static void layer2_0_evaluate(struct resnet8_tiny *c, int n)
{
    conv1x1s2_32c8_16c16_gathered_fixed(&c->host, c->layer2_0_downsample_1, c->layer1_0,
                                        c->layer2_0_downsample_0_weight,
                                        c->layer2_0_downsample_0_bias, n);
    conv3x3s2_32c8_16c16_gathered_fixed_relu(&c->host, c->layer2_0_relu1, c->layer1_0,
                                             c->layer2_0_conv1_weight, c->layer2_0_conv1_bias, n);
    /* layer2_0 lies over layer2_0_downsample_1, which ends here. */
    conv3x3_16c16_16c16_gathered_fixed_add_relu(&c->host, c->layer2_0, c->layer2_0_relu1,
                                                c->layer2_0_downsample_1, c->layer2_0_conv2_weight,
                                                c->layer2_0_conv2_bias, n);
}

/* layer3.0 = basic(layer2.0, out 32, stride 2), resnet8_tiny.lua:24
 *
 *   layer2_0 -+- conv1 - relu - conv2 -(+)- relu -> layer3_0
 *             '- downsample.0 ----------'
 *
 * in   layer2_0 [16][16][n][16]
 * out  layer3_0 [8][8][n][32] */
static void layer3_0_evaluate(struct resnet8_tiny *c, int n)
{
    conv1x1s2_16c16_8c32_gathered_fixed(&c->host, c->layer3_0_downsample_1, c->layer2_0,
                                        c->layer3_0_downsample_0_weight,
                                        c->layer3_0_downsample_0_bias, n);
    conv3x3s2_16c16_8c32_gathered_fixed_relu(&c->host, c->layer3_0_relu1, c->layer2_0,
                                             c->layer3_0_conv1_weight, c->layer3_0_conv1_bias, n);
    /* layer3_0 lies over layer3_0_downsample_1, which ends here. */
    conv3x3_8c32_8c32_gathered_fixed_add_relu(&c->host, c->layer3_0, c->layer3_0_relu1,
                                              c->layer3_0_downsample_1, c->layer3_0_conv2_weight,
                                              c->layer3_0_conv2_bias, n);
}

/* resnet8_tiny.lua:26
 *
 *   layer3_0 - mean - fc -> fc
 *
 * in   layer3_0 [8][8][n][32] */
static void head_evaluate(struct resnet8_tiny *c, int n)
{
    mean_pool_8c32_evaluate(&c->host, c->mean, c->layer3_0, n);
    linear_32_10_fixed(&c->host, c->fc, c->mean, c->fc_weight, c->fc_bias, n);
}

void run_evaluate(struct resnet8_tiny *c, int n)
{
    stem_evaluate(c, n);
    layer1_0_evaluate(c, n);
    layer2_0_evaluate(c, n);
    layer3_0_evaluate(c, n);
    head_evaluate(c, n);
}
