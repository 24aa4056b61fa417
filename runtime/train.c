/* train.c - the trainer of one model: epochs of steps, an evaluation after each, weights to disk */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "checkpoint.h"
#include "clock.h"
#include "confusion.h"
#include "console.h"
#include "evaluate.h"
#include "files.h"
#include "init.h"
#include "loader.h"
#include "log.h"
#include "machine.h"
#include "model.h"
#include "options.h"
#include "outputs.h"
#include "plots.h"
#include "pool.h"
#include "progress.h"
#include "recipe.h"
#include "schedule.h"
#include "signals.h"
#include "source.h"
#include "transfer.h"
#include "weights.h"

struct run {
    struct options options;
    struct model_recipe recipe; /* the spec's, with what the options change */
    struct dataset train, test;
    char source[SOURCE_TEXT_BYTES]; /* where the images come from */
    char best_path[FILES_PATH_BYTES], last_path[FILES_PATH_BYTES], log_path[FILES_PATH_BYTES];
    char confusion_path[FILES_PATH_BYTES];
    char result_path[FILES_PATH_BYTES]; /* of the trained network */
    char resumed[FILES_PATH_BYTES];     /* the checkpoint it goes on from; empty: none */
    struct transfer transfer;           /* what --init gave */
    struct loader loader;
    struct log_rows step_log, epoch_log;
    struct console console;
    struct progress progress;
    struct plots plots;
    struct confusion confusion;
    bool confusion_counted;
    int steps_an_epoch;
    int64_t steps;         /* of the whole run */
    double start;          /* clock_seconds less the time of the run before it was resumed */
    double epoch_start;    /* the same for the epoch under way */
    bool is_cut;           /* --max-steps ended it within an epoch, and that is dealt with */
    struct checkpoint now; /* where the run is */
};

/* Seconds that the end of a run waits for gnuplot. */
static const double plots_patience = 60;

enum { GO_ON, STOP /* by a signal, with a checkpoint saved */ };

/* ---- going on from a checkpoint ---- */

/* What was given again must be as it was, except what may change (see recipe.h). */
static int take_options(struct options *options, const struct checkpoint *from, struct error *error)
{
    if (options->seed_given && options->seed != from->seed)
        return error_set(error,
                         "--seed %" PRIu64 ": the run was begun with %" PRIu64 "; leave it out",
                         options->seed, from->seed);
    if ((!options->augment && from->augment) || (!options->shuffle && from->shuffle) ||
        (!options->evaluate && from->evaluate))
        return error_set(error, "--no-%s: the run was begun without it; leave it out",
                         !options->augment && from->augment   ? "augment"
                         : !options->shuffle && from->shuffle ? "shuffle"
                                                              : "eval");
    options->seed = from->seed;
    options->augment = from->augment;
    options->shuffle = from->shuffle;
    options->evaluate = from->evaluate;
    if (!options->data)
        options->synthetic = from->synthetic;
    return recipe_resume(&options->recipe, options->number_given, from->numbers, error);
}

/* Finds the checkpoint; run->resumed stays empty if there is none. */
static int find_checkpoint(struct run *run, struct error *error)
{
    int found = checkpoint_find(run->options.out, &run->now, run->resumed, error);

    if (found == CHECKPOINT_FOUND)
        return take_options(&run->options, &run->now, error);
    run->resumed[0] = '\0';
    if (found == CHECKPOINT_NONE)
        fprintf(stderr, "castnet: no checkpoint in %s: starting from the beginning\n",
                run->options.out);
    return found == CHECKPOINT_NONE ? 0 : -1;
}

/* Numbers that the checksum vouches for, but not that castnet wrote them. */
static bool is_possible(const struct run *run)
{
    const struct checkpoint *now = &run->now;

    return now->epoch >= 0 && now->epoch <= INT_MAX && now->batches >= 0 &&
           now->batches <= run->steps_an_epoch &&
           now->step == now->epoch * run->steps_an_epoch + now->batches && now->images >= 0 &&
           (now->images > 0) == (now->batches > 0);
}

