/* train.c - the trainer of one model: epochs of steps, an evaluation after each, weights to disk */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "evaluate.h"
#include "files.h"
#include "init.h"
#include "loader.h"
#include "log.h"
#include "machine.h"
#include "model.h"
#include "options.h"
#include "pool.h"
#include "progress.h"
#include "schedule.h"
#include "source.h"
#include "weights.h"

struct run {
    struct options options;
    struct model_recipe recipe; /* the spec's, with what the options change */
    struct dataset train, test;
    char source[SOURCE_TEXT_BYTES]; /* where the images come from */
    char best_path[FILES_PATH_BYTES], last_path[FILES_PATH_BYTES];
    struct loader loader;
    struct log_steps log;
    struct progress progress;
    int steps_an_epoch;
    int64_t step, steps; /* done, and of the whole run */
    double start;        /* clock_seconds */
    double best_accuracy;
    int best_epoch; /* from 1; 0: none */
};

/* Sums over the images of one epoch. */
struct totals {
    double loss;
    int64_t correct, images;
    double lr; /* of the last step */
};

/* ---- before the first step ---- */

static int open_outputs(struct run *run, struct error *error)
{
    const char *out = run->options.out;

    return files_make_folder(out, error) ||
                   files_join(run->best_path, out, "best.safetensors", error) ||
                   files_join(run->last_path, out, "last.safetensors", error) ||
                   log_steps_open(&run->log, run->options.log_steps, error)
               ? -1
               : 0;
}

