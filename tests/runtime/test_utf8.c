/* Text of any script: well formed or not, and its width on a console. */
#include <criterion/criterion.h>
#include <string.h>

#include "utf8.h"

Test(utf8, lines)
{
    static const char *const good[] = {"",
                                       "plain",
                                       "L\xc3\xb6wenzahn",
                                       "\xe5\x90\x91",
                                       "\xf0\x9f\x8c\xbb",
                                       "\xf4\x8f\xbf\xbf",
                                       "\xed\x9f\xbf",
                                       "\xc2\xa0"};
    static const char *const bad[] = {
        "\x80",             /* no first byte */
        "\xc3",             /* cut short */
        "\xe5\x90",         /* the same */
        "\xc3(",            /* no second byte */
        "\xc0\xaf",         /* longer than need be */
        "\xe0\x80\xaf",     /* the same */
        "\xf0\x80\x80\xaf", /* the same */
        "\xed\xa0\x80",     /* a surrogate */
        "\xf4\x90\x80\x80", /* beyond the last */
        "\xf8\x88\x80\x80\x80",
        "\xff",
        "a\tb",
        "a\nb",
        "\x1b[2J",
        "\x7f",
        "\xc2\x85",     /* next line */
        "\xe2\x80\xa8", /* line separator */
        "\xe2\x80\xae", /* right to left from here */
        "\xe2\x81\xa6", /* the same */
    };

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        cr_expect(utf8_is_line(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_expect(!utf8_is_line(bad[i]), "number %zu", i);
}

static int width_of(const char *text)
{
    char out[64];
    return utf8_cut(out, sizeof out, text, 60);
}

Test(utf8, columns)
{
    cr_expect_eq(width_of(""), 0);
    cr_expect_eq(width_of("plain"), 5);
    cr_expect_eq(width_of("L\xc3\xb6wenzahn"), 9);
    cr_expect_eq(width_of("Lo\xcc\x88wenzahn"), 9); /* o and a mark */
    cr_expect_eq(width_of("\xe5\x90\x91\xe6\x97\xa5\xe8\x91\xb5"), 6);
    cr_expect_eq(width_of("\xf0\x9f\x8c\xbb"), 2);         /* a sunflower */
    cr_expect_eq(width_of("\xef\xbd\xb1"), 1);             /* half as wide */
    cr_expect_eq(width_of("\xd7\xa9\xd6\xb8\xd7\x9c"), 2); /* with a point */
}

static void expect_cut(const char *text, int columns, const char *what, int used)
{
    char out[64];

    cr_expect_eq(utf8_cut(out, sizeof out, text, columns), used, "%s", text);
    cr_expect_str_eq(out, what);
}

Test(utf8, cut)
{
    expect_cut("plain", 5, "plain", 5);
    expect_cut("plain", 4, "pla\xe2\x80\xa6", 4);
    expect_cut("plain", 1, "\xe2\x80\xa6", 1);
    expect_cut("\xe5\x90\x91\xe6\x97\xa5\xe8\x91\xb5", 6, "\xe5\x90\x91\xe6\x97\xa5\xe8\x91\xb5",
               6);
    expect_cut("\xe5\x90\x91\xe6\x97\xa5\xe8\x91\xb5", 5, "\xe5\x90\x91\xe6\x97\xa5\xe2\x80\xa6",
               5);
    expect_cut("\xe5\x90\x91\xe6\x97\xa5\xe8\x91\xb5", 4, "\xe5\x90\x91\xe2\x80\xa6", 3);
}
