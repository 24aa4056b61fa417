/* Pairs of bf16, as a generated vectors.h and gemm.h compute with them, against arithmetic that is
 * written another way here.
 *
 *   pairs [SEED]      prints the first that is wrong; exits with 1 then
 *
 * What is no number may be any; all other bits are the same: of rounding, of a sum of two products
 * and of the products of matrices, whose order of sums is known (one block of DEPTH pairs after the
 * other). */
#include "gemm.h"
#include "model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 70, ROOM = MOST * 4 * MOST };

static uint64_t state = 1;

static uint32_t next_bits(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 32);
}

static int upto(int most)
{
    return 1 + (int)(next_bits() % (uint32_t)most);
}

static uint32_t bits(float x)
{
    uint32_t result;
    memcpy(&result, &x, sizeof result);
    return result;
}

static float with_bits(uint32_t of)
{
    float result;
    memcpy(&result, &of, sizeof result);
    return result;
}

static int is_same(float x, float y)
{
    return (isnan(x) && isnan(y)) || bits(x) == bits(y);
}

/* Numbers smaller than normal count as zeros of their sign. */
static float normal_or_zero(float x)
{
    return fabsf(x) < 0x1p-126f ? copysignf(0, x) : x;
}

/* The nearest number of 8 bits, by the distances to both that may be it; of two the one whose last
 * bit is 0. */
static float nearest(float x)
{
    x = normal_or_zero(x);
    if (isnan(x) || isinf(x))
        return x;
    const float below = with_bits(bits(x) & 0xffff0000);
    const uint32_t after = (bits(x) & 0xffff0000) + 0x10000;
    const double step = isinf(with_bits(after)) ? 0x1p128 : fabs((double)with_bits(after));
    const double down = fabs((double)x) - fabs((double)below), up = step - fabs((double)x);
    return down < up || (down == up && !(bits(below) & 0x10000)) ? below : with_bits(after);
}

/* x y + sum in one rounding to 24 bits, as if exponents had no bound, and then a zero where that is
 * smaller than normal. */
static float one_product(float x, float y, float sum)
{
    const float plain = fmaf(x, y, sum);
    if (!(fabsf(plain) <= 0x1p-126f))
        return plain;
    const float lesser = fabsf(x) < fabsf(y) ? x : y, larger = fabsf(x) < fabsf(y) ? y : x;
    const float scaled = fmaf(ldexpf(lesser, 80), larger, ldexpf(sum, 80));
    return fabsf(scaled) < 0x1p-46f ? copysignf(0, scaled) : plain;
}

static float sum_of_products(const float x[2], const float y[2], float sum)
{
    return one_product(x[0], y[0], one_product(x[1], y[1], normal_or_zero(sum)));
}

/* Any bits; or of such sizes that sums cancel, or become smaller than normal. */
static float draw(int kind)
{
    const uint32_t sign = next_bits() & 0x80000000, fraction = next_bits() & 0x7fffff;
    const uint32_t exponents[] = {next_bits() % 256, 117 + next_bits() % 20, 58 + next_bits() % 10};
    return with_bits(sign | exponents[kind] << 23 | fraction);
}

static float pair(float first, float second)
{
    return with_bits(bits(nearest(first)) >> 16 | (bits(nearest(second)) & 0xffff0000));
}

static int fail(const char *what, float is, float should)
{
    printf("%s: %a (%08x), not %a (%08x)\n", what, (double)is, (unsigned)bits(is), (double)should,
           (unsigned)bits(should));
    return 0;
}

/* The halves of a pair. */
static float half(float of, int which)
{
    return with_bits(which ? bits(of) & 0xffff0000 : bits(of) << 16);
}

static int round_alike(int kind)
{
    float first[LANES], second[LANES], pairs[LANES], halves[LANES];
    for (int i = 0; i < LANES; i++) {
        first[i] = draw(kind);
        second[i] = with_bits(next_bits() % 2 ? (bits(draw(kind)) & 0xffff0000) | 0x8000
                                              : bits(draw(kind))); /* ties */
    }
    store(pairs, pairs_of(load(first), load(second)));
    store_halves(halves, load(second));
    for (int i = 0; i < LANES; i++) {
        if (!is_same(half(pairs[i], 0), nearest(first[i])))
            return fail("lower half of a pair", half(pairs[i], 0), nearest(first[i]));
        if (!is_same(half(pairs[i], 1), nearest(second[i])))
            return fail("upper half of a pair", half(pairs[i], 1), nearest(second[i]));
        if (!is_same(half(halves[i / 2], i % 2), nearest(second[i])))
            return fail("stored half", half(halves[i / 2], i % 2), nearest(second[i]));
    }
    return 1;
}

