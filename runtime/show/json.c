/* json.c - see json.h */
#include "show/json.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "utf8.h"

static void print_character(FILE *file, const char *text, int bytes, uint32_t point)
{
    if (point == '"' || point == '\\')
        fprintf(file, "\\%c", (int)point);
    else if (point < 0x20 || (point >= 0x7F && point < 0xA0))
        fprintf(file, "\\u%04x", (unsigned)point);
    else
        fwrite(text, 1, (size_t)bytes, file);
}

void json_string(FILE *file, const char *text)
{
    if (!text) {
        fputs("null", file);
        return;
    }
    fputc('"', file);
    while (*text) {
        uint32_t point;
        int bytes = utf8_next(text, &point);

        if (bytes)
            print_character(file, text, bytes, point);
        else
            fputs("\\ufffd", file);
        text += bytes ? bytes : 1;
    }
    fputc('"', file);
}

void json_number(FILE *file, double value)
{
    char text[32];

    if (!isfinite(value)) {
        fputs("null", file);
        return;
    }
    if (fabs(value) < 1e15 && value == floor(value)) {
        fprintf(file, "%lld", (long long)value);
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    fputs(text, file);
}
