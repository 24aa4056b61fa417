/* progress.c - see progress.h */
#include "show/progress.h"

#include <string.h>

#include "platform/clock.h"
#include "platform/terminal.h"

enum { BAR_LEAST = 10, BAR_MOST = 30, COLUMNS_MOST = 200, COLUMNS_PLAIN = 120 };

static const double redraw_seconds = 0.2, plain_seconds = 60;

void progress_open(struct progress *progress, bool quiet, int epochs, int64_t images_an_epoch,
                   int64_t images_in_all)
{
    *progress = (struct progress){
        .epochs = epochs, .images_an_epoch = images_an_epoch, .images_in_all = images_in_all};
    if (quiet)
        return;
    progress->terminal = terminal_can_redraw(stderr)   ? stderr
                         : terminal_can_redraw(stdout) ? stdout
                                                       : NULL;
    progress->plain = progress->terminal ? NULL : stdout;
    progress->drawn = clock_seconds();
}

void progress_start_epoch(struct progress *progress, int64_t skipped)
{
    progress->epoch_start = clock_seconds();
    progress->skipped = skipped;
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

/* ---- the line ---- */

/* Its parts, from left to right. */
enum part { EPOCH, PERCENT, LOSS, ACCURACY, RATE, EPOCH_LEFT, RUN_LEFT, PARTS };

enum { PART_BYTES = 48 };

/* Where there is little room, these come first. */
static const enum part priority[] = {PERCENT, EPOCH, EPOCH_LEFT, LOSS, RATE, ACCURACY, RUN_LEFT};

static void format_parts(char parts[PARTS][PART_BYTES], const struct progress *progress,
                         const struct progress_state *state, double rate)
{
    char epoch_left[32], run_left[32];
    int64_t in_epoch = progress->images_an_epoch - state->images;

    progress_format_time(epoch_left, sizeof epoch_left, (double)in_epoch / rate);
    progress_format_time(run_left, sizeof run_left,
                         (double)(progress->images_in_all - state->in_all) / rate);
    snprintf(parts[EPOCH], PART_BYTES, "epoch %d/%d", state->epoch, progress->epochs);
    snprintf(parts[PERCENT], PART_BYTES, "%d %%",
             (int)(100 * state->images / progress->images_an_epoch));
    snprintf(parts[LOSS], PART_BYTES, "loss %.4f", state->loss);
    snprintf(parts[ACCURACY], PART_BYTES, "accuracy %.2f %%", 100 * state->accuracy);
    snprintf(parts[RATE], PART_BYTES, "%.0f images/s", rate);
    snprintf(parts[EPOCH_LEFT], PART_BYTES, "%s left", epoch_left);
    snprintf(parts[RUN_LEFT], PART_BYTES, "run %s", run_left);
}

static void add(char *text, const char *part)
{
    size_t length = strlen(text);

    snprintf(text + length, PROGRESS_LINE_BYTES - length, "%s%s", length ? "  " : "", part);
}

static void add_bar(char *text, const struct progress_state *state, int64_t images, int width)
{
    char bar[BAR_MOST + 1];
    int filled = (int)(width * state->images / images);

    memset(bar, '.', (size_t)width);
    memset(bar, '#', (size_t)(filled < width ? filled : width));
    bar[width] = '\0';
    add(text, bar);
}

void progress_format(char text[PROGRESS_LINE_BYTES], const struct progress *progress,
                     const struct progress_state *state, double rate, int columns)
{
    char parts[PARTS][PART_BYTES];
    bool shown[PARTS] = {false};
    /* the last column stays empty: some terminals wrap there; two spaces go before each part */
    int room = (columns < COLUMNS_MOST ? columns : COLUMNS_MOST) - 1 + 2;

    format_parts(parts, progress, state, rate);
    for (int i = 0; i < PARTS; i++) {
        int width = (int)strlen(parts[priority[i]]) + 2;

        if (width > room)
            break;
        shown[priority[i]] = true;
        room -= width;
    }
    room -= 2;
    text[0] = '\0';
    for (int i = 0; i < PARTS; i++) {
        if (shown[i])
            add(text, parts[i]);
        if (i == EPOCH && room >= BAR_LEAST)
            add_bar(text, state, progress->images_an_epoch, room < BAR_MOST ? room : BAR_MOST);
    }
}

/* ---- where it goes ---- */

void progress_update(struct progress *progress, const struct progress_state *state)
{
    FILE *file = progress->terminal ? progress->terminal : progress->plain;
    double now = clock_seconds(), rate;
    char text[PROGRESS_LINE_BYTES];

    if (!file || state->images <= progress->skipped ||
        now - progress->drawn < (progress->terminal ? redraw_seconds : plain_seconds))
        return;
    rate = (double)(state->images - progress->skipped) / (now - progress->epoch_start + 1e-9);
    progress_format(text, progress, state, rate,
                    progress->terminal ? terminal_columns(file) : COLUMNS_PLAIN);
    /* \033[K clears what an earlier, longer line left */
    fprintf(file, progress->terminal ? "\r%s\033[K" : "%s\n", text);
    fflush(file);
    progress->drawn = now;
    progress->visible = progress->terminal != NULL;
}

void progress_clear(struct progress *progress)
{
    if (!progress->visible)
        return;
    fputs("\r\033[K", progress->terminal);
    fflush(progress->terminal);
    progress->visible = false;
}