static int open_data(struct run *run, struct error *error)
{
    const struct options *options = &run->options;
    struct loader_options how = {.seed = options->seed, .shuffle = options->shuffle};

    if (source_read(options, true, &run->train, &run->test, run->source, error))
        return -1;
    if (options->augment) {
        how.augment.crop_padding = run->recipe.crop_padding;
        how.augment.flip = run->recipe.flip;
    }
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

static int open_run(struct run *run, struct error *error)
{
    const struct options *options = &run->options;

    run->recipe = MODEL(recipe);
    run->recipe.epochs = options->epochs;
    run->recipe.lr = options->lr;
    run->best_accuracy = -1;
    if (MODEL(open)())
        return error_set(error, "cannot map %.1f MiB for " MODEL_NAME "; free some memory",
                         MODEL_ARENA_BYTES / 1048576.0);
    if (pool_start(options->threads ? options->threads : pool_available_cpus(), error))
        return -1;
    init_weights(options->seed);
    if ((options->init && weights_load(options->init, error)) || open_data(run, error) ||
        open_outputs(run, error))
        return -1;
    progress_open(&run->progress, options->quiet, run->recipe.epochs, run->train.count,
                  images_in_all(run));
    return 0;
}

static void print_start(const struct run *run)
{
    static const char *const optimizers[] = {"SGD", "Adam", "AdamW"};
    static const char *const schedules[] = {"constant", "step", "cosine", "one cycle"};
    const struct model_recipe *recipe = &run->recipe;
    const struct options *options = &run->options;

    printf("castnet " MODEL_VERSION ": " MODEL_NAME ", %ld parameters, made with " MODEL_OPTIONS
           "\n",
           (long)MODEL_PARAMETERS);
    printf("machine  threads %d, BLAS %s, arena %.1f MiB\n", pool_threads(), machine_blas(),
           MODEL_ARENA_BYTES / 1048576.0);
    printf("data     %s: %d training and %d test images\n", run->source, run->train.count,
           run->test.count);
    if (options->init)
        printf("weights  %s, seed %" PRIu64 "\n", options->init, options->seed);
    else
        printf("weights  random, seed %" PRIu64 "\n", options->seed);
    printf("recipe   %s, lr %g, schedule %s, weight decay %g, crop padding %d, flip %g%s%s\n",
           optimizers[recipe->optimizer], recipe->lr, schedules[recipe->schedule],
           recipe->weight_decay, options->augment ? recipe->crop_padding : 0,
           options->augment ? recipe->flip : 0.0, options->shuffle ? "" : ", not shuffled",
           options->evaluate ? "" : ", not evaluated");
    printf("run      %" PRId64 " steps, %d an epoch of up to %d images, to %s\n", run->steps,
           run->steps_an_epoch, MODEL_BATCH, options->out);
    fflush(stdout);
}

/* ---- training ---- */

static int stop_not_finite(const struct run *run, int epoch, int n, double loss,
                           struct error *error)
{
    const char *tensor = MODEL(first_nonfinite)(n);

    return error_set(error,
                     "step %" PRId64 " (epoch %d): loss is %s, first inf or nan in %s; "
                     "try a smaller --lr",
                     run->step + 1, epoch + 1, isnan(loss) ? "nan" : "inf",
                     tensor ? tensor : "the loss itself");
}

static int train_step(struct run *run, int epoch, const uint8_t *images, const float *targets,
                      int n, struct totals *totals, struct error *error)
{
    struct model_hyper hyper = {0};
    struct model_result result;

    schedule_at(&run->recipe, run->step, run->steps_an_epoch, run->recipe.epochs, &hyper);
    hyper.step = run->step + 1;
    hyper.seed = run->options.seed;
    result = MODEL(step)(images, targets, n, &hyper);
    log_steps_write(&run->log, run->step + 1, result.loss, (double)result.correct / n);
    if (!isfinite(result.loss))
        return stop_not_finite(run, epoch, n, result.loss, error);
    run->step++;
    totals->loss += result.loss * n;
    totals->correct += result.correct;
    totals->images += n;
    totals->lr = hyper.lr;
    return 0;
}

static int train_epoch(struct run *run, int epoch, struct totals *totals, struct error *error)
{
    const uint8_t *images;
    const float *targets;
    int n;

    loader_start_epoch(&run->loader, epoch);
    progress_start_epoch(&run->progress);
    while (run->step < run->steps && (n = loader_next(&run->loader, &images, &targets)) > 0) {
        if (train_step(run, epoch, images, targets, n, totals, error))
            return -1;
        progress_update(&run->progress, epoch + 1, totals->images,
                        (int64_t)epoch * run->train.count + totals->images);
    }
    return 0;
}

/* ---- after an epoch ---- */

/* Evaluates, and keeps the weights if they are the best so far. */
static int test_epoch(struct run *run, struct log_epoch *line, struct error *error)
{
    struct evaluation result = evaluate_dataset(&run->test);

    line->tested = true;
    line->test_loss = result.loss;
    line->test_accuracy = result.accuracy;
    if (!(result.accuracy > run->best_accuracy))
        return 0;
    run->best_accuracy = result.accuracy;
    run->best_epoch = line->epoch;
    return weights_save(run->best_path, error);
}

static int finish_epoch(struct run *run, int epoch, const struct totals *totals, double start,
                        struct error *error)
{
    struct log_epoch line = {
        .epoch = epoch + 1,
        .epochs = run->recipe.epochs,
        .train_loss = totals->loss / (double)totals->images,
        .train_accuracy = (double)totals->correct / (double)totals->images,
        .images_per_second = (double)totals->images / (clock_seconds() - start),
        .lr = totals->lr,
    };

    if (weights_save(run->last_path, error))
        return -1;
    /* before an evaluation can reuse the memory of gradients */
    if (run->step == run->steps && run->options.dump_gradients &&
        weights_dump_gradients(run->options.dump_gradients, error))
        return -1;
    if (run->options.evaluate && test_epoch(run, &line, error))
        return -1;
    line.seconds = clock_seconds() - start;
    progress_clear(&run->progress);
    log_print_epoch(stdout, &line);
    fflush(stdout);
    return 0;
}

static int train(struct run *run, struct error *error)
{
    for (int epoch = 0; run->step < run->steps; epoch++) {
        struct totals totals = {0};
        double start = clock_seconds();

        if (train_epoch(run, epoch, &totals, error) ||
            finish_epoch(run, epoch, &totals, start, error))
            return -1;
    }
    return log_steps_close(&run->log, error);
}

static void print_end(const struct run *run)
{
    char time[32];

    progress_format_time(time, sizeof time, clock_seconds() - run->start);
    printf("done: %" PRId64 " steps in %s", run->step, time);
    if (run->best_epoch)
        printf(", best test accuracy %.2f %% (epoch %d)", 100 * run->best_accuracy,
               run->best_epoch);
    printf(", peak memory %.0f MiB\n", machine_peak_memory());
}

static void close_run(struct run *run)
{
    struct error ignored; /* an earlier one is on its way out */

    progress_clear(&run->progress);
    loader_close(&run->loader);
    log_steps_close(&run->log, &ignored);
    dataset_free(&run->train);
    dataset_free(&run->test);
    pool_stop();
}

static int run_trainer(int argc, char **argv, struct error *error)
{
    static struct run run;
    int result = options_parse_train(&run.options, argc, argv, error);

    if (result != OPTIONS_RUN)
        return result == OPTIONS_DONE ? 0 : -1;
    run.start = clock_seconds();
    result = open_run(&run, error);
    if (result == 0) {
        if (!run.options.quiet)
            print_start(&run);
        result = train(&run, error);
    }
    if (result == 0 && !run.options.quiet)
        print_end(&run);
    close_run(&run);
    return result;
}

int main(int argc, char **argv)
{
    struct error error;

    if (run_trainer(argc, argv, &error)) {
        fflush(stdout);
        fprintf(stderr, "castnet: %s\n", error.text);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
