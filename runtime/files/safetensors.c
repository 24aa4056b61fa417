/* safetensors.c - see safetensors.h
 *
 * The header is JSON of one fixed form, so the parser below knows that form and no other: an object
 * of tensors, each an object with exactly dtype, shape and data_offsets, and at most one
 * "__metadata__" with strings in it. There is no recursion that a file could deepen.
 */
#include "files/safetensors.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "files/dtypes.h"

enum { PRINTED_NAME = 80 };

struct parser {
    char *text;
    size_t at, length;
    struct error *error;
};

const char *safetensors_printable(char *buffer, size_t size, const char *name)
{
    size_t i = 0;

    for (; i + 1 < size && name[i] != '\0'; i++)
        buffer[i] = name[i] >= ' ' && name[i] <= '~' ? name[i] : '?';
    buffer[i] = '\0';
    return buffer;
}

static int fail(struct parser *p, const char *what)
{
    return error_set(p->error, "header byte %zu: %s", p->at, what);
}

/* ---- JSON tokens ---- */

static void skip_space(struct parser *p)
{
    while (p->at < p->length && p->text[p->at] != '\0' && strchr(" \t\r\n", p->text[p->at]))
        p->at++;
}

/* Skips space, then takes c if it is next. */
static bool accept(struct parser *p, char c)
{
    skip_space(p);
    if (p->at >= p->length || p->text[p->at] != c)
        return false;
    p->at++;
    return true;
}

static int expect(struct parser *p, char c)
{
    char what[] = "expected 'x'";

    if (accept(p, c))
        return 0;
    what[10] = c;
    return fail(p, what);
}

/* A non-negative integer below 2^64, as JSON writes it: digits, no leading zero. */
static int parse_integer(struct parser *p, uint64_t *value)
{
    size_t first;

    skip_space(p);
    first = p->at;
    *value = 0;
    for (; p->at < p->length && p->text[p->at] >= '0' && p->text[p->at] <= '9'; p->at++) {
        uint64_t digit = (uint64_t)(p->text[p->at] - '0');

        if (*value > (UINT64_MAX - digit) / 10)
            return fail(p, "number too large");
        *value = *value * 10 + digit;
    }
    if (p->at == first)
        return fail(p, "expected a non-negative integer");
    if (p->text[first] == '0' && p->at > first + 1)
        return fail(p, "number with a leading zero");
    return 0;
}

static int parse_hex4(struct parser *p, unsigned *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        const char *digits = "0123456789abcdef0123456789ABCDEF", *found = NULL;

        if (p->at < p->length && p->text[p->at] != '\0')
            found = strchr(digits, p->text[p->at]);
        if (!found)
            return fail(p, "bad \\u escape");
        *code = *code * 16 + (unsigned)(found - digits) % 16;
    }
    return 0;
}

/* The character after a backslash. Tensors have ASCII names, so a \u escape above that becomes '?'
 * (as does \u0000, which would end the string): such a name is then unknown to any model. */
static int parse_escape(struct parser *p, char *out)
{
    const char *from = "\"\\/bfnrt", *to = "\"\\/\b\f\n\r\t", *found = NULL;
    unsigned code;

    if (p->at < p->length && p->text[p->at] != '\0')
        found = strchr(from, p->text[p->at]);
    if (found) {
        p->at++;
        *out = to[found - from];
        return 0;
    }
    if (p->at >= p->length || p->text[p->at] != 'u')
        return fail(p, "bad escape in a string");
    p->at++;
    if (parse_hex4(p, &code))
        return -1;
    *out = (char)(code > 0 && code < 128 ? code : '?');
    return 0;
}

/* A string, decoded in place: never longer than its text, and the closing quote makes room for the
 * NUL. *string points into the text. */
static int parse_string(struct parser *p, const char **string)
{
    char *out;

    if (expect(p, '"'))
        return -1;
    out = p->text + p->at;
    *string = out;
    while (p->at < p->length && p->text[p->at] != '"') {
        char c = p->text[p->at];

        if ((unsigned char)c < 0x20)
            return fail(p, "control character in a string");
        p->at++;
        if (c == '\\' && parse_escape(p, &c))
            return -1;
        *out++ = c;
    }
    if (p->at >= p->length)
        return fail(p, "string without an end");
    p->at++;
    *out = '\0';
    return 0;
}

/* ---- one tensor ---- */

