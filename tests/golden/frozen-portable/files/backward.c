/* Made by castnet 0.1.0 from frozen.lua --target portable --batch 2 --freeze conv1,bn1,one.
 * This file belongs to whoever made it. */
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The forward program upside down. Each function takes the gradients of what its forward twin made
 * and leaves those of what it was given, and of its parameters. */

/* frozen.lua:15-19, upside down
 * out  d_one_relu1 [2][2][n][4] */
static void head_backward(struct frozen *c, int n)
{
    cross_entropy_c3_backward(c->d_fc, c->fc, c->targets, n);
    linear_4_3_grad_weight(&c->host, c->g->fc_weight, c->d_fc, c->mean, n);
    if (c->hyper->frozen < 2)
        channel_sum_c3(&c->host, c->g->fc_bias, c->d_fc, c->fc_partial_channel_sum, n);
    if (c->hyper->frozen < 1)
        linear_4_3_grad_input(&c->host, c->d_mean, c->d_fc, c->w->fc_weight, n);
    if (c->hyper->frozen < 1)
        mean_pool_2c4_backward(&c->host, c->d_one_relu1, c->d_mean, n);
}

/* one = block(relu2, out 4), frozen.lua:15, upside down
 * out  d_relu2 [2][2][n][4] */
static void one_backward(struct frozen *c, int n)
{
    /* d_relu2 lies over d_one_relu1, which ends here. */
    if (c->hyper->frozen < 1)
        bn_add_relu_2c4_evaluate_backward(&c->host, c->d_one_conv, c->d_relu2, c->d_one_relu1,
                                          c->one_relu1, &c->bn.one_bn,
                                          c->one_bn_work_bn_evaluate_backward, n);
    if (c->hyper->frozen < 1)
        conv5x5_2c4_2c4_taps_grad_input(&c->host, c->d_relu2, c->d_one_conv, c->one_conv_weight,
                                        c->one_conv_turned_conv_grad_input, n);
}

/* frozen.lua:14, upside down */
static void stem_backward(struct frozen *c, int n)
{
    /* d_conv2 lies over d_relu2, which ends here. */
    if (c->hyper->frozen < 1)
        bn_relu_2c4_backward(&c->host, c->d_conv2, c->d_relu2, c->conv2, &c->bn.bn2,
                             c->bn2_work_bn_backward, n);
    if (c->hyper->frozen < 1)
        conv5x5_2c4_2c4_lowered_grad_weight(&c->host, c->g->conv2_weight, c->d_conv2, c->maxpool,
                                            n);
}

void run_backward(struct frozen *c, int n)
{
    head_backward(c, n);
    one_backward(c, n);
    stem_backward(c, n);
}
