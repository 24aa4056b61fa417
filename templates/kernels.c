//- kernels.c: one function for each op and shape; they follow this text.
@(header)
#include "kernels.h"

#include "gemm.h"
#include "support.h"

//: for _, f in ipairs(transforms) do
/* @(f.comment) */
INLINE void @(f.name)(const vector x[@(f.inputs)], vector y[@(f.outputs)])
{
//:   for _, line in ipairs(f.lines) do
    @(line)
//:   end
}

//: end
