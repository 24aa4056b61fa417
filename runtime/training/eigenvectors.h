/* eigenvectors.h - of a symmetric matrix */
#ifndef EIGENVECTORS_H
#define EIGENVECTORS_H

/* Of the symmetric matrix [n][n], n >= 1, all of it finite: its eigenvalues are then its diagonal,
 * in no order, and vectors[i], i < n, is the eigenvector of the i-th: a row of [n][n], of length 1.
 * The same bits for the same matrix. */
void eigenvectors_find(double *matrix, double *vectors, int n);

#endif
