/* A made-up model of six tensors, for the tests of weights, init and layout. Include it in one
 * source of a program: it defines what generated code would.
 *
 *   conv.weight          [4][2][3][3] in 2 groups; the four corner taps are dead
 *   bn.weight            [4]
 *   bn.running_mean      [4] (a buffer)
 *   bn.num_batches_tracked
 *   fc.weight, fc.bias   [10][6], [10]
 */
#ifndef WEIGHTS_MODEL_H
#define WEIGHTS_MODEL_H

#include "model.h"

enum {
    CONV,
    BN_WEIGHT,
    BN_MEAN,
    BN_COUNT,
    FC_WEIGHT,
    FC_BIAS,

    CONV_OUT = 4,
    CONV_IN = 2, /* of one group */
    CONV_TAPS = 9,
    CONV_VALUES = CONV_OUT * CONV_IN * CONV_TAPS,
    LIVE = 5 * CONV_OUT * CONV_IN,
    DEAD = 4 * CONV_OUT * CONV_IN
};

/* Live taps 0..4 are the cross, dead taps 0..3 the corners. */
static const int corners_dead[CONV_TAPS] = {~0, 0, ~1, 1, 2, 3, ~2, 4, ~3};
static const int none_dead[CONV_TAPS] = {0, 1, 2, 3, 4, 5, 6, 7, 8};

static float conv_value[CONV_VALUES], conv_dead[DEAD], conv_gradient[CONV_VALUES];
static float bn_weight[4], bn_weight_gradient[4], bn_mean[4];
static int64_t bn_count;
static float fc_weight[60], fc_weight_gradient[60], fc_bias[10], fc_bias_gradient[10];
static int settled;

static struct model_tensor table[MODEL_TENSORS] = {
    {"conv.weight",
     0,
     1,
     4,
     {4, 2, 3, 3},
     MODEL_NORMAL,
     0.5f,
     MODEL_CONV,
     2,
     corners_dead,
     conv_value,
     conv_dead,
     conv_gradient},
    {"bn.weight", 0, 1, 1, {4}, MODEL_ONES, 0, MODEL_PLAIN, 1, 0, bn_weight, 0, bn_weight_gradient},
    {"bn.running_mean", 0, 0, 1, {4}, MODEL_ZEROS, 0, MODEL_PLAIN, 1, 0, bn_mean, 0, 0},
    {"bn.num_batches_tracked", 1, 0, 0, {0}, MODEL_ZEROS, 0, MODEL_PLAIN, 1, 0, &bn_count, 0, 0},
    {"fc.weight",
     0,
     1,
     2,
     {10, 6},
     MODEL_UNIFORM,
     0.25f,
     MODEL_PLAIN,
     1,
     0,
     fc_weight,
     0,
     fc_weight_gradient},
    {"fc.bias", 0, 1, 1, {10}, MODEL_ZEROS, 0, MODEL_PLAIN, 1, 0, fc_bias, 0, fc_bias_gradient},
};

struct model_tensor *MODEL(tensors)(void)
{
    return table;
}

void MODEL(settle)(void)
{
    settled++;
}

#endif
