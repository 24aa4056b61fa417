/* options_train.c - the command line of train; see options.h */
#define _GNU_SOURCE

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "options_parse.h"
#include "platform/pool.h"
#include "training/recipe.h"

enum option_code {
    DATA = 256, /* beyond any character, so that getopt's own codes stay apart */
    OUT,
    SEED,
    THREADS,
    INIT,
    RUNS,
    VAL_SPLIT,
    MAX_STEPS,
    SYNTHETIC,
    NO_AUGMENT,
    NO_SHUFFLE,
    NO_EVAL,
    CHECKPOINT_EVERY,
    RESUME,
    NO_CHECKPOINT,
    NO_PLOTS,
    LOG_STEPS,
    DUMP_GRADIENTS,
    TTA,
    QUIET,
    VERSION,
    HELP,
    NUMBER /* and those after it: the numbers of the recipe */
};

static const struct option train_options[] = {
    {"data", required_argument, NULL, DATA},
    {"out", required_argument, NULL, OUT},
    {"seed", required_argument, NULL, SEED},
    {"threads", required_argument, NULL, THREADS},
    {"init", required_argument, NULL, INIT},
    {"runs", required_argument, NULL, RUNS},
    {"val-split", required_argument, NULL, VAL_SPLIT},
    {"max-steps", required_argument, NULL, MAX_STEPS},
    {"synthetic", no_argument, NULL, SYNTHETIC},
    {"no-augment", no_argument, NULL, NO_AUGMENT},
    {"no-shuffle", no_argument, NULL, NO_SHUFFLE},
    {"no-eval", no_argument, NULL, NO_EVAL},
    {"checkpoint-every", required_argument, NULL, CHECKPOINT_EVERY},
    {"resume", no_argument, NULL, RESUME},
    {"no-checkpoint", no_argument, NULL, NO_CHECKPOINT},
    {"no-plots", no_argument, NULL, NO_PLOTS},
    {"log-steps", required_argument, NULL, LOG_STEPS},
    {"dump-gradients", required_argument, NULL, DUMP_GRADIENTS},
    {"tta", required_argument, NULL, TTA},
    {"quiet", no_argument, NULL, QUIET},
    {"version", no_argument, NULL, VERSION},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static void print_train_help(void)
{
    puts("Usage: train [OPTION]...\n"
         "Trains " MODEL_NAME " and writes its weights as safetensors that PyTorch can load.\n");
    options_help_data();
    puts("  --synthetic            train on the built-in set of drawn images\n"
         "                         (default: only if there is no folder of data)\n"
         "  --out DIR              folder for weights, checkpoints and logs, made if missing\n"
         "                         (default: build/" MODEL_NAME "/run)");
    puts("  --seed N               of weights, shuffling, augmentation and dropout,\n"
         "                         0 to 2^64-1 (default: 1)");
    options_help_threads();
    puts(
        "  --init FILE            safetensors to start from; a checkpoint to --resume has newer\n"
        "                         weights (default: random values)\n"
        "  --runs N               train N times, 2 to 1000, with seeds from --seed on, each into "
        "its\n"
        "                         own folder in --out; then mean and standard deviation of the\n"
        "                         test accuracies (default: one run)\n"
        "  --val-split N          hold out N training images, the same share of each class, and\n"
        "                         choose the best epoch by them (default: by the test set)\n"
        "  --max-steps N          stop after N steps of one batch (default: no limit)\n"
        "  --tta KIND             test accuracy at the end over several views of each image, too:\n"
        "                         flip (its mirror image) or flip+shift (both, and both shifted\n"
        "                         by a pixel up left and down right) (default: of images alone)\n"
        "  --checkpoint-every N   a checkpoint every N steps too (default: after each epoch,\n"
        "                         and when stopped by SIGINT, SIGTERM or SIGHUP)\n"
        "  --resume               go on from the newest checkpoint in --out as if never stopped;\n"
        "                         what the run was begun with need not be given again\n"
        "                         (default: a new run; files of an earlier one are moved to\n"
        "                         the folder \"earlier\" in --out)\n"
        "  --no-augment           training images as they are (default: as the spec says)\n"
        "  --no-shuffle           images in the order of the files (default: shuffled)\n"
        "  --no-eval              no test set, so no best.safetensors (default: each epoch)\n"
        "  --no-checkpoint        no checkpoints (default: as above)\n"
        "  --no-plots             no PNGs by gnuplot (default: after each epoch)\n"
        "  --log-steps FILE       CSV of step, loss and accuracy for each step (default: none)\n"
        "  --dump-gradients FILE  safetensors of the last step's gradients (default: none)");
    options_help_ending();
    puts("\nNumbers of the recipe:");
    recipe_print_help();
}

static int apply_number(struct options *o, int code, const char *name, const char *text,
                        struct error *error)
{
    uint64_t wide = 0;

    switch (code) {
    case THREADS:
        return options_parse_int(name, text, POOL_THREADS_MAX, &o->threads, error);
    case RUNS:
        if (options_parse_unsigned(name, text, 2, RUNS_MAX, &wide, error))
            return -1;
        o->runs = (int)wide;
        return 0;
    case VAL_SPLIT:
        return options_parse_int(name, text, INT_MAX, &o->val_split, error);
    case SEED:
        o->seed_given = true;
        return options_parse_unsigned(name, text, 0, UINT64_MAX, &o->seed, error);
    default: /* MAX_STEPS, CHECKPOINT_EVERY */
        if (options_parse_unsigned(name, text, 1, INT64_MAX, &wide, error))
            return -1;
        *(code == MAX_STEPS ? &o->max_steps : &o->checkpoint_every) = (int64_t)wide;
        return 0;
    }
}

static void apply_switch(struct options *o, int code)
{
    switch (code) {
    case SYNTHETIC:
        o->synthetic = true;
        break;
    case NO_AUGMENT:
        o->augment = false;
        break;
    case NO_SHUFFLE:
        o->shuffle = false;
        break;
    case NO_EVAL:
        o->evaluate = false;
        break;
    case RESUME:
        o->resume = true;
        break;
    case NO_CHECKPOINT:
        o->checkpoint = false;
        break;
    case NO_PLOTS:
        o->plots = false;
        break;
    default: /* QUIET */
        o->quiet = true;
    }
}

static int apply(struct options *o, int code, const char *name, const char *text,
                 struct error *error)
{
    if (code >= NUMBER) {
        o->number_given[code - NUMBER] = true;
        return recipe_set(&o->recipe, code - NUMBER, text, error);
    }
    switch (code) {
    case DATA:
        return options_parse_text(name, text, &o->data, error);
    case OUT:
        return options_parse_text(name, text, &o->out, error);
    case INIT:
        return options_parse_text(name, text, &o->init, error);
    case LOG_STEPS:
        return options_parse_text(name, text, &o->log_steps, error);
    case DUMP_GRADIENTS:
        return options_parse_text(name, text, &o->dump_gradients, error);
    case TTA:
        return tta_parse(text, &o->tta, error);
    case SYNTHETIC:
    case NO_AUGMENT:
    case NO_SHUFFLE:
    case NO_EVAL:
    case RESUME:
    case NO_CHECKPOINT:
    case NO_PLOTS:
    case QUIET:
        apply_switch(o, code);
        return 0;
    default:
        return apply_number(o, code, name, text, error);
    }
}

/* An option of no table: unknown, or a number that is compiled in. */
static int refuse_unknown(const char *option, struct error *error)
{
    for (int i = 0; i < MODEL_COMPILED_IN; i++) {
        const char *name = MODEL(compiled_in)[i];
        size_t length = strlen(name);

        if (!strncmp(option, "--", 2) && !strncmp(option + 2, name, length) &&
            strchr("=", option[2 + length]))
            return error_set(error,
                             "--%s: the spec has no such number that could vary; add it there and "
                             "make the trainer anew",
                             name);
    }
    return error_set(error, "%s: unknown option; see --help", option);
}

/* Options that make no sense together. */
static int check_together(const struct options *o, struct error *error)
{
    if (o->synthetic && o->data)
        return error_set(error, "--synthetic and --data exclude each other; give one");
    if (o->val_split && !o->evaluate)
        return error_set(error, "--val-split chooses the best epoch, which --no-eval leaves out; "
                                "give one");
    if (o->tta && !o->evaluate)
        return error_set(error, "--tta is for the test set, which --no-eval leaves out; give one");
    if (o->runs && !o->evaluate)
        return error_set(error, "--runs compares test accuracies, which --no-eval leaves out; give "
                                "one");
    if (o->runs && (o->log_steps || o->dump_gradients))
        return error_set(error,
                         "--runs: each run would write over the --%s of the one before; "
                         "leave it out",
                         o->log_steps ? "log-steps" : "dump-gradients");
    if (o->runs && o->seed > UINT64_MAX - (uint64_t)(o->runs - 1))
        return error_set(error,
                         "--seed %llu: the seeds of %d runs would go beyond 2^64-1; give a "
                         "smaller one",
                         (unsigned long long)o->seed, o->runs);
    return 0;
}

static int parse(struct options *options, int argc, char **argv, const struct option *known,
                 struct error *error)
{
    int code, index = 0, at;

    options_set_defaults(options);
    opterr = 0; /* we report */
    optind = 0; /* glibc and musl: start afresh, also after an earlier call */
    while (at = optind ? optind : 1, (code = getopt_long(argc, argv, "+:", known, &index)) != -1) {
        if (code == ':')
            return error_set(error, "%s: a value must follow; see --help", argv[at]);
        if (code == '?')
            return refuse_unknown(argv[at], error);
        if (code == HELP || code == VERSION) {
            code == HELP ? print_train_help() : options_print_version();
            return OPTIONS_DONE;
        }
        if (apply(options, code, known[index].name, optarg, error))
            return -1;
    }
    if (optind < argc)
        return error_set(error, "%s: not an option; see --help", argv[optind]);
    if (check_together(options, error))
        return -1;
    return recipe_check(&options->recipe, options->number_given, error) ? -1 : OPTIONS_RUN;
}

int options_parse_train(struct options *options, int argc, char **argv, struct error *error)
{
    enum { FIXED = sizeof train_options / sizeof *train_options };
    struct option known[FIXED + MODEL_NUMBERS];

    for (int i = 0; i < MODEL_NUMBERS; i++)
        known[i] = (struct option){MODEL(numbers)[i].option, required_argument, NULL, NUMBER + i};
    memcpy(known + MODEL_NUMBERS, train_options, sizeof train_options);
    return parse(options, argc, argv, known, error);
}
