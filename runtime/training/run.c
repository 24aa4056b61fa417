/* run.c - see run.h */
#include "training/run.h"

#include <stdio.h>
#include <string.h>

#include "context.h"
#include "data/source.h"
#include "data/split.h"
#include "files/weights.h"
#include "model.h"
#include "platform/folders.h"
#include "platform/pool.h"
#include "training/initial_weights.h"
#include "training/resume.h"
#include "training/run_folder.h"
#include "training/schedule.h"
#include "training/whitening.h"

static int make_paths(struct run *run, struct error *error)
{
    const char *out = run->options.out;

    return files_join(run->best_path, out, "best.safetensors", error) ||
                   files_join(run->last_path, out, "last.safetensors", error) ||
                   files_join(run->log_path, out, "log.csv", error) ||
                   files_join(run->confusion_path, out, "confusion.csv", error) ||
                   files_join(run->classes_path, out, "classes.csv", error) ||
                   files_join(run->json_path, out, "run.json", error) ||
                   run_folder_result_path(run->result_path, out, source_dataset(run->source), error)
               ? -1
               : 0;
}

static int open_logs(struct run *run, struct error *error)
{
    char path[FILES_PATH_BYTES];

    run->console.quiet = run->options.quiet;
    return files_join(path, run->options.out, "training_log.txt", error) ||
                   console_open(&run->console, path, run->resumed[0], error) ||
                   csv_log_open(&run->epoch_log, run->log_path, csv_log_epoch_header(),
                                run->resumed[0] ? run->now.epoch : -1, error) ||
                   csv_log_open(&run->step_log, run->options.log_steps, csv_log_step_header,
                                run->resumed[0] ? run->now.step : -1, error)
               ? -1
               : 0;
}

static int open_pictures(struct run *run, struct error *error)
{
    const struct options *options = &run->options;
    const struct plots_of of = {options->evaluate, options->val_split > 0, &run->confusion};

    if (confusion_open(&run->confusion, run->source, error))
        return -1;
    return options->plots ? plots_open(&run->plots, options->out, &of, error) : 0;
}

void run_tell_earlier(const struct console *console, const struct run_folder_earlier *earlier)
{
    if (earlier->folders > 0)
        console_print(console, CONSOLE_NEWS,
                      "earlier  %d files of another run are now in %s (%d earlier %s there); "
                      "--resume would go on with a run",
                      earlier->files, earlier->folder, earlier->folders,
                      earlier->folders == 1 ? "run is" : "runs are");
}

/* Files that the user names must not be those that the run itself writes. */
static int check_names(const struct run *run, struct error *error)
{
    const char *steps = run->options.log_steps, *gradients = run->options.dump_gradients;

    if (steps && run_folder_has(run->options.out, steps))
        return error_set(
            error, "--log-steps %s: the run writes another file there; give another name", steps);
    if (gradients && run_folder_has(run->options.out, gradients))
        return error_set(
            error, "--dump-gradients %s: the run writes another file there; give another name",
            gradients);
    if (steps && gradients && strcmp(steps, gradients) == 0)
        return error_set(error,
                         "--log-steps and --dump-gradients name one file; give another name");
    return 0;
}

static int open_outputs(struct run *run, struct error *error)
{
    struct run_folder_earlier earlier = {0};

    if ((!run->lock && run_folder_open(run->options.out, &run->lock, error)) ||
        check_names(run, error) ||
        (!run->resumed[0] &&
         run_folder_set_aside(run->options.out, RUN_FOLDER_RUN, &earlier, error)) ||
        open_logs(run, error) || open_pictures(run, error))
        return -1;
    run_tell_earlier(&run->console, &earlier);
    return 0;
}

/* The statistics of a batch norm need more than one value. */
static int check_last_batch(int images, struct error *error)
{
    if ((images - 1) % MODEL_BATCH + 1 >= MODEL_LEAST_IMAGES)
        return 0;
    return error_set(error,
                     "the last of %d training images would be a batch of its own, and this model's "
                     "batch norms have one value an image there: make it anew with another BATCH "
                     "than %d, or hold an image out (--val-split 1)",
                     images, MODEL_BATCH);
}

