/* final_views.c - see final_views.h */
#include "training/final_views.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation/probabilities.h"
#include "files/weights.h"
#include "platform/signals.h"

/* softmaxes: room for [test images][classes]. RUN_GO_ON, RUN_STOP, or -1 and an error. */
static int judge(const struct run *run, const char *weights, double *softmaxes, double *accuracy,
                 struct error *error)
{
    const struct dataset *test = &run->test;

    if (weights_load_exact(weights, error))
        return -1;
    memset(softmaxes, 0, (size_t)test->count * MODEL_CLASSES * sizeof *softmaxes);
    probabilities_add(softmaxes, test->images, test->count);
    if (probabilities_average_views(softmaxes, test->images, test->count, run->options.tta,
                                    signals_caught))
        return RUN_STOP;
    *accuracy = probabilities_judge(softmaxes, test->labels, test->count).accuracy;
    return RUN_GO_ON;
}

int final_views_judge(struct run *run, struct error *error)
{
    size_t values = (size_t)run->test.count * MODEL_CLASSES;
    double *softmaxes;
    int result;

    if (run->options.tta == TTA_NONE || !run->now.best_epoch)
        return RUN_GO_ON;
    softmaxes = malloc(values * sizeof *softmaxes);
    if (!softmaxes)
        return error_set(error, "no memory for %zu probabilities", values);
    result = judge(run, run->last_path, softmaxes, &run->views.final, error);
    run->views.best = run->views.final;
    if (result == RUN_GO_ON && run->now.best_epoch != run->now.final_epoch)
        result = judge(run, run->best_path, softmaxes, &run->views.best, error);
    run->views.are_judged = result == RUN_GO_ON;
    free(softmaxes);
    return result;
}
