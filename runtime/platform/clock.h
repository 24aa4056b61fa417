/* clock.h - elapsed time, and the time of day */
#ifndef CLOCK_H
#define CLOCK_H

#include <stddef.h>

/* Seconds since some moment in the past; never steps back. */
double clock_seconds(void);

/* text[bytes] := the local date and time, "2026-01-31 23:59:59". Its length; 0: unknown. */
size_t clock_print(char *text, size_t bytes);

#endif