static int parse_shape(struct parser *p, struct safetensors_entry *entry)
{
    entry->rank = 0;
    if (expect(p, '['))
        return -1;
    if (accept(p, ']'))
        return 0;
    do {
        if (entry->rank == SAFETENSORS_MAX_RANK)
            return fail(p, "shape with more than 8 dimensions");
        if (parse_integer(p, &entry->shape[entry->rank++]))
            return -1;
    } while (accept(p, ','));
    return expect(p, ']');
}

static int parse_offsets(struct parser *p, struct safetensors_entry *entry)
{
    return expect(p, '[') || parse_integer(p, &entry->begin) || expect(p, ',') ||
                   parse_integer(p, &entry->end) || expect(p, ']')
               ? -1
               : 0;
}

static int parse_field(struct parser *p, struct safetensors_entry *entry, unsigned *seen)
{
    static const char *const names[] = {"dtype", "shape", "data_offsets"};
    const char *key;
    unsigned field = 0;

    if (parse_string(p, &key) || expect(p, ':'))
        return -1;
    while (field < 3 && strcmp(key, names[field]) != 0)
        field++;
    if (field == 3)
        return fail(p, "unknown field; a tensor has dtype, shape and data_offsets");
    if (*seen & 1u << field)
        return fail(p, "field given twice");
    *seen |= 1u << field;
    if (field == 0)
        return parse_string(p, &entry->dtype);
    return field == 1 ? parse_shape(p, entry) : parse_offsets(p, entry);
}

static int parse_entry(struct parser *p, struct safetensors_entry *entry)
{
    unsigned seen = 0;

    if (expect(p, '{'))
        return -1;
    do {
        if (parse_field(p, entry, &seen))
            return -1;
    } while (accept(p, ','));
    if (expect(p, '}'))
        return -1;
    return seen == 7 ? 0 : fail(p, "tensor without dtype, shape or data_offsets");
}

/* {"key": "value", ...}: checked, not kept. */
static int parse_metadata(struct parser *p)
{
    const char *ignored;

    if (expect(p, '{'))
        return -1;
    if (accept(p, '}'))
        return 0;
    do {
        if (parse_string(p, &ignored) || expect(p, ':') || parse_string(p, &ignored))
            return -1;
    } while (accept(p, ','));
    return expect(p, '}');
}

/* ---- the table ---- */

static struct safetensors_entry *append(struct safetensors *file, size_t *capacity)
{
    if (file->count == *capacity) {
        size_t wanted = *capacity ? 2 * *capacity : 128;
        struct safetensors_entry *grown = realloc(file->entries, wanted * sizeof *grown);

        if (!grown)
            return NULL;
        file->entries = grown;
        *capacity = wanted;
    }
    memset(&file->entries[file->count], 0, sizeof *file->entries);
    return &file->entries[file->count++];
}

static int parse_member(struct parser *p, struct safetensors *file, size_t *capacity,
                        bool *metadata)
{
    const char *name;
    struct safetensors_entry *entry;

    if (parse_string(p, &name) || expect(p, ':'))
        return -1;
    if (strcmp(name, "__metadata__") == 0) {
        if (*metadata)
            return fail(p, "__metadata__ given twice");
        *metadata = true;
        return parse_metadata(p);
    }
    if (file->count == SAFETENSORS_MAX_TENSORS)
        return fail(p, "more than 65536 tensors");
    entry = append(file, capacity);
    if (!entry)
        return fail(p, "out of memory");
    entry->name = name;
    return parse_entry(p, entry);
}

static int parse_table(struct parser *p, struct safetensors *file)
{
    size_t capacity = 0;
    bool metadata = false;

    if (p->length == 0 || p->text[0] != '{')
        return fail(p, "expected '{'");
    p->at = 1;
    if (!accept(p, '}')) {
        do {
            if (parse_member(p, file, &capacity, &metadata))
                return -1;
        } while (accept(p, ','));
        if (expect(p, '}'))
            return -1;
    }
    skip_space(p); /* writers pad with spaces */
    return p->at == p->length ? 0 : fail(p, "text after the end of the object");
}

/* ---- what JSON cannot say ---- */

static int check_entry(const struct safetensors_entry *entry, uint64_t data_bytes,
                       struct error *error)
{
    char name[PRINTED_NAME];
    uint64_t bytes = dtype_bytes(entry->dtype);

