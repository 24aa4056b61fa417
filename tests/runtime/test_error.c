/* Error lines. */
#include <criterion/criterion.h>
#include <string.h>

#include "error.h"

Test(error, is_filled_in_and_returns_minus_one)
{
    struct error error;
    cr_assert_eq(error_set(&error, "%s has %d", "train.bin", 7), -1);
    cr_assert_str_eq(error.text, "train.bin has 7");
}

Test(error, is_cut_to_fit)
{
    struct error error;
    char name[2000];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    error_set(&error, "%s", name);
    cr_assert_eq(strlen(error.text), sizeof error.text - 1);
}

Test(error, stays_one_line_whatever_a_file_is_called)
{
    struct error error;
    error_set(&error, "cannot open %s", "a\nb\033[2J\xc3\xa9.bin");
    cr_assert_str_eq(error.text, "cannot open a?b?[2J\xc3\xa9.bin");
}
