/* error.c - see error.h */
#include "error.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

static char printable(char c)
{
    return iscntrl((unsigned char)c) ? '?' : c;
}

void error_make_printable(char *text)
{
    for (; *text; text++)
        *text = printable(*text);
}

void error_print_name(const char *name, FILE *file)
{
    for (; *name; name++)
        putc(printable(*name), file);
}

static void write_line(char *text, size_t size, const char *format, va_list arguments)
{
    if (vsnprintf(text, size, format, arguments) < 0)
        snprintf(text, size, "error that cannot be described: %s", format);
    error_make_printable(text);
}

int error_set(struct error *error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    write_line(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    return -1;
}

void error_tell(const char *format, ...)
{
    char line[2048]; /* more than one name may be in it */
    va_list arguments;

    va_start(arguments, format);
    write_line(line, sizeof line, format, arguments);
    va_end(arguments);
    fprintf(stderr, "castnet: %s\n", line);
}