static int open_data(struct run *run, struct error *error)
{
    const struct options *options = &run->options;
    struct loader_options how = {.seed = options->seed,
                                 .shuffle = options->shuffle,
                                 .drop_last = run->recipe.drop_last,
                                 .augment = run->recipe.augment};

    if (source_read(options, true, &run->train, &run->test, run->source, error))
        return -1;
    run->test_images = run->test.count;
    run->data = checkpoint_data(&run->train, &run->test);
    if (options->val_split &&
        split_hold_out(&run->train, &run->held_out, options->val_split, options->seed, error))
        return -1;
    for (int i = 0; i < 2; i++) {
        how.images[i] = MODEL(batch_images)(context, i);
        how.targets[i] = MODEL(batch_targets)(context, i);
    }
    if ((!run->recipe.drop_last && check_last_batch(run->train.count, error)) ||
        loader_open(&run->loader, &run->train, &how, error))
        return -1;
    run->steps_an_epoch = loader_batches(&run->loader);
    run->recipe_steps = schedule_steps(run->recipe.epochs, run->steps_an_epoch);
    run->epochs = (int)((run->recipe_steps + run->steps_an_epoch - 1) / run->steps_an_epoch);
    run->steps = run->recipe_steps;
    if (options->max_steps && options->max_steps < run->steps)
        run->steps = options->max_steps;
    return 0;
}

static int64_t images_in_all(const struct run *run)
{
    int64_t whole_epochs = run->steps / run->steps_an_epoch;

    return whole_epochs * loader_images(&run->loader) +
           run->steps % run->steps_an_epoch * MODEL_BATCH;
}

/* Patience is with images that are held out: the test set must not say when to stop. */
static int check_patience(const struct run *run, struct error *error)
{
    if (!run->recipe.patience || run->options.val_split)
        return 0;
    return error_set(error,
                     "patience of %d epochs is with held out images, but there are none: hold some "
                     "out with --val-split N, or give --patience 0",
                     run->recipe.patience);
}

bool run_starts_from_file(const struct run *run)
{
    return run->options.init && !run->resumed[0];
}

bool run_whitens(const struct run *run)
{
    return MODEL_WHITENING && !run->resumed[0] &&
           run->transfer.fates[MODEL(whitening).tensor] == TRANSFER_AFRESH;
}

/* The images are there, and their checkpoint's or file's weights are not to be had. */
static int whiten(struct run *run, struct error *error)
{
    return run_whitens(run) ? whitening_set(&run->train, error) : 0;
}

int run_open(struct run *run, struct error *error)
{
    const struct options *options = &run->options;

    /* its checkpoints are nobody else's from here on; where it is not there, it is made once all
     * that may be wrong is known */
    if (folders_is(options->out) && run_folder_open(options->out, &run->lock, error))
        return -1;
    if (context_open(error))
        return -1;
    if (options->resume && resume_find(run, error))
        return -1;
    run->recipe = options->recipe;
    if (!options->augment)
        run->recipe.augment = (struct model_augment){0};
    resume_begin(run);
    if (check_patience(run, error))
        return -1;
    if (pool_start(options->threads ? options->threads : pool_available_cpus(), error))
        return -1;
    initial_weights_draw(options->seed);
    if ((run_starts_from_file(run) && weights_load(options->init, &run->transfer, error)) ||
        open_data(run, error) || whiten(run, error) || make_paths(run, error) ||
        resume_restore(run, error) || open_outputs(run, error))
        return -1;
    progress_open(&run->progress, options->quiet, run->epochs, loader_images(&run->loader),
                  images_in_all(run));
    return 0;
}

void run_close(struct run *run)
{
    struct error ignored; /* an earlier one is on its way out */

    plots_close(&run->plots, 0);
    confusion_close(&run->confusion);
    loader_close(&run->loader);
    csv_log_close(&run->step_log, &ignored);
    csv_log_close(&run->epoch_log, &ignored);
    dataset_free(&run->train);
    dataset_free(&run->test);
    dataset_free(&run->held_out);
    transfer_free(&run->transfer);
    pool_stop();
    console_close(&run->console);
    if (run->lock)
        fclose(run->lock);
}
