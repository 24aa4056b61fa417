/* terminal.c - see terminal.h */
#define _DEFAULT_SOURCE

#include "platform/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_can_redraw(FILE *file)
{
    const char *kind = getenv("TERM");

    return isatty(fileno(file)) && kind && *kind && strcmp(kind, "dumb") != 0;
}

int terminal_columns(FILE *file)
{
    struct winsize window = {0};
    const char *columns = getenv("COLUMNS");
    int number = columns ? atoi(columns) : 0;

    if (ioctl(fileno(file), TIOCGWINSZ, &window) == 0 && window.ws_col > 0)
        return window.ws_col;
    return number > 0 && number < 10000 ? number : 80;
}
