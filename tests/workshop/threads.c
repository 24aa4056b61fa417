/* Everything threads do in the runtime, for ThreadSanitizer (threads.sh). Criterion's own memory is
 * no place for it, so this is a program that says `N passed, N failed` itself. */
#include <stdio.h>
#include <string.h>

#include "data/loader.h"
#include "data/synthetic.h"
#include "platform/pool.h"

enum { UNITS = 200, JOBS = 2000, THREADS = 4 };

static int passed, failed;

static void expect(int holds, const char *what, int threads)
{
    if (holds) {
        passed++;
        return;
    }
    failed++;
    printf("%d threads: %s\n", threads, what);
}

static void count_unit(const void *args, int index, void *scratch)
{
    int *const *counts = args;
    (void)scratch;
    (*counts)[index]++;
}

/* Plain counts: an access without order between threads is what the sanitizer looks for. */
static int run_jobs(void)
{
    int counts[UNITS] = {0}, sum = 0, expected = 0;
    int *const args = counts;

    for (int job = 0; job < JOBS; job++) {
        pool_run(job % (UNITS + 1), count_unit, &args);
        expected += job % (UNITS + 1);
    }
    for (int i = 0; i < UNITS; i++)
        sum += counts[i];
    return sum == expected;
}

/* Takes an epoch's batches, with jobs while the next one is made. */
static int load(const struct dataset *dataset)
{
    const struct loader_options options = {.seed = 1,
                                           .shuffle = 1,
                                           .augment = {.crop_padding = 4,
                                                       .flip = 0.5,
                                                       .trivial_augment = 1,
                                                       .hue = 0.1,
                                                       .mixup = 1,
                                                       .cutmix = 1}};
    struct loader loader;
    struct error error;
    const uint8_t *images;
    const float *targets;
    int counts[UNITS] = {0}, *const args = counts, total = 0, n;

    if (loader_open(&loader, dataset, &options, &error) != 0)
        return 0;
    loader_start_at(&loader, 0, 0);
    while ((n = loader_next(&loader, &images, &targets)) > 0) {
        pool_run(UNITS, count_unit, &args);
        total += n;
    }
    loader_start_at(&loader, 1, 0);
    loader_close(&loader);
    return total == dataset->count;
}

int main(void)
{
    struct dataset train, test;
    struct error error;

    if (synthetic_make(1, &train, &test, &error) != 0) {
        puts(error.text);
        return 1;
    }
    for (int threads = 1; threads <= THREADS; threads++) {
        expect(pool_start(threads, &error) == 0, "starts", threads);
        expect(run_jobs(), "every unit runs once", threads);
        expect(load(&test), "every image comes once", threads);
        pool_stop();
    }
    dataset_free(&train);
    dataset_free(&test);
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
