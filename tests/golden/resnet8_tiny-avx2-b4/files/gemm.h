/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef CASTNET_GEMM_H
#define CASTNET_GEMM_H

#include "base.h"

/* Row-major single-precision products C = A B + beta C, with beta 0 or 1 and C of m x n:
 *   nn  A is m x k, B is k x n          nt  A is m x k, B is n x k, transposed
 *   tn  A is k x m, transposed, B is k x n
 * lda, ldb, ldc are the distances between rows, in floats. */
#include <cblas.h>

static inline void gemm_nn(int m, int n, int k, const float *a, int lda, const float *b, int ldb,
                           float beta, float *c, int ldc)
{
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
}

static inline void gemm_nt(int m, int n, int k, const float *a, int lda, const float *b, int ldb,
                           float beta, float *c, int ldc)
{
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
}

static inline void gemm_tn(int m, int n, int k, const float *a, int lda, const float *b, int ldb,
                           float beta, float *c, int ldc)
{
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
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
