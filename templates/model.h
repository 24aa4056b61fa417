//- model.h: the network under the names that the runtime knows; lies in a folder of its own, runtime/.
@(header)
/* The runtime is compiled for one network. It calls it MODEL and model, whatever its prefix. */
#ifndef MODEL_H
#define MODEL_H

#include "../@(prefix)_recipe.h"

#define MODEL(name) @(prefix)_##name
#define MODEL_NAME "@(name)"
#define MODEL_DATASET "@(dataset)" /* in names of files */
#define MODEL_VERSION "@(version)"
#define MODEL_OPTIONS "@(options)"
#define MODEL_BLAS @(blas_flag) /* 1: kernels call CBLAS, 0: products are castnet's own */
//: if blas then
#define MODEL_BLAS_CORE "@(blas_core)" /* OpenBLAS's kernels for the target's instructions */
//: end
#define MODEL_TARGET "@(target)@(of_precision)"
#define MODEL_EMA @(ema_flag) /* 1: weights are averaged, see MODEL(swap_average) */
//: if #instructions > 0 then
/* What the processor must have, for runtime/platform/processor.c. */
#define MODEL_INSTRUCTIONS(each) @(each_instruction)
//: end

#define model_context @(prefix)
//: for _, alias in ipairs(aliases) do
#define model_@(alias) @(prefix)_@(alias)
//: end

//: for _, alias in ipairs(constant_aliases) do
#define MODEL_@(alias) @(PREFIX)_@(alias)
//: end

#endif
