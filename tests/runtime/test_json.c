/* Values as JSON has them. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "show/json.h"

static char text[128];

static FILE *begin(void)
{
    FILE *file = tmpfile();

    cr_assert_not_null(file);
    return file;
}

static const char *end(FILE *file)
{
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static const char *string(const char *value)
{
    FILE *file = begin();

    json_string(file, value);
    return end(file);
}

static const char *number(double value)
{
    FILE *file = begin();

    json_number(file, value);
    return end(file);
}

Test(json, strings)
{
    cr_expect_str_eq(string("plain"), "\"plain\"");
    cr_expect_str_eq(string(NULL), "null");
    cr_expect_str_eq(string("a \"b\" \\c\n\x7f"), "\"a \\\"b\\\" \\\\c\\u000a\\u007f\"");
    cr_expect_str_eq(string("L\xc3\xb6we \xf0\x9f\x8c\xbb"), "\"L\xc3\xb6we \xf0\x9f\x8c\xbb\"");
    cr_expect_str_eq(string("L\xf6we \xe5\x90"), "\"L\\ufffdwe \\ufffd\\ufffd\"");
}

Test(json, numbers)
{
    cr_expect_str_eq(number(0), "0");
    cr_expect_str_eq(number(-0.0), "0");
    cr_expect_str_eq(number(2000), "2000");
    cr_expect_str_eq(number(0.1), "0.1");
    cr_expect_str_eq(number(1e-8), "1e-08");
    cr_expect_str_eq(number(1.0 / 3), "0.3333333333333333");
    cr_expect_str_eq(number(1e300), "1e+300");
    cr_expect_str_eq(number(NAN), "null");
    cr_expect_str_eq(number(-INFINITY), "null");
}
