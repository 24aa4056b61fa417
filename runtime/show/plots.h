/* plots.h - pictures of a run in its folder, drawn by gnuplot beside the training
 *
 *   plots.gp            the script; draws from log.csv and confusion.csv
 *   loss_curve.png, training_plots.png, confusion.png
 */
#ifndef PLOTS_H
#define PLOTS_H

#include <stdbool.h>

#include "error.h"
#include "evaluation/confusion.h"
#include "platform/files.h"
#include "platform/process.h"

enum { PLOTS_COMMAND_BYTES = 2 * FILES_PATH_BYTES };

struct plots {
    bool possible; /* there is a gnuplot */
    bool failed;   /* one of them did not draw */
    bool behind;   /* asked to draw while the last one was still at it */
    const char *folder;
    struct process process;
    char command[PLOTS_COMMAND_BYTES];
};

/* What there is to draw. */
struct plots_of {
    bool tested, validated;            /* log.csv has results on a test set, on held out images */
    const struct confusion *confusion; /* its classes and their names */
};

/* Writes plots.gp into the folder, whose name must stay until plots_close. 0, or -1 and an error.
 */
int plots_open(struct plots *plots, const char *folder, const struct plots_of *of,
               struct error *error);

/* Starts gnuplot, with the lowest priority, and returns at once. Nothing if one is still at work.
 */
void plots_draw(struct plots *plots);

/* Waits for it, so many seconds at most, and draws what it missed. Then no process is left. */
void plots_close(struct plots *plots, double patience);

#endif