/* The checkpoint's state into the model, once the data are known to be the run's. */
static int restore(struct run *run, struct error *error)
{
    uint64_t data = checkpoint_data(&run->train, &run->test);

    if (run->resumed[0] && data != run->now.data)
        return error_set(error,
                         "%s was made with other data than %s; name the run's own with --data, or "
                         "start anew without --resume",
                         run->resumed, run->source);
    if (run->resumed[0] && !is_possible(run))
        return error_set(error, "%s: impossible position in the run; start anew without --resume",
                         run->resumed);
    run->now.data = data;
    return run->resumed[0] ? checkpoint_restore(run->resumed, error) : 0;
}

static int save_checkpoint(struct run *run, struct error *error)
{
    struct checkpoint *now = &run->now;

    if (!run->options.checkpoint)
        return 0;
    log_rows_sync(&run->epoch_log);
    log_rows_sync(&run->step_log);
    now->seconds = now->batches ? clock_seconds() - run->epoch_start : 0;
    now->run_seconds = clock_seconds() - run->start;
    return checkpoint_save(run->options.out, now, error);
}

/* ---- before the first step ---- */

static void begin_checkpoint(struct run *run)
{
    const struct options *options = &run->options;
    struct checkpoint *now = &run->now;

    if (!run->resumed[0])
        now->best_accuracy = -1;
    now->seed = options->seed;
    recipe_save(&options->recipe, now->numbers);
    now->augment = options->augment;
    now->shuffle = options->shuffle;
    now->evaluate = options->evaluate;
    now->synthetic = options->synthetic;
    run->start -= now->run_seconds;
}

static int make_paths(struct run *run, struct error *error)
{
    const char *out = run->options.out;

    return files_join(run->best_path, out, "best.safetensors", error) ||
                   files_join(run->last_path, out, "last.safetensors", error) ||
                   files_join(run->log_path, out, "log.csv", error) ||
                   files_join(run->confusion_path, out, "confusion.csv", error) ||
                   outputs_result_path(run->result_path, out, source_dataset(run->source), error)
               ? -1
               : 0;
}

static int open_logs(struct run *run, struct error *error)
{
    char path[FILES_PATH_BYTES];

    run->console.quiet = run->options.quiet;
    return files_join(path, run->options.out, "training_log.txt", error) ||
                   console_open(&run->console, path, run->resumed[0], error) ||
                   log_rows_open(&run->epoch_log, run->log_path, log_epoch_header, run->now.epoch,
                                 error) ||
                   log_rows_open(&run->step_log, run->options.log_steps, log_step_header,
                                 run->now.step, error)
               ? -1
               : 0;
}

static int open_pictures(struct run *run, struct error *error)
{
    const struct options *options = &run->options;
    char names[FILES_PATH_BYTES];

    if (files_join(names, run->source, "batches.meta.txt", error) ||
        confusion_open(&run->confusion, names, error))
        return -1;
    return options->plots ? plots_open(&run->plots, options->out, options->evaluate, error) : 0;
}

static int open_outputs(struct run *run, struct error *error)
{
    const char *out = run->options.out;
    int moved = 0;

    if (files_make_folder(out, error) || make_paths(run, error) ||
        (!run->resumed[0] && outputs_set_aside(out, &moved, error)) || open_logs(run, error) ||
        open_pictures(run, error))
        return -1;
    if (moved > 0)
        console_print(&run->console, CONSOLE_NEWS,
                      "earlier  %d files of another run are now in "
                      "%s/earlier; --resume would go on with a run",
                      moved, out);
    return 0;
}

