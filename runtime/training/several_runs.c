/* several_runs.c - see several_runs.h */

#include "training/several_runs.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluation/statistics.h"
#include "platform/files.h"
#include "platform/folders.h"
#include "platform/process.h"
#include "platform/signals.h"
#include "show/report.h"
#include "training/recipe.h"

/* What a run's process leaves for the one that waits. */
struct ended {
    bool is_done, has_spoken; /* spoken: has said why it is not done */
    int test_images;
    struct run_state at;
    struct run_views views;
};

struct runs {
    struct run *run; /* as the options say; each process fills in its copy */
    int (*train)(struct run *run, int argc, char **argv);
    int argc;
    char **argv;
    uint64_t first_seed;
    int now;             /* from 0 */
    struct ended *ended; /* [run->options.runs], memory that processes share */
    uint8_t *table;      /* [table_bytes], as runs.csv was; NULL: there was none */
    size_t table_bytes;
    FILE *lock; /* of the folder; each run locks its own, too */
    struct console console;
};

static const char table_name[] = "runs.csv";
static const char table_head[] =
    "seed,best_epoch,best_accuracy,best_test_accuracy,final_epoch,final_accuracy,"
    "final_test_accuracy,best_tta_accuracy,final_tta_accuracy\n";
static const size_t table_most = (size_t)16 << 20; /* bytes */

static uint64_t seed_of(const struct runs *runs, int i)
{
    return runs->first_seed + (uint64_t)i;
}

/* ---- one run ---- */

static int make_folder_name(char path[FILES_PATH_BYTES], const char *out, uint64_t seed,
                            struct error *error)
{
    char name[32];

    snprintf(name, sizeof name, "seed-%" PRIu64, seed);
    return files_join(path, out, name, error);
}

/* In a process of its own: the options of one run, and it. */
static int train_one(void *argument)
{
    static char out[FILES_PATH_BYTES];
    struct runs *runs = argument;
    struct options *options = &runs->run->options;
    struct ended *ended = &runs->ended[runs->now];
    struct error error;
    int status;

    options->seed = seed_of(runs, runs->now);
    options->seed_given = true;
    if (make_folder_name(out, options->out, options->seed, &error)) {
        console_print(&runs->console, CONSOLE_COMPLAINT, "%s", error.text);
        ended->has_spoken = true;
        return EXIT_FAILURE;
    }
    options->out = out;
    status = runs->train(runs->run, runs->argc, runs->argv);
    ended->at = runs->run->now;
    ended->views = runs->run->views;
    ended->test_images = runs->run->test_images;
    ended->is_done = status == 0;
    ended->has_spoken = true;
    return status;
}

/* Runs it, and passes on the signals that stop this process. Returns its exit status. */
static int wait_for_one(struct runs *runs)
{
    struct process process = {0};
    bool passed_on = false;

    if (process_fork(&process, train_one, runs))
        return -1;
    while (process_is_running(&process)) {
        if (signals_caught() && !passed_on)
            passed_on = process_signal(&process, signals_caught()) == 0;
        process_pause();
    }
    return process.status;
}

/* ---- all of them ---- */

static int read_table(struct runs *runs, struct error *error)
{
    char path[FILES_PATH_BYTES];

    if (files_join(path, runs->run->options.out, table_name, error))
        return -1;
    if (!files_is_taken(path))
        return 0;
    return files_read(path, table_most, &runs->table, &runs->table_bytes, error);
}

/* A row that the table had, with as many cells as its head has now: the last are lacking in a table
 * from before there was --tta. */
static void write_row(const char *line, const char *feed, FILE *file)
{
    size_t cells = 1, wanted = 1;

    for (const char *at = line; at < feed; at++)
        cells += *at == ',';
    for (const char *at = table_head; *at; at++)
        wanted += *at == ',';
    fwrite(line, 1, (size_t)(feed - line), file);
    for (; cells < wanted; cells++)
        fputc(',', file);
    fputc('\n', file);
}

