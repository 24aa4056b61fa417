/* statistics.h - of a few numbers */
#ifndef STATISTICS_H
#define STATISTICS_H

/* mean and standard deviation (of a sample: n - 1 in its denominator; 0 for n = 1) of values[n],
 * n >= 1. */
void statistics_of(const double *values, int n, double *mean, double *deviation);

#endif
