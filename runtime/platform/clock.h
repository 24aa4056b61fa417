/* clock.h - elapsed time */
#ifndef CLOCK_H
#define CLOCK_H

/* Seconds since some moment in the past; never steps back. */
double clock_seconds(void);

#endif
