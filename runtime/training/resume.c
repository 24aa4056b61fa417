/* resume.c - see resume.h */
#include "training/resume.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "platform/clock.h"
#include "training/recipe.h"

/* What was given again must be as it was, except what may change (see recipe.h). */
static int take_options(struct options *options, const struct run_state *from, struct error *error)
{
    int64_t begun = from->epoch + (from->batches > 0);

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
    if (options->val_split && options->val_split != from->val_split)
        return error_set(error,
                         "--val-split %d: the run was begun with %" PRId64
                         " images held out; leave "
                         "it out",
                         options->val_split, from->val_split);
    options->seed = from->seed;
    options->val_split = (int)from->val_split;
    options->augment = from->augment;
    options->shuffle = from->shuffle;
    options->evaluate = from->evaluate;
    if (!options->data)
        options->synthetic = from->synthetic;
    if (recipe_resume(&options->recipe, options->number_given, from->numbers, error))
        return -1;
    if (ceil(options->recipe.epochs) < (double)begun)
        return error_set(error,
                         "--epochs %g: the run has begun epoch %" PRId64 "; give at least that",
                         options->recipe.epochs, begun);
    return 0;
}

int resume_find(struct run *run, struct error *error)
{
    int found = checkpoint_find(run->options.out, &run->now, run->resumed, error);

    if (found == CHECKPOINT_FOUND)
        return take_options(&run->options, &run->now, error);
    run->resumed[0] = '\0';
    if (found == CHECKPOINT_NONE)
        error_tell("no checkpoint in %s: starting from the beginning", run->options.out);
    return found == CHECKPOINT_NONE ? 0 : -1;
}

void resume_begin(struct run *run)
{
    const struct options *options = &run->options;
    struct run_state *now = &run->now;

    if (!run->resumed[0])
        now->best_accuracy = -1;
    now->seed = options->seed;
    recipe_save(&options->recipe, now->numbers);
    now->augment = options->augment;
    now->shuffle = options->shuffle;
    now->evaluate = options->evaluate;
    now->synthetic = options->synthetic;
    now->val_split = options->val_split;
    run->start -= now->run_seconds;
}

/* Epochs that were given anew must have the steps that the run has taken, and what was cut short at
 * the end of a run has no rest. 0, or -1 and an error. */
static int check_length(const struct run *run, struct error *error)
{
    const struct run_state *now = &run->now;

    if (now->step > run->recipe_steps)
        return error_set(error, "--epochs %g: the run has taken %" PRId64 " steps; give more",
                         run->recipe.epochs, now->step);
    if (now->step < run->recipe_steps &&
        now->step != now->epoch * run->steps_an_epoch + now->batches)
        return error_set(error,
                         "--epochs %g: the run ended within epoch %" PRId64
                         ", so it can't be made longer; leave it out",
                         run->recipe.epochs, now->epoch);
    return 0;
}

int resume_restore(struct run *run, struct error *error)
{
    struct run_state *now = &run->now;
    int64_t train = (int64_t)run->train.count + run->held_out.count;

    if (run->resumed[0] && (run->data != now->data || train != now->train_images ||
                            run->test.count != now->test_images)) {
        error_set(error,
                  "%s was made with other data than %s; name the run's own with --data, or "
                  "start anew without --resume",
                  run->resumed, run->source);
        return checkpoint_offer_older(run->options.out, now->step, &run->data, error);
    }
    now->data = run->data;
    now->train_images = train;
    now->test_images = run->test.count;
    if (!run->resumed[0])
        return 0;
    return check_length(run, error) || checkpoint_restore(run->resumed, run->best_path, error) ? -1
                                                                                               : 0;
}

int resume_save(struct run *run, struct error *error)
{
    struct run_state *now = &run->now;

    if (!run->options.checkpoint)
        return 0;
    /* no checkpoint past a row that is not on the disk: a run that goes on would never write it */
    if (csv_log_sync(&run->epoch_log, error) || csv_log_sync(&run->step_log, error) ||
        console_sync(&run->console, error))
        return -1;
    now->seconds = now->batches ? clock_seconds() - run->epoch_start : 0;
    now->run_seconds = clock_seconds() - run->start;
    return checkpoint_save(run->options.out, now, run->best_path, error);
}
