/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
/* The runtime is compiled for one network. It calls it MODEL and model, whatever its prefix. */
#ifndef MODEL_H
#define MODEL_H

#include "../every_op_recipe.h"

#define MODEL(name) every_op_##name
#define MODEL_NAME "every_op"
#define MODEL_DATASET "cifar10" /* in names of files */
#define MODEL_VERSION "0.1.0"
#define MODEL_OPTIONS "--target portable --batch 2"
#define MODEL_BLAS 0 /* 1: kernels call CBLAS, 0: products are castnet's own */
#define MODEL_TARGET "portable"
#define MODEL_EMA 0 /* 1: weights are averaged, see MODEL(swap_average) */

#define model_context every_op
#define model_unit every_op_unit
#define model_host every_op_host
#define model_hyper every_op_hyper
#define model_result every_op_result
#define model_tensor every_op_tensor
#define model_state every_op_state
#define model_optimizer every_op_optimizer
#define model_schedule every_op_schedule
#define model_part every_op_part
#define model_border every_op_border
#define model_augment every_op_augment
#define model_recipe every_op_recipe
#define model_label every_op_label
#define model_data every_op_data
#define model_number every_op_number
#define model_whitening every_op_whitening
#define model_freeze every_op_freeze

#define MODEL_BATCH EVERY_OP_BATCH
#define MODEL_LEAST_IMAGES EVERY_OP_LEAST_IMAGES
#define MODEL_CHANNELS EVERY_OP_CHANNELS
#define MODEL_HEIGHT EVERY_OP_HEIGHT
#define MODEL_WIDTH EVERY_OP_WIDTH
#define MODEL_CLASSES EVERY_OP_CLASSES
#define MODEL_TENSORS EVERY_OP_TENSORS
#define MODEL_STATES EVERY_OP_STATES
#define MODEL_ALIGNMENT EVERY_OP_ALIGNMENT
#define MODEL_PARAMETERS EVERY_OP_PARAMETERS
#define MODEL_FROZEN EVERY_OP_FROZEN
#define MODEL_BYTES EVERY_OP_BYTES
#define MODEL_SCRATCH_BYTES EVERY_OP_SCRATCH_BYTES
#define MODEL_F32 EVERY_OP_F32
#define MODEL_I64 EVERY_OP_I64
#define MODEL_ZEROS EVERY_OP_ZEROS
#define MODEL_ONES EVERY_OP_ONES
#define MODEL_NORMAL EVERY_OP_NORMAL
#define MODEL_UNIFORM EVERY_OP_UNIFORM
#define MODEL_DIRAC EVERY_OP_DIRAC
#define MODEL_NUMBERS EVERY_OP_NUMBERS
#define MODEL_COMPILED_IN EVERY_OP_COMPILED_IN
#define MODEL_PARTS EVERY_OP_PARTS
#define MODEL_TRIVIAL_AUGMENT EVERY_OP_TRIVIAL_AUGMENT
#define MODEL_COLOR_JITTER EVERY_OP_COLOR_JITTER
#define MODEL_WHITENING EVERY_OP_WHITENING
#define MODEL_SGD EVERY_OP_SGD
#define MODEL_ADAM EVERY_OP_ADAM
#define MODEL_ADAMW EVERY_OP_ADAMW
#define MODEL_LION EVERY_OP_LION
#define MODEL_MUON EVERY_OP_MUON
#define MODEL_RMSPROP EVERY_OP_RMSPROP
#define MODEL_CONSTANT EVERY_OP_CONSTANT
#define MODEL_STEP EVERY_OP_STEP
#define MODEL_MULTI_STEP EVERY_OP_MULTI_STEP
#define MODEL_EXPONENTIAL EVERY_OP_EXPONENTIAL
#define MODEL_LINEAR_LR EVERY_OP_LINEAR_LR
#define MODEL_POLYNOMIAL EVERY_OP_POLYNOMIAL
#define MODEL_COSINE EVERY_OP_COSINE
#define MODEL_COSINE_RESTARTS EVERY_OP_COSINE_RESTARTS
#define MODEL_ONE_CYCLE EVERY_OP_ONE_CYCLE
#define MODEL_BORDER_BLACK EVERY_OP_BORDER_BLACK
#define MODEL_BORDER_REFLECT EVERY_OP_BORDER_REFLECT
#define MODEL_FLIP_ALTERNATING EVERY_OP_FLIP_ALTERNATING

#endif
