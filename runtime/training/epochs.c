/* epochs.c - see epochs.h */
#include "training/epochs.h"

#include <inttypes.h>
#include <math.h>

#include "context.h"
#include "evaluation/metrics.h"
#include "files/weights.h"
#include "model.h"
#include "platform/clock.h"
#include "platform/signals.h"
#include "show/run_json.h"
#include "training/resume.h"
#include "training/schedule.h"

/* ---- an epoch's steps ---- */

static const char *advice_to_resume(const struct run *run)
{
    return run->options.checkpoint ? ", with --resume from the last checkpoint" : "";
}

static int stop_not_finite(const struct run *run, int n, double loss, struct error *error)
{
    const char *tensor = MODEL(first_nonfinite)(context, n);

    return error_set(error,
                     "step %" PRId64 " (epoch %" PRId64 "): loss is %s, first inf or nan in %s; "
                     "try a smaller --lr%s",
                     run->now.step + 1, run->now.epoch + 1, isnan(loss) ? "nan" : "inf",
                     tensor ? tensor : "the loss itself", advice_to_resume(run));
}

static int train_step(struct run *run, const uint8_t *images, const float *targets, int n,
                      struct error *error)
{
    struct run_state *now = &run->now;
    struct model_hyper hyper = {0};
    struct model_result result;

    schedule_at(&run->recipe, now->step, run->steps_an_epoch, run->recipe.epochs, &hyper);
    hyper.step = now->step + 1;
    hyper.seed = run->options.seed;
    result = MODEL(step)(context, images, targets, n, &hyper);
    if (csv_log_step(&run->step_log, now->step + 1, result.loss, (double)result.correct / n, error))
        return -1;
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
    const struct run_state *now = &run->now;
    const struct progress_state state = {
        .epoch = (int)now->epoch + 1,
        .images = now->images,
        .in_all = now->epoch * loader_images(&run->loader) + now->images,
        .loss = now->loss / (double)now->images,
        .accuracy = (double)now->correct / (double)now->images,
    };

    progress_update(&run->progress, &state);
}

/* Whether the epoch under way has had its steps: all of them, or in the last one as many as the
 * recipe has left for it. */
static bool is_whole(const struct run *run)
{
    return run->now.batches == run->steps_an_epoch || run->now.step == run->recipe_steps;
}

/* RUN_GO_ON, RUN_STOP, or -1 and an error. */
static int after_step(struct run *run, struct error *error)
{
    const struct run_state *now = &run->now;
    int64_t every = run->options.checkpoint_every;
    /* after an epoch there is one anyway */
    bool due = every && now->step % every == 0 && !is_whole(run);
    int signal = signals_caught();

    if ((due || signal) && resume_save(run, error))
        return -1;
    show_progress(run);
    return signal ? RUN_STOP : RUN_GO_ON;
}

/* The rest of the epoch. RUN_GO_ON, RUN_STOP, or -1 and an error. */
static int train_epoch(struct run *run, struct error *error)
{
    const uint8_t *images;
    const float *targets;
    int n, result = RUN_GO_ON;

    loader_start_at(&run->loader, (int)run->now.epoch, (int)run->now.batches);
    progress_start_epoch(&run->progress, run->now.images);
    while (result == RUN_GO_ON && run->now.step < run->steps &&
           (n = loader_next(&run->loader, &images, &targets)) > 0) {
        if (train_step(run, images, targets, n, error))
            return -1;
        result = after_step(run, error);
    }
    return result;
}

/* ---- after an epoch ---- */

/* On the held out images, if there are any, and the test set. RUN_GO_ON or RUN_STOP. */
static int evaluate_epoch(struct run *run, struct epoch_result *line)
{
    struct metrics val = {0}, test;

    line->validated = run->held_out.count > 0;
    if ((line->validated && metrics_of_dataset(&run->held_out, NULL, signals_caught, &val)) ||
        metrics_of_dataset(&run->test, &run->confusion, signals_caught, &test))
        return RUN_STOP;
    run->confusion_counted = line->tested = true;
    line->val_loss = val.loss;
    line->val_accuracy = val.accuracy;
    line->val_top = val.top;
    line->val_images = run->held_out.count;
    line->test_loss = test.loss;
    line->test_accuracy = test.accuracy;
    line->test_top = test.top;
    line->test_images = run->test.count;
    return RUN_GO_ON;
}

/* Evaluates, and keeps the weights if they are the best so far. RUN_GO_ON, RUN_STOP, or -1 and an
 * error. */
static int test_epoch(struct run *run, struct epoch_result *line, struct error *error)
{
    struct run_state *now = &run->now;

    if (evaluate_epoch(run, line) == RUN_STOP)
        return RUN_STOP;
    if (confusion_save(&run->confusion, run->confusion_path, error) ||
        confusion_save_classes(&run->confusion, run->classes_path, error))
        return -1;
    if (!isfinite(line->test_loss))
        return error_set(
            error,
            "epoch %d: the loss of training is finite, that of the test set is not; look "
            "at running statistics in %s; try a smaller --lr%s",
            line->epoch, run->last_path, advice_to_resume(run));
    now->final_accuracy = line->validated ? line->val_accuracy : line->test_accuracy;
    now->final_test_accuracy = line->test_accuracy;
    now->final_test_top = line->test_top;
    now->final_epoch = line->epoch;
    if (!(now->final_accuracy > now->best_accuracy))
        return RUN_GO_ON;
    now->best_accuracy = now->final_accuracy;
    now->best_test_accuracy = now->final_test_accuracy;
    now->best_test_top = now->final_test_top;
    now->best_epoch = now->final_epoch;
    return weights_save(run->best_path, error);
}

