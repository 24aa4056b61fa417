/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#include "kernels.h"

#include "gemm.h"
#include "support.h"

/* Stands for what kernels read beside an image. */
static const float outside[128] = {0};

/* V = B' x, 4 outputs a tile: 14 operations. */
INLINE void f4_input(const vector x[6], vector y[6])
{
    const vector t1 = multiply_add(spread(0.87890625f), x[0], x[4]);
    const vector t2 = multiply_add(spread(-2.640625f), x[2], t1);
    const vector t3 = multiply_add(spread(-2.25f), x[2], x[4]);
    const vector t4 = multiply(spread(-1.40625f), x[1]);
    const vector t5 = multiply_add(spread(0.625f), x[3], t4);
    const vector t6 = add(t3, t5);
    const vector t7 = subtract(t3, t5);
    const vector t8 = multiply_add(spread(-0.390625f), x[2], x[4]);
    const vector t9 = multiply(spread(-0.5859375f), x[1]);
    const vector t10 = multiply_add(spread(1.5f), x[3], t9);
    const vector t11 = add(t8, t10);
    const vector t12 = subtract(t8, t10);
    const vector t13 = multiply_add(spread(0.87890625f), x[1], x[5]);
    const vector t14 = multiply_add(spread(-2.640625f), x[3], t13);
    y[0] = t2;
    y[1] = t6;
    y[2] = t7;
    y[3] = t11;
    y[4] = t12;
    y[5] = t14;
}

/* The same of both sides of a tile, for vectors of floats from `at` on: from `from`, row by row, to
 * what lies `place` floats apart.
 * vectors: 1 or LINE, those of a cache's line: a tile's lines, which meet in few of its sets, are
 * then read once. */
INLINE void f4_input_tile(const int vectors, const float *const from[36], ptrdiff_t at, float *to,
                          ptrdiff_t place)
{
    vector half[LINE][6][6], x[6], y[6];
    UNROLL
    for (int column = 0; column < 6; column++) {
        for (int v = 0; v < vectors; v++) {
            UNROLL
            for (int row = 0; row < 6; row++)
                x[row] = load(from[6 * row + column] + at + v * LANES);
            f4_input(x, half[v][column]);
        }
    }
    for (int v = 0; v < vectors; v++) {
        UNROLL
        for (int row = 0; row < 6; row++) {
            UNROLL
            for (int column = 0; column < 6; column++)
                x[column] = half[v][column][row];
            f4_input(x, y);
            UNROLL
            for (int column = 0; column < 6; column++)
                store(to + (6 * row + column) * place + v * LANES, y[column]);
        }
    }
}

/* y = A' M, 4 outputs a tile: 12 operations. */
INLINE void f4_output(const vector x[6], vector y[4])
{
    const vector t1 = add(x[1], x[2]);
    const vector t2 = subtract(x[1], x[2]);
    const vector t3 = add(x[3], x[4]);
    const vector t4 = subtract(x[3], x[4]);
    const vector t5 = add(x[0], t1);
    const vector t6 = add(t5, t3);
    const vector t7 = multiply(spread(0.625f), t2);
    const vector t8 = multiply_add(spread(1.5f), t4, t7);
    const vector t9 = multiply(spread(0.390625f), t1);
    const vector t10 = multiply_add(spread(2.25f), t3, t9);
    const vector t11 = multiply_add(spread(0.244140625f), t2, x[5]);
    const vector t12 = multiply_add(spread(3.375f), t4, t11);
    y[0] = t6;
    y[1] = t8;
    y[2] = t10;
    y[3] = t12;
}

/* The same of both sides of a tile, for LANES floats: from what lies `place` floats apart to y, row
 * by row. */
INLINE void f4_output_tile(const float *from, ptrdiff_t place, vector y[16])
{
    vector half[6][4], x[6];
    UNROLL
    for (int column = 0; column < 6; column++) {
        UNROLL
        for (int row = 0; row < 6; row++)
            x[row] = load(from + (6 * row + column) * place);
        f4_output(x, half[column]);
    }
    UNROLL
    for (int row = 0; row < 4; row++) {
        UNROLL
        for (int column = 0; column < 6; column++)
            x[column] = half[column][row];
        f4_output(x, y + 4 * row);
    }
}

/* U = G w, 4 outputs a tile: 11 operations. */
INLINE void f4_kernel(const vector x[3], vector y[6])
{
    const vector t1 = multiply(spread(1.13777778f), x[0]);
    const vector t2 = multiply(spread(-0.688403361f), x[0]);
    const vector t3 = multiply_add(spread(-0.268907563f), x[2], t2);
    const vector t4 = multiply(spread(-0.430252101f), x[1]);
    const vector t5 = add(t3, t4);
    const vector t6 = subtract(t3, t4);
    const vector t7 = multiply(spread(0.119514472f), x[0]);
    const vector t8 = multiply_add(spread(0.268907563f), x[2], t7);
    const vector t9 = multiply(spread(0.179271709f), x[1]);
    const vector t10 = add(t8, t9);
    const vector t11 = subtract(t8, t9);
    y[0] = t1;
    y[1] = t5;
    y[2] = t6;
    y[3] = t10;
    y[4] = t11;
    y[5] = x[2];
}

