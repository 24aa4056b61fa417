//- kernels.c: one function for each op and shape.
@(header)
#include "kernels.h"

#include "gemm.h"
#include "support.h"

@(kernel_code)
