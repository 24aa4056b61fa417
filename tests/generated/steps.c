/* Steps and evaluations, printed to the last bit: two builds that print the same compute the same.
 *
 *   steps [N]      N images at most, else full batches and partial ones */
#include "drive.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int failures;

static void report(const char *what, int n, struct model_result result)
{
    printf("%s of %d: loss %a, %d correct, logits", what, n, result.loss, result.correct);
    for (int class = 0; class < MODEL_CLASSES; class ++) {
        printf(" %a", (double)MODEL(logits)(context)[(n - 1) * MODEL_CLASSES + class]);
    }
    printf("\n");
    if (!isfinite(result.loss)) {
        const char *name = MODEL(first_nonfinite)(context, n);
        printf("    not finite: %s\n", name ? name : "nothing");
        failures++;
    }
}

int main(int argc, char **argv)
{
    int most = argc > 1 ? atoi(argv[1]) : MODEL_BATCH;
    int few = most > 3 ? most * 5 / 8 : most;
    struct error error;
    if (context_open(&error)) {
        printf("open failed\n");
        return 2;
    }
    drive_start();
    report("step", most, drive_step(most));
    report("evaluation", few, drive_evaluate(few));
    report("step", few, drive_step(few));
    report("step", most, drive_step(most));
    report("evaluation", most, drive_evaluate(most));
    drive_print();
    return failures > 0;
}
