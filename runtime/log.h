/* log.h - what a run leaves in writing: one line an epoch on stdout, one row a step in a CSV file
 */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "error.h"

/* One epoch, as far as it went. */
struct log_epoch {
    int epoch, epochs; /* from 1 */
    double train_loss, train_accuracy;
    bool tested; /* false: the next two mean nothing */
    double test_loss, test_accuracy;
    double seconds;           /* of the epoch, evaluation and saving included */
    double images_per_second; /* of training alone */
    double lr;                /* of the last step */
};

/* Accuracies are fractions. */
void log_print_epoch(FILE *out, const struct log_epoch *epoch);

/* The CSV of steps: "step,loss,accuracy", a row a step, written through at each line. */
struct log_steps {
    FILE *file; /* NULL: no such log */
    const char *path;
};

/* Starts the file; path may be NULL for none. 0, or -1 and an error. */
int log_steps_open(struct log_steps *log, const char *path, struct error *error);

/* step from 1; loss and accuracy are means over the batch. */
void log_steps_write(struct log_steps *log, int64_t step, double loss, double accuracy);

/* 0, or -1 and an error if any row did not reach the file. */
int log_steps_close(struct log_steps *log, struct error *error);

#endif