/* Rows that the table had of seeds before those of this command, or after what is done of them. */
static void write_other_rows(const struct runs *runs, bool before, FILE *file)
{
    const char *line = (const char *)runs->table, *end = line + runs->table_bytes;
    uint64_t last = seed_of(runs, runs->now);

    for (const char *next; line && line < end; line = next) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        uint64_t seed = 0;

        if (!feed)
            break;
        next = feed + 1;
        for (const char *digit = line; *digit >= '0' && *digit <= '9'; digit++)
            seed = seed * 10 + (uint64_t)(*digit - '0');
        if (*line >= '0' && *line <= '9' && (before ? seed < runs->first_seed : seed > last))
            write_row(line, feed, file);
    }
}

/* The last cells of a row, empty without --tta. */
static void write_views(FILE *file, const struct run_views *views)
{
    if (views->are_judged)
        fprintf(file, ",%.9g,%.9g\n", views->best, views->final);
    else
        fputs(",,\n", file);
}

static int save_table(const struct runs *runs, struct error *error)
{
    char path[FILES_PATH_BYTES];
    struct files_aside aside = {0};

    if (files_join(path, runs->run->options.out, table_name, error) ||
        files_open_aside(&aside, path, error))
        return -1;
    fputs(table_head, aside.file);
    write_other_rows(runs, true, aside.file);
    for (int i = 0; i <= runs->now; i++) {
        const struct run_state *at = &runs->ended[i].at;

        fprintf(aside.file, "%" PRIu64 ",%" PRId64 ",%.9g,%.9g,%" PRId64 ",%.9g,%.9g",
                seed_of(runs, i), at->best_epoch, at->best_accuracy, at->best_test_accuracy,
                at->final_epoch, at->final_accuracy, at->final_test_accuracy);
        write_views(aside.file, &runs->ended[i].views);
    }
    write_other_rows(runs, false, aside.file);
    return files_commit(&aside, error);
}

static void print_statistics(const struct runs *runs, const char *what, const double *values,
                             enum tta tta)
{
    double mean, deviation;

    statistics_of(values, runs->run->options.runs, &mean, &deviation);
    console_print(&runs->console, CONSOLE_RESULT,
                  "%s test accuracy%s%s mean %.2f %%, standard deviation %.2f %%", what,
                  tta ? " with " : "", tta_describe(tta), 100 * mean, 100 * deviation);
}

static void print_results(const struct runs *runs)
{
    int count = runs->run->options.runs;
    static double best[RUNS_MAX], final[RUNS_MAX], best_views[RUNS_MAX], final_views[RUNS_MAX];

    for (int i = 0; i < count; i++) {
        const struct run_state *at = &runs->ended[i].at;
        char best_text[STATISTICS_ACCURACY_BYTES], final_text[STATISTICS_ACCURACY_BYTES];

        best[i] = at->best_test_accuracy;
        final[i] = at->final_test_accuracy;
        best_views[i] = runs->ended[i].views.best;
        final_views[i] = runs->ended[i].views.final;
        statistics_describe_accuracy(best_text, best[i], runs->ended[i].test_images);
        statistics_describe_accuracy(final_text, final[i], runs->ended[i].test_images);
        console_print(&runs->console, CONSOLE_RESULT,
                      "seed %" PRIu64 ": test accuracy best %s (epoch %" PRId64
                      "), final %s (epoch %" PRId64 ")",
                      seed_of(runs, i), best_text, at->best_epoch, final_text, at->final_epoch);
    }
    print_statistics(runs, "best ", best, TTA_NONE);
    print_statistics(runs, "final", final, TTA_NONE);
    if (runs->run->options.tta) {
        print_statistics(runs, "best ", best_views, runs->run->options.tta);
        print_statistics(runs, "final", final_views, runs->run->options.tta);
    }
}

/* A folder may hold a finished run of the same seed from earlier, with another length or recipe. */
static int check_alike(const struct runs *runs, struct error *error)
{
    const struct run_state *first = &runs->ended[0].at, *now = &runs->ended[runs->now].at;

    struct model_recipe recipe = MODEL(recipe);

    /* with patience each run ends where it does */
    if (!recipe_load(&recipe, now->numbers) &&
        (now->final_epoch == first->final_epoch || recipe.patience) &&
        memcmp(now->numbers, first->numbers, sizeof now->numbers) == 0)
        return 0;
    return error_set(error,
                     "seed %" PRIu64 " was trained for %" PRId64 " epochs, or with other numbers "
                     "than seed %" PRIu64 ", for %" PRId64 ": means would mix them; move its "
                     "folder away, or give another --out",
                     seed_of(runs, runs->now), now->final_epoch, seed_of(runs, 0),
                     first->final_epoch);
}

