/* The pool without threads. It takes the place of pool.c in this program. */
#include "platform/pool_serial.c"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

static int order[10], ran;

static void note_unit(const void *args, int index, void *scratch)
{
    cr_assert_eq(args, order);
    cr_assert_eq((uintptr_t)scratch % 64, 0);
    order[ran++] = index;
}

static void count_job(void *argument)
{
    ++*(int *)argument;
}

Test(pool_serial, runs_units_in_order)
{
    struct error error;
    cr_assert_eq(pool_start(4, &error), 0);
    cr_assert_eq(pool_threads(), 1);
    cr_assert_eq(pool_available_cpus(), 1);
    pool_run(10, note_unit, order);
    cr_assert_eq(ran, 10);
    for (int i = 0; i < 10; i++)
        cr_assert_eq(order[i], i);
    pool_stop();
}

Test(pool_serial, runs_the_background_job_at_once)
{
    int count = 0;
    pool_background(count_job, &count);
    cr_assert_eq(count, 1);
    pool_background_wait();
}

Test(pool_serial, refuses_impossible_numbers_of_threads)
{
    struct error error;
    cr_assert_eq(pool_start(0, &error), -1);
    cr_assert_str_eq(error.text, "0 threads: give a number from 1 to 256");
}
