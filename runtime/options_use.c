/* options_use.c - the command lines of the programs that use weights, eval and predict; see
 * options.h */
#define _GNU_SOURCE

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options_parse.h"
#include "platform/pool.h"

enum option_code {
    WEIGHTS = 256, /* beyond any character, so that getopt's own codes stay apart */
    DATA,
    THREADS,
    TTA,
    RECORD,
    SYNTHETIC,
    QUIET,
    VERSION,
    HELP
};

#define COMMON_OPTIONS                                                                             \
    {"weights", required_argument, NULL, WEIGHTS}, {"data", required_argument, NULL, DATA},        \
        {"threads", required_argument, NULL, THREADS}, {"tta", required_argument, NULL, TTA},      \
        {"synthetic", no_argument, NULL, SYNTHETIC}, {"quiet", no_argument, NULL, QUIET},          \
        {"version", no_argument, NULL, VERSION},                                                   \
    {                                                                                              \
        "help", no_argument, NULL, HELP                                                            \
    }

static const struct option eval_options[] = {COMMON_OPTIONS, {NULL, 0, NULL, 0}};
static const struct option predict_options[] = {
    COMMON_OPTIONS, {"record", required_argument, NULL, RECORD}, {NULL, 0, NULL, 0}};

static void help_weights(void)
{
    puts("  --weights FILE         safetensors to use (no default); given again, the softmax of\n"
         "                         all of them is averaged\n"
         "  --tta KIND             average the softmax of several views of each image, too: flip\n"
         "                         (its mirror image) or flip+shift (both, and both shifted by a\n"
         "                         pixel up left and down right) (default: off)");
}

static void print_eval_help(void)
{
    puts("Usage: eval --weights FILE [OPTION]...\n"
         "Prints loss and accuracy of " MODEL_NAME " on the test set.\n");
    help_weights();
    options_help_data();
    puts("  --synthetic            use the built-in set of drawn images (default: off)");
    options_help_threads();
    options_help_ending();
}

static void print_predict_help(void)
{
    puts("Usage: predict --weights FILE [OPTION]... IMAGE...\n"
         "Prints the three most likely classes of each image, by " MODEL_NAME ". Images are PNG,\n"
         "JPEG, GIF or PPM files of any size.\n");
    help_weights();
    puts("  --record N[,M...]      images of the test set, from 0 (default: none)");
    options_help_data();
    puts("  --synthetic            records of the built-in set of drawn images (default: off)");
    options_help_threads();
    options_help_ending();
}

static int add_weights(struct options *o, const char *text, struct error *error)
{
    if (o->weight_files == OPTIONS_WEIGHTS_MAX)
        return error_set(error, "--weights %s: more than %d files; leave some out", text,
                         OPTIONS_WEIGHTS_MAX);
    return options_parse_text("weights", text, &o->weights[o->weight_files++], error);
}

/* Numbers with commas between them. */
static int add_records(struct options *o, const char *text, struct error *error)
{
    for (;;) {
        size_t length = strcspn(text, ",");
        char number[16];
        uint64_t value = 0;

        if (o->record_count == OPTIONS_RECORDS_MAX)
            return error_set(error, "--record: more than %d records; leave some out",
                             OPTIONS_RECORDS_MAX);
        snprintf(number, sizeof number, "%.*s", (int)(length < 15 ? length : 15), text);
        if (options_parse_unsigned("record", number, 0, INT_MAX, &value, error))
            return -1;
        o->records[o->record_count++] = (int)value;
        if (!text[length])
            return 0;
        text += length + 1;
    }
}

static int apply(struct options *o, int code, const char *text, struct error *error)
{
    switch (code) {
    case WEIGHTS:
        return add_weights(o, text, error);
    case DATA:
        return options_parse_text("data", text, &o->data, error);
    case THREADS:
        return options_parse_int("threads", text, POOL_THREADS_MAX, &o->threads, error);
    case RECORD:
        return add_records(o, text, error);
    case TTA:
        return tta_parse(text, &o->tta, error);
    case SYNTHETIC:
        o->synthetic = true;
        return 0;
    default: /* QUIET */
        o->quiet = true;
        return 0;
    }
}

static int parse(struct options *options, int argc, char **argv, const struct option *known,
                 void (*print_help)(void), struct error *error)
{
    int code, at;

    options_set_defaults(options);
    opterr = 0; /* we report */
    optind = 0; /* glibc and musl: start afresh, also after an earlier call */
    while (at = optind ? optind : 1, (code = getopt_long(argc, argv, "+:", known, NULL)) != -1) {
        if (code == ':')
            return error_set(error, "%s: a value must follow; see --help", argv[at]);
        if (code == '?')
            return error_set(error, "%s: unknown option; see --help", argv[at]);
        if (code == HELP || code == VERSION) {
            code == HELP ? print_help() : options_print_version();
            return OPTIONS_DONE;
        }
        if (apply(options, code, optarg, error))
            return -1;
    }
    options->images = argv + optind;
    options->image_count = argc - optind;
    if (options->synthetic && options->data)
        return error_set(error, "--synthetic and --data exclude each other; give one");
    return options->weight_files ? OPTIONS_RUN
                                 : error_set(error, "--weights FILE is missing; see --help");
}

int options_parse_eval(struct options *options, int argc, char **argv, struct error *error)
{
    int result = parse(options, argc, argv, eval_options, print_eval_help, error);

    if (result == OPTIONS_RUN && options->image_count)
        return error_set(error, "%s: not an option; see --help", options->images[0]);
    return result;
}

int options_parse_predict(struct options *options, int argc, char **argv, struct error *error)
{
    int result = parse(options, argc, argv, predict_options, print_predict_help, error);

    if (result == OPTIONS_RUN && !options->image_count && !options->record_count)
        return error_set(error, "no images; name files, or records with --record; see --help");
    for (int i = 0; result == OPTIONS_RUN && i < options->image_count; i++)
        if (strncmp(options->images[i], "--", 2) == 0)
            return error_set(error, "%s: options come before images; see --help",
                             options->images[i]);
    return result;
}
