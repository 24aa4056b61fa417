/* error.c - see error.h */
#include "error.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

int error_set(struct error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(error->text, sizeof error->text, format, arguments) < 0)
        snprintf(error->text, sizeof error->text, "error that cannot be described: %s", format);
    va_end(arguments);
    for (char *c = error->text; *c != '\0'; c++)
        if (iscntrl((unsigned char)*c)) /* a file name may hold a line feed */
            *c = '?';
    return -1;
}