static int open_data(struct run *run, struct error *error)
{
    const struct options *options = &run->options;
    struct loader_options how = {
        .seed = options->seed, .shuffle = options->shuffle, .augment = run->recipe.augment};

    if (source_read(options, true, &run->train, &run->test, run->source, error))
        return -1;
    for (int i = 0; i < 2; i++) {
        how.images[i] = MODEL(batch_images)(i);
        how.targets[i] = MODEL(batch_targets)(i);
    }
    if (loader_open(&run->loader, &run->train, &how, error))
        return -1;
    run->steps_an_epoch = loader_batches(&run->loader);
    run->steps = (int64_t)run->recipe.epochs * run->steps_an_epoch;
    if (options->max_steps && options->max_steps < run->steps)
        run->steps = options->max_steps;
    return 0;
}

static int64_t images_in_all(const struct run *run)
{
    int64_t whole_epochs = run->steps / run->steps_an_epoch;

    return whole_epochs * run->train.count + run->steps % run->steps_an_epoch * MODEL_BATCH;
}

/* A checkpoint has newer weights than --init. */
static bool starts_from_file(const struct run *run)
{
    return run->options.init && !run->resumed[0];
}

static int open_run(struct run *run, struct error *error)
{
    const struct options *options = &run->options;

    if (MODEL(open)())
        return error_set(error, "cannot map %.1f MiB for " MODEL_NAME "; free some memory",
                         MODEL_ARENA_BYTES / 1048576.0);
    if (options->resume && find_checkpoint(run, error))
        return -1;
    run->recipe = options->recipe;
    if (!options->augment)
        run->recipe.augment = (struct model_augment){0};
    begin_checkpoint(run);
    if (pool_start(options->threads ? options->threads : pool_available_cpus(), error))
        return -1;
    init_weights(options->seed);
    if ((starts_from_file(run) && weights_load(options->init, &run->transfer, error)) ||
        open_data(run, error) || restore(run, error) || open_outputs(run, error))
        return -1;
    progress_open(&run->progress, options->quiet, run->recipe.epochs, run->train.count,
                  images_in_all(run));
    return 0;
}

/* The command as it was given, each word with a space before it; cut where the text is full. */
static void join_command(char *text, size_t size, int argc, char **argv)
{
    size_t length = 0;

    text[0] = '\0';
    for (int i = 0; i < argc && length < size; i++)
        length += (size_t)snprintf(text + length, size - length, " %s", argv[i]);
}

static void print_command(const struct run *run, int argc, char **argv)
{
    char text[4096];

    join_command(text, sizeof text, argc, argv);
    console_print(&run->console, CONSOLE_NOTE, "command %s", text);
}

static void print_recipe(const struct run *run)
{
    const struct options *options = &run->options;
    char text[1024];

    recipe_describe(text, sizeof text, &run->recipe);
    console_print(&run->console, CONSOLE_NEWS, "recipe   %s%s%s%s", text,
                  options->augment ? "" : ", not augmented",
                  options->shuffle ? "" : ", not shuffled",
                  options->evaluate ? "" : ", not evaluated");
}

static void print_start(const struct run *run)
{
    const struct console *console = &run->console;
    const struct options *options = &run->options;
    char frozen[48] = "";

    if (MODEL_FROZEN > 0)
        snprintf(frozen, sizeof frozen, " to train and %ld frozen", (long)MODEL_FROZEN);
    console_print(console, CONSOLE_NEWS,
                  "castnet " MODEL_VERSION ": " MODEL_NAME
                  ", %ld parameters%s, made with " MODEL_OPTIONS,
                  (long)MODEL_PARAMETERS, frozen);
    console_print(console, CONSOLE_NEWS, "machine  %s, threads %d, BLAS %s, arena %.1f MiB",
                  machine_cpu(), pool_threads(), machine_blas(), MODEL_ARENA_BYTES / 1048576.0);
    console_print(console, CONSOLE_NEWS, "data     %s: %d training and %d test images", run->source,
                  run->train.count, run->test.count);
    if (run->resumed[0])
        console_print(console, CONSOLE_NEWS, "resumed  %s, step %" PRId64 ", seed %" PRIu64,
                      run->resumed, run->now.step, options->seed);
    else
        console_print(console, CONSOLE_NEWS, "weights  %s, seed %" PRIu64,
                      options->init      ? options->init
                      : MODEL_FROZEN > 0 ? "random, frozen ones too (--init FILE gives others)"
                                         : "random",
                      options->seed);
    if (starts_from_file(run))
        transfer_print(&run->transfer, console);
    print_recipe(run);
    if (MODEL_EMA)
        console_print(console, CONSOLE_NEWS,
                      "average  moving averages of the weights are tested and saved as best and "
                      "last; checkpoints hold both");
    console_print(console, CONSOLE_NEWS,
                  "run      %" PRId64 " steps, %d an epoch of up to %d images, to %s", run->steps,
                  run->steps_an_epoch, MODEL_BATCH, options->out);
    if (options->plots && !run->plots.possible)
        console_print(console, CONSOLE_NEWS,
                      "plots    none, there is no gnuplot: apt-get install gnuplot-nox, then "
                      "gnuplot plots.gp in that folder");
}

