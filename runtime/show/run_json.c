/* run_json.c - see run_json.h */
#include "show/run_json.h"

#include <inttypes.h>
#include <string.h>

#include "data/source.h"
#include "evaluation/metrics.h"
#include "model.h"
#include "platform/clock.h"
#include "platform/files.h"
#include "platform/machine.h"
#include "platform/pool.h"
#include "show/json.h"
#include "training/recipe.h"

#if defined __VERSION__ && defined __GNUC__ && !defined __clang__
static const char compiler[] = "gcc " __VERSION__;
#elif defined __VERSION__
static const char compiler[] = __VERSION__;
#else
static const char compiler[] = "unknown";
#endif

/* A member of the object under way, of a string, an integer, or yes and no. */
static void text(FILE *file, const char *name, const char *value)
{
    fprintf(file, "    \"%s\": ", name);
    json_string(file, value);
    fputs(",\n", file);
}

static void whole(FILE *file, const char *name, int64_t value)
{
    fprintf(file, "    \"%s\": %" PRId64 ",\n", name, value);
}

static void flag(FILE *file, const char *name, bool value)
{
    fprintf(file, "    \"%s\": %s,\n", name, value ? "true" : "false");
}

/* The last member of an object, and its end. */
static void last(FILE *file, const char *name, double value)
{
    fprintf(file, "    \"%s\": ", name);
    json_number(file, value);
    fputs("\n  }", file);
}

static void print_command(FILE *file, const struct run *run)
{
    fputs("  \"command\": [", file);
    for (int i = 0; i < run->argc; i++) {
        fputs(i ? ", " : "", file);
        json_string(file, run->argv[i]);
    }
    fputs("],\n", file);
}

static void print_model(FILE *file)
{
    fputs("  \"model\": {\n", file);
    text(file, "name", MODEL_NAME);
    text(file, "spec_sha256", MODEL(spec_sha256));
    text(file, "castnet", MODEL_VERSION);
    text(file, "options", MODEL_OPTIONS);
    text(file, "compiler", compiler);
    whole(file, "parameters", MODEL_PARAMETERS);
    whole(file, "frozen", MODEL_FROZEN);
    whole(file, "classes", MODEL_CLASSES);
    fprintf(file, "    \"image\": [%d, %d, %d],\n", MODEL_CHANNELS, MODEL_HEIGHT, MODEL_WIDTH);
    last(file, "batch", MODEL_BATCH);
}

static void print_machine(FILE *file)
{
    fputs(",\n  \"machine\": {\n", file);
    text(file, "cpu", machine_cpu());
    text(file, "products", machine_products());
    whole(file, "threads", pool_threads());
    whole(file, "arena_bytes", MODEL_BYTES);
    last(file, "peak_memory_mib", machine_peak_memory());
}

static void print_data(FILE *file, const struct run *run)
{
    fputs(",\n  \"data\": {\n", file);
    text(file, "name", MODEL(data).name);
    text(file, "source", run->source);
    flag(file, "synthetic", source_is_synthetic(run->source));
    whole(file, "train_images", run->train.count);
    whole(file, "held_out_images", run->held_out.count);
    last(file, "test_images", run->test.count);
}

static void print_recipe(FILE *file, const struct run *run)
{
    const struct options *options = &run->options;

    fprintf(file, ",\n  \"recipe\": {\n    \"seed\": %" PRIu64 ",\n", options->seed);
    text(file, "init", options->init);
    text(file, "resumed", run->resumed[0] ? run->resumed : NULL);
    flag(file, "augmented", options->augment);
    flag(file, "shuffled", options->shuffle);
    flag(file, "evaluated", options->evaluate);
    whole(file, "val_split", options->val_split);
    whole(file, "steps", run->steps);
    recipe_print_json(file, &run->recipe);
    last(file, "steps_an_epoch", run->steps_an_epoch);
}

/* Of one epoch, or null where there is none. val: by the held out images. */
static void print_epoch(FILE *file, const struct run *run, const char *name, int64_t epoch,
                        double chooser, double test, double top, double views)
{
    fprintf(file, "    \"%s\": ", name);
    if (!epoch) {
        fputs("null,\n", file);
        return;
    }
    fprintf(file, "{\"epoch\": %" PRId64 ", \"val_accuracy\": ", epoch);
    if (run->held_out.count > 0)
        json_number(file, chooser);
    else
        fputs("null", file);
    fputs(", \"test_accuracy\": ", file);
    json_number(file, test);
    if (METRICS_HAVE_TOP) {
        fprintf(file, ", \"test_top%d\": ", METRICS_TOP);
        json_number(file, top);
    }
    if (run->views.are_judged) {
        fputs(", \"tta_accuracy\": ", file);
        json_number(file, views);
    }
    fputs("},\n", file);
}

static void print_results(FILE *file, const struct run *run, bool is_done)
{
    const struct run_state *now = &run->now;

    fputs(",\n  \"results\": {\n", file);
    whole(file, "step", now->step);
    whole(file, "epochs", now->epoch);
    print_epoch(file, run, "best", now->best_epoch, now->best_accuracy, now->best_test_accuracy,
                now->best_test_top, run->views.best);
    print_epoch(file, run, "final", now->final_epoch, now->final_accuracy, now->final_test_accuracy,
                now->final_test_top, run->views.final);
    text(file, "tta", tta_name(run->options.tta));
    text(file, "weights", is_done ? run->result_path : NULL);
    last(file, "seconds", clock_seconds() - run->start);
}

int run_json_save(const struct run *run, const char *status, struct error *error)
{
    struct files_aside aside = {0};
    char now[32] = "";

    if (files_open_aside(&aside, run->json_path, error))
        return -1;
    clock_print(now, sizeof now);
    fprintf(aside.file, "{\n  \"status\": \"%s\",\n  \"written\": \"%s\",\n", status, now);
    print_command(aside.file, run);
    print_model(aside.file);
    print_machine(aside.file);
    print_data(aside.file, run);
    print_recipe(aside.file, run);
    print_results(aside.file, run, strcmp(status, "done") == 0);
    fputs("\n}\n", aside.file);
    return files_commit(&aside, error);
}
