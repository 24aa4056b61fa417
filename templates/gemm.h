//- gemm.h: the matrix products that kernels are made of: castnet's own, or calls of CBLAS.
@(header)
#ifndef CASTNET_GEMM_H
#define CASTNET_GEMM_H

#include "base.h"
#include "vectors.h"

/* A unit's scratch begins with what products need of it; the rest is the kernel's own. */
enum { PRODUCT_SCRATCH = @(product_scratch) };

static inline void *kernel_scratch(void *scratch) { return (@(real) *)scratch + PRODUCT_SCRATCH; }

/* Row-major single-precision products C = A B + beta C, with beta 0 or 1 and C of m x n:
 *   nn      A is m x k, B is k x n
 *   tn      A is k x m, transposed, B is k x n
 *   panels  A is m x k, B is k x n in panels
 * next: the B of the product after this one, which comes nearer meanwhile; b, where nothing is known of it.
 * lda, ldb, ldc are the distances between rows, in floats. scratch: the unit's.
 *
//: if blas then
 * Panels are one here: the matrix row by row.
//: else
 * Panels are what the inner loop reads: @(panel) columns of the matrix row by row, the next @(panel) columns after them.
//: end
 * Column j of a matrix of k rows begins panels_at(b, k, width, j) where that is a panel's first; width is
 * how many columns all of B has. */
//: if blas then
#include <cblas.h>

static inline const @(real) *panels_at(const @(real) *b, int k, int width, int column)
{
    (void)k, (void)width;
    return b + column;
}

static inline void gemm_nn(@(real) *scratch, int m, int n, int k, const @(real) *a, int lda, const @(real) *b, int ldb,
                           int beta, @(real) *c, int ldc)
{
    (void)scratch;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, lda, b, ldb, (@(real))beta, c, ldc);
}

static inline void gemm_panels(int m, int n, int k, const @(real) *a, int lda, const @(real) *b, int width,
                               const @(real) *next, int beta, @(real) *c, int ldc)
{
    (void)next;
    gemm_nn(NULL, m, n, k, a, lda, b, width, beta, c, ldc);
}

static inline void gemm_tn(@(real) *scratch, int m, int n, int k, const @(real) *a, int lda, const @(real) *b, int ldb,
                           const @(real) *next, int beta, @(real) *c, int ldc)
{
    (void)scratch, (void)next;
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1, a, lda, b, ldb, (@(real))beta, c, ldc);
}

/* to = the transpose of from [n][k], rows lda apart: all of it. */
static inline void panel_turn(int panel, int n, int k, const @(real) *from, int lda, @(real) *to)
{
    (void)panel;
    for (int j = 0; j < n; j++)
        for (int p = 0; p < k; p++)
            to[p * n + j] = from[j * lda + p];
}
//: else

/* A tile is up to @(tile.rows) rows of up to @(tile.vectors) vectors of C, in registers; DEPTH is how many rows of a panel of B stay in
 * cache while all rows of A pass by. */
enum { ROWS = @(tile.rows), VECTORS = @(tile.vectors), PANEL = VECTORS * LANES, DEPTH = @(tile.depth) };

/* One row of B times one column of A. part: columns of the last vector, 0: all. */
INLINE void tile_add(const int rows, const int vectors, const int part, const @(real) *a, ptrdiff_t a_row,
                     const @(real) *b, vector sum[ROWS][VECTORS])
{
    vector row[VECTORS];
    UNROLL
    for (int j = 0; j < vectors; j++)
        row[j] = part && j == vectors - 1 ? load_part(b + j * LANES, part) : load(b + j * LANES);
    UNROLL
    for (int i = 0; i < rows; i++) {
        const vector x = spread(a[i * a_row]);
        UNROLL
        for (int j = 0; j < vectors; j++)
            sum[i][j] = multiply_add(x, row[j], sum[i][j]);
    }
}

/* C = A B + beta C for one tile. A's element i, p is a[i * a_row + p * a_step]. Meanwhile what lies `ahead`, which is
 * read later, comes nearer: 8 floats for each of k. */
