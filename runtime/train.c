/* train.c - the trainer of one model: epochs of steps, an evaluation after each, weights to disk */
#include <stdlib.h>

#include "options.h"
#include "platform/clock.h"
#include "platform/files.h"
#include "platform/program.h"
#include "platform/signals.h"
#include "show/console.h"
#include "show/plots.h"
#include "show/report.h"
#include "show/run_json.h"
#include "training/epochs.h"
#include "training/final_views.h"
#include "training/run.h"
#include "training/several_runs.h"

/* Seconds that the end of a run waits for gnuplot. */
static const double plots_patience = 60;

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

/* What run.json says last; nothing where the run did not come so far as to have a folder. */
static int save_json(const struct run *run, int result, struct error *error)
{
    const char *status = result == RUN_STOP ? "stopped" : result == RUN_GO_ON ? "done" : "failed";

    return run->console.log ? run_json_save(run, status, error) : 0;
}

/* Says how it ended. Returns what it then is. */
static int end(struct run *run, int result, const struct error *why, int argc, char **argv)
{
    struct error error;

    if (result == RUN_GO_ON) {
        finish_plots(run);
        report_end(run);
    } else if (result == RUN_STOP) {
        report_stopped(run, argc, argv);
    } else {
        console_print(&run->console, CONSOLE_COMPLAINT, "%s", why->text);
        /* what ended the run may end this, too: one line is enough */
        save_json(run, result, &error);
        return result;
    }
    if (save_json(run, result, &error) == 0 &&
        (result != RUN_GO_ON || console_sync(&run->console, &error) == 0))
        return result;
    console_print(&run->console, CONSOLE_COMPLAINT, "%s", error.text);
    return result == RUN_STOP ? RUN_STOP : -1;
}

/* The exit status. */
static int run_trainer(struct run *run, int argc, char **argv)
{
    struct error error;
    int result;

    run->start = clock_seconds();
    run->argc = argc;
    run->argv = argv;
    result = run_open(run, &error);
    if (result == 0) {
        report_command(run, argc, argv);
        report_start(run);
        signals_catch();
        result = run_json_save(run, "running", &error) ? -1 : epochs_train(run, &error);
    }
    if (result == RUN_GO_ON)
        result = save_result(run, &error) ? -1 : final_views_judge(run, &error);
    progress_clear(&run->progress);
    result = end(run, result, &error, argc, argv);
    run_close(run);
    return result == RUN_STOP    ? 128 + signals_caught()
           : result == RUN_GO_ON ? EXIT_SUCCESS
                                 : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    static struct run run;
    struct error error;
    int result;

    program_begin(argv);
    result = options_parse_train(&run.options, argc, argv, &error);
    if (result == OPTIONS_DONE)
        program_exit(EXIT_SUCCESS);
    if (result != OPTIONS_RUN)
        program_fail(&error);
    signals_ignore_pipe();
    program_exit(run.options.runs ? several_runs_train(&run, run_trainer, argc, argv)
                                  : run_trainer(&run, argc, argv));
}
