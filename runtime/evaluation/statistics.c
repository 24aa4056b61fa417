/* statistics.c - see statistics.h */
#include "evaluation/statistics.h"

#include <math.h>
#include <stdio.h>

void statistics_of(const double *values, int n, double *mean, double *deviation)
{
    double sum = 0, squares = 0;

    for (int i = 0; i < n; i++)
        sum += values[i];
    *mean = sum / n;
    for (int i = 0; i < n; i++)
        squares += (values[i] - *mean) * (values[i] - *mean);
    *deviation = n > 1 ? sqrt(squares / (n - 1)) : 0;
}

double statistics_standard_error(double accuracy, int n)
{
    return n > 0 ? sqrt(accuracy * (1 - accuracy) / n) : 0;
}

void statistics_describe_accuracy(char text[STATISTICS_ACCURACY_BYTES], double accuracy, int n)
{
    snprintf(text, STATISTICS_ACCURACY_BYTES, "%.2f %% +- %.2f", 100 * accuracy,
             100 * statistics_standard_error(accuracy, n));
}
