/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network with running statistics. */

/* every_op.lua:8-13
 * out  eval_maxpool [3][3][n][8] */
static void stem_evaluate(int n)
{
    normalise_12x10c3(eval_image, step.images, n);
    conv5x5s2_12x10c3_6x5c8_forward(eval_stem, eval_image, w->stem_weight, w->stem_bias,
        eval_stem_lowered_conv, n);
    /* eval_relu lies over eval_stem, which ends here. */
    relu_6x5c8_forward(eval_relu, eval_stem, n);
    max_pool3x3s2_6x5c8_evaluate(eval_maxpool, eval_relu, n);
}

/* one = block(maxpool, out 8), every_op.lua:14
 *
 *   eval_maxpool -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> eval_one
 *                 '-------------------------------------'
 *
 * in   eval_maxpool [3][3][n][8]
 * out  eval_one [3][3][n][8] */
static void one_evaluate(int n)
{
    conv3x3g2_3c8_3c8_evaluate(eval_one_conv1, eval_maxpool, w->one_conv1_weight, n);
    /* eval_one_relu1 lies over eval_one_conv1, which ends here. */
    bn_relu_3c8_evaluate(eval_one_relu1, eval_one_conv1, w->one_bn1_weight,
        w->one_bn1_bias, one_bn1_running_mean, one_bn1_running_var,
        eval_one_bn1_factors_bn_evaluate, n);
    conv1x3_3c8_3c8_evaluate(eval_one_conv2, eval_one_relu1, w->one_conv2_weight,
        eval_one_conv2_lowered_conv, n);
    /* eval_one lies over eval_one_conv2, which ends here. */
    bn_add_relu_3c8_evaluate(eval_one, eval_one_conv2, eval_maxpool, w->one_bn2_weight,
        w->one_bn2_bias, one_bn2_running_mean, one_bn2_running_var,
        eval_one_bn2_factors_bn_evaluate, n);
}

/* every_op.lua:15-20
 * in   eval_one [3][3][n][8] */
static void head_evaluate(int n)
{
    avg_pool2x2s1_3c8_forward(eval_avgpool, eval_one, n);
    mean_pool_2c8_forward(eval_mean, eval_avgpool, n);
    linear_8_6_forward(eval_pooled, eval_mean, w->pooled_weight, eval_pooled_turned_linear,
        n);
    flatten_2c8_forward(eval_flatten, eval_avgpool, n);
    linear_32_6_forward(eval_fc, eval_flatten, w->fc_weight, w->fc_bias,
        eval_fc_turned_linear, n);
    /* eval_add lies over eval_fc, which ends here. */
    add_c6_forward(eval_add, eval_fc, eval_pooled, n);
    cross_entropy_c6_forward(eval_loss, eval_add, step.targets, &step.result, n);
}

void run_evaluate(int n)
{
    stem_evaluate(n);
    one_evaluate(n);
    head_evaluate(n);
}
