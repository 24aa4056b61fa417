/* The reader of safetensors headers: what it accepts, and a collection of what it must refuse. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files/safetensors.h"

static const char two[] = "{\"b\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]},"
                          "\"a\":{\"data_offsets\":[0,8],\"shape\":[],\"dtype\":\"I64\"}}";

/* Parses a copy that ends exactly where the text does, so that a sanitizer sees any step too far.
 */
static int parse(struct safetensors *file, char **copy, const char *text, size_t length,
                 uint64_t data_bytes, struct error *error)
{
    *copy = malloc(length ? length : 1);
    cr_assert_not_null(*copy);
    memcpy(*copy, text, length);
    error->text[0] = '\0';
    return safetensors_parse(file, *copy, length, data_bytes, error);
}

static void accept(const char *text, uint64_t data_bytes)
{
    struct safetensors file;
    struct error error;
    char *copy;

    cr_expect_eq(parse(&file, &copy, text, strlen(text), data_bytes, &error), 0, "%s: %s", text,
                 error.text);
    safetensors_free(&file);
    free(copy);
}

static void refuse(const char *text, uint64_t data_bytes, const char *why)
{
    struct safetensors file;
    struct error error;
    char *copy;

    cr_expect_eq(parse(&file, &copy, text, strlen(text), data_bytes, &error), -1,
                 "accepted: %.200s", text);
    cr_expect(strstr(error.text, why) != NULL, "%.200s: got '%s', wanted '%s'", text, error.text,
              why);
    cr_expect_null(file.entries);
    safetensors_free(&file);
    free(copy);
}

Test(safetensors, reads_tensors_in_the_order_of_their_data)
{
    struct safetensors file;
    struct error error;
    char *copy;

    cr_assert_eq(parse(&file, &copy, two, strlen(two), 32, &error), 0, "%s", error.text);
    cr_assert_eq(file.count, 2);
    cr_expect_str_eq(file.entries[0].name, "a");
    cr_expect_str_eq(file.entries[0].dtype, "I64");
    cr_expect_eq(file.entries[0].rank, 0);
    cr_expect_str_eq(file.entries[1].name, "b");
    cr_expect_eq(file.entries[1].rank, 2);
    cr_expect_eq(file.entries[1].shape[0], 2);
    cr_expect_eq(file.entries[1].shape[1], 3);
    cr_expect_eq(file.entries[1].begin, 8);
    cr_expect_eq(file.entries[1].end, 32);
    safetensors_free(&file);
    free(copy);
}

Test(safetensors, accepts_what_the_format_allows)
{
    accept("{}", 0);
    accept("{}       ", 0);
    accept("{\"__metadata__\":{}}", 0);
    accept("{ \"__metadata__\" : {\"format\":\"pt\" , \"note\":\"a \\\"b\\\" \\u00e9\\n\"} }\n", 0);
    accept("{\"a\":{\"dtype\":\"F32\",\"shape\":[0,5],\"data_offsets\":[0,0]}}", 0);
    accept("{\"a\":{\"dtype\":\"F8_E4M3FNUZ\",\"shape\":[3],\"data_offsets\":[0,3]}}", 3);
    accept("{\"a\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[0,6]}}", 6);
}

Test(safetensors, decodes_escapes_in_names)
{
    const char *text = "{\"l\\u0061yer\\/1\\t\":{\"dtype\":\"U8\",\"shape\":[],"
                       "\"data_offsets\":[0,1]}}";
    struct safetensors file;
    struct error error;
    char *copy;

    cr_assert_eq(parse(&file, &copy, text, strlen(text), 1, &error), 0, "%s", error.text);
    cr_expect_str_eq(file.entries[0].name, "layer/1\t");
    safetensors_free(&file);
    free(copy);
}

#define ENTRY(name, offsets)                                                                       \
    "\"" name "\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":" offsets "}"

