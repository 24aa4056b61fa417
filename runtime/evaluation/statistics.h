/* statistics.h - of a few numbers, and of an accuracy */
#ifndef STATISTICS_H
#define STATISTICS_H

/* mean and standard deviation (of a sample: n - 1 in its denominator; 0 for n = 1) of values[n],
 * n >= 1. */
void statistics_of(const double *values, int n, double *mean, double *deviation);

/* Standard error of an accuracy (a fraction) that n images gave: sqrt(p (1 - p) / n), how far
 * chance in the choice of the images moves it. */
double statistics_standard_error(double accuracy, int n);

enum { STATISTICS_ACCURACY_BYTES = 40 };

/* text := such as "81.16 % +- 0.39". */
void statistics_describe_accuracy(char text[STATISTICS_ACCURACY_BYTES], double accuracy, int n);

#endif
