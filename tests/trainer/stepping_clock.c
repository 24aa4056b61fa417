/* Preloaded into a trainer: each second call finds the clock an hour earlier, or where it stood. */
#define _GNU_SOURCE

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static struct timespec last;
    static int calls;
    int result = (int)syscall(SYS_clock_gettime, clock, now);

    if (++calls % 4 == 0)
        *now = last;
    else
        now->tv_sec -= (time_t)(calls / 2) * 3600;
    last = *now;
    return result;
}
