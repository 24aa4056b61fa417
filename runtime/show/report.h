/* report.h - what a run says about itself before its first epoch and after its last */
#ifndef REPORT_H
#define REPORT_H

#include "training/run.h"

/* The command as it was given, for the log. */
void report_command(const struct run *run, int argc, char **argv);

/* Model, machine, data, weights, recipe. */
void report_start(const struct run *run);

/* Classes, the trained network, its accuracy. */
void report_end(const struct run *run);

/* A signal stopped it: the command that goes on. */
void report_stopped(const struct run *run, int argc, char **argv);

/* The same for several runs (see runs.h), so many of which are done. */
void report_stopped_runs(const struct run *run, const struct console *console, int done, int argc,
                         char **argv);

#endif
