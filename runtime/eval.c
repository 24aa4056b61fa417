/* eval.c - loss and accuracy on the test set of a weight file, or of several as an ensemble */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "data/source.h"
#include "evaluation/metrics.h"
#include "evaluation/probabilities.h"
#include "evaluation/statistics.h"
#include "files/weights.h"
#include "model.h"
#include "options.h"
#include "platform/clock.h"
#include "platform/machine.h"
#include "platform/pool.h"
#include "platform/program.h"

static int prepare(const struct options *options, struct dataset *test, struct error *error)
{
    char source[SOURCE_TEXT_BYTES];

    if (context_open(error))
        return -1;
    for (int i = 0; i < options->weight_files; i++) /* a wrong one is told before any is tested */
        if (weights_load_exact(options->weights[i], error))
            return -1;
    if (source_read(options, false, NULL, test, source, error) ||
        pool_start(options->threads ? options->threads : pool_available_cpus(), error))
        return -1;
    if (!options->quiet) {
        printf("castnet " MODEL_VERSION ": " MODEL_NAME ", ");
        error_print_name(options->weights[0], stdout);
        printf("%s\nthreads %d, products %s; %d test images: ",
               options->weight_files > 1 ? " and others" : "", pool_threads(), machine_products(),
               test->count);
        error_print_name(source, stdout);
        putchar('\n');
    }
    return 0;
}

static void print_result(const struct metrics *result, int n)
{
    char accuracy[STATISTICS_ACCURACY_BYTES];

    statistics_describe_accuracy(accuracy, result->accuracy, n);
    printf("test loss %.6f  accuracy %s", result->loss, accuracy);
    if (METRICS_HAVE_TOP)
        printf("  top-%d %.2f %%", METRICS_TOP, 100 * result->top);
}

/* Adds what the member takes the images for to all, and prints what it is worth alone. own is room
 * for it; both [count][classes]. */
static int add_member(double *all, double *own, const char *weights, enum tta tta,
                      const struct dataset *test, struct error *error)
{
    size_t values = (size_t)test->count * MODEL_CLASSES;
    struct metrics alone;

    if (weights_load_exact(weights, error))
        return -1;
    memset(own, 0, values * sizeof *own);
    probabilities_add(own, test->images, test->count);
    alone = probabilities_judge(own, test->labels, test->count);
    error_print_name(weights, stdout);
    printf(": ");
    print_result(&alone, test->count);
    putchar('\n');
    probabilities_average_views(own, test->images, test->count, tta, NULL);
    for (size_t i = 0; i < values; i++)
        all[i] += own[i];
    return 0;
}

/* By the mean softmax of all files, and of the views of each image that are wanted. */
static int evaluate_mean(const struct options *options, const struct dataset *test,
                         struct metrics *result, struct error *error)
{
    size_t values = (size_t)test->count * MODEL_CLASSES;
    double *all = calloc(values, sizeof *all), *own = malloc(values * sizeof *own);
    int failed = all && own ? 0 : error_set(error, "no memory for %zu probabilities", values);

    for (int i = 0; i < options->weight_files && !failed; i++)
        failed = add_member(all, own, options->weights[i], options->tta, test, error);
    if (!failed) {
        probabilities_scale(all, test->count, 1.0 / options->weight_files);
        *result = probabilities_judge(all, test->labels, test->count);
        if (options->weight_files > 1)
            printf("ensemble of %d%s%s: ", options->weight_files, options->tta ? ", with " : "",
                   tta_describe(options->tta));
        else
            printf("with %s: ", tta_describe(options->tta));
    }
    free(all);
    free(own);
    return failed;
}

static int evaluate(const struct options *options, const struct dataset *test, struct error *error)
{
    double start = clock_seconds();
    struct metrics result = {0};

    if (options->weight_files == 1 && options->tta == TTA_NONE)
        metrics_of_dataset(test, NULL, NULL, &result);
    else if (evaluate_mean(options, test, &result, error))
        return -1;
    if (!isfinite(result.loss))
        return error_set(error,
                         "%s%s: the loss is not finite: weights or running statistics are not",
                         options->weights[0], options->weight_files > 1 ? " or another" : "");
    print_result(&result, test->count);
    if (!options->quiet)
        printf("  %.0f images/s  peak memory %.0f MiB", test->count / (clock_seconds() - start),
               machine_peak_memory());
    putchar('\n');
    return 0;
}

static int run(int argc, char **argv, struct error *error)
{
    struct options options;
    struct dataset test = {0};
    int result = options_parse_eval(&options, argc, argv, error);

    if (result != OPTIONS_RUN)
        return result == OPTIONS_DONE ? 0 : -1;
    result = prepare(&options, &test, error) || evaluate(&options, &test, error) ? -1 : 0;
    pool_stop();
    dataset_free(&test);
    return result;
}

int main(int argc, char **argv)
{
    struct error error;

    program_begin(argv);
    if (run(argc, argv, &error))
        program_fail(&error);
    program_exit(EXIT_SUCCESS);
}
