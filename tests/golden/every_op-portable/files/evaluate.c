/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network with running statistics. */

/* every_op.lua:8-13
 * out  eval_maxpool [3][3][n][8] */
static void stem_evaluate(struct every_op *c, int n)
{
    normalise_12x10c3(&c->host, c->eval_image, c->images, n);
    conv5x5s2_12x10c3_6x5c8_lowered_forward(&c->host, c->eval_stem, c->eval_image,
                                            c->w->stem_weight, c->w->stem_bias, n);
    /* eval_relu lies over eval_stem, which ends here. */
    relu_6x5c8_forward(&c->host, c->eval_relu, c->eval_stem, n);
    max_pool3x3s2_6x5c8_evaluate(&c->host, c->eval_maxpool, c->eval_relu, n);
}

/* one = block(maxpool, out 8), every_op.lua:14
 *
 *   eval_maxpool -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> eval_one
 *                 '-------------------------------------'
 *
 * in   eval_maxpool [3][3][n][8]
 * out  eval_one [3][3][n][8] */
static void one_evaluate(struct every_op *c, int n)
{
    conv3x3g2_3c8_3c8_grouped_forward(&c->host, c->eval_one_conv1, c->eval_maxpool,
                                      c->w->one_conv1_weight, c->eval_one_conv1_turned_conv, n);
    /* eval_one_relu1 lies over eval_one_conv1, which ends here. */
    bn_relu_3c8_evaluate(&c->host, c->eval_one_relu1, c->eval_one_conv1, &c->bn.one_bn1,
                         c->eval_one_bn1_work_bn_evaluate, n);
    conv1x3_3c8_3c8_lowered_forward(&c->host, c->eval_one_conv2, c->eval_one_relu1,
                                    c->w->one_conv2_weight, n);
    /* eval_one lies over eval_one_conv2, which ends here. */
    bn_add_relu_3c8_evaluate(&c->host, c->eval_one, c->eval_one_conv2, c->eval_maxpool,
                             &c->bn.one_bn2, c->eval_one_bn2_work_bn_evaluate, n);
}

/* every_op.lua:15-26
 * in   eval_one [3][3][n][8] */
static void head_evaluate(struct every_op *c, int n)
{
    avg_pool2x2s1_3c8_forward(&c->host, c->eval_avgpool, c->eval_one, n);
    /* eval_plain lies over eval_avgpool, which ends here. */
    bn_2c8_evaluate(&c->host, c->eval_plain, c->eval_avgpool, &c->bn.plain,
                    c->eval_plain_work_bn_evaluate, n);
    /* eval_groups lies over eval_plain, which ends here. */
    group_norm2_2c8_forward(&c->host, c->eval_groups, c->eval_plain, c->w->groups_weight,
                            c->w->groups_bias, n);
    silu_2c8_forward(&c->host, c->eval_silu, c->eval_groups, n);
    gelu_2c8_forward(&c->host, c->eval_gelu, c->eval_groups, n);
    /* eval_leaky_relu lies over eval_groups, which ends here. */
    leaky_relu_2c8_forward(&c->host, c->eval_leaky_relu, c->eval_groups, n);
    concat_2c24_forward(&c->host, c->eval_concat, c->eval_silu, c->eval_gelu, c->eval_leaky_relu,
                        n);
    mean_pool_2c24_forward(&c->host, c->eval_mean, c->eval_concat, n);
    /* eval_relu6 lies over eval_mean, which ends here. */
    relu6_c24_forward(&c->host, c->eval_relu6, c->eval_mean, n);
    linear_24_24_forward(&c->host, c->eval_excite, c->eval_relu6, c->w->excite_weight,
                         c->w->excite_bias, c->eval_excite_turned_linear, n);
    /* eval_sigmoid lies over eval_excite, which ends here. */
    sigmoid_c24_forward(&c->host, c->eval_sigmoid, c->eval_excite, n);
    /* eval_mul lies over eval_concat, which ends here. */
    mul_factor_2c24_forward(&c->host, c->eval_mul, c->eval_concat, c->eval_sigmoid, n);
    pad_channels_c27_forward(&c->host, c->eval_pad, c->eval_mul, n);
    adaptive_avg_pool1x1_2c24_forward(&c->host, c->eval_avgpool2, c->eval_mul, n);
    adaptive_max_pool1x1_c27_evaluate(&c->host, c->eval_maxpool2, c->eval_pad, n);
    concat_c51_forward(&c->host, c->eval_concat2, c->eval_avgpool2, c->eval_maxpool2, n);
    leaky_relu_c51_forward(&c->host, c->eval_leaky_relu2, c->eval_concat2, n);
    /* eval_mul2 lies over eval_concat2, which ends here. */
    mul_c51_forward(&c->host, c->eval_mul2, c->eval_concat2, c->eval_leaky_relu2, n);
    /* eval_scale lies over eval_mul2, which ends here. */
    scale_c51_forward(&c->host, c->eval_scale, c->eval_mul2, n);
    mean_pool_c51_forward(&c->host, c->eval_mean2, c->eval_scale, n);
    linear_51_6_forward(&c->host, c->eval_pooled, c->eval_mean2, c->w->pooled_weight,
                        c->eval_pooled_turned_linear, n);
    flatten_c51_forward(&c->host, c->eval_flatten, c->eval_scale, n);
    linear_51_6_forward_2(&c->host, c->eval_fc, c->eval_flatten, c->w->fc_weight, c->w->fc_bias,
                          c->eval_fc_turned_linear, n);
    /* eval_add lies over eval_fc, which ends here. */
    add_c6_forward(&c->host, c->eval_add, c->eval_fc, c->eval_pooled, n);
    cross_entropy_c6_forward(c->eval_loss, c->eval_add, c->targets, &c->result, n);
}

void run_evaluate(struct every_op *c, int n)
{
    stem_evaluate(c, n);
    one_evaluate(c, n);
    head_evaluate(c, n);
}
