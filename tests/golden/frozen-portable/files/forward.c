/* Made by castnet 0.1.0 from frozen.lua --target portable --batch 2 --freeze conv1,bn1,one.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network, as the spec tells it: one function for each of its blocks. */

/* frozen.lua:8-14
 * out  relu2 [2][2][n][4] */
static void stem_forward(struct frozen *c, int n)
{
    normalise_4c3(&c->host, c->image, c->images, n);
    conv3x3_4c3_4c4_lowered_forward(&c->host, c->conv1, c->image, c->conv1_weight, n);
    /* relu lies over conv1, which ends here. */
    bn_relu_4c4_evaluate(&c->host, c->relu, c->conv1, &c->bn.bn1, c->bn1_work_bn_evaluate, n);
    max_pool2x2s2_4c4_forward(&c->host, c->maxpool, c->relu, n);
    conv5x5_2c4_2c4_lowered_forward(&c->host, c->conv2, c->maxpool, c->w->conv2_weight, n);
    bn_relu_2c4_forward(&c->host, c->relu2, c->conv2, &c->bn.bn2, c->bn2_work_bn, n);
}

/* one = block(relu2, out 4), frozen.lua:15
 *
 *   relu2 -+- conv - bn -(+)- relu -> one_relu1
 *          '--------------'
 *
 * in   relu2 [2][2][n][4]
 * out  one_relu1 [2][2][n][4] */
static void one_forward(struct frozen *c, int n)
{
    conv5x5_2c4_2c4_lowered_forward(&c->host, c->one_conv, c->relu2, c->one_conv_weight, n);
    /* one_relu1 lies over one_conv, which ends here. */
    bn_add_relu_2c4_evaluate(&c->host, c->one_relu1, c->one_conv, c->relu2, &c->bn.one_bn,
                             c->one_bn_work_bn_evaluate, n);
}

/* frozen.lua:15-19
 *
 *   one_relu1 - mean - fc - loss -> loss
 *
 * in   one_relu1 [2][2][n][4] */
static void head_forward(struct frozen *c, int n)
{
    mean_pool_2c4_forward(&c->host, c->mean, c->one_relu1, n);
    linear_4_3_forward(&c->host, c->fc, c->mean, c->w->fc_weight, c->w->fc_bias,
                       c->fc_turned_linear, n);
    cross_entropy_c3_forward(c->loss, c->fc, c->targets, &c->result, n);
}

void run_forward(struct frozen *c, int n)
{
    stem_forward(c, n);
    one_forward(c, n);
    head_forward(c, n);
}
