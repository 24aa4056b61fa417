/* csv_log.c - see csv_log.h */

#include "show/csv_log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "evaluation/metrics.h"
#include "evaluation/statistics.h"
#include "platform/files.h"

struct part {
    char text[144];
};

/* Of one set: "  test loss 0.6321  accuracy 81.20 % +- 0.39". */
static struct part describe(const char *set, double loss, double accuracy, int images, double top)
{
    char text[STATISTICS_ACCURACY_BYTES], more[32] = "";
    struct part part;

    statistics_describe_accuracy(text, accuracy, images);
    if (METRICS_HAVE_TOP)
        snprintf(more, sizeof more, "  top-%d %.2f %%", METRICS_TOP, 100 * top);
    snprintf(part.text, sizeof part.text, "  %s loss %.4f  accuracy %s%s", set, loss, text, more);
    return part;
}

void epoch_result_describe(char text[EPOCH_RESULT_BYTES], const struct epoch_result *epoch)
{
    struct part val = {""}, test = {""};

    if (epoch->validated)
        val = describe("val", epoch->val_loss, epoch->val_accuracy, epoch->val_images,
                       epoch->val_top);
    if (epoch->tested)
        test = describe("test", epoch->test_loss, epoch->test_accuracy, epoch->test_images,
                        epoch->test_top);
    snprintf(text, EPOCH_RESULT_BYTES,
             "epoch %d/%d  train loss %.4f  accuracy %.2f %%%s%s  %.1f s  %.0f images/s  lr %.6g",
             epoch->epoch, epoch->epochs, epoch->train_loss, 100 * epoch->train_accuracy, val.text,
             test.text, epoch->seconds, epoch->images_per_second, epoch->lr);
}

/* ---- CSV files ---- */

const char csv_log_step_header[] = "step,loss,accuracy";

#define EPOCH_HEADER                                                                               \
    "epoch,train_loss,train_accuracy,test_loss,test_accuracy,lr,seconds,images_per_second,"        \
    "val_loss,val_accuracy"

const char *csv_log_epoch_header(void)
{
    return METRICS_HAVE_TOP ? EPOCH_HEADER ",test_top5,val_top5" : EPOCH_HEADER;
}

enum { ROW_BYTES = 512 };

/* What a file holds of a log. */
struct contents {
    bool is_log;      /* begins with the header line */
    bool is_empty;    /* no byte */
    bool has_rows;    /* or anything else after the header */
    int64_t from, to; /* the first row that is missing, and the last, up to `last`; from 0: none */
    uint64_t kept;    /* bytes of header and rows up to `last` */
};

/* A row's number, 0 if it has none or is cut short. */
static int64_t number_of(const char *row)
{
    long long number = strchr(row, '\n') ? strtoll(row, NULL, 10) : 0;

    return number > 0 ? number : 0;
}

/* Of a step log that a later part of the run began, the first row may be any. */
static void examine(FILE *file, const char *header, int64_t last, struct contents *contents)
{
    char row[ROW_BYTES];
    int64_t number, previous = 0;

    *contents = (struct contents){.is_empty = true};
    rewind(file);
    if (!fgets(row, sizeof row, file))
        return;
    contents->is_empty = false;
    if (strncmp(row, header, strlen(header)) != 0 || strcmp(row + strlen(header), "\n") != 0)
        return;
    contents->is_log = true;
    contents->kept = files_at(file);
    while (fgets(row, sizeof row, file)) {
        contents->has_rows = true;
        number = number_of(row);
        if (number == 0 || number > last)
            break;
        if (number != previous + 1 && !contents->from) {
            contents->from = previous + 1;
            contents->to = number - 1;
        }
        previous = number;
        contents->kept = files_at(file);
    }
    if (previous < last && !contents->from) {
        contents->from = previous + 1;
        contents->to = last;
    }
}

/* A regular file, opened to be read and appended to, and locked. NULL and an error. */
static FILE *open_regular(const char *path, struct error *error)
{
    FILE *file = files_open_log(path, true, error);
    long holder;

    if (!file)
        return NULL;
    if (files_lock(file, &holder) != FILES_HELD)
        return file;
    fclose(file);
    error_set(error, "%s: another process (%ld) writes its rows there; give another name", path,
              holder);
    return NULL;
}

