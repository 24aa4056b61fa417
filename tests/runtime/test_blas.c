/* Which of OpenBLAS's kernels a program starts again with, and what it says of them. */
#define MODEL_BLAS 1
#define MODEL_BLAS_CORE "Haswell"
#include "platform/blas.c" /* first, as it says which functions of libc's it needs */

#include <criterion/criterion.h>

static const char *to_set(const char *core, const char *coretype, const char *picked,
                          const char *wanted)
{
    struct blas_choice choice = {core, coretype, picked};
    const char *set = blas_core_to_set(&choice, wanted);

    return set ? set : "nothing";
}

static const char *described(const char *core, const char *coretype, const char *picked,
                             const char *wanted)
{
    static char text[128];
    struct blas_choice choice = {core, coretype, picked};

    blas_describe(text, sizeof text, &choice, wanted);
    return text;
}

Test(blas, an_older_core_is_replaced)
{
    cr_expect_str_eq(to_set("Prescott", NULL, NULL, "SkylakeX"), "SkylakeX");
    cr_expect_str_eq(to_set("Prescott", NULL, NULL, "Haswell"), "Haswell");
    cr_expect_str_eq(to_set("Nehalem", NULL, NULL, "Haswell"), "Haswell");
    cr_expect_str_eq(to_set("Sandybridge", NULL, NULL, "Haswell"), "Haswell");
    cr_expect_str_eq(to_set("Steamroller", NULL, NULL, "Haswell"), "Haswell");
    cr_expect_str_eq(to_set("Haswell", NULL, NULL, "SkylakeX"), "SkylakeX");
    cr_expect_str_eq(to_set("Zen", NULL, NULL, "SkylakeX"), "SkylakeX");
    cr_expect_str_eq(to_set("prescott", NULL, NULL, "Haswell"), "Haswell");
}

Test(blas, another_stays)
{
    cr_expect_str_eq(to_set("Haswell", NULL, NULL, "Haswell"), "nothing");
    cr_expect_str_eq(to_set("Zen", NULL, NULL, "Haswell"), "nothing");
    cr_expect_str_eq(to_set("Excavator", NULL, NULL, "Haswell"), "nothing");
    cr_expect_str_eq(to_set("SkylakeX", NULL, NULL, "Haswell"), "nothing");
    cr_expect_str_eq(to_set("Cooperlake", NULL, NULL, "SkylakeX"), "nothing");
    cr_expect_str_eq(to_set("SapphireRapids", NULL, NULL, "SkylakeX"), "nothing");
    cr_expect_str_eq(to_set("Zen9", NULL, NULL, "SkylakeX"), "nothing"); /* younger than we are */
    cr_expect_str_eq(to_set("neoversen1", NULL, NULL, ""), "nothing");
    cr_expect_str_eq(to_set("Prescott", NULL, NULL, ""), "nothing");
    cr_expect_str_eq(to_set(NULL, NULL, NULL, "SkylakeX"), "nothing"); /* another BLAS */
}

Test(blas, the_user_is_obeyed)
{
    cr_expect_str_eq(to_set("Prescott", "Prescott", NULL, "SkylakeX"), "nothing");
    cr_expect_str_eq(to_set("Prescott", "no such core", NULL, "SkylakeX"), "nothing");
    cr_expect_str_eq(to_set("Haswell", "Haswell", NULL, "SkylakeX"), "nothing");
}

Test(blas, an_openblas_without_the_core_gets_its_own_back)
{
    cr_expect_str_eq(to_set("Prescott", "SkylakeX", "Haswell", "SkylakeX"), "Haswell");
    cr_expect_str_eq(to_set("Prescott", "SkylakeX", "Nehalem", "SkylakeX"), "Nehalem");
    cr_expect_str_eq(to_set("Prescott", "SkylakeX", "Prescott", "SkylakeX"), "nothing");
    cr_expect_str_eq(to_set("Haswell", "Haswell", "Haswell", "SkylakeX"), "nothing");
}

/* Whatever an OpenBLAS does with the variable, whatever the program finds set at first. */
Test(blas, two_starts_again_at_most)
{
    static const char *const values[] = {NULL,      "",         "Prescott", "Nehalem",
                                         "Haswell", "SkylakeX", "Zen9",     "neoversen1"};
    enum { VALUES = sizeof values / sizeof *values, ANSWERS = VALUES * VALUES * VALUES };

    for (int start = 0; start < VALUES * VALUES * VALUES; start++) {
        for (int answers = 0; answers < ANSWERS; answers++) {
            const char *wanted = values[start % VALUES] ? values[start % VALUES] : "SkylakeX";
            const char *coretype = values[start / VALUES % VALUES];
            const char *picked = values[start / VALUES / VALUES];
            int starts = 0;

            for (int answer = answers; starts < 4; answer /= VALUES, starts++) {
                struct blas_choice choice = {values[answer % VALUES], coretype, picked};
                const char *core = blas_core_to_set(&choice, wanted);

                if (!core)
                    break;
                coretype = core;
                picked = picked ? picked : choice.core;
            }
            cr_assert_leq(starts, 2);
        }
    }
}

Test(blas, says_what_is_used_and_why)
{
    cr_expect_str_eq(described("SkylakeX", NULL, NULL, "SkylakeX"), "OpenBLAS SkylakeX");
    cr_expect_str_eq(described("Zen", "Zen", NULL, "Haswell"), "OpenBLAS Zen");
    cr_expect_str_eq(described("neoversen1", NULL, NULL, ""), "OpenBLAS neoversen1");
    cr_expect_str_eq(described(NULL, NULL, NULL, "SkylakeX"), "other BLAS");
    cr_expect_str_eq(described("SkylakeX", "SkylakeX", "Prescott", "SkylakeX"),
                     "OpenBLAS SkylakeX (set by castnet: it picked Prescott)");
    cr_expect_str_eq(described("Prescott", "Prescott", NULL, "SkylakeX"),
                     "OpenBLAS Prescott (slow: set OPENBLAS_CORETYPE to SkylakeX)");
    cr_expect_str_eq(described("Haswell", "Haswell", "Haswell", "SkylakeX"),
                     "OpenBLAS Haswell (slow: it has no SkylakeX)");
}

Test(blas, an_empty_variable_is_none)
{
    setenv("OPENBLAS_CORETYPE", "", 1);
    unsetenv(BLAS_PICKED);
    cr_expect_null(blas_choice().coretype);
    cr_expect_null(blas_choice().picked);
    setenv("OPENBLAS_CORETYPE", "Zen", 1);
    cr_expect_str_eq(blas_choice().coretype, "Zen");
}
