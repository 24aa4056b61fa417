/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network with running statistics. */

/* resnet8_tiny.lua:18-22
 * out  eval_relu [32][32][n][8] */
static void stem_evaluate(struct resnet8_tiny *c, int n)
{
    normalise_32c3(&c->host, c->eval_image, c->images, n);
    conv3x3_32c3_32c8_lowered_forward(&c->host, c->eval_conv1, c->eval_image, c->w->conv1_weight,
                                      NULL, NULL, n);
    /* eval_relu lies over eval_conv1, which ends here. */
    bn_relu_32c8_evaluate(&c->host, c->eval_relu, c->eval_conv1, &c->bn.bn1,
                          c->eval_bn1_work_bn_evaluate, n);
}

/* layer1.0 = basic(relu, out 8, stride 1), resnet8_tiny.lua:24
 *
 *   eval_relu -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> eval_layer1_0
 *              '-------------------------------------'
 *
 * in   eval_relu [32][32][n][8]
 * out  eval_layer1_0 [32][32][n][8] */
static void layer1_0_evaluate(struct resnet8_tiny *c, int n)
{
    conv3x3_32c8_32c8_lowered_forward(&c->host, c->eval_layer1_0_conv1, c->eval_relu,
                                      c->w->layer1_0_conv1_weight, NULL, NULL, n);
    /* eval_layer1_0_relu1 lies over eval_layer1_0_conv1, which ends here. */
    bn_relu_32c8_evaluate(&c->host, c->eval_layer1_0_relu1, c->eval_layer1_0_conv1,
                          &c->bn.layer1_0_bn1, c->eval_layer1_0_bn1_work_bn_evaluate, n);
    conv3x3_32c8_32c8_lowered_forward(&c->host, c->eval_layer1_0_conv2, c->eval_layer1_0_relu1,
                                      c->w->layer1_0_conv2_weight, NULL, NULL, n);
    /* eval_layer1_0 lies over eval_layer1_0_conv2, which ends here. */
    bn_add_relu_32c8_evaluate(&c->host, c->eval_layer1_0, c->eval_layer1_0_conv2, c->eval_relu,
                              &c->bn.layer1_0_bn2, c->eval_layer1_0_bn2_work_bn_evaluate, n);
}

/* layer2.0 = basic(layer1.0, out 16, stride 2), resnet8_tiny.lua:24
 *
 *   eval_layer1_0 -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> eval_layer2_0
 *                  '- downsample.0 - downsample.1 -------'
 *
 * in   eval_layer1_0 [32][32][n][8]
 * out  eval_layer2_0 [16][16][n][16] */
static void layer2_0_evaluate(struct resnet8_tiny *c, int n)
{
    conv1x1s2_32c8_16c16_lowered_forward(&c->host, c->eval_layer2_0_downsample_0, c->eval_layer1_0,
                                         c->w->layer2_0_downsample_0_weight, NULL, NULL, n);
    /* eval_layer2_0_downsample_1 lies over eval_layer2_0_downsample_0, which ends here. */
    bn_16c16_evaluate(&c->host, c->eval_layer2_0_downsample_1, c->eval_layer2_0_downsample_0,
                      &c->bn.layer2_0_downsample_1, c->eval_layer2_0_downsample_1_work_bn_evaluate,
                      n);
    conv3x3s2_32c8_16c16_lowered_forward(&c->host, c->eval_layer2_0_conv1, c->eval_layer1_0,
                                         c->w->layer2_0_conv1_weight, NULL, NULL, n);
    /* eval_layer2_0_relu1 lies over eval_layer2_0_conv1, which ends here. */
    bn_relu_16c16_evaluate(&c->host, c->eval_layer2_0_relu1, c->eval_layer2_0_conv1,
                           &c->bn.layer2_0_bn1, c->eval_layer2_0_bn1_work_bn_evaluate, n);
    conv3x3_16c16_16c16_f4_forward(&c->host, c->eval_layer2_0_conv2, c->eval_layer2_0_relu1,
                                   c->w->layer2_0_conv2_weight, NULL, NULL,
                                   c->eval_layer2_0_conv2_kernel_conv, n);
    /* eval_layer2_0 lies over eval_layer2_0_conv2, which ends here. */
    bn_add_relu_16c16_evaluate(&c->host, c->eval_layer2_0, c->eval_layer2_0_conv2,
                               c->eval_layer2_0_downsample_1, &c->bn.layer2_0_bn2,
                               c->eval_layer2_0_bn2_work_bn_evaluate, n);
}

/* layer3.0 = basic(layer2.0, out 32, stride 2), resnet8_tiny.lua:24
 *
 *   eval_layer2_0 -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> eval_layer3_0
 *                  '- downsample.0 - downsample.1 -------'
 *
 * in   eval_layer2_0 [16][16][n][16]
 * out  eval_layer3_0 [8][8][n][32] */
static void layer3_0_evaluate(struct resnet8_tiny *c, int n)
{
    conv1x1s2_16c16_8c32_taps_forward(&c->host, c->eval_layer3_0_downsample_0, c->eval_layer2_0,
                                      c->w->layer3_0_downsample_0_weight, NULL, NULL, n);
    /* eval_layer3_0_downsample_1 lies over eval_layer3_0_downsample_0, which ends here. */
    bn_8c32_evaluate(&c->host, c->eval_layer3_0_downsample_1, c->eval_layer3_0_downsample_0,
                     &c->bn.layer3_0_downsample_1, c->eval_layer3_0_downsample_1_work_bn_evaluate,
                     n);
    conv3x3s2_16c16_8c32_taps_forward(&c->host, c->eval_layer3_0_conv1, c->eval_layer2_0,
                                      c->w->layer3_0_conv1_weight, NULL, NULL, n);
    /* eval_layer3_0_relu1 lies over eval_layer3_0_conv1, which ends here. */
    bn_relu_8c32_evaluate(&c->host, c->eval_layer3_0_relu1, c->eval_layer3_0_conv1,
                          &c->bn.layer3_0_bn1, c->eval_layer3_0_bn1_work_bn_evaluate, n);
    conv3x3_8c32_8c32_f4_forward(&c->host, c->eval_layer3_0_conv2, c->eval_layer3_0_relu1,
                                 c->w->layer3_0_conv2_weight, NULL, NULL,
                                 c->eval_layer3_0_conv2_kernel_conv, n);
    /* eval_layer3_0 lies over eval_layer3_0_conv2, which ends here. */
    bn_add_relu_8c32_evaluate(&c->host, c->eval_layer3_0, c->eval_layer3_0_conv2,
                              c->eval_layer3_0_downsample_1, &c->bn.layer3_0_bn2,
                              c->eval_layer3_0_bn2_work_bn_evaluate, n);
}

/* resnet8_tiny.lua:26-29
 *
 *   eval_layer3_0 - mean - fc - loss -> eval_loss
 *
 * in   eval_layer3_0 [8][8][n][32] */
static void head_evaluate(struct resnet8_tiny *c, int n)
{
    mean_pool_8c32_forward(&c->host, c->eval_mean, c->eval_layer3_0, n);
    linear_32_10_forward(&c->host, c->eval_fc, c->eval_mean, c->w->fc_weight, c->w->fc_bias,
                         c->eval_fc_turned_linear, n);
    cross_entropy_c10_forward(c->eval_loss, c->eval_fc, c->targets, &c->result, n);
}

void run_evaluate(struct resnet8_tiny *c, int n)
{
    stem_evaluate(c, n);
    layer1_0_evaluate(c, n);
    layer2_0_evaluate(c, n);
    layer3_0_evaluate(c, n);
    head_evaluate(c, n);
}
