/* statistics.c - see statistics.h */
#include "statistics.h"

#include <math.h>

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
