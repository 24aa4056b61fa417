/* Made by castnet 0.1.0 from resnet8_tiny.lua --as inference --target portable --batch 1.
 * This file belongs to whoever made it. */
#include "kernels.h"

#include "gemm.h"
#include "support.h"


/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_3x3_s1x1_p1x1_32x32_32x32_by_place[9] = {
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {4, 0, 0, 0, 32, 0, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_1x1_s2x2_p0x0_32x32_16x16_by_place[1] = {
    {0, 0, 0, 0, 16, 0, 16},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_3x3_s2x2_p1x1_32x32_16x16_by_place[9] = {
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 16},
    {3, 0, -1, 0, 16, 1, 16},
    {4, 0, 0, 0, 16, 0, 16},
    {5, 0, 1, 0, 16, 0, 16},
    {6, 1, -1, 0, 16, 1, 16},
    {7, 1, 0, 0, 16, 0, 16},
    {8, 1, 1, 0, 16, 0, 16},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_3x3_s1x1_p1x1_16x16_16x16_by_place[9] = {
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 15},
    {3, 0, -1, 0, 16, 1, 16},
    {4, 0, 0, 0, 16, 0, 16},
    {5, 0, 1, 0, 16, 0, 15},
    {6, 1, -1, 0, 15, 1, 16},
    {7, 1, 0, 0, 15, 0, 16},
    {8, 1, 1, 0, 15, 0, 15},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_1x1_s2x2_p0x0_16x16_8x8_by_place[1] = {
    {0, 0, 0, 0, 8, 0, 8},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_3x3_s2x2_p1x1_16x16_8x8_by_place[9] = {
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 8},
    {3, 0, -1, 0, 8, 1, 8},
    {4, 0, 0, 0, 8, 0, 8},
    {5, 0, 1, 0, 8, 0, 8},
    {6, 1, -1, 0, 8, 1, 8},
    {7, 1, 0, 0, 8, 0, 8},
    {8, 1, 1, 0, 8, 0, 8},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_3x3_s1x1_p1x1_8x8_8x8_by_place[9] = {
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 7},
    {3, 0, -1, 0, 8, 1, 8},
    {4, 0, 0, 0, 8, 0, 8},
    {5, 0, 1, 0, 8, 0, 7},
    {6, 1, -1, 0, 7, 1, 8},
    {7, 1, 0, 0, 7, 0, 8},
    {8, 1, 1, 0, 7, 0, 7},
};

