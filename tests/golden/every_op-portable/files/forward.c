/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network, as the spec tells it: one function for each of its blocks. */

/* every_op.lua:8-13
 * out  maxpool [3][3][n][8] */
static void stem_forward(struct every_op *c, int n)
{
    normalise_12x10c3(&c->host, c->image, c->images, n);
    conv5x5s2_12x10c3_6x5c8_lowered_forward(&c->host, c->stem, c->image, c->w->stem_weight,
                                            c->w->stem_bias, n);
    /* relu lies over stem, which ends here. */
    relu_6x5c8_forward(&c->host, c->relu, c->stem, n);
    max_pool3x3s2_6x5c8_forward(&c->host, c->maxpool, c->relu, c->maxpool_choice, n);
}

/* one = block(maxpool, out 8), every_op.lua:14
 *
 *   maxpool -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> one
 *            '-------------------------------------'
 *
 * in   maxpool [3][3][n][8]
 * out  one [3][3][n][8] */
static void one_forward(struct every_op *c, int n)
{
    conv3x3g2_3c8_3c8_grouped_forward(&c->host, c->one_conv1, c->maxpool, c->w->one_conv1_weight,
                                      c->one_conv1_turned_conv, n);
    bn_relu_3c8_forward(&c->host, c->one_relu1, c->one_conv1, &c->bn.one_bn1, c->one_bn1_work_bn,
                        n);
    conv1x3_3c8_3c8_lowered_forward(&c->host, c->one_conv2, c->one_relu1, c->w->one_conv2_weight,
                                    n);
    bn_add_relu_3c8_forward(&c->host, c->one, c->one_conv2, c->maxpool, &c->bn.one_bn2,
                            c->one_bn2_work_bn, n);
}

/* every_op.lua:15-26
 * in   one [3][3][n][8] */
static void head_forward(struct every_op *c, int n)
{
    avg_pool2x2s1_3c8_forward(&c->host, c->avgpool, c->one, n);
    bn_2c8_forward(&c->host, c->plain, c->avgpool, &c->bn.plain, c->plain_work_bn, n);
    group_norm2_2c8_forward(&c->host, c->groups, c->plain, c->w->groups_weight, c->w->groups_bias,
                            n);
    silu_2c8_forward(&c->host, c->silu, c->groups, n);
    gelu_2c8_forward(&c->host, c->gelu, c->groups, n);
    leaky_relu_2c8_forward(&c->host, c->leaky_relu, c->groups, n);
    concat_2c24_forward(&c->host, c->concat, c->silu, c->gelu, c->leaky_relu, n);
    mean_pool_2c24_forward(&c->host, c->mean, c->concat, n);
    /* relu6 lies over mean, which ends here. */
    relu6_c24_forward(&c->host, c->relu6, c->mean, n);
    linear_24_24_forward(&c->host, c->excite, c->relu6, c->w->excite_weight, c->w->excite_bias,
                         c->excite_turned_linear, n);
    /* sigmoid lies over excite, which ends here. */
    sigmoid_c24_forward(&c->host, c->sigmoid, c->excite, n);
    mul_factor_2c24_forward(&c->host, c->mul, c->concat, c->sigmoid, n);
    drop_path_2c24_forward(&c->host, c->drop_path, c->mul, c->hyper->seed, (uint64_t)c->hyper->step,
                           n);
    pad_channels_c27_forward(&c->host, c->pad, c->drop_path, n);
    adaptive_avg_pool1x1_2c24_forward(&c->host, c->avgpool2, c->mul, n);
    /* dropout2d lies over pad, which ends here. */
    dropout2d_c27_forward(&c->host, c->dropout2d, c->pad, c->hyper->seed, (uint64_t)c->hyper->step,
                          n);
    adaptive_max_pool1x1_c27_forward(&c->host, c->maxpool2, c->dropout2d, c->maxpool2_choice, n);
    concat_c51_forward(&c->host, c->concat2, c->avgpool2, c->maxpool2, n);
    leaky_relu_c51_forward(&c->host, c->leaky_relu2, c->concat2, n);
    mul_c51_forward(&c->host, c->mul2, c->concat2, c->leaky_relu2, n);
    /* scale lies over mul2, which ends here. */
    scale_c51_forward(&c->host, c->scale, c->mul2, n);
    mean_pool_c51_forward(&c->host, c->mean2, c->scale, n);
    linear_51_6_forward(&c->host, c->pooled, c->mean2, c->w->pooled_weight, c->pooled_turned_linear,
                        n);
    flatten_c51_forward(&c->host, c->flatten, c->scale, n);
    /* dropout lies over flatten, which ends here. */
    dropout_c51_forward(&c->host, c->dropout, c->flatten, c->hyper->seed, (uint64_t)c->hyper->step,
                        n);
    linear_51_6_forward_2(&c->host, c->fc, c->dropout, c->w->fc_weight, c->w->fc_bias,
                          c->fc_turned_linear, n);
    /* add lies over fc, which ends here. */
    add_c6_forward(&c->host, c->add, c->fc, c->pooled, n);
    cross_entropy_c6_forward(c->loss, c->add, c->targets, &c->result, n);
}

void run_forward(struct every_op *c, int n)
{
    stem_forward(c, n);
    one_forward(c, n);
    head_forward(c, n);
}