static int move_away(const char *path, struct error *error)
{
    char moved[FILES_PATH_BYTES];

    if (files_set_aside(path, moved, error))
        return -1;
    error_tell("%s held something else; that is now %s", path, moved);
    return 0;
}

static void tell_missing(const char *path, const struct contents *contents)
{
    if (contents->from > 0 && contents->from == contents->to)
        error_tell("%s: row %" PRId64 " is missing", path, contents->to);
    else if (contents->from > 0)
        error_tell("%s: rows %" PRId64 " to %" PRId64 " are missing", path, contents->from,
                   contents->to);
}

/* With the header and what stays of the rows. NULL and an error. */
static FILE *open_rows(const char *path, const char *header, int64_t last, struct error *error)
{
    struct contents contents;
    FILE *file = open_regular(path, error);

    if (!file)
        return NULL;
    examine(file, header, last, &contents);
    if (!contents.is_empty && (!contents.is_log || (last < 0 && contents.has_rows))) {
        fclose(file);
        return move_away(path, error) ? NULL : open_rows(path, header, last, error);
    }
    if (!contents.is_empty)
        tell_missing(path, &contents);
    if (files_cut(file, contents.kept) == 0)
        return file;
    error_set(error, "%s: cannot write: %s", path, strerror(errno));
    fclose(file);
    return NULL;
}

static int fail(const struct csv_log *log, int cause, struct error *error)
{
    return error_set(error, "%s: rows could not be written: %s", log->path, strerror(cause));
}

/* A row, or the header. */
static int add(struct csv_log *log, const char *row, struct error *error)
{
    return append_text(&log->out, row, strlen(row)) ? fail(log, log->out.cause, error) : 0;
}

int csv_log_open(struct csv_log *log, const char *path, const char *header, int64_t last,
                 struct error *error)
{
    char line[ROW_BYTES];

    *log = (struct csv_log){.path = path};
    if (!path)
        return 0;
    /* a pipe or a device has no rows to keep */
    log->out.file = files_is_special(path) ? files_open_log(path, false, error)
                                           : open_rows(path, header, last, error);
    if (!log->out.file)
        return -1;
    if (files_bytes(log->out.file) > 0)
        return 0;
    snprintf(line, sizeof line, "%s\n", header);
    return add(log, line, error);
}

int csv_log_sync(struct csv_log *log, struct error *error)
{
    int cause = log->out.file ? append_sync(&log->out) : 0;

    return cause ? fail(log, cause, error) : 0;
}

int csv_log_close(struct csv_log *log, struct error *error)
{
    int cause = append_close(&log->out);

    return cause ? fail(log, cause, error) : 0;
}

int csv_log_step(struct csv_log *log, int64_t step, double loss, double accuracy,
                 struct error *error)
{
    char row[ROW_BYTES];

    if (!log->out.file)
        return 0;
    snprintf(row, sizeof row, "%" PRId64 ",%.9g,%.9g\n", step, loss, accuracy);
    return add(log, row, error);
}

struct cells {
    char text[64];
};

static struct cells cells(bool known, double loss, double accuracy)
{
    struct cells cells = {","};

    if (known)
        snprintf(cells.text, sizeof cells.text, "%.9g,%.9g", loss, accuracy);
    return cells;
}

static struct cells cell(bool known, double value)
{
    struct cells cell = {""};

    if (known)
        snprintf(cell.text, sizeof cell.text, "%.9g", value);
    return cell;
}

int csv_log_epoch(struct csv_log *log, const struct epoch_result *epoch, struct error *error)
{
    char row[ROW_BYTES], tops[136] = "";

    if (!log->out.file)
        return 0;
    if (METRICS_HAVE_TOP)
        snprintf(tops, sizeof tops, ",%s,%s", cell(epoch->tested, epoch->test_top).text,
                 cell(epoch->validated, epoch->val_top).text);
    snprintf(row, sizeof row, "%d,%.9g,%.9g,%s,%.9g,%.3f,%.1f,%s%s\n", epoch->epoch,
             epoch->train_loss, epoch->train_accuracy,
             cells(epoch->tested, epoch->test_loss, epoch->test_accuracy).text, epoch->lr,
             epoch->seconds, epoch->images_per_second,
             cells(epoch->validated, epoch->val_loss, epoch->val_accuracy).text, tops);
    return add(log, row, error);
}
