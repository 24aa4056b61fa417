//- model.h: the network under the names that the runtime knows; lies in a folder of its own, runtime/.
@(header)
/* The runtime is compiled for one network. It calls it MODEL and model, whatever its prefix. */
#ifndef MODEL_H
#define MODEL_H

#include "../@(prefix)_recipe.h"

#define MODEL(name) @(prefix)_##name
#define MODEL_NAME "@(name)"
#define MODEL_DATASET "@(record.data.short)" /* in names of files */
#define MODEL_VERSION "@(version)"
#define MODEL_OPTIONS "@(options)"
#define MODEL_BLAS @(blas and 1 or 0) /* 1: kernels call CBLAS, 0: products are castnet's own */
//: if blas then
#define MODEL_BLAS_CORE "@(graph.target.blas_core or "")" /* OpenBLAS's kernels for the target's instructions */
//: end
#define MODEL_TARGET "@(target.name)"
#define MODEL_EMA @(graph.update.ema and 1 or 0) /* 1: weights are averaged, see MODEL(swap_average) */
//: if #instructions > 0 then
/* What the processor must have, for runtime/platform/processor.c. */
#define MODEL_INSTRUCTIONS(each) @('each("' .. table.concat(instructions, '") each("') .. '")')
//: end

#define model_context @(prefix)
//: for name in ("host hyper result tensor state optimizer schedule border augment recipe label data number"):gmatch("%a+") do
#define model_@(name) @(prefix)_@(name)
//: end

//: for name in ([[BATCH LEAST_IMAGES CHANNELS HEIGHT WIDTH CLASSES TENSORS STATES ALIGNMENT PARAMETERS FROZEN BYTES
//:   SCRATCH_BYTES F32 I64 ZEROS ONES NORMAL UNIFORM NUMBERS COMPILED_IN SGD ADAM ADAMW CONSTANT STEP COSINE ONE_CYCLE BORDER_BLACK
//:   BORDER_REFLECT FLIP_ALTERNATING]]):gmatch("%S+") do
#define MODEL_@(name) @(PREFIX)_@(name)
//: end

#endif
