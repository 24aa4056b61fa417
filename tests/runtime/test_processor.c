/* Which instructions are missing. */
#include <criterion/criterion.h>

#include "platform/processor.h"

Test(processor, lacks_nothing_that_is_here)
{
    const struct processor_feature features[] = {{"avx2", true}, {"fma", true}};
    char text[32] = "before";

    cr_assert(!processor_lacks(features, 2, text, sizeof text));
    cr_assert_str_eq(text, "");
    cr_assert(!processor_lacks(features, 0, text, sizeof text));
}

Test(processor, names_all_that_it_lacks)
{
    const struct processor_feature features[] = {
        {"avx512f", false}, {"avx2", true}, {"fma", false}};
    char text[32];

    cr_assert(processor_lacks(features, 3, text, sizeof text));
    cr_assert_str_eq(text, "avx512f fma");
}

Test(processor, cuts_names_to_fit)
{
    const struct processor_feature features[] = {
        {"avx512f", false}, {"avx512bw", false}, {"fma", false}};
    char text[10];

    cr_assert(processor_lacks(features, 3, text, sizeof text));
    cr_assert_str_eq(text, "avx512f a");
}