/* Its numbers, on the console and in log.csv, and drawn by gnuplot in the background. 0,
 * or -1 and an error. */
static int report_epoch(struct run *run, struct epoch_result *line, struct error *error)
{
    char text[EPOCH_RESULT_BYTES];

    line->seconds = clock_seconds() - run->epoch_start;
    epoch_result_describe(text, line);
    progress_clear(&run->progress);
    console_print(&run->console, CONSOLE_RESULT, "%s", text);
    if (csv_log_epoch(&run->epoch_log, line, error))
        return -1;
    if (!run->plots.failed)
        plots_draw(&run->plots);
    return 0;
}

/* The next epoch begins with a checkpoint. */
static int next_epoch(struct run *run, struct error *error)
{
    struct run_state *now = &run->now;

    now->epoch++;
    now->batches = now->correct = now->images = 0;
    now->loss = 0;
    return resume_save(run, error);
}

/* In place of none: an earlier file of that name is renamed. */
static int dump_gradients(const char *path, struct error *error)
{
    char moved[FILES_PATH_BYTES];

    return files_set_aside(path, moved, error) || weights_dump_gradients(path, error) ? -1 : 0;
}

/* Saves and tests the weights that are there. RUN_GO_ON, RUN_STOP, or -1 and an error. */
static int judge_epoch(struct run *run, struct epoch_result *line, struct error *error)
{
    if (weights_save(run->last_path, error))
        return -1;
    /* before an evaluation can reuse the memory of gradients */
    if (run->now.step == run->steps && run->options.dump_gradients &&
        dump_gradients(run->options.dump_gradients, error))
        return -1;
    return run->options.evaluate ? test_epoch(run, line, error) : RUN_GO_ON;
}

/* The weights as they are saved: with averages, those. */
static int save_last(const struct run *run, struct error *error)
{
    int result;

#if MODEL_EMA
    MODEL(swap_average)(context);
#endif
    result = weights_save(run->last_path, error);
#if MODEL_EMA
    MODEL(swap_average)(context);
#endif
    return result;
}

/* The same for the moving average, if the spec has one; then training's weights are back. */
static int judge_average(struct run *run, struct epoch_result *line, struct error *error)
{
#if MODEL_EMA
    int result;

    MODEL(swap_average)(context);
    result = judge_epoch(run, line, error);
    MODEL(swap_average)(context);
    return result;
#else
    return judge_epoch(run, line, error);
#endif
}

/* RUN_GO_ON, RUN_STOP, or -1 and an error. */
static int finish_epoch(struct run *run, struct error *error)
{
    const struct run_state *now = &run->now;
    bool whole = is_whole(run);
    struct epoch_result line = {
        .epoch = (int)now->epoch + 1,
        .epochs = run->epochs,
        .train_loss = now->loss / (double)now->images,
        .train_accuracy = (double)now->correct / (double)now->images,
        .images_per_second = (double)now->images / (clock_seconds() - run->epoch_start),
        .lr = now->last_lr,
    };
    int result;

    /* --max-steps ended it: what follows is not of the run that may go on from here */
    if (!whole && resume_save(run, error))
        return -1;
    result = judge_average(run, &line, error);
    if (result == RUN_STOP && resume_save(run, error))
        return -1;
    if (result != RUN_GO_ON)
        return result;
    if (report_epoch(run, &line, error))
        return -1;
    run->is_cut = !whole;
    if (whole && next_epoch(run, error))
        return -1;
    return run_json_save(run, "running", error) ? -1 : RUN_GO_ON;
}

bool epochs_lost_patience(const struct run *run)
{
    const struct run_state *now = &run->now;

    return run->recipe.patience && now->best_epoch && now->batches == 0 &&
           now->epoch - now->best_epoch >= run->recipe.patience;
}

/* Whether the whole run is done: its steps or its patience, and what follows them. */
static bool is_done(const struct run *run)
{
    return (run->now.step >= run->steps && (run->now.batches == 0 || run->is_cut)) ||
           epochs_lost_patience(run);
}

int epochs_train(struct run *run, struct error *error)
{
    int result = RUN_GO_ON;

    /* of a run that was done before it was resumed the checkpoint may be all that is left */
    if (is_done(run) && save_last(run, error))
        return -1;
    while (result == RUN_GO_ON && !is_done(run)) {
        run->epoch_start = clock_seconds() - run->now.seconds;
        result = train_epoch(run, error);
        if (result == RUN_GO_ON)
            result = finish_epoch(run, error);
        run->now.seconds = 0;
    }
    if (result < 0)
        return -1;
    return csv_log_close(&run->step_log, error) || csv_log_close(&run->epoch_log, error) ? -1
                                                                                         : result;
}