Test(safetensors, refuses_offsets_that_lie)
{
    refuse("{" ENTRY("a", "[0,8]") "," ENTRY("b", "[4,12]") "}", 12, "overlapping");
    refuse("{" ENTRY("a", "[0,8]") "," ENTRY("b", "[0,8]") "}", 8, "overlapping");
    refuse("{" ENTRY("a", "[0,8]") "," ENTRY("b", "[12,20]") "}", 20, "hole");
    refuse("{" ENTRY("a", "[4,12]") "}", 12, "hole");
    refuse("{" ENTRY("a", "[0,8]") "}", 12, "4 bytes after the last tensor");
    refuse("{" ENTRY("a", "[0,8]") "}", 4, "outside the 4 bytes");
    refuse("{" ENTRY("a", "[8,0]") "}", 8, "outside");
    refuse("{" ENTRY("a", "[18446744073709551608,18446744073709551615]") "}", 8, "outside");
    refuse("{" ENTRY("a", "[0,18446744073709551616]") "}", 8, "number too large");
    refuse("{" ENTRY("a", "[0,4]") "}", 4, "hold 4 bytes, its shape needs 8");
    refuse("{" ENTRY("a", "[-8,0]") "}", 8, "expected a non-negative integer");
    refuse("{" ENTRY("a", "[0,8,8]") "}", 8, "expected ']'");
    refuse("{" ENTRY("a", "[0]") "}", 8, "expected ','");
    refuse("{" ENTRY("a", "[0,8.0]") "}", 8, "expected ']'");
    refuse("{" ENTRY("a", "[0,8e0]") "}", 8, "expected ']'");
    refuse("{" ENTRY("a", "[00,8]") "}", 8, "leading zero");
    refuse("{}", 4, "no tensor, but data");
}

#define SHAPED(shape) "{\"a\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":[0,8]}}"

Test(safetensors, refuses_shapes_that_lie)
{
    refuse(SHAPED("[3]"), 8, "its shape needs 12");
    refuse(SHAPED("[-2]"), 8, "non-negative");
    refuse(SHAPED("[2.5]"), 8, "expected ']'");
    refuse(SHAPED("[4294967296,4294967296]"), 8, "shape too large");
    refuse(SHAPED("[4611686018427387906]"), 8, "shape too large"); /* 4 * this is 8 modulo 2^64 */
    refuse(SHAPED("[1,1,1,1,1,1,1,1,2]"), 8, "more than 8 dimensions");
    refuse(SHAPED("[[2]]"), 8, "non-negative");
    refuse(SHAPED("[2,]"), 8, "non-negative");
    refuse(SHAPED("2"), 8, "expected '['");
    refuse(SHAPED("null"), 8, "expected '['");
}

