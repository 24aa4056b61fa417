//- kernels.c: one function for each op and shape.
@(header)
#include "kernels.h"

#include "gemm.h"
#include "support.h"

//: if graph.memory == "poison" then
void poison(void *tensor, size_t bytes) { memset(tensor, 0xff, bytes); }

//: end
@(kernel_code)
