/* run.h - one training run: what it was asked for, its data and files, and where it is */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "data/loader.h"
#include "data/records.h"
#include "data/source.h"
#include "error.h"
#include "evaluation/confusion.h"
#include "files/transfer.h"
#include "model.h"
#include "options.h"
#include "platform/files.h"
#include "show/console.h"
#include "show/csv_log.h"
#include "show/plots.h"
#include "show/progress.h"
#include "training/checkpoint.h"
#include "training/run_folder.h"

/* Test accuracies over several views of each image, of the best weights and the last. */
struct run_views {
    bool are_judged;
    double best, final;
};

struct run {
    struct options options;
    int argc; /* the command as it was given */
    char **argv;
    FILE *lock;                 /* of the folder */
    struct model_recipe recipe; /* the spec's, with what the options change */
    struct dataset train, test;
    int test_images;         /* test's count, also after run_close */
    struct dataset held_out; /* of the training images, to choose the best epoch by; or empty */
    uint64_t data;           /* checkpoint_data */
    char source[SOURCE_TEXT_BYTES]; /* where the images come from */
    char best_path[FILES_PATH_BYTES], last_path[FILES_PATH_BYTES], log_path[FILES_PATH_BYTES];
    char confusion_path[FILES_PATH_BYTES], classes_path[FILES_PATH_BYTES];
    char json_path[FILES_PATH_BYTES];
    char result_path[FILES_PATH_BYTES]; /* of the trained network */
    char resumed[FILES_PATH_BYTES];     /* the checkpoint it goes on from; empty: none */
    struct transfer transfer;           /* what --init gave */
    struct loader loader;
    struct csv_log step_log, epoch_log;
    struct console console;
    struct progress progress;
    struct plots plots;
    struct confusion confusion;
    bool confusion_counted;
    int steps_an_epoch;
    int64_t steps;          /* of the whole run, as far as --max-steps lets it go */
    int64_t recipe_steps;   /* those of its epochs, the last of which may be cut short */
    int epochs;             /* begun by then */
    double start;           /* clock_seconds less the time of the run before it was resumed */
    double epoch_start;     /* the same for the epoch under way */
    bool is_cut;            /* --max-steps ended it within an epoch, and that is dealt with */
    struct run_state now;   /* where the run is */
    struct run_views views; /* with --tta, at its end */
};

/* How a part of a run ended; -1: by an error. */
enum run_result { RUN_GO_ON, RUN_STOP /* by a signal, with a checkpoint saved */ };

/* Makes ready what run->options say, all else being zero and run->start set: model and threads,
 * weights (random, a file's, a checkpoint's), data, and the files in its folder. 0, or -1 and an
 * error; run_close is due either way. */
int run_open(struct run *run, struct error *error);

/* A checkpoint has newer weights than --init. */
bool run_starts_from_file(const struct run *run);

/* Says what became of an earlier run's files, if there were any. */
void run_tell_earlier(const struct console *console, const struct run_folder_earlier *earlier);

/* A weight is made of the training images: the spec says so, and no file has brought it. */
bool run_whitens(const struct run *run);

void run_close(struct run *run);

#endif
