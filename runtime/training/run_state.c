/* run_state.c - see run_state.h */
#include "training/run_state.h"

#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>

#include "data/loader.h"
#include "evaluation/metrics.h"
#include "training/recipe.h"
#include "training/schedule.h"

/* Seconds that no run takes: three hundred years. */
static const double longest = 1e10;

static int check_integer(const char *field, int64_t value, int64_t low, int64_t high,
                         struct error *error)
{
    if (value >= low && value <= high)
        return 0;
    if (low == high)
        return error_set(error, "its %s is %" PRId64 ", where a run has %" PRId64, field, value,
                         low);
    return error_set(error, "its %s is %" PRId64 ", where a run has %" PRId64 " to %" PRId64, field,
                     value, low, high);
}

/* Refuses nan, too. */
static int check_real(const char *field, double value, double low, double high, struct error *error)
{
    if (value >= low && value <= high)
        return 0;
    if (low == high)
        return error_set(error, "its %s is %g, where a run has %g", field, value, low);
    return error_set(error, "its %s is %g, where a run has %g to %g", field, value, low, high);
}

/* A fraction of so many images. */
static int check_accuracy(const char *field, double value, double low, int64_t images,
                          struct error *error)
{
    double right = value * (double)images;

    if (check_real(field, value, low, 1, error))
        return -1;
    if (fabs(right - round(right)) < 1e-6)
        return 0;
    return error_set(error, "its %s is %.17g, which no number of %" PRId64 " images is", field,
                     value, images);
}

static int check_switches(const struct run_state *at, struct error *error)
{
    return check_integer("augment", at->augment, 0, 1, error) ||
                   check_integer("shuffle", at->shuffle, 0, 1, error) ||
                   check_integer("evaluate", at->evaluate, 0, 1, error) ||
                   check_integer("synthetic", at->synthetic, 0, 1, error)
               ? -1
               : 0;
}

static int check_images(const struct run_state *at, struct error *error)
{
    return check_integer("train_images", at->train_images, 1, INT_MAX, error) ||
                   check_integer("test_images", at->test_images, 0, INT_MAX, error) ||
                   check_integer("val_split", at->val_split, 0,
                                 at->evaluate ? at->train_images - 1 : 0, error)
               ? -1
               : 0;
}

/* epochs: of the recipe. */
static int check_position(const struct run_state *at, double epochs, struct error *error)
{
    int64_t train =
        loader_images_of((int)(at->train_images - at->val_split), MODEL(recipe).drop_last);
    int64_t batches = train > 0 ? (train + MODEL_BATCH - 1) / MODEL_BATCH : 1, images;
    int64_t steps = schedule_steps(epochs, (int)batches), begun = (steps + batches - 1) / batches;
    int64_t step;

    /* before they are multiplied: what a file says may be too large */
    if (check_integer("epoch", at->epoch, 0, begun, error) ||
        check_integer("batches", at->batches, 0, at->epoch < begun ? batches : 0, error))
        return -1;
    /* the last epoch may be cut short */
    step = at->epoch < begun ? at->epoch * batches + at->batches : steps;
    if (check_integer("step", at->step, step, step, error))
        return -1;
    images = at->batches < batches ? at->batches * MODEL_BATCH : train;
    return check_integer("images", at->images, images, images, error) ||
                   check_integer("correct", at->correct, 0, images, error) ||
                   /* a loss that should be 0 may be a little less; none is above the distance of
                      two logits */
                   check_real("loss", at->loss, -1e-3 * (double)images,
                              2.0 * FLT_MAX * (double)images, error)
               ? -1
               : 0;
}

static int check_times(const struct run_state *at, struct error *error)
{
    return check_real("last_lr", at->last_lr, 0, DBL_MAX, error) ||
                   check_real("run_seconds", at->run_seconds, 0, longest, error) ||
                   check_real("seconds", at->seconds, 0, at->batches ? at->run_seconds + 1 : 0,
                              error)
               ? -1
               : 0;
}

/* Before the first evaluation. */
static int check_no_results(const struct run_state *at, struct error *error)
{
    return check_integer("best_epoch", at->best_epoch, 0, 0, error) ||
                   check_real("best_accuracy", at->best_accuracy, -1, -1, error) ||
                   check_real("best_test_accuracy", at->best_test_accuracy, 0, 0, error) ||
                   check_real("final_accuracy", at->final_accuracy, 0, 0, error) ||
                   check_real("final_test_accuracy", at->final_test_accuracy, 0, 0, error) ||
                   check_real("best_test_top", at->best_test_top, 0, 0, error) ||
                   check_real("final_test_top", at->final_test_top, 0, 0, error)
               ? -1
               : 0;
}

/* At least the accuracy, where it is counted. */
static int check_top(const char *field, double value, double accuracy, int64_t images,
                     struct error *error)
{
    return METRICS_HAVE_TOP ? check_accuracy(field, value, accuracy, images, error)
                            : check_real(field, value, 0, 0, error);
}

/* The best epoch is the first of the largest accuracy. Without images held out both accuracies are
 * the test set's. */
static int check_some_results(const struct run_state *at, struct error *error)
{
    int64_t choosing = at->val_split ? at->val_split : at->test_images;
    bool is_last = at->best_epoch == at->final_epoch;

    if (check_integer("best_epoch", at->best_epoch, 1, at->final_epoch, error) ||
        check_accuracy("final_accuracy", at->final_accuracy, 0, choosing, error) ||
        check_accuracy("final_test_accuracy", at->final_test_accuracy, 0, at->test_images, error) ||
        check_accuracy("best_accuracy", at->best_accuracy, at->final_accuracy, choosing, error) ||
        check_accuracy("best_test_accuracy", at->best_test_accuracy, 0, at->test_images, error) ||
        check_top("best_test_top", at->best_test_top, at->best_test_accuracy, at->test_images,
                  error) ||
        check_top("final_test_top", at->final_test_top, at->final_test_accuracy, at->test_images,
                  error))
        return -1;
    if (is_last && (check_real("best_accuracy", at->best_accuracy, at->final_accuracy,
                               at->final_accuracy, error) ||
                    check_real("best_test_accuracy", at->best_test_accuracy,
                               at->final_test_accuracy, at->final_test_accuracy, error)))
        return -1;
    if (at->val_split)
        return 0;
    return check_real("best_test_accuracy", at->best_test_accuracy, at->best_accuracy,
                      at->best_accuracy, error) ||
                   check_real("final_test_accuracy", at->final_test_accuracy, at->final_accuracy,
                              at->final_accuracy, error)
               ? -1
               : 0;
}

/* Each whole epoch has been evaluated, or none. */
static int check_results(const struct run_state *at, struct error *error)
{
    int64_t evaluated = at->evaluate ? at->epoch : 0;

    if (check_integer("final_epoch", at->final_epoch, evaluated, evaluated, error))
        return -1;
    return evaluated ? check_some_results(at, error) : check_no_results(at, error);
}

int run_state_check(const struct run_state *at, struct error *error)
{
    struct model_recipe recipe = MODEL(recipe);
    const char *number = recipe_load(&recipe, at->numbers);

    if (number)
        return error_set(error, "its number %s is none that a run can have", number);
    return check_switches(at, error) || check_images(at, error) ||
                   check_position(at, recipe.epochs, error) || check_times(at, error) ||
                   check_results(at, error)
               ? -1
               : 0;
}