/* 0 and its row in the table, or an exit status. */
static int do_one(struct runs *runs)
{
    const struct ended *ended = &runs->ended[runs->now];
    struct error error;
    int status;

    console_print(&runs->console, CONSOLE_NEWS, "%s== run %d of %d, seed %" PRIu64,
                  runs->now ? "\n" : "", runs->now + 1, runs->run->options.runs,
                  seed_of(runs, runs->now));
    status = wait_for_one(runs);
    if (!ended->has_spoken)
        console_print(&runs->console, CONSOLE_COMPLAINT,
                      "the process of run %d, seed %" PRIu64
                      ", ended with status %d; the same command with --resume goes on",
                      runs->now + 1, seed_of(runs, runs->now), status);
    if (!ended->is_done)
        return status > 0 ? status : EXIT_FAILURE;
    if (check_alike(runs, &error) == 0 && save_table(runs, &error) == 0)
        return 0;
    console_print(&runs->console, CONSOLE_COMPLAINT, "%s", error.text);
    return EXIT_FAILURE;
}

static int is_seed(const char *name, bool is_folder, void *found)
{
    if (!is_folder || strncmp(name, "seed-", 5) != 0)
        return 0;
    snprintf(found, FILES_NAME_BYTES, "%s", name);
    return 1;
}

/* To go on with runs of other seeds would begin new ones: the first seed must be given again. */
static int check_first_seed(const struct options *options, struct error *error)
{
    char path[FILES_PATH_BYTES], found[FILES_NAME_BYTES];
    struct error unused;

    if (!options->resume || options->seed_given)
        return 0;
    if (make_folder_name(path, options->out, options->seed, error))
        return -1;
    if (files_is_there(path) || folders_each(options->out, is_seed, found, &unused) != 1)
        return 0;
    return error_set(error,
                     "%s: has a run %s, but none of seed %" PRIu64 "; give --seed as for the first",
                     options->out, found, options->seed);
}

static int open_runs(struct runs *runs, struct error *error)
{
    const struct options *options = &runs->run->options;
    size_t bytes = (size_t)options->runs * sizeof *runs->ended;
    struct run_folder_earlier earlier = {0};

    if (check_first_seed(options, error) || run_folder_open(options->out, &runs->lock, error) ||
        (options->resume ? read_table(runs, error)
                         : run_folder_set_aside(options->out, RUN_FOLDER_RUNS, &earlier, error)))
        return -1;
    run_tell_earlier(&runs->console, &earlier);
    runs->ended = process_share(bytes);
    if (!runs->ended)
        return error_set(error, "no memory for the results of %d runs", options->runs);
    return 0;
}

int several_runs_train(struct run *run, int (*train)(struct run *run, int argc, char **argv),
                       int argc, char **argv)
{
    struct runs runs = {.run = run,
                        .train = train,
                        .argc = argc,
                        .argv = argv,
                        .first_seed = run->options.seed,
                        .console.quiet = run->options.quiet};
    struct error error;
    int status = 0;

    if (open_runs(&runs, &error)) {
        console_print(&runs.console, CONSOLE_COMPLAINT, "%s", error.text);
        free(runs.table);
        if (runs.lock)
            fclose(runs.lock);
        return EXIT_FAILURE;
    }
    signals_catch();
    for (; status == 0 && runs.now < run->options.runs; runs.now++) {
        status = do_one(&runs);
        if (status == 0 && signals_caught() && runs.now + 1 < run->options.runs) {
            report_stopped_runs(run, &runs.console, runs.now + 1, argc, argv);
            status = 128 + signals_caught();
        }
    }
    if (status == 0)
        print_results(&runs);
    process_unshare(runs.ended, (size_t)run->options.runs * sizeof *runs.ended);
    free(runs.table);
    fclose(runs.lock);
    return status;
}
