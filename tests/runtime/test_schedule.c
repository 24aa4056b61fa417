/* Schedules against the values of PyTorch's, see tests/torch/schedules.py. */
#include <criterion/criterion.h>
#include <math.h>

#include "../vectors/schedules.h"
#include "training/schedule.h"

/* PyTorch's schedules call Adam's beta1 so, too. */
static double momentum_of(const struct model_recipe *recipe, const struct model_hyper *hyper)
{
    return recipe->has_beta1 ? hyper->beta1 : hyper->momentum;
}

enum { CASES = sizeof schedule_cases / sizeof schedule_cases[0] };

/* PyTorch goes from step to step, which adds rounding errors; none reaches 1e-13 of the largest. */
Test(schedule, has_pytorchs_values)
{
    for (int i = 0; i < CASES; i++) {
        const struct schedule_case *it = &schedule_cases[i];
        for (int step = 0; step < it->steps_per_epoch * it->epochs; step++) {
            struct model_hyper hyper;
            schedule_at(&it->recipe, step, it->steps_per_epoch, it->epochs, &hyper);
            cr_expect_float_eq(hyper.lr, it->values[step][0], 1e-13 * it->recipe.lr,
                               "%s, step %d: lr is %.17g, in PyTorch %.17g", it->name, step,
                               hyper.lr, it->values[step][0]);
            cr_expect_float_eq(momentum_of(&it->recipe, &hyper), it->values[step][1], 1e-13,
                               "%s, step %d: momentum is %.17g, in PyTorch %.17g", it->name, step,
                               momentum_of(&it->recipe, &hyper), it->values[step][1]);
        }
    }
}

Test(schedule, keeps_the_last_values_past_the_end)
{
    for (int i = 0; i < CASES; i++) {
        const struct schedule_case *it = &schedule_cases[i];
        int last = it->steps_per_epoch * it->epochs - 1;
        struct model_hyper end, past;
        schedule_at(&it->recipe, last, it->steps_per_epoch, it->epochs, &end);
        schedule_at(&it->recipe, last + 1000, it->steps_per_epoch, it->epochs, &past);
        cr_expect_eq(past.lr, end.lr, "%s", it->name);
        cr_expect_eq(past.momentum, end.momentum, "%s", it->name);
        cr_expect_eq(past.beta1, end.beta1, "%s", it->name);
        cr_expect_eq(past.step, last + 1001);
    }
}

Test(schedule, passes_the_other_values_on)
{
    const struct model_recipe recipe = {.optimizer = MODEL_ADAMW,
                                        .has_beta1 = 1,
                                        .lr = 1e-3,
                                        .momentum = 0.5,
                                        .beta1 = 0.8,
                                        .beta2 = 0.99,
                                        .eps = 1e-7,
                                        .weight_decay = 0.01,
                                        .dampening = 0.25,
                                        .parts = {{0}, NEVER, NEVER}};
    struct model_hyper hyper = {.seed = 77};

    schedule_at(&recipe, 41, 10, 20, &hyper);
    cr_assert_eq(hyper.lr, 1e-3);
    cr_assert_eq(hyper.momentum, 0);
    cr_assert_eq(hyper.beta1, 0.8);
    cr_assert_eq(hyper.beta2, 0.99);
    cr_assert_eq(hyper.eps, 1e-7);
    cr_assert_eq(hyper.weight_decay, 0.01);
    cr_assert_eq(hyper.dampening, 0.25);
    cr_assert_eq(hyper.step, 42);
    cr_assert_eq(hyper.seed, 77u);
}

Test(schedule, warm_up_longer_than_the_run_only_rises)
{
    const struct model_recipe recipe = {
        .lr = 1.0,
        .warmup_epochs = 50,
        .parts = {{.schedule = MODEL_COSINE, .per_step = 1}, NEVER, NEVER}};
    struct model_hyper hyper;

    for (int step = 0; step < 20; step++) {
        schedule_at(&recipe, step, 10, 2, &hyper);
        cr_assert_float_eq(hyper.lr, (step + 1) / 20.0, 1e-15, "step %d: %g", step, hyper.lr);
    }
}

