/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_GEMM_H
#define CASTNET_GEMM_H

#include "base.h"

/* Row-major single-precision products C = A B + beta C, with beta 0 or 1 and C of m x n:
 *   nn  A is m x k, B is k x n          nt  A is m x k, B is n x k, transposed
 *   tn  A is k x m, transposed, B is k x n
 * lda, ldb, ldc are the distances between rows, in floats. */

static inline void gemm_scale(int m, int n, float beta, float *c, int ldc)
{
    if (beta != 0)
        return;
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++)
            c[i * ldc + j] = 0;
}

/* Sums are of at most DEPTH products, then of such sums, so that rounding grows little with k; of eight columns at a
 * time, so that the compiler has independent ones to work on. */
enum { DEPTH = 128, COLUMNS = 8 };

/* C += A B for `width` columns. A's element i, p is a[i * a_row + p * a_step], B's p, j is b[p * b_step + j * b_column]. */
static inline void gemm_columns(int m, int width, int k, const float *a, int a_row, int a_step, const float *b,
                                int b_step, int b_column, float *c, int ldc)
{
    for (int first = 0; first < k; first += DEPTH) {
        const int last = k - first < DEPTH ? k : first + DEPTH;
        for (int i = 0; i < m; i++) {
            float sum[COLUMNS] = {0};
            for (int p = first; p < last; p++)
                for (int q = 0; q < width; q++)
                    sum[q] += a[i * a_row + p * a_step] * b[p * b_step + q * b_column];
            for (int q = 0; q < width; q++)
                c[i * ldc + q] += sum[q];
        }
    }
}

static inline void gemm(int m, int n, int k, const float *a, int a_row, int a_step, const float *b, int b_step,
                        int b_column, float beta, float *c, int ldc)
{
    int j = 0;
    gemm_scale(m, n, beta, c, ldc);
    for (; j + COLUMNS <= n; j += COLUMNS)
        gemm_columns(m, COLUMNS, k, a, a_row, a_step, b + j * b_column, b_step, b_column, c + j, ldc);
    if (j < n)
        gemm_columns(m, n - j, k, a, a_row, a_step, b + j * b_column, b_step, b_column, c + j, ldc);
}

static inline void gemm_nn(int m, int n, int k, const float *a, int lda, const float *b, int ldb,
                           float beta, float *c, int ldc)
{
    gemm(m, n, k, a, lda, 1, b, ldb, 1, beta, c, ldc);
}

static inline void gemm_nt(int m, int n, int k, const float *a, int lda, const float *b, int ldb,
                           float beta, float *c, int ldc)
{
    gemm(m, n, k, a, lda, 1, b, 1, ldb, beta, c, ldc);
}

static inline void gemm_tn(int m, int n, int k, const float *a, int lda, const float *b, int ldb,
                           float beta, float *c, int ldc)
{
    gemm(m, n, k, a, 1, lda, b, ldb, 1, beta, c, ldc);
}

/* The same over a run of image columns, each column `images` rows of one position and the next one
 * `step` floats further on. Columns that lie side by side, as those of a full batch, are one product. */
static inline void columns_nn(int columns, int images, int n, int k, const float *a, int a_step,
                              int lda, const float *b, int ldb, float beta, float *c, int c_step,
                              int ldc)
{
    if (a_step == images * lda && c_step == images * ldc) {
        images *= columns;
        columns = 1;
    }
    for (int i = 0; i < columns; i++)
        gemm_nn(images, n, k, a + i * a_step, lda, b, ldb, beta, c + i * c_step, ldc);
}

static inline void columns_nt(int columns, int images, int n, int k, const float *a, int a_step,
                              int lda, const float *b, int ldb, float beta, float *c, int c_step,
                              int ldc)
{
    if (a_step == images * lda && c_step == images * ldc) {
        images *= columns;
        columns = 1;
    }
    for (int i = 0; i < columns; i++)
        gemm_nt(images, n, k, a + i * a_step, lda, b, ldb, beta, c + i * c_step, ldc);
}

/* Sums over the columns: C = sum of A' B + beta C. */
static inline void columns_tn(int columns, int images, int m, int n, const float *a, int a_step,
                              int lda, const float *b, int b_step, int ldb, float beta, float *c,
                              int ldc)
{
    if (a_step == images * lda && b_step == images * ldb) {
        images *= columns;
        columns = 1;
    }
    for (int i = 0; i < columns; i++)
        gemm_tn(m, n, images, a + i * a_step, lda, b + i * b_step, ldb, i == 0 ? beta : 1, c, ldc);
}

#endif
