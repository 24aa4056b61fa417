/* report.c - see report.h */
#include "show/report.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "evaluation/metrics.h"
#include "evaluation/statistics.h"
#include "model.h"
#include "platform/clock.h"
#include "platform/machine.h"
#include "platform/pool.h"
#include "platform/signals.h"
#include "training/epochs.h"
#include "training/recipe.h"

/* A word as the shell reads it back: in quotes, if it is not of harmless characters alone. */
static size_t quote_word(char *text, size_t size, const char *word)
{
    static const char harmless[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                   "-_./=,:+@%";
    size_t length;

    if (word[0] && word[strspn(word, harmless)] == '\0')
        return (size_t)snprintf(text, size, " %s", word);
    length = (size_t)snprintf(text, size, " '");
    for (; *word && length < size; word++)
        if (*word == '\'')
            length += (size_t)snprintf(text + length, size - length, "'\\''");
        else
            length += (size_t)snprintf(text + length, size - length, "%c", *word);
    if (length < size)
        length += (size_t)snprintf(text + length, size - length, "'");
    return length;
}

/* The command as it was given, each word with a space before it; cut where the text is full. */
static void join_command(char *text, size_t size, int argc, char **argv)
{
    size_t length = 0;

    text[0] = '\0';
    for (int i = 0; i < argc && length < size; i++)
        length += quote_word(text + length, size - length, argv[i]);
}

void report_command(const struct run *run, int argc, char **argv)
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

/* Where the first weights come from. */
static const char *source_of_weights(const struct run *run)
{
    const struct model_tensor *tensors = MODEL(tensors);

    if (run->options.init)
        return run->options.init;
    for (int i = 0; i < MODEL_TENSORS; i++) {
        bool is_drawn = tensors[i].init != MODEL_ZEROS && tensors[i].init != MODEL_ONES;

        if (!tensors[i].trainable && is_drawn && !transfer_is_whitened(i))
            return "random, frozen ones too (--init FILE gives others)";
    }
    return "random";
}

void report_start(const struct run *run)
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
    console_print(console, CONSOLE_NEWS, "spec     sha256 %s", MODEL(spec_sha256));
    console_print(console, CONSOLE_NEWS, "machine  %s, threads %d, products %s, arena %.1f MiB",
                  machine_cpu(), pool_threads(), machine_products(), MODEL_BYTES / 1048576.0);
    console_print(console, CONSOLE_NEWS, "data     %s: %d training and %d test images", run->source,
                  run->train.count, run->test.count);
    if (run->held_out.count > 0)
        console_print(console, CONSOLE_NEWS,
                      "split    %d more training images are held out; they choose the best epoch",
                      run->held_out.count);
    if (run->resumed[0])
        console_print(console, CONSOLE_NEWS, "resumed  %s, step %" PRId64 ", seed %" PRIu64,
                      run->resumed, run->now.step, options->seed);
    else
        console_print(console, CONSOLE_NEWS, "weights  %s, seed %" PRIu64, source_of_weights(run),
                      options->seed);
    if (run_whitens(run))
        console_print(console, CONSOLE_NEWS, "whitened %s, by patches of %d training images",
                      MODEL(tensors)[MODEL(whitening).tensor].name,
                      MODEL(whitening).images < run->train.count ? MODEL(whitening).images
                                                                 : run->train.count);
    if (run_starts_from_file(run))
        transfer_print(&run->transfer, console);
    print_recipe(run);
    for (int i = 0; i < run->recipe.freezes; i++) {
        const struct model_freeze *stage = &run->recipe.freeze_after[i];

        console_print(console, CONSOLE_NEWS, "freezes  %s after %g epochs, %.0f steps",
                      stage->names, stage->epochs, round(stage->epochs * run->steps_an_epoch));
    }
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

/* ---- at the end ---- */

/* One epoch's, as "test accuracy 81.20 % +- 0.39" with the held out images' before it. */
static void print_accuracy(const struct run *run, const char *what, int64_t epoch, double chooser,
                           double test, double test_top, double views)
{
    char validated[STATISTICS_ACCURACY_BYTES], tested[STATISTICS_ACCURACY_BYTES], val[80] = "";
    char top[32] = "", viewed[STATISTICS_ACCURACY_BYTES], tta[96] = "";

    statistics_describe_accuracy(validated, chooser, run->held_out.count);
    statistics_describe_accuracy(tested, test, run->test.count);
    if (run->held_out.count > 0)
        snprintf(val, sizeof val, "validation accuracy %s, ", validated);
    if (METRICS_HAVE_TOP)
        snprintf(top, sizeof top, ", top-%d %.2f %%", METRICS_TOP, 100 * test_top);
    statistics_describe_accuracy(viewed, views, run->test.count);
    if (run->views.are_judged)
        snprintf(tta, sizeof tta, ", with %s %s", tta_describe(run->options.tta), viewed);
    console_print(&run->console, CONSOLE_NEWS, "%s epoch %" PRId64 ": %stest accuracy %s%s%s%s",
                  what, epoch, val, tested, top, tta, MODEL_EMA ? ", averaged weights" : "");
}

/* Best and final, and by what the best was chosen. */
static void print_accuracies(const struct run *run)
{
    const struct run_state *now = &run->now;

    print_accuracy(run, "best    ", now->best_epoch, now->best_accuracy, now->best_test_accuracy,
                   now->best_test_top, run->views.best);
    print_accuracy(run, "final   ", now->final_epoch, now->final_accuracy, now->final_test_accuracy,
                   now->final_test_top, run->views.final);
    if (run->held_out.count > 0)
        console_print(&run->console, CONSOLE_NEWS,
                      "chosen   by %d training images held out, not by the test set",
                      run->held_out.count);
    else
        console_print(&run->console, CONSOLE_NEWS,
                      "chosen   by the test set, so the best is a little too good; --val-split N "
                      "holds out training images for that");
}

void report_end(const struct run *run)
{
    const struct run_state *now = &run->now;
    char time[32];

    if (run->confusion_counted)
        confusion_print(&run->confusion, &run->console);
    progress_format_time(time, sizeof time, clock_seconds() - run->start);
    if (now->best_epoch)
        print_accuracies(run);
    if (epochs_lost_patience(run))
        console_print(&run->console, CONSOLE_NEWS,
                      "patience %" PRId64 " epochs since the best: stopped after epoch %" PRId64
                      " of %d",
                      now->epoch - now->best_epoch, now->epoch, run->epochs);
    console_print(&run->console, CONSOLE_NEWS, "trained  %s, the %s weights", run->result_path,
                  now->best_epoch ? "best" : "last");
    console_print(&run->console, CONSOLE_NEWS,
                  "done: %" PRId64 " steps in %s, peak memory %.0f MiB", now->step, time,
                  machine_peak_memory());
}

void report_stopped(const struct run *run, int argc, char **argv)
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

void report_stopped_runs(const struct run *run, const struct console *console, int done, int argc,
                         char **argv)
{
    char text[4096];

    join_command(text, sizeof text, argc, argv);
    console_print(console, CONSOLE_COMPLAINT, "stopped by %s after run %d of %d; to go on:%s%s",
                  signals_name(signals_caught()), done, run->options.runs, text,
                  run->options.resume ? "" : " --resume");
}
