/* progress.c - see progress.h */
#define _POSIX_C_SOURCE 200809L

#include "progress.h"

#include <string.h>
#include <unistd.h>

#include "clock.h"

enum { BAR = 20 };

static const double redraw_seconds = 0.2;

void progress_open(struct progress *progress, bool quiet, int epochs, int64_t images_an_epoch,
                   int64_t images_in_all)
{
    *progress = (struct progress){
        .epochs = epochs, .images_an_epoch = images_an_epoch, .images_in_all = images_in_all};
    if (!quiet)
        progress->terminal = isatty(STDERR_FILENO) ? stderr : isatty(STDOUT_FILENO) ? stdout : NULL;
}

void progress_start_epoch(struct progress *progress)
{
    progress->epoch_start = clock_seconds();
}

void progress_format_time(char *text, size_t size, double seconds)
{
    long long whole = seconds < 0 ? 0 : seconds > 1e9 ? 1000000000 : (long long)(seconds + 0.5);
    int minutes = (int)(whole / 60 % 60), rest = (int)(whole % 60);

    if (whole >= 3600)
        snprintf(text, size, "%lld:%02d:%02d", whole / 3600, minutes, rest);
    else
        snprintf(text, size, "%d:%02d", minutes, rest);
}

void progress_update(struct progress *progress, int epoch, int64_t images_of_epoch,
                     int64_t images_of_run)
{
    double now, rate;
    char left[32], bar[BAR + 1];
    int filled;

    if (!progress->terminal || images_of_epoch == 0)
        return;
    now = clock_seconds();
    if (now - progress->drawn < redraw_seconds)
        return;
    rate = (double)images_of_epoch / (now - progress->epoch_start + 1e-9);
    progress_format_time(left, sizeof left,
                         (double)(progress->images_in_all - images_of_run) / rate);
    filled = (int)(BAR * images_of_epoch / progress->images_an_epoch);
    memset(bar, '.', BAR);
    memset(bar, '#', (size_t)(filled < BAR ? filled : BAR));
    bar[BAR] = '\0';
    /* \033[K clears what an earlier, longer line left */
    fprintf(progress->terminal, "\repoch %d/%d  %s  %.0f images/s  %s left\033[K", epoch,
            progress->epochs, bar, rate, left);
    fflush(progress->terminal);
    progress->drawn = now;
    progress->visible = true;
}

void progress_clear(struct progress *progress)
{
    if (!progress->visible)
        return;
    fputs("\r\033[K", progress->terminal);
    fflush(progress->terminal);
    progress->visible = false;
}
