/* terminal.h - the window that somebody may be looking at */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

/* Whether the file is a terminal whose last line can be drawn anew (TERM is not "dumb"). */
bool terminal_can_redraw(FILE *file);

/* Its width now, else $COLUMNS, else 80. */
int terminal_columns(FILE *file);

#endif
