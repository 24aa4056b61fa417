/* progress.h - how far training is: a bar on a terminal, now and then a plain line elsewhere */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { PROGRESS_LINE_BYTES = 256 };

struct progress {
    FILE *terminal; /* where the bar is drawn; NULL: nowhere */
    FILE *plain;    /* where lines go; NULL: nowhere */
    int epochs;
    int64_t images_an_epoch, images_in_all;
    double epoch_start, drawn; /* clock_seconds */
    int64_t skipped;           /* images of this epoch that were done before the run was resumed */
    bool visible;
};

/* Where training is. */
struct progress_state {
    int epoch;              /* from 1 */
    int64_t images, in_all; /* done in this epoch, in the run */
    double loss, accuracy;  /* of this epoch so far; accuracy is a fraction */
};

/* Draws on stderr, or else stdout, if that is a terminal; elsewhere prints lines to stdout. Neither
 * if quiet. images_in_all: of the whole run. */
void progress_open(struct progress *progress, bool quiet, int epochs, int64_t images_an_epoch,
                   int64_t images_in_all);

/* skipped: images of the epoch that are done already. */
void progress_start_epoch(struct progress *progress, int64_t skipped);

/* Redraws a few times a second at most; a plain line comes every minute. */
void progress_update(struct progress *progress, const struct progress_state *state);

/* Takes the bar away, so that something else can be printed there. */
void progress_clear(struct progress *progress);

/* text := the line for a width of so many columns: as much as fits, the most useful first. rate:
 * images a second. */
void progress_format(char text[PROGRESS_LINE_BYTES], const struct progress *progress,
                     const struct progress_state *state, double rate, int columns);

/* text := seconds as "4:05" or "1:02:03" (minutes and seconds, hours if any). */
void progress_format_time(char *text, size_t size, double seconds);

#endif