    safetensors_printable(name, sizeof name, entry->name);
    if (bytes == 0) {
        char dtype[16];

        return error_set(error, "tensor %s: unknown dtype %s", name,
                         safetensors_printable(dtype, sizeof dtype, entry->dtype));
    }
    for (int i = 0; i < entry->rank; i++) {
        if (entry->shape[i] != 0 && bytes > UINT64_MAX / entry->shape[i])
            return error_set(error, "tensor %s: shape too large", name);
        bytes *= entry->shape[i];
    }
    if (entry->begin > entry->end || entry->end > data_bytes)
        return error_set(error,
                         "tensor %s: data_offsets [%" PRIu64 ",%" PRIu64
                         "] are outside the %" PRIu64 " bytes of data (file cut short?)",
                         name, entry->begin, entry->end, data_bytes);
    if (entry->end - entry->begin != bytes)
        return error_set(error,
                         "tensor %s: data_offsets hold %" PRIu64 " bytes, its shape needs %" PRIu64,
                         name, entry->end - entry->begin, bytes);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct safetensors_entry *)a)->name,
                  ((const struct safetensors_entry *)b)->name);
}

/* Then by end, so that empty tensors come before the one that starts at the same byte. */
static int by_offset(const void *a, const void *b)
{
    const struct safetensors_entry *x = a, *y = b;

    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return x->end == y->end ? 0 : x->end < y->end ? -1 : 1;
}

static int check_names(struct safetensors *file, struct error *error)
{
    char name[PRINTED_NAME];

    qsort(file->entries, file->count, sizeof *file->entries, by_name);
    for (size_t i = 1; i < file->count; i++)
        if (strcmp(file->entries[i - 1].name, file->entries[i].name) == 0)
            return error_set(error, "tensor %s: given twice",
                             safetensors_printable(name, sizeof name, file->entries[i].name));
    return 0;
}

/* Leaves the entries in the order of their offsets. */
static int check_cover(struct safetensors *file, uint64_t data_bytes, struct error *error)
{
    char name[PRINTED_NAME];
    uint64_t covered = 0;

    qsort(file->entries, file->count, sizeof *file->entries, by_offset);
    for (size_t i = 0; i < file->count; i++) {
        const struct safetensors_entry *entry = &file->entries[i];

        if (entry->begin != covered)
            return error_set(
                error, "tensor %s: starts at byte %" PRIu64 ", %s byte %" PRIu64,
                safetensors_printable(name, sizeof name, entry->name), entry->begin,
                entry->begin < covered ? "overlapping data up to" : "leaving a hole from", covered);
        covered = entry->end;
    }
    if (covered != data_bytes)
        return error_set(error, "%" PRIu64 " bytes after the last tensor", data_bytes - covered);
    return 0;
}

static int check_table(struct safetensors *file, uint64_t data_bytes, struct error *error)
{
    for (size_t i = 0; i < file->count; i++)
        if (check_entry(&file->entries[i], data_bytes, error))
            return -1;
    if (file->count == 0)
        return data_bytes == 0 ? 0 : error_set(error, "no tensor, but data after the header");
    return check_names(file, error) || check_cover(file, data_bytes, error) ? -1 : 0;
}

int safetensors_header_length(const unsigned char prefix[SAFETENSORS_LENGTH_BYTES],
                              uint64_t file_bytes, size_t *header_bytes, struct error *error)
{
    uint64_t length = 0;

    if (file_bytes < SAFETENSORS_LENGTH_BYTES)
        return error_set(error, "%" PRIu64 " bytes are too few for a safetensors file", file_bytes);
    for (int i = SAFETENSORS_LENGTH_BYTES - 1; i >= 0; i--)
        length = length << 8 | prefix[i];
    if (length > SAFETENSORS_MAX_HEADER)
        return error_set(error, "header length %" PRIu64 " is over the limit of %u bytes", length,
                         SAFETENSORS_MAX_HEADER);
    if (length > file_bytes - SAFETENSORS_LENGTH_BYTES)
        return error_set(error,
                         "header length %" PRIu64 " does not fit in a file of %" PRIu64 " bytes",
                         length, file_bytes);
    *header_bytes = (size_t)length;
    return 0;
}

int safetensors_parse(struct safetensors *file, char *text, size_t length, uint64_t data_bytes,
                      struct error *error)
{
    struct parser p = {.text = text, .at = 0, .length = length, .error = error};

    file->entries = NULL;
    file->count = 0;
    if (parse_table(&p, file) == 0 && check_table(file, data_bytes, error) == 0)
        return 0;
    safetensors_free(file);
    return -1;
}

void safetensors_free(struct safetensors *file)
{
    free(file->entries);
    file->entries = NULL;
    file->count = 0;
}
