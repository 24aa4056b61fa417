/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#include "kernels.h"

#include "gemm.h"
#include "support.h"

