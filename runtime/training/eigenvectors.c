/* eigenvectors.c - see eigenvectors.h
 *
 * Jacobi's method, cyclic by row (Golub and Van Loan, Matrix Computations, 4th edition, 8.5): a
 * rotation of rows and columns p and q makes one pair of values off the diagonal 0, and sweeps over
 * all pairs leave less and less there. Good for the few dozen rows of a patch.
 */
#include "training/eigenvectors.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

enum { SWEEPS_MAX = 100 }; /* ten are many */

struct rotation {
    double cosine, sine;
};

/* (a, b) := (cosine a - sine b, sine a + cosine b) of n pairs, `stride` apart. */
static void rotate(double *a, double *b, int n, int stride, struct rotation by)
{
    for (ptrdiff_t i = 0; i < (ptrdiff_t)n * stride; i += stride) {
        double first = a[i], second = b[i];

        a[i] = by.cosine * first - by.sine * second;
        b[i] = by.sine * first + by.cosine * second;
    }
}

/* What makes the value at p, q of the matrix 0: the smaller of both angles. */
static struct rotation rotation_of(double at_pp, double at_pq, double at_qq)
{
    double tau = (at_qq - at_pp) / (2 * at_pq);
    double tangent = (tau >= 0 ? 1 : -1) / (fabs(tau) + sqrt(1 + tau * tau));
    double cosine = 1 / sqrt(1 + tangent * tangent);

    return (struct rotation){cosine, tangent * cosine};
}

/* Whether what is off the diagonal is no more than rounding leaves there. */
static bool is_diagonal(const double *matrix, int n)
{
    double off = 0, all = 0;

    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double value = matrix[i * n + j];

            all += value * value;
            off += i == j ? 0 : value * value;
        }
    return off <= 1e-30 * all;
}

static void sweep(double *matrix, double *vectors, int n)
{
    for (int p = 0; p < n; p++)
        for (int q = p + 1; q < n; q++) {
            double *row_p = matrix + p * n, *row_q = matrix + q * n;

            if (row_p[q] == 0)
                continue;
            struct rotation by = rotation_of(row_p[p], row_p[q], row_q[q]);
            rotate(matrix + p, matrix + q, n, n, by);
            rotate(row_p, row_q, n, 1, by);
            row_p[q] = row_q[p] = 0;
            rotate(vectors + p * n, vectors + q * n, n, 1, by);
        }
}

void eigenvectors_find(double *matrix, double *vectors, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            vectors[i * n + j] = i == j;
    for (int i = 0; i < SWEEPS_MAX && !is_diagonal(matrix, n); i++)
        sweep(matrix, vectors, n);
}
