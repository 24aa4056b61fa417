/* progress.h - a line on the terminal that says how far training is */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    FILE *terminal; /* NULL: nobody is watching, nothing is drawn */
    int epochs;
    int64_t images_an_epoch, images_in_all;
    double epoch_start, drawn; /* clock_seconds */
    bool visible;
};

/* Draws on stderr, or else stdout, if that is a terminal and quiet is false. images_in_all: of the
 * whole run. */
void progress_open(struct progress *progress, bool quiet, int epochs, int64_t images_an_epoch,
                   int64_t images_in_all);

void progress_start_epoch(struct progress *progress);

/* epoch from 1; images done in this epoch and in the run. Redraws a few times a second at most. */
void progress_update(struct progress *progress, int epoch, int64_t images_of_epoch,
                     int64_t images_of_run);

/* Takes the line away, so that something else can be printed there. */
void progress_clear(struct progress *progress);

/* text := seconds as "4:05" or "1:02:03" (minutes and seconds, hours if any). */
void progress_format_time(char *text, size_t size, double seconds);

#endif
