/* clock.h - elapsed time, and the time of day */
#ifndef CLOCK_H
#define CLOCK_H

#include <stddef.h>

/* Seconds since some moment in the past, at each call a microsecond later at least, whatever the
 * system's clock does: what is counted with it is no negative number, and none to divide by is 0.
 * For the main thread. */
double clock_seconds(void);

/* text[bytes] := the local date and time, "2026-01-31 23:59:59". Its length; 0: unknown. */
size_t clock_print(char *text, size_t bytes);

#endif