static int is_same_bf16(bf16 x, float should)
{
    return is_same(with_bits((uint32_t)x.bits << 16), should);
}

/* Vectors that are loaded and stored as bf16, and the first of one alone. */
static int convert_alike(int kind)
{
    float from[LANES], back[LANES];
    static _Alignas(64) bf16 to[LANES], past[LANES], part[LANES];
    const int count = upto(LANES);
    for (int i = 0; i < LANES; i++) {
        from[i] = draw(kind);
        part[i].bits = 0x4321;
    }
    store_bf16(to, load(from));
    stream_bf16(past, load(from));
    streamed();
    store_part_bf16(part, load(from), count);
    for (int i = 0; i < LANES; i++) {
        const float should = nearest(from[i]);
        if (!is_same_bf16(to[i], should) || !is_same_bf16(past[i], should) ||
            !is_same_bf16(narrowed(from[i]), should))
            return fail("stored bf16", from[i], should);
        if (i < count ? !is_same_bf16(part[i], should) : part[i].bits != 0x4321)
            return fail("part of a stored vector of bf16", from[i], should);
    }
    store(back, load_bf16(to));
    for (int i = 0; i < LANES; i++)
        if (!is_same_bf16(to[i], back[i]) || !is_same(widened(to[i]), back[i]))
            return fail("loaded bf16", back[i], widened(to[i]));
    store(back, load_part_bf16(to, count));
    for (int i = 0; i < LANES; i++)
        if (i < count ? !is_same_bf16(to[i], back[i]) : back[i] != 0)
            return fail("part of a loaded vector of bf16", back[i], i < count ? widened(to[i]) : 0);
    return 1;
}

static int multiply_alike(int kind)
{
    float x[LANES], y[LANES], sum[LANES], result[LANES];
    for (int i = 0; i < LANES; i++) {
        x[i] = pair(draw(kind), draw(kind));
        y[i] = pair(draw(kind), draw(kind));
        sum[i] = normal_or_zero(kind == 2 ? with_bits(bits(draw(kind)) & 0x8fffffff) : draw(kind));
    }
    store(result, multiply_add_pairs(load(x), load(y), load(sum)));
    for (int i = 0; i < LANES; i++) {
        const float p[2] = {half(x[i], 0), half(x[i], 1)}, q[2] = {half(y[i], 0), half(y[i], 1)};
        const float should = sum_of_products(p, q, sum[i]);
        if (!is_same(result[i], should))
            return fail("sum of two products", result[i], should);
    }
    return 1;
}

static float a[ROOM], b[ROOM], c[ROOM], old[ROOM];

/* C = A B + beta C of m x k and k x n pairs: A by rows or transposed, B in panels. */
static int multiply_matrices_alike(void)
{
    const int m = upto(MOST), n = upto(MOST), k = upto(4 * MOST), beta = upto(2) - 1,
              is_turned = upto(2) - 1;
    static _Alignas(64) float scratch[MODEL_SCRATCH_BYTES / sizeof(float)];
    for (int i = 0; i < ROOM; i++) {
        a[i] = pair(draw(1), draw(1));
        b[i] = pair(draw(1), draw(1));
        c[i] = old[i] = draw(1);
    }
    gemm_of_pairs(scratch, m, n, k, is_turned ? transposed(a, m) : by_rows(a, k), by_rows(b, n),
                  ahead(b), into(c, n, beta));
    for (int at = 0; at < m * n; at++) {
        const int i = at / n, j = at % n, blocks = (k + DEPTH - 1) / DEPTH;
        float should = beta ? old[at] : 0;
        for (int block = 0, p = 0; block < blocks; block++) {
            float sum = 0;
            for (; p < k * (block + 1) / blocks; p++) {
                const float x = a[is_turned ? p * m + i : i * k + p], y = b[p * n + j];
                const float both[2] = {half(x, 0), half(x, 1)}, other[2] = {half(y, 0), half(y, 1)};
                sum = sum_of_products(both, other, sum);
            }
            should = beta || block > 0 ? should + sum : sum;
        }
        if (!is_same(c[at], should))
            return fail("product of matrices", c[at], should);
    }
    for (int at = m * n; at < ROOM; at++)
        if (!is_same(c[at], old[at]))
            return fail("behind a product of matrices", c[at], old[at]);
    return 1;
}

