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

/* What lies at the places of the table. */
enum {
    NOTHING,
    AT_CONV,
    AT_DEAD,
    AT_CONV_GRADIENT,
    AT_WEIGHT,
    AT_WEIGHT_GRADIENT,
    AT_MEAN,
    AT_COUNT,
    AT_FC,
    AT_FC_GRADIENT,
    AT_BIAS,
    AT_BIAS_GRADIENT
};
static void *const places[] = {NULL,      conv_value,         conv_dead, conv_gradient,
                               bn_weight, bn_weight_gradient, bn_mean,   &bn_count,
                               fc_weight, fc_weight_gradient, fc_bias,   fc_bias_gradient};

struct model_tensor MODEL(tensors)[MODEL_TENSORS] = {
    {"conv.weight",
     MODEL_F32,
     1,
     4,
     {4, 2, 3, 3},
     MODEL_NORMAL,
     0.5f,
     {1, 4, 2, 8},
     2,
     corners_dead,
     AT_CONV,
     AT_DEAD,
     AT_CONV_GRADIENT},
    {"bn.weight", MODEL_F32, 1, 1, {4}, MODEL_ONES, 0, {0}, 1, 0, AT_WEIGHT, 0, AT_WEIGHT_GRADIENT},
    {"bn.running_mean", MODEL_F32, 0, 1, {4}, MODEL_ZEROS, 0, {0}, 1, 0, AT_MEAN, 0, 0},
    {"bn.num_batches_tracked", MODEL_I64, 0, 0, {0}, MODEL_ZEROS, 0, {0}, 1, 0, AT_COUNT, 0, 0},
    {"fc.weight",
     MODEL_F32,
     1,
     2,
     {10, 6},
     MODEL_UNIFORM,
     0.25f,
     {0},
     1,
     0,
     AT_FC,
     0,
     AT_FC_GRADIENT},
    {"fc.bias", MODEL_F32, 1, 1, {10}, MODEL_ZEROS, 0, {0}, 1, 0, AT_BIAS, 0, AT_BIAS_GRADIENT},
};

static struct model_tensor *const table = MODEL(tensors);

void *MODEL(at)(struct model_context *context, size_t place)
{
    (void)context;
    return places[place];
}

void MODEL(settle)(struct model_context *context)
{
    (void)context;
    settled++;
}

#endif