INLINE void tile(const int rows, const int vectors, const int part, int k, const @(real) *a, ptrdiff_t a_row,
                 ptrdiff_t a_step, const @(real) *b, ptrdiff_t ldb, const @(real) *ahead, int beta, @(real) *c,
                 ptrdiff_t ldc)
{
    vector sum[ROWS][VECTORS];
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int j = 0; j < vectors; j++) {
            if (j * LANES % 16 == 0)
                PREFETCH(c + i * ldc + j * LANES);
            sum[i][j] = spread(0);
        }
    }
    int p = 0;
    for (; p + 4 <= k; p += 4) {
        PREFETCH_READ(ahead);
        PREFETCH_READ(ahead + 16);
        UNROLL
        for (int q = 0; q < 4; q++)
            tile_add(rows, vectors, part, a + q * a_step, a_row, b + q * ldb, sum);
        a += 4 * a_step;
        b += 4 * ldb;
        ahead += 32;
    }
    for (; p < k; p++) {
        tile_add(rows, vectors, part, a, a_row, b, sum);
        a += a_step;
        b += ldb;
    }
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int j = 0; j < vectors; j++) {
            @(real) *const to = c + i * ldc + j * LANES;
            if (part && j == vectors - 1)
                store_part(to, beta ? add(load_part(to, part), sum[i][j]) : sum[i][j], part);
            else
                store(to, beta ? add(load(to), sum[i][j]) : sum[i][j]);
        }
    }
}

/* Tiles of all sizes, as functions: whole panels, then narrower ones, whose last vector has `part` columns. */
#define TILE(name, rows, vectors, part) \
    static void name(int k, const @(real) *a, ptrdiff_t a_row, ptrdiff_t a_step, const @(real) *b, \
                     ptrdiff_t ldb, int columns, int beta, @(real) *c, ptrdiff_t ldc) \
    { \
        (void)columns; \
        tile(rows, vectors, part, k, a, a_row, a_step, b, ldb, b, beta, c, ldc); \
    }
//: for rows = 1, tile.rows do
TILE(tile_@(rows)_whole, @(rows), VECTORS, 0)
//:   for vectors = 1, tile.vectors do
TILE(tile_@(rows)_@(vectors), @(rows), @(vectors), columns)
//:   end
//: end
#undef TILE

typedef void tile_function(int k, const @(real) *a, ptrdiff_t a_row, ptrdiff_t a_step, const @(real) *b,
                           ptrdiff_t ldb, int columns, int beta, @(real) *c, ptrdiff_t ldc);
static tile_function *const tile_functions[VECTORS + 1][ROWS] = {
//: for _, row in ipairs(tile_functions) do
    {@(row)},
//: end
};

/* All rows of one panel of B, `width` columns. Rows that make no full tile share out the last one with it, for
 * a tile of few rows leaves the multiplier idle. Whole tiles are inline: distances that are known where this is called
 * need no registers then. Of what is read `next`, as large as this panel of B, each tile brings a part nearer. */
INLINE void gemm_panel(int m, int width, int k, const @(real) *a, ptrdiff_t a_row, ptrdiff_t a_step, const @(real) *b,
                       ptrdiff_t ldb, const @(real) *next, int beta, @(real) *c, ptrdiff_t ldc)
{
    const int vectors = (width + LANES - 1) / LANES, part = width - (vectors - 1) * LANES;
    tile_function *const *const of_rows = tile_functions[width == PANEL ? 0 : vectors];
    const int shares = PANEL / 8;
    for (int i = 0, share = 0; i < m; share++) {
        const int left = m - i;
        const int rows = left >= 2 * ROWS || left == ROWS ? ROWS : left < ROWS ? left : (left + 1) / 2;
        if (rows == ROWS && width == PANEL)
            tile(ROWS, VECTORS, 0, k, a + i * a_row, a_row, a_step, b, ldb,
                 share < shares ? next + share * 8 * k : b, beta, c + i * ldc, ldc);
        else
            of_rows[rows - 1](k, a + i * a_row, a_row, a_step, b, ldb, part, beta, c + i * ldc, ldc);
        i += rows;
    }
}

/* C = A B + beta C; B's columns from j on, a multiple of PANEL, begin b_panel / PANEL floats after each other.
 * Rows of B that lie apart are brought together first, where many rows of A need them: read in place, they
 * would meet in few sets of the cache. next: the B of the product after this one, or b. */
