/* clock.c - see clock.h */
#define _POSIX_C_SOURCE 200809L

#include "platform/clock.h"

#include <time.h>

double clock_seconds(void)
{
    static const double least = 1e-6;
    static double last, ahead; /* of the system's clock, after its steps back */
    struct timespec now;
    double seconds;

    clock_gettime(CLOCK_MONOTONIC, &now);
    seconds = ahead + (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
    if (seconds < last + least) {
        ahead += last + least - seconds;
        seconds = last + least;
    }
    return last = seconds;
}

size_t clock_print(char *text, size_t bytes)
{
    time_t now = time(NULL);
    struct tm local;

    return localtime_r(&now, &local) ? strftime(text, bytes, "%Y-%m-%d %H:%M:%S", &local) : 0;
}
