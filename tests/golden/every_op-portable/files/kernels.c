/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "kernels.h"

#include "gemm.h"
#include "support.h"

/* Stands for what kernels read beside an image. */
static const float outside[16] = {0};


/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_5x5_s2x2_p2x2_12x10_6x5_by_place[25] = {
    {0, -2, -2, 1, 6, 1, 5},
    {1, -2, -1, 1, 6, 1, 5},
    {2, -2, 0, 1, 6, 0, 5},
    {3, -2, 1, 1, 6, 0, 5},
    {4, -2, 2, 1, 6, 0, 4},
    {5, -1, -2, 1, 6, 1, 5},
    {6, -1, -1, 1, 6, 1, 5},
    {7, -1, 0, 1, 6, 0, 5},
    {8, -1, 1, 1, 6, 0, 5},
    {9, -1, 2, 1, 6, 0, 4},
    {10, 0, -2, 0, 6, 1, 5},
    {11, 0, -1, 0, 6, 1, 5},
    {12, 0, 0, 0, 6, 0, 5},
    {13, 0, 1, 0, 6, 0, 5},
    {14, 0, 2, 0, 6, 0, 4},
    {15, 1, -2, 0, 6, 1, 5},
    {16, 1, -1, 0, 6, 1, 5},
    {17, 1, 0, 0, 6, 0, 5},
    {18, 1, 1, 0, 6, 0, 5},
    {19, 1, 2, 0, 6, 0, 4},
    {20, 2, -2, 0, 5, 1, 5},
    {21, 2, -1, 0, 5, 1, 5},
    {22, 2, 0, 0, 5, 0, 5},
    {23, 2, 1, 0, 5, 0, 5},
    {24, 2, 2, 0, 5, 0, 4},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_1x3_s1x1_p0x1_3x3_3x3_by_place[3] = {
    {0, 0, -1, 0, 3, 1, 3},
    {1, 0, 0, 0, 3, 0, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_1x3_s1x1_p0x1_3x3_3x3[3] = {
    {1, 0, 0, 0, 3, 0, 3},
    {0, 0, -1, 0, 3, 1, 3},
    {2, 0, 1, 0, 3, 0, 2},
};