INLINE void gemm(@(real) *scratch, int m, int n, int k, const @(real) *a, ptrdiff_t a_row, ptrdiff_t a_step, const @(real) *b,
                 ptrdiff_t ldb, ptrdiff_t b_column, const @(real) *next, int beta, @(real) *c, ptrdiff_t ldc)
{
    const int blocks = (k + DEPTH - 1) / DEPTH;
    for (int block = 0; block < blocks; block++) {
        const int p = (int)((ptrdiff_t)k * block / blocks), depth = (int)((ptrdiff_t)k * (block + 1) / blocks) - p;
        for (int j = 0; j < n; j += PANEL) {
            const int width = n - j < PANEL ? n - j : PANEL;
            const @(real) *const panel = b + j * b_column + p * ldb;
            if (ldb > PANEL && m >= 4 * ROWS) {
                @(real) *const packed = scratch;
                for (int q = 0; q < depth; q++)
                    memcpy(packed + q * PANEL, panel + q * ldb, (size_t)width * sizeof *packed);
                gemm_panel(m, width, depth, a + p * a_step, a_row, a_step, packed, PANEL, packed, beta || block > 0, c + j,
                           ldc);
            } else {
                const @(real) *const later = j + PANEL < n ? panel + PANEL * b_column : block + 1 < blocks ? b + (p + depth) * ldb : next;
                gemm_panel(m, width, depth, a + p * a_step, a_row, a_step, panel, ldb, later, beta || block > 0, c + j, ldc);
            }
        }
    }
}

static inline const @(real) *panels_at(const @(real) *b, int k, int width, int column)
{
    (void)width;
    return b + (ptrdiff_t)k * column;
}

INLINE void gemm_nn(@(real) *scratch, int m, int n, int k, const @(real) *a, int lda, const @(real) *b, int ldb, int beta, @(real) *c,
                    int ldc)
{
    gemm(scratch, m, n, k, a, lda, 1, b, ldb, 1, b, beta, c, ldc);
}

INLINE void gemm_panels(int m, int n, int k, const @(real) *a, int lda, const @(real) *b, int width,
                        const @(real) *next, int beta, @(real) *c, int ldc)
{
    gemm(NULL, m, n, k, a, lda, 1, b, width < PANEL ? width : PANEL, k, next, beta, c, ldc);
}

INLINE void gemm_tn(@(real) *scratch, int m, int n, int k, const @(real) *a, int lda, const @(real) *b, int ldb, const @(real) *next,
                    int beta, @(real) *c, int ldc)
{
    gemm(scratch, m, n, k, a, 1, lda, b, ldb, 1, next, beta, c, ldc);
}

/* to = the transpose of from [n][k], rows lda apart, in panels: the one panel. Columns past the last stay as they
 * are. A few rows at a time, so that what is written stays near. */
static inline void panel_turn(int panel, int n, int k, const @(real) *from, int lda, @(real) *to)
{
    enum { STRIP = 16 };
    const int first = panel * PANEL, width = n - first < PANEL ? n - first : PANEL, distance = n < PANEL ? n : PANEL;
    to += (ptrdiff_t)first * k;
    from += (ptrdiff_t)first * lda;
    for (int begin = 0; begin < k; begin += STRIP) {
        const int end = k - begin < STRIP ? k : begin + STRIP;
        for (int j = 0; j < width; j++)
            for (int p = begin; p < end; p++)
                to[p * distance + j] = from[(ptrdiff_t)j * lda + p];
    }
}
//: end

/* The same over a run of image columns, each column `images` rows of one position and the next one
 * `step` floats further on. Columns that lie side by side, as those of a full batch, are one product. */
//: for _, kind in ipairs { { "nn", "ldb", "ldb", real .. " *scratch, ", "scratch, " }, { "panels", "width", "width, b", "", "" } } do
INLINE void columns_@(kind[1])(@(kind[4])int columns, int images, int n, int k, const @(real) *a,
                               int a_step, int lda, const @(real) *b, int @(kind[2]), int beta, @(real) *c, int c_step, int ldc)
{
    if (a_step == images * lda && c_step == images * ldc) {
        images *= columns;
        columns = 1;
    }
    for (int i = 0; i < columns; i++)
        gemm_@(kind[1])(@(kind[5])images, n, k, a + i * a_step, lda, b, @(kind[3]), beta, c + i * c_step, ldc);
}

//: end
/* Sums over the columns: C = sum of A' B + beta C. */
INLINE void columns_tn(@(real) *scratch, int columns, int images, int m, int n, const @(real) *a, int a_step, int lda, const @(real) *b,
                       int b_step, int ldb, int beta, @(real) *c, int ldc)
{
    if (a_step == images * lda && b_step == images * ldb) {
        images *= columns;
        columns = 1;
    }
    for (int i = 0; i < columns; i++)
        gemm_tn(scratch, m, n, images, a + i * a_step, lda, b + i * b_step, ldb, b + (i + 1 < columns ? i + 1 : i) * b_step,
                i == 0 ? beta : 1, c, ldc);
}

#endif