static bf16 narrow_a[ROOM], narrow_c[ROOM];

/* Products of positions of bf16 are those of the same numbers as floats, rounded at the end. */
static int multiply_positions_alike(void)
{
    enum { POSITIONS = 3, SIDE = 24 };
    const int images = upto(SIDE), n = upto(SIDE), k = upto(SIDE), beta = upto(2) - 1;
    const int row = k + upto(3) - 1, step = images * row + upto(3) - 1, to = n + upto(3) - 1;
    static _Alignas(64) float scratch[MODEL_SCRATCH_BYTES / sizeof(float)];
    static float stage[2][SIDE * SIDE];
    for (int i = 0; i < ROOM; i++) {
        narrow_a[i] = narrowed(draw(1));
        narrow_c[i] = narrowed(draw(1));
        a[i] = widened(narrow_a[i]);
        b[i] = draw(1);
        c[i] = widened(narrow_c[i]);
    }
    gemm_positions(scratch, POSITIONS, images, n, k, positions(a, step, row), by_rows(b, n),
                   into_positions(c, images * to, to, beta));
    gemm_positions(scratch, POSITIONS, images, n, k,
                   positions_of_bf16(narrow_a, step, row, stage[0]), by_rows(b, n),
                   into_positions_of_bf16(narrow_c, images * to, to, beta, stage[1]));
    for (int i = 0; i < ROOM; i++)
        if (!is_same_bf16(narrow_c[i], nearest(c[i])))
            return fail("product of positions of bf16", widened(narrow_c[i]), nearest(c[i]));
    for (int i = 0; i < ROOM; i++)
        c[i] = widened(narrow_c[i]);
    gemm_sum(scratch, POSITIONS, images, k, n, positions_of_bf16(narrow_a, step, row, stage[0]),
             positions(c, step, to), into(b, n, 0));
    gemm_sum(scratch, POSITIONS, images, k, n, positions(a, step, row),
             positions_of_bf16(narrow_c, step, to, stage[1]), into(old, n, 0));
    for (int i = 0; i < k * n; i++)
        if (!is_same(b[i], old[i]))
            return fail("sum over positions of bf16", b[i], old[i]);
    return 1;
}

/* Products of pairs of channels of positions, bf16 or floats that are rounded, and sums over pairs
 * of images, are those of the same pairs as matrices. */
