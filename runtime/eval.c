/* eval.c - loss and accuracy of a weight file on the test set */
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "evaluate.h"
#include "machine.h"
#include "model.h"
#include "options.h"
#include "pool.h"
#include "source.h"
#include "weights.h"

static int prepare(const struct options *options, struct dataset *test, struct error *error)
{
    char source[SOURCE_TEXT_BYTES];

    if (MODEL(open)())
        return error_set(error, "cannot map %.1f MiB for " MODEL_NAME "; free some memory",
                         MODEL_ARENA_BYTES / 1048576.0);
    if (weights_load_exact(options->weights, error) ||
        source_read(options, false, NULL, test, source, error) ||
        pool_start(options->threads ? options->threads : pool_available_cpus(), error))
        return -1;
    if (!options->quiet)
        printf("castnet " MODEL_VERSION ": " MODEL_NAME ", %s\n"
               "threads %d, BLAS %s; %d test images: %s\n",
               options->weights, pool_threads(), machine_blas(), test->count, source);
    return 0;
}

static int run(int argc, char **argv, struct error *error)
{
    struct options options;
    struct dataset test = {0};
    struct evaluation result = {0, 0};
    double start;
    int parsed = options_parse_eval(&options, argc, argv, error);

    if (parsed != OPTIONS_RUN)
        return parsed == OPTIONS_DONE ? 0 : -1;
    if (prepare(&options, &test, error)) {
        dataset_free(&test);
        return -1;
    }
    start = clock_seconds();
    evaluate_dataset(&test, NULL, NULL, &result);
    printf("test loss %.6f  accuracy %.2f %%", result.loss, 100 * result.accuracy);
    if (!options.quiet)
        printf("  %.0f images/s  peak memory %.0f MiB", test.count / (clock_seconds() - start),
               machine_peak_memory());
    putchar('\n');
    pool_stop();
    dataset_free(&test);
    return 0;
}

int main(int argc, char **argv)
{
    struct error error;

    if (run(argc, argv, &error)) {
        fflush(stdout);
        fprintf(stderr, "castnet: %s\n", error.text);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