/* ---- training ---- */

static int stop_not_finite(const struct run *run, int n, double loss, struct error *error)
{
    const char *tensor = MODEL(first_nonfinite)(n);

    return error_set(error,
                     "step %" PRId64 " (epoch %" PRId64 "): loss is %s, first inf or nan in %s; "
                     "try a smaller --lr, with --resume from the last checkpoint",
                     run->now.step + 1, run->now.epoch + 1, isnan(loss) ? "nan" : "inf",
                     tensor ? tensor : "the loss itself");
}

static int train_step(struct run *run, const uint8_t *images, const float *targets, int n,
                      struct error *error)
{
    struct checkpoint *now = &run->now;
    struct model_hyper hyper = {0};
    struct model_result result;

    schedule_at(&run->recipe, now->step, run->steps_an_epoch, run->recipe.epochs, &hyper);
    hyper.step = now->step + 1;
    hyper.seed = run->options.seed;
    result = MODEL(step)(images, targets, n, &hyper);
    log_step_row(&run->step_log, now->step + 1, result.loss, (double)result.correct / n);
    if (!isfinite(result.loss))
        return stop_not_finite(run, n, result.loss, error);
    now->step++;
    now->batches++;
    now->loss += result.loss * n;
    now->correct += result.correct;
    now->images += n;
    now->last_lr = hyper.lr;
    return 0;
}

static void show_progress(struct run *run)
{
    const struct checkpoint *now = &run->now;
    const struct progress_state state = {
        .epoch = (int)now->epoch + 1,
        .images = now->images,
        .in_all = now->epoch * run->train.count + now->images,
        .loss = now->loss / (double)now->images,
        .accuracy = (double)now->correct / (double)now->images,
    };

    progress_update(&run->progress, &state);
}

/* GO_ON, STOP, or -1 and an error. */
static int after_step(struct run *run, struct error *error)
{
    const struct checkpoint *now = &run->now;
    int64_t every = run->options.checkpoint_every;
    /* after an epoch there is one anyway */
    bool due = every && now->step % every == 0 && now->batches < run->steps_an_epoch;
    int signal = signals_caught();

    if ((due || signal) && save_checkpoint(run, error))
        return -1;
    show_progress(run);
    return signal ? STOP : GO_ON;
}

/* The rest of the epoch. GO_ON, STOP, or -1 and an error. */
static int train_epoch(struct run *run, struct error *error)
{
    const uint8_t *images;
    const float *targets;
    int n, result = GO_ON;

    loader_start_at(&run->loader, (int)run->now.epoch, (int)run->now.batches);
    progress_start_epoch(&run->progress, run->now.images);
    while (result == GO_ON && run->now.step < run->steps &&
           (n = loader_next(&run->loader, &images, &targets)) > 0) {
        if (train_step(run, images, targets, n, error))
            return -1;
        result = after_step(run, error);
    }
    return result;
}

/* ---- after an epoch ---- */