/* Runs too short for a phase of the cycle: PyTorch divides by zero in some, values stay finite. */
Test(schedule, one_cycle_survives_short_runs)
{
    struct model_recipe recipe = schedule_cases[CASES - 1].recipe;

    for (int percent = 0; percent <= 100; percent += 5) {
        recipe.parts[0].pct_start = percent / 100.0;
        for (int steps = 1; steps <= 4; steps++) {
            for (int step = 0; step < steps; step++) {
                struct model_hyper hyper;
                schedule_at(&recipe, step, steps, 1, &hyper);
                cr_assert(hyper.lr > 0.0 && hyper.lr <= recipe.lr, "%g", hyper.lr);
                double momentum = momentum_of(&recipe, &hyper);
                cr_assert(momentum >= recipe.parts[0].base_momentum - 1e-12 &&
                          momentum <= recipe.parts[0].max_momentum + 1e-12);
            }
        }
    }
}

/* Of an epoch of 49 steps: 9.9 of them are 485 steps, the last epoch is cut short. */
Test(schedule, epochs_may_be_fractions)
{
    const struct model_recipe recipe = {
        .optimizer = MODEL_SGD,
        .lr = 1,
        .parts = {{.schedule = MODEL_LINEAR_LR, .per_step = 1, .start_factor = 1}, NEVER, NEVER}};
    struct model_hyper hyper;

    cr_expect_eq(schedule_steps(9.9, 49), 485);
    cr_expect_eq(schedule_steps(0.7, 10), 7);
    cr_expect_eq(schedule_steps(1e-9, 49), 1);
    cr_expect_eq(schedule_steps(1e6, 1 << 20), (int64_t)1e6 << 20);
    schedule_at(&recipe, 97, 49, 9.9, &hyper);
    cr_expect_float_eq(hyper.lr, 1 - 97.0 / 485, 1e-15);
    schedule_at(&recipe, 484, 49, 9.9, &hyper);
    cr_expect_float_eq(hyper.lr, 1 - 484.0 / 485, 1e-15);
    schedule_at(&recipe, 490, 49, 9.9, &hyper);
    cr_expect_float_eq(hyper.lr, 1 - 484.0 / 485, 1e-15);
}

/* Within an epoch where they say so, and counted from the end of the warm-up. */
Test(schedule, milestones_may_be_fractions)
{
    static const double milestones[] = {0.5, 1.25, 2};
    const struct model_recipe recipe = {.optimizer = MODEL_SGD,
                                        .lr = 1,
                                        .warmup_epochs = 0.5,
                                        .parts = {{.schedule = MODEL_MULTI_STEP,
                                                   .milestones = milestones,
                                                   .milestone_count = 3,
                                                   .gamma = 0.5},
                                                  NEVER,
                                                  NEVER}};
    static const struct {
        int step;
        double lr;
    } expected[] = {{5, 1}, {9, 1}, {10, 0.5}, {17, 0.5}, {18, 0.25}, {24, 0.25}, {25, 0.125}};

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct model_hyper hyper;

        schedule_at(&recipe, expected[i].step, 10, 4, &hyper);
        cr_expect_eq(hyper.lr, expected[i].lr, "step %d", expected[i].step);
    }
}

/* Stages of freezing begin at the nearest step. */
Test(schedule, says_what_is_frozen)
{
    static const struct model_freeze stages[] = {{0.25, "a"}, {1, "b"}, {1.04, "c"}};
    const struct model_recipe recipe = {.optimizer = MODEL_SGD,
                                        .lr = 1,
                                        .freeze_after = stages,
                                        .freezes = 3,
                                        .parts = {{0}, NEVER, NEVER}};
    static const int expected[][2] = {{0, 0}, {2, 0}, {3, 1}, {9, 1}, {10, 3}, {100, 3}};

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct model_hyper hyper = {.frozen = 9};

        schedule_at(&recipe, expected[i][0], 10, 4, &hyper);
        cr_expect_eq(hyper.frozen, expected[i][1], "step %d", expected[i][0]);
    }
}
