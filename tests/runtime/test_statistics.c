/* Mean and standard deviation of several runs' results. */
#include <criterion/criterion.h>
#include <math.h>

#include "evaluation/statistics.h"

Test(statistics, statistics_are_those_of_a_sample)
{
    const double values[] = {0.25, 0.5, 0.75, 0.9};
    double mean, deviation;

    statistics_of(values, 4, &mean, &deviation); /* numpy: mean, std(ddof=1) */
    cr_expect_float_eq(mean, 0.6, 1e-15);
    cr_expect_float_eq(deviation, 0.2857738033247, 1e-11);
    statistics_of(values, 1, &mean, &deviation);
    cr_expect_eq(mean, 0.25);
    cr_expect_eq(deviation, 0);
}

Test(statistics, equal_results_do_not_deviate)
{
    const double values[] = {0.1, 0.1, 0.1};
    double mean, deviation;

    statistics_of(values, 3, &mean, &deviation);
    cr_expect_float_eq(mean, 0.1, 1e-15);
    cr_expect_lt(deviation, 1e-15);
}
