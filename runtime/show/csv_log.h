/* csv_log.h - what a run leaves in writing: a line an epoch on stdout, CSV rows an epoch and a step
 */
#ifndef CSV_LOG_H
#define CSV_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "platform/append.h"

/* One epoch, as far as it went. */
struct epoch_result {
    int epoch, epochs; /* from 1 */
    double train_loss, train_accuracy;
    bool validated;                         /* false: the next four mean nothing */
    double val_loss, val_accuracy, val_top; /* see metrics.h */
    int val_images;
    bool tested; /* the same */
    double test_loss, test_accuracy, test_top;
    int test_images;
    double seconds;           /* of the epoch, evaluation and saving included */
    double images_per_second; /* of training alone */
    double lr;                /* of the last step */
};

enum { EPOCH_RESULT_BYTES = 512 };

/* text := one line about the epoch. Accuracies are fractions. */
void epoch_result_describe(char text[EPOCH_RESULT_BYTES], const struct epoch_result *epoch);

/* A CSV file whose rows begin with a number that counts up from 1, written through at each row. */
struct csv_log {
    struct append out; /* without a file: no such log */
    const char *path;
};

/* Opens the file and locks it for this process. last < 0: for a new run; what the file holds is
 * moved to path.earlier-N, and a line on stderr says so. Else for a run that goes on after that
 * row: later rows are dropped, a file that is no such log is moved as above, and where rows up to
 * `last` are missing in a file that is there, a line on stderr says which. path may be NULL for no
 * log. 0, or -1 and an error: not to be written, or another process has it. */
int csv_log_open(struct csv_log *log, const char *path, const char *header, int64_t last,
                 struct error *error);

/* Brings the rows to the disk. 0, or -1 and an error if one of them is not there; it is kept, and
 * the next call tries again. */
int csv_log_sync(struct csv_log *log, struct error *error);

/* 0, or -1 and an error if any row did not reach the file. */
int csv_log_close(struct csv_log *log, struct error *error);

/* A row a step, from 1; loss and accuracy are means over the batch. A row that cannot be written is
 * kept. 0, or -1 and an error if there is no room for that any more. */
extern const char csv_log_step_header[];
int csv_log_step(struct csv_log *log, int64_t step, double loss, double accuracy,
                 struct error *error);

/* A row an epoch; cells of what was not evaluated are empty. The columns of top are there where
 * METRICS_HAVE_TOP. The same. */
const char *csv_log_epoch_header(void);
int csv_log_epoch(struct csv_log *log, const struct epoch_result *epoch, struct error *error);

#endif
