/* log.h - what a run leaves in writing: a line an epoch on stdout, CSV rows an epoch and a step */
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
    bool validated; /* false: the next three mean nothing */
    double val_loss, val_accuracy;
    int val_images;
    bool tested; /* the same */
    double test_loss, test_accuracy;
    int test_images;
    double seconds;           /* of the epoch, evaluation and saving included */
    double images_per_second; /* of training alone */
    double lr;                /* of the last step */
};

enum { LOG_EPOCH_BYTES = 512 };

/* text := one line about the epoch. Accuracies are fractions. */
void log_describe_epoch(char text[LOG_EPOCH_BYTES], const struct log_epoch *epoch);

/* A CSV file whose rows begin with a number that counts up from 1, written through at each row. */
struct log_rows {
    FILE *file; /* NULL: no such log */
    const char *path;
};

/* Starts the file with the header line, or, where the file has that header already, goes on after
 * its rows of numbers up to `last` (0: starts afresh); later rows are dropped. path may be NULL for
 * no log. 0, or -1 and an error. */
int log_rows_open(struct log_rows *log, const char *path, const char *header, int64_t last,
                  struct error *error);

/* Brings the rows to the disk. */
void log_rows_sync(struct log_rows *log);

/* 0, or -1 and an error if any row did not reach the file. */
int log_rows_close(struct log_rows *log, struct error *error);

/* A row a step, from 1; loss and accuracy are means over the batch. */
extern const char log_step_header[];
void log_step_row(struct log_rows *log, int64_t step, double loss, double accuracy);

/* A row an epoch; cells of what was not evaluated are empty. */
extern const char log_epoch_header[];
void log_epoch_row(struct log_rows *log, const struct log_epoch *epoch);

#endif
