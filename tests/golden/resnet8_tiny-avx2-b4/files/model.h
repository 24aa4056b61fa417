/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
/* The runtime is compiled for one network. It calls it MODEL and model, whatever its prefix. */
#ifndef MODEL_H
#define MODEL_H

#include "../resnet8_tiny_recipe.h"

#define MODEL(name) resnet8_tiny_##name
#define MODEL_NAME "resnet8_tiny"
#define MODEL_DATASET "cifar10" /* in names of files */
#define MODEL_VERSION "0.1.0"
#define MODEL_OPTIONS "--target avx2 --batch 4"
#define MODEL_BLAS 0 /* 1: kernels call CBLAS, 0: products are castnet's own */
#define MODEL_TARGET "avx2"
#define MODEL_EMA 0 /* 1: weights are averaged, see MODEL(swap_average) */
/* What the processor must have, for runtime/platform/processor.c. */
#define MODEL_INSTRUCTIONS(each) each("avx2") each("fma") each("bmi2")

#define model_context resnet8_tiny
#define model_unit resnet8_tiny_unit
#define model_host resnet8_tiny_host
#define model_hyper resnet8_tiny_hyper
#define model_result resnet8_tiny_result
#define model_tensor resnet8_tiny_tensor
#define model_state resnet8_tiny_state
#define model_optimizer resnet8_tiny_optimizer
#define model_schedule resnet8_tiny_schedule
#define model_part resnet8_tiny_part
#define model_border resnet8_tiny_border
#define model_augment resnet8_tiny_augment
#define model_recipe resnet8_tiny_recipe
#define model_label resnet8_tiny_label
#define model_data resnet8_tiny_data
#define model_number resnet8_tiny_number
#define model_whitening resnet8_tiny_whitening
#define model_freeze resnet8_tiny_freeze

#define MODEL_BATCH RESNET8_TINY_BATCH
#define MODEL_LEAST_IMAGES RESNET8_TINY_LEAST_IMAGES
#define MODEL_CHANNELS RESNET8_TINY_CHANNELS
#define MODEL_HEIGHT RESNET8_TINY_HEIGHT
#define MODEL_WIDTH RESNET8_TINY_WIDTH
#define MODEL_CLASSES RESNET8_TINY_CLASSES
#define MODEL_TENSORS RESNET8_TINY_TENSORS
#define MODEL_STATES RESNET8_TINY_STATES
#define MODEL_ALIGNMENT RESNET8_TINY_ALIGNMENT
#define MODEL_PARAMETERS RESNET8_TINY_PARAMETERS
#define MODEL_FROZEN RESNET8_TINY_FROZEN
#define MODEL_BYTES RESNET8_TINY_BYTES
#define MODEL_SCRATCH_BYTES RESNET8_TINY_SCRATCH_BYTES
#define MODEL_F32 RESNET8_TINY_F32
#define MODEL_I64 RESNET8_TINY_I64
#define MODEL_ZEROS RESNET8_TINY_ZEROS
#define MODEL_ONES RESNET8_TINY_ONES
#define MODEL_NORMAL RESNET8_TINY_NORMAL
#define MODEL_UNIFORM RESNET8_TINY_UNIFORM
#define MODEL_DIRAC RESNET8_TINY_DIRAC
#define MODEL_NUMBERS RESNET8_TINY_NUMBERS
#define MODEL_COMPILED_IN RESNET8_TINY_COMPILED_IN
#define MODEL_PARTS RESNET8_TINY_PARTS
#define MODEL_TRIVIAL_AUGMENT RESNET8_TINY_TRIVIAL_AUGMENT
#define MODEL_COLOR_JITTER RESNET8_TINY_COLOR_JITTER
#define MODEL_WHITENING RESNET8_TINY_WHITENING
#define MODEL_SGD RESNET8_TINY_SGD
#define MODEL_ADAM RESNET8_TINY_ADAM
#define MODEL_ADAMW RESNET8_TINY_ADAMW
#define MODEL_LION RESNET8_TINY_LION
#define MODEL_MUON RESNET8_TINY_MUON
#define MODEL_RMSPROP RESNET8_TINY_RMSPROP
#define MODEL_CONSTANT RESNET8_TINY_CONSTANT
#define MODEL_STEP RESNET8_TINY_STEP
#define MODEL_MULTI_STEP RESNET8_TINY_MULTI_STEP
#define MODEL_EXPONENTIAL RESNET8_TINY_EXPONENTIAL
#define MODEL_LINEAR_LR RESNET8_TINY_LINEAR_LR
#define MODEL_POLYNOMIAL RESNET8_TINY_POLYNOMIAL
#define MODEL_COSINE RESNET8_TINY_COSINE
#define MODEL_COSINE_RESTARTS RESNET8_TINY_COSINE_RESTARTS
#define MODEL_ONE_CYCLE RESNET8_TINY_ONE_CYCLE
#define MODEL_BORDER_BLACK RESNET8_TINY_BORDER_BLACK
#define MODEL_BORDER_REFLECT RESNET8_TINY_BORDER_REFLECT
#define MODEL_FLIP_ALTERNATING RESNET8_TINY_FLIP_ALTERNATING

#endif