static int multiply_pairs_of_positions_alike(void)
{
    enum { POSITIONS = 2, SIDE = 24 };
    const int images = upto(SIDE), n = upto(SIDE), k = upto(SIDE / 2),
              half_images = (images + 1) / 2;
    const int row = 2 * (k + upto(3) - 1), step = images * row;
    static _Alignas(64) float scratch[MODEL_SCRATCH_BYTES / sizeof(float)];
    static float stage[2][SIDE * SIDE], from[SIDE * SIDE], to[SIDE * SIDE],
        should[POSITIONS][SIDE * SIDE], is[2][POSITIONS][SIDE * SIDE];
    for (int i = 0; i < ROOM; i++) {
        narrow_a[i] = narrowed(draw(1));
        narrow_c[i] = narrowed(draw(1));
        a[i] = widened(narrow_a[i]);
        b[i] = pair(draw(1), draw(1));
        c[i] = widened(narrow_c[i]);
    }
    for (int at = 0; at < POSITIONS; at++) {
        for (int i = 0; i < images; i++)
            for (int j = 0; j < k; j++)
                from[i * k + j] =
                    pair(a[at * step + i * row + 2 * j], a[at * step + i * row + 2 * j + 1]);
        gemm_of_pairs(scratch, images, n, k, by_rows(from, k), by_rows(b, n), ahead(b),
                      into(should[at], n, 0));
    }
    const int apart = SIDE * SIDE;
    gemm_positions_of_pairs(scratch, POSITIONS, images, n, k,
                            staged_positions(a, step, row, stage[0]), by_rows(b, n),
                            into_positions(is[0][0], apart, n, 0));
    gemm_positions_of_pairs(scratch, POSITIONS, images, n, k,
                            positions_of_bf16(narrow_a, step, row, stage[0]), by_rows(b, n),
                            into_positions(is[1][0], apart, n, 0));
    for (int at = 0; at < 2 * POSITIONS * images * n; at++) {
        const int kind = at % 2, position = at / 2 % POSITIONS, place = at / 2 / POSITIONS;
        if (!is_same(is[kind][position][place], should[position][place]))
            return fail("product of pairs of a position", is[kind][position][place],
                        should[position][place]);
    }
    for (int at = 0; at < POSITIONS; at++) {
        for (int i = 0; i < half_images; i++) {
            const int odd = 2 * i + 1 < images;
            for (int j = 0; j < 2 * k; j++)
                from[i * 2 * k + j] = pair(a[at * step + 2 * i * row + j],
                                           odd ? a[at * step + (2 * i + 1) * row + j] : 0);
            for (int j = 0; j < n; j++)
                to[i * n + j] = pair(c[(at * images + 2 * i) * n + j],
                                     odd ? c[(at * images + 2 * i + 1) * n + j] : 0);
        }
        gemm_of_pairs(scratch, 2 * k, n, half_images, transposed(from, 2 * k), by_rows(to, n),
                      ahead(to), into(should[0], n, at > 0));
    }
    gemm_sum_of_pairs(scratch, POSITIONS, images, 2 * k, n,
                      positions_of_bf16(narrow_a, step, row, stage[0]),
                      staged_positions(c, images * n, n, stage[1]), into(is[0][0], n, 0));
    gemm_sum_of_pairs(scratch, POSITIONS, images, 2 * k, n,
                      staged_positions(a, step, row, stage[0]),
                      positions_of_bf16(narrow_c, images * n, n, stage[1]), into(is[1][0], n, 0));
    for (int i = 0; i < 2 * k * n; i++)
        if (!is_same(is[0][0][i], should[0][i]) || !is_same(is[1][0][i], should[0][i]))
            return fail("sum of pairs of images", is[0][0][i], should[0][i]);
    return 1;
}

/* Sums just below the least normal number, and products that no float holds. */
static int multiply_small_alike(void)
{
    static const float cases[][3] = {{0x1p-75f, -0x1p-75f, 0x1p-126f},
                                     {0x1p-76f, -0x1p-75f, 0x1p-126f},
                                     {0x1p-75f, 0x1p-75f, -0x1p-126f},
                                     {-0x1p-120f, 0x1p-120f, 0},
                                     {0x1p-120f, 0x1p-120f, -0.0f},
                                     {-0x1p-120f, 0x1p-120f, 0x1p-126f},
                                     {0, -0x1p-120f, 0},
                                     {0, 0x1p10f, -0.0f},
                                     {0x1p-63f, 0x1.fep-64f, 0}};
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        float x[LANES], y[LANES], sum[LANES];
        for (int i = 0; i < LANES; i++) {
            x[i] = pair(0, cases[at][0]);
            y[i] = pair(1, cases[at][1]);
            sum[i] = cases[at][2];
        }
        store(sum, multiply_add_pairs(load(x), load(y), load(sum)));
        const float p[2] = {0, cases[at][0]}, q[2] = {1, cases[at][1]};
        const float should = sum_of_products(p, q, cases[at][2]);
        if (!is_same(sum[0], should))
            return fail("sum of small products", sum[0], should);
    }
    return 1;
}

int main(int argc, char **argv)
{
    if (!multiply_small_alike())
        return 1;
    state = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    for (int i = 0; i < 30000; i++)
        if (!round_alike(i % 3) || !convert_alike(i % 3) || !multiply_alike(i % 3))
            return 1;
    for (int i = 0; i < 60; i++)
        if (!multiply_matrices_alike() || !multiply_positions_alike() ||
            !multiply_pairs_of_positions_alike())
            return 1;
    return 0;
}
