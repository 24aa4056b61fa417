/* log.c - see log.h */
#include "log.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

void log_print_epoch(FILE *out, const struct log_epoch *epoch)
{
    fprintf(out, "epoch %d/%d  train loss %.4f  accuracy %.2f %%", epoch->epoch, epoch->epochs,
            epoch->train_loss, 100 * epoch->train_accuracy);
    if (epoch->tested)
        fprintf(out, "  test loss %.4f  accuracy %.2f %%", epoch->test_loss,
                100 * epoch->test_accuracy);
    fprintf(out, "  %.1f s  %.0f images/s  lr %.6g\n", epoch->seconds, epoch->images_per_second,
            epoch->lr);
}

int log_steps_open(struct log_steps *log, const char *path, struct error *error)
{
    log->path = path;
    log->file = NULL;
    if (!path)
        return 0;
    log->file = fopen(path, "w");
    if (!log->file)
        return error_set(error, "%s: cannot write: %s", path, strerror(errno));
    setvbuf(log->file, NULL, _IOLBF, BUFSIZ);
    fputs("step,loss,accuracy\n", log->file);
    return 0;
}

void log_steps_write(struct log_steps *log, int64_t step, double loss, double accuracy)
{
    if (log->file)
        fprintf(log->file, "%" PRId64 ",%.9g,%.9g\n", step, loss, accuracy);
}

int log_steps_close(struct log_steps *log, struct error *error)
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