/* Evaluates, and keeps the weights if they are the best so far. GO_ON, STOP, or -1 and an error. */
static int test_epoch(struct run *run, struct log_epoch *line, struct error *error)
{
    struct evaluation result;

    if (evaluate_dataset(&run->test, &run->confusion, signals_caught, &result))
        return STOP;
    run->confusion_counted = true;
    if (confusion_save(&run->confusion, run->confusion_path, error))
        return -1;
    line->tested = true;
    line->test_loss = result.loss;
    line->test_accuracy = result.accuracy;
    if (!(result.accuracy > run->now.best_accuracy))
        return GO_ON;
    run->now.best_accuracy = result.accuracy;
    run->now.best_epoch = line->epoch;
    return weights_save(run->best_path, error);
}

/* Its numbers, on the console and in log.csv. */
static void report_epoch(struct run *run, struct log_epoch *line)
{
    char text[LOG_EPOCH_BYTES];

    line->seconds = clock_seconds() - run->epoch_start;
    log_describe_epoch(text, line);
    progress_clear(&run->progress);
    console_print(&run->console, CONSOLE_RESULT, "%s", text);
    log_epoch_row(&run->epoch_log, line);
}

/* The next epoch begins with a checkpoint, and with gnuplot in the background. */
static int next_epoch(struct run *run, struct error *error)
{
    struct checkpoint *now = &run->now;

    if (!run->plots.failed)
        plots_draw(&run->plots);
    now->epoch++;
    now->batches = now->correct = now->images = 0;
    now->loss = 0;
    return save_checkpoint(run, error);
}

/* Saves and tests the weights that are there. GO_ON, STOP, or -1 and an error. */
static int judge_epoch(struct run *run, struct log_epoch *line, struct error *error)
{
    if (weights_save(run->last_path, error))
        return -1;
    /* before an evaluation can reuse the memory of gradients */
    if (run->now.step == run->steps && run->options.dump_gradients &&
        weights_dump_gradients(run->options.dump_gradients, error))
        return -1;
    return run->options.evaluate ? test_epoch(run, line, error) : GO_ON;
}

/* The same for the moving average, if the spec has one; then training's weights are back. */
static int judge_average(struct run *run, struct log_epoch *line, struct error *error)
{
#if MODEL_EMA
    int result;

    MODEL(swap_average)();
    result = judge_epoch(run, line, error);
    MODEL(swap_average)();
    return result;
#else
    return judge_epoch(run, line, error);
#endif
}

/* GO_ON, STOP, or -1 and an error. */
static int finish_epoch(struct run *run, struct error *error)
{
    const struct checkpoint *now = &run->now;
    bool whole = now->batches == run->steps_an_epoch;
    struct log_epoch line = {
        .epoch = (int)now->epoch + 1,
        .epochs = run->recipe.epochs,
        .train_loss = now->loss / (double)now->images,
        .train_accuracy = (double)now->correct / (double)now->images,
        .images_per_second = (double)now->images / (clock_seconds() - run->epoch_start),
        .lr = now->last_lr,
    };
    int result;

    /* --max-steps ended it: what follows is not of the run that may go on from here */
    if (!whole && save_checkpoint(run, error))
        return -1;
    result = judge_average(run, &line, error);
    if (result == STOP && save_checkpoint(run, error))
        return -1;
    if (result != GO_ON)
        return result;
    report_epoch(run, &line);
    run->is_cut = !whole;
    return whole ? next_epoch(run, error) : GO_ON;
}

/* Whether the whole run is done: its steps, and what follows them. */
static bool is_done(const struct run *run)
{
    return run->now.step >= run->steps && (run->now.batches == 0 || run->is_cut);
}

/* GO_ON, STOP, or -1 and an error. */
static int train(struct run *run, struct error *error)
{
    int result = GO_ON;

    while (result == GO_ON && !is_done(run)) {
        run->epoch_start = clock_seconds() - run->now.seconds;
        result = train_epoch(run, error);
        if (result == GO_ON)
            result = finish_epoch(run, error);
        run->now.seconds = 0;
    }
    if (result < 0)
        return -1;
    return log_rows_close(&run->step_log, error) || log_rows_close(&run->epoch_log, error) ? -1
                                                                                           : result;
}

