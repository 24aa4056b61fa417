/* signals.c - see signals.h */
#define _POSIX_C_SOURCE 200809L

#include "platform/signals.h"

#include <signal.h>
#include <stddef.h>

static const int caught_ones[] = {SIGINT, SIGTERM, SIGHUP};

static volatile sig_atomic_t caught;

static void note(int signal)
{
    caught = signal;
}

void signals_catch(void)
{
    struct sigaction action = {0}, before;

    action.sa_handler = note;
    action.sa_flags = SA_RESTART | (int)SA_RESETHAND; /* writes go on; the next one kills */
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof caught_ones / sizeof *caught_ones; i++)
        if (sigaction(caught_ones[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(caught_ones[i], &action, NULL);
}

void signals_ignore_pipe(void)
{
    signal(SIGPIPE, SIG_IGN);
}

int signals_caught(void)
{
    return caught;
}

const char *signals_name(int signal)
{
    return signal == SIGINT ? "SIGINT" : signal == SIGTERM ? "SIGTERM" : "SIGHUP";
}