/* dM = A dy, 4 outputs a tile: 10 operations. */
INLINE void f4_grad_output(const vector x[4], vector y[6])
{
    const vector t1 = multiply_add(spread(0.390625f), x[2], x[0]);
    const vector t2 = multiply(spread(0.625f), x[1]);
    const vector t3 = multiply_add(spread(0.244140625f), x[3], t2);
    const vector t4 = add(t1, t3);
    const vector t5 = subtract(t1, t3);
    const vector t6 = multiply_add(spread(2.25f), x[2], x[0]);
    const vector t7 = multiply(spread(1.5f), x[1]);
    const vector t8 = multiply_add(spread(3.375f), x[3], t7);
    const vector t9 = add(t6, t8);
    const vector t10 = subtract(t6, t8);
    y[0] = x[0];
    y[1] = t4;
    y[2] = t5;
    y[3] = t9;
    y[4] = t10;
    y[5] = x[3];
}

/* The same of both sides of a tile, for vectors of floats from `at` on: from `from`, row by row, to
 * what lies `place` floats apart.
 * vectors: 1 or LINE, those of a cache's line: a tile's lines, which meet in few of its sets, are
 * then read once. */
INLINE void f4_grad_output_tile(const int vectors, const float *const from[16], ptrdiff_t at,
                                float *to, ptrdiff_t place)
{
    vector half[LINE][4][6], x[4], y[6];
    UNROLL
    for (int column = 0; column < 4; column++) {
        for (int v = 0; v < vectors; v++) {
            UNROLL
            for (int row = 0; row < 4; row++)
                x[row] = load(from[4 * row + column] + at + v * LANES);
            f4_grad_output(x, half[v][column]);
        }
    }
    for (int v = 0; v < vectors; v++) {
        UNROLL
        for (int row = 0; row < 6; row++) {
            UNROLL
            for (int column = 0; column < 4; column++)
                x[column] = half[v][column][row];
            f4_grad_output(x, y);
            UNROLL
            for (int column = 0; column < 6; column++)
                store(to + (6 * row + column) * place + v * LANES, y[column]);
        }
    }
}

/* dw = G' dU, 4 outputs a tile: 11 operations. */
INLINE void f4_grad_kernel(const vector x[6], vector y[3])
{
    const vector t1 = add(x[1], x[2]);
    const vector t2 = subtract(x[1], x[2]);
    const vector t3 = add(x[3], x[4]);
    const vector t4 = subtract(x[3], x[4]);
    const vector t5 = multiply(spread(1.13777778f), x[0]);
    const vector t6 = multiply_add(spread(-0.688403361f), t1, t5);
    const vector t7 = multiply_add(spread(0.119514472f), t3, t6);
    const vector t8 = multiply(spread(-0.430252101f), t2);
    const vector t9 = multiply_add(spread(0.179271709f), t4, t8);
    const vector t10 = multiply_add(spread(-0.268907563f), t1, x[5]);
    const vector t11 = multiply_add(spread(0.268907563f), t3, t10);
    y[0] = t7;
    y[1] = t9;
    y[2] = t11;
}


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
static const struct tap taps_1x1_s2x2_p0x0_16x16_8x8[1] = {
    {0, 0, 0, 0, 8, 0, 8},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_3x3_s2x2_p1x1_16x16_8x8[9] = {
    {4, 0, 0, 0, 8, 0, 8},
    {0, -1, -1, 1, 8, 1, 8},
    {1, -1, 0, 1, 8, 0, 8},
    {2, -1, 1, 1, 8, 0, 8},
    {3, 0, -1, 0, 8, 1, 8},
    {5, 0, 1, 0, 8, 0, 8},
    {6, 1, -1, 0, 8, 1, 8},
    {7, 1, 0, 0, 8, 0, 8},
    {8, 1, 1, 0, 8, 0, 8},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_3x3_s2x2_p1x1_32x32_16x16[9] = {
    {4, 0, 0, 0, 16, 0, 16},
    {0, -1, -1, 1, 16, 1, 16},
    {1, -1, 0, 1, 16, 0, 16},
    {2, -1, 1, 1, 16, 0, 16},
    {3, 0, -1, 0, 16, 1, 16},
    {5, 0, 1, 0, 16, 0, 16},
    {6, 1, -1, 0, 16, 1, 16},
    {7, 1, 0, 0, 16, 0, 16},
    {8, 1, 1, 0, 16, 0, 16},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_1x1_s2x2_p0x0_32x32_16x16[1] = {
    {0, 0, 0, 0, 16, 0, 16},
};

/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap taps_3x3_s1x1_p1x1_32x32_32x32[9] = {
    {4, 0, 0, 0, 32, 0, 32},
    {0, -1, -1, 1, 32, 1, 32},
    {1, -1, 0, 1, 32, 0, 32},
    {2, -1, 1, 1, 32, 0, 31},
    {3, 0, -1, 0, 32, 1, 32},
    {5, 0, 1, 0, 32, 0, 31},
    {6, 1, -1, 0, 31, 1, 32},
    {7, 1, 0, 0, 31, 0, 32},
    {8, 1, 1, 0, 31, 0, 31},
};