/* The trained network: the best weights, or where nothing was tested, the last. */
static int save_result(const struct run *run, struct error *error)
{
    return files_copy(run->now.best_epoch ? run->best_path : run->last_path, run->result_path,
                      error);
}

static void finish_plots(struct run *run)
{
    plots_close(&run->plots, plots_patience);
    if (run->plots.failed)
        console_print(&run->console, CONSOLE_COMPLAINT,
                      "gnuplot did not draw all plots; see what `gnuplot plots.gp` says in %s",
                      run->options.out);
}

static void print_end(const struct run *run)
{
    const struct checkpoint *now = &run->now;
    char time[32], best[112] = "";

    if (run->confusion_counted)
        confusion_print(&run->confusion, &run->console);
    progress_format_time(time, sizeof time, clock_seconds() - run->start);
    if (now->best_epoch)
        snprintf(best, sizeof best, ", best test accuracy%s %.2f %% (epoch %" PRId64 ")",
                 MODEL_EMA ? " of averaged weights" : "", 100 * now->best_accuracy,
                 now->best_epoch);
    console_print(&run->console, CONSOLE_NEWS, "trained  %s, the %s weights", run->result_path,
                  now->best_epoch ? "best" : "last");
    console_print(&run->console, CONSOLE_NEWS,
                  "done: %" PRId64 " steps in %s%s, peak memory %.0f MiB", now->step, time, best,
                  machine_peak_memory());
}

/* The command that was given, and how to go on. */
static void print_stopped(const struct run *run, int argc, char **argv)
{
    char text[4096] = "";
    bool checkpoint = run->options.checkpoint;

    if (checkpoint)
        join_command(text, sizeof text, argc, argv);
    console_print(&run->console, CONSOLE_COMPLAINT,
                  "stopped by %s after step %" PRId64 " of %" PRId64 "; %s%s%s",
                  signals_name(signals_caught()), run->now.step, run->steps,
                  checkpoint ? "to go on:" : "no checkpoint was wanted", text,
                  checkpoint && !run->options.resume ? " --resume" : "");
}

static void close_run(struct run *run)
{
    struct error ignored; /* an earlier one is on its way out */

    plots_close(&run->plots, 0);
    confusion_close(&run->confusion);
    loader_close(&run->loader);
    log_rows_close(&run->step_log, &ignored);
    log_rows_close(&run->epoch_log, &ignored);
    dataset_free(&run->train);
    dataset_free(&run->test);
    transfer_free(&run->transfer);
    pool_stop();
    console_close(&run->console);
}

/* The exit status. */
static int run_trainer(struct run *run, int argc, char **argv)
{
    struct error error;
    int result;

    run->start = clock_seconds();
    result = open_run(run, &error);
    if (result == 0) {
        print_command(run, argc, argv);
        print_start(run);
        signals_catch();
        result = train(run, &error);
    }
    if (result == GO_ON && save_result(run, &error))
        result = -1;
    progress_clear(&run->progress);
    if (result == GO_ON) {
        finish_plots(run);
        print_end(run);
    } else if (result == STOP) {
        print_stopped(run, argc, argv);
    } else {
        console_print(&run->console, CONSOLE_COMPLAINT, "%s", error.text);
    }
    close_run(run);
    return result == STOP ? 128 + signals_caught() : result == GO_ON ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    static struct run run;
    struct error error;
    int result = options_parse_train(&run.options, argc, argv, &error);

    if (result == OPTIONS_DONE)
        return EXIT_SUCCESS;
    if (result == OPTIONS_RUN)
        return run_trainer(&run, argc, argv);
    fprintf(stderr, "castnet: %s\n", error.text);
    return EXIT_FAILURE;
}