Test(safetensors, refuses_other_json)
{
    refuse("", 0, "expected '{'");
    refuse(" {}", 0, "expected '{'"); /* the format wants the brace first */
    refuse("[]", 0, "expected '{'");
    refuse("null", 0, "expected '{'");
    refuse("{", 0, "expected '\"'");
    refuse("{}{}", 0, "text after the end");
    refuse("{\"a\"}", 0, "expected ':'");
    refuse("{\"a\":}", 0, "expected '{'");
    refuse("{\"a\":{}}", 0, "expected '\"'");
    refuse("{\"a\":1}", 0, "expected '{'");
    refuse("{a:{}}", 0, "expected '\"'");
    refuse("{\"a", 0, "string without an end");
    refuse("{\"a\\", 0, "bad escape");
    refuse("{\"a\\x\":{}}", 0, "bad escape");
    refuse("{\"a\\u12", 0, "bad \\u escape");
    refuse("{\"a\\u12g4\":{}}", 0, "bad \\u escape");
    refuse("{\"a\nb\":{}}", 0, "control character");
    refuse("{\"__metadata__\":{\"a\":1}}", 0, "expected '\"'");
    refuse("{\"__metadata__\":{\"a\":{\"b\":\"c\"}}}", 0, "expected '\"'");
    refuse("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "given twice");
    refuse("{" ENTRY("a", "[0,8]") ",}", 8, "expected '\"'");
}

Test(safetensors, refuses_bad_fields)
{
    refuse("{" ENTRY("a", "[0,8]") "," ENTRY("a", "[8,16]") "}", 16, "tensor a: given twice");
    refuse("{" ENTRY("a", "[0,8]") "," ENTRY("\\u0061", "[8,16]") "}", 16, "given twice");
    refuse("{\"a\":{\"dtype\":\"F33\",\"shape\":[],\"data_offsets\":[0,4]}}", 4,
           "unknown dtype F33");
    refuse("{\"a\":{\"dtype\":\"\",\"shape\":[],\"data_offsets\":[0,0]}}", 0, "unknown dtype");
    refuse("{\"a\":{\"dtype\":4,\"shape\":[],\"data_offsets\":[0,4]}}", 4, "expected '\"'");
    refuse("{\"a\":{\"shape\":[],\"data_offsets\":[0,4]}}", 4, "without dtype");
    refuse("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[]}}", 4, "field given twice");
    refuse("{\"a\":{\"dtype\":\"F32\",\"color\":\"red\"}}", 4, "unknown field");
}

Test(safetensors, refuses_deep_nesting_without_recursion)
{
    enum { DEPTH = 1000000 };
    char *text = malloc(DEPTH + 16);

    cr_assert_not_null(text);
    memset(text, '[', DEPTH);
    text[DEPTH] = '\0';
    memcpy(text, "{\"a\":", 5);
    refuse(text, 0, "expected '{'");
    for (int i = 0; i + 5 <= DEPTH; i += 5)
        memcpy(text + i, "{\"a\":", 5);
    refuse(text, 0, "unknown field");
    free(text);
}

/* Any cut or changed byte may be refused or, in a name, accepted, but must not be read past. */
Test(safetensors, survives_every_cut_and_every_changed_byte)
{
    size_t length = strlen(two);

    for (size_t at = 0; at < length; at++)
        for (int value = -1; value < 256; value++) {
            struct safetensors file;
            struct error error;
            char changed[sizeof two], *copy;
            int result;

            memcpy(changed, two, sizeof two);
            if (value >= 0)
                changed[at] = (char)value;
            result = parse(&file, &copy, changed, value < 0 ? at : length, 32, &error);
            cr_assert(value >= 0 || result == -1, "accepted the first %zu bytes", at);
            for (size_t i = 0; result == 0 && i < file.count; i++)
                cr_assert(strlen(file.entries[i].name) < length && file.entries[i].end <= 32);
            safetensors_free(&file);
            free(copy);
        }
}

static int header_length(uint64_t claimed, uint64_t file_bytes, size_t *length)
{
    unsigned char prefix[SAFETENSORS_LENGTH_BYTES];
    struct error error;

    for (int i = 0; i < SAFETENSORS_LENGTH_BYTES; i++)
        prefix[i] = (unsigned char)(claimed >> 8 * i);
    return safetensors_header_length(prefix, file_bytes, length, &error);
}

Test(safetensors, checks_the_header_length_against_the_file)
{
    size_t length = 0;

    cr_expect_eq(header_length(258, 266, &length), 0);
    cr_expect_eq(length, 258);
    cr_expect_eq(header_length(259, 266, &length), -1);
    cr_expect_eq(header_length(0, 7, &length), -1);
    cr_expect_eq(header_length(UINT64_MAX, 266, &length), -1);
    cr_expect_eq(header_length(UINT64_MAX - 7, 266, &length), -1);
    cr_expect_eq(header_length(SAFETENSORS_MAX_HEADER + 1ull, UINT64_MAX, &length), -1);
    cr_expect_eq(header_length(SAFETENSORS_MAX_HEADER, UINT64_MAX, &length), 0);
}

Test(safetensors, makes_names_printable)
{
    char text[8];

    cr_expect_str_eq(safetensors_printable(text, sizeof text, "a\033[31m\xc3"), "a?[31m?");
    cr_expect_str_eq(safetensors_printable(text, sizeof text, "0123456789"), "0123456");
}
