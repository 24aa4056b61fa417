/* log.c - see log.h */
#define _POSIX_C_SOURCE 200809L

#include "log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "statistics.h"

void log_describe_epoch(char text[LOG_EPOCH_BYTES], const struct log_epoch *epoch)
{
    char val[128] = "", test[128] = "", accuracy[STATISTICS_ACCURACY_BYTES];

    if (epoch->validated) {
        statistics_describe_accuracy(accuracy, epoch->val_accuracy, epoch->val_images);
        snprintf(val, sizeof val, "  val loss %.4f  accuracy %s", epoch->val_loss, accuracy);
    }
    if (epoch->tested) {
        statistics_describe_accuracy(accuracy, epoch->test_accuracy, epoch->test_images);
        snprintf(test, sizeof test, "  test loss %.4f  accuracy %s", epoch->test_loss, accuracy);
    }
    snprintf(text, LOG_EPOCH_BYTES,
             "epoch %d/%d  train loss %.4f  accuracy %.2f %%%s%s  %.1f s  %.0f images/s  lr %.6g",
             epoch->epoch, epoch->epochs, epoch->train_loss, 100 * epoch->train_accuracy, val, test,
             epoch->seconds, epoch->images_per_second, epoch->lr);
}

/* ---- CSV files ---- */

const char log_step_header[] = "step,loss,accuracy";
const char log_epoch_header[] =
    "epoch,train_loss,train_accuracy,test_loss,test_accuracy,lr,seconds,images_per_second,"
    "val_loss,val_accuracy";

enum { ROW_BYTES = 512 };

/* out := header and those rows of path that are numbered 1 to last. */
static void copy_rows(FILE *out, const char *path, const char *header, int64_t last)
{
    char row[ROW_BYTES];
    FILE *in = last > 0 ? fopen(path, "r") : NULL;
    long long number;

    fprintf(out, "%s\n", header);
    if (!in)
        return;
    if (fgets(row, sizeof row, in) && strncmp(row, header, strlen(header)) == 0)
        while (fgets(row, sizeof row, in) && strchr(row, '\n') &&
               (number = strtoll(row, NULL, 10)) >= 1 && number <= last)
            fputs(row, out);
    fclose(in);
}

/* The file with what stays of it: replaced whole, so that a crash now loses no row. */
static int keep_rows(const char *path, const char *header, int64_t last, struct error *error)
{
    struct files_aside aside = {0};

    if (files_open_aside(&aside, path, error))
        return -1;
    copy_rows(aside.file, path, header, last);
    return files_commit(&aside, error);
}

int log_rows_open(struct log_rows *log, const char *path, const char *header, int64_t last,
                  struct error *error)
{
    struct stat status;
    bool special; /* a pipe or a device has no rows to keep */

    log->path = path;
    log->file = NULL;
    if (!path)
        return 0;
    special = stat(path, &status) == 0 && !S_ISREG(status.st_mode);
    if (!special && keep_rows(path, header, last, error))
        return -1;
    log->file = fopen(path, special ? "w" : "a");
    if (!log->file)
        return error_set(error, "%s: cannot write: %s", path, strerror(errno));
    setvbuf(log->file, NULL, _IOLBF, BUFSIZ);
    if (special)
        fprintf(log->file, "%s\n", header);
    return 0;
}

void log_rows_sync(struct log_rows *log)
{
    if (log->file && fflush(log->file) == 0)
        fsync(fileno(log->file));
}

int log_rows_close(struct log_rows *log, struct error *error)
{
    int failed;

    if (!log->file)
        return 0;
    failed = ferror(log->file);
    failed |= fclose(log->file);
    log->file = NULL;
    return failed ? error_set(error, "%s: some rows could not be written; is the disk full?",
                              log->path)
                  : 0;
}

void log_step_row(struct log_rows *log, int64_t step, double loss, double accuracy)
{
    if (log->file)
        fprintf(log->file, "%" PRId64 ",%.9g,%.9g\n", step, loss, accuracy);
}

static void print_cells(FILE *file, bool known, double loss, double accuracy)
{
    if (known)
        fprintf(file, "%.9g,%.9g", loss, accuracy);
    else
        fputc(',', file);
}

void log_epoch_row(struct log_rows *log, const struct log_epoch *epoch)
{
    if (!log->file)
        return;
    fprintf(log->file, "%d,%.9g,%.9g,", epoch->epoch, epoch->train_loss, epoch->train_accuracy);
    print_cells(log->file, epoch->tested, epoch->test_loss, epoch->test_accuracy);
    fprintf(log->file, ",%.9g,%.3f,%.1f,", epoch->lr, epoch->seconds, epoch->images_per_second);
    print_cells(log->file, epoch->validated, epoch->val_loss, epoch->val_accuracy);
    fputc('\n', log->file);
}
