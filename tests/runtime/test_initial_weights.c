/* The values training starts from: their distributions, and what they do not depend on. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "files/layout.h"
#include "training/initial_weights.h"
#include "weights_model.h"

Test(init, follows_the_table)
{
    bn_count = 77;
    for (int i = 0; i < 4; i++)
        bn_weight[i] = bn_mean[i] = 9;
    for (int i = 0; i < 10; i++)
        fc_bias[i] = 9;
    initial_weights_draw(1);
    cr_expect_eq(bn_count, 0);
    for (int i = 0; i < 4; i++) {
        cr_expect_eq(bn_weight[i], 1);
        cr_expect_eq(bn_mean[i], 0);
    }
    for (int i = 0; i < 10; i++)
        cr_expect_eq(fc_bias[i], 0);
    for (int i = 0; i < 60; i++)
        cr_expect(fc_weight[i] >= -0.25f && fc_weight[i] < 0.25f);
}

/* Sums over many seeds: the sample mean of N values strays by sd/sqrt(N), so 5 of those are ample
 * and any seed will do. */
static void expect_moments(const float *values, int count, double deviation)
{
    enum { SEEDS = 500 };
    double sum = 0, squares = 0, n = (double)SEEDS * count;

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        initial_weights_draw(seed);
        for (int i = 0; i < count; i++) {
            sum += values[i];
            squares += (double)values[i] * values[i];
        }
    }
    cr_expect_lt(fabs(sum / n), 5 * deviation / sqrt(n));
    cr_expect_lt(fabs(sqrt(squares / n) / deviation - 1), 5 / sqrt(n));
}

Test(init, normal_has_the_scale_as_standard_deviation)
{
    expect_moments(conv_value, LIVE, 0.5);
    expect_moments(conv_dead, DEAD, 0.5);
}

Test(init, uniform_fills_its_range)
{
    expect_moments(fc_weight, 60, 0.25 / sqrt(3));
}

Test(init, is_a_function_of_the_seed)
{
    float first[60], other[60];

    initial_weights_draw(3);
    memcpy(first, fc_weight, sizeof first);
    initial_weights_draw(4);
    memcpy(other, fc_weight, sizeof other);
    initial_weights_draw(3);
    cr_expect_arr_eq(fc_weight, first, sizeof first);
    cr_expect_arr_neq(other, first, sizeof first);
}

Test(init, does_not_depend_on_which_taps_are_dead)
{
    float with[CONV_VALUES], without[CONV_VALUES];

    initial_weights_draw(5);
    layout_export(&table[CONV], conv_value, conv_dead, with);
    table[CONV].taps = none_dead;
    table[CONV].dead = NOTHING;
    initial_weights_draw(5);
    layout_export(&table[CONV], conv_value, NULL, without);
    cr_expect_arr_eq(with, without, sizeof with);
}

/* [out][in][3][3] of two groups of two filters over two channels. */
Test(init, dirac_lets_a_channel_through)
{
    float values[CONV_VALUES];

    table[CONV].init = MODEL_DIRAC;
    table[CONV].scale = 0;
    initial_weights_draw(6);
    layout_export(&table[CONV], conv_value, conv_dead, values);
    for (int i = 0; i < CONV_VALUES; i++) {
        int out = i / 18, in = i / 9 % 2;

        cr_expect_eq(values[i], out % 2 == in && i % 9 == 4 ? 1 : 0, "value %d", i);
        cr_expect(!signbit(values[i]), "value %d", i);
    }
}

/* One group of four filters: two let a channel through, two are uniform, as without dirac. */
Test(init, dirac_leaves_further_filters_as_they_were)
{
    float values[CONV_VALUES], uniform[CONV_VALUES];

    table[CONV].groups = 1;
    table[CONV].strides[2] = 4; /* four filters lie side by side */
    table[CONV].init = MODEL_UNIFORM;
    initial_weights_draw(7);
    layout_export(&table[CONV], conv_value, conv_dead, uniform);
    table[CONV].init = MODEL_DIRAC;
    initial_weights_draw(7);
    layout_export(&table[CONV], conv_value, conv_dead, values);
    for (int i = 0; i < CONV_VALUES; i++)
        cr_expect_eq(values[i], i >= 36 ? uniform[i] : i == 4 || i == 31 ? 1 : 0, "value %d", i);
}
