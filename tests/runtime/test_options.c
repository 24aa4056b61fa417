/* The command lines of train, eval and predict. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "model.h"
#include "options.h"

const struct model_recipe MODEL(recipe) = {
    .epochs = 20, .lr = 1e-3, .momentum = 0.9, .augment.crop_padding = 4};

enum { MAX_ARGUMENTS = 16 };

/* Splits words at spaces; '_' is an empty word. */
static int parse_with(int (*parse)(struct options *, int, char **, struct error *),
                      struct options *options, const char *words, struct error *error)
{
    static char text[512];
    static char *arguments[MAX_ARGUMENTS + 1]; /* options may point into it */
    char *at = text;
    int count = 1;

    memset(arguments, 0, sizeof arguments);
    arguments[0] = "train";
    snprintf(text, sizeof text, "%s", words);
    error->text[0] = '\0';
    for (char *word; (word = strtok_r(at, " ", &at)) && count < MAX_ARGUMENTS; count++)
        arguments[count] = strcmp(word, "_") ? word : word + 1;
    return parse(options, count, arguments, error);
}

static struct options accept(const char *words)
{
    struct options options;
    struct error error;

    cr_expect_eq(parse_with(options_parse_train, &options, words, &error), OPTIONS_RUN, "%s: %s",
                 words, error.text);
    return options;
}

static void refuse(const char *words, const char *why)
{
    struct options options;
    struct error error;

    cr_expect_eq(parse_with(options_parse_train, &options, words, &error), -1, "accepted %s",
                 words);
    cr_expect(strstr(error.text, why) != NULL, "%s: got '%s', wanted '%s'", words, error.text, why);
}

Test(options, defaults_come_from_the_recipe)
{
    struct options options = accept("");

    cr_expect_null(options.data);
    cr_expect_str_eq(options.out, "build/mock/run");
    cr_expect_eq(options.recipe.epochs, 20);
    cr_expect_eq(options.recipe.lr, 1e-3);
    cr_expect_eq(options.seed, 1);
    cr_expect_eq(options.threads, 0);
    cr_expect_eq(options.max_steps, 0);
    cr_expect(options.augment && options.shuffle && options.evaluate);
    cr_expect(!options.quiet && !options.synthetic && !options.resume);
    cr_expect(!options.seed_given);
    for (int i = 0; i < MODEL_NUMBERS; i++)
        cr_expect(!options.number_given[i]);
    cr_expect_eq(options.checkpoint_every, 0);
    cr_expect(!options.init && !options.log_steps && !options.dump_gradients);
}

Test(options, are_all_read)
{
    struct options o = accept("--data D --out=O --epochs 3 --lr 2.5e-2 --seed 18446744073709551615 "
                              "--threads 4 --init I --max-steps 9223372036854775807");

    cr_expect_str_eq(o.data, "D");
    cr_expect_str_eq(o.out, "O");
    cr_expect_eq(o.recipe.epochs, 3);
    cr_expect_eq(o.recipe.lr, 2.5e-2);
    cr_expect_eq(o.recipe.momentum, 0.9);
    cr_expect_eq(o.seed, UINT64_MAX);
    cr_expect_eq(o.threads, 4);
    cr_expect_str_eq(o.init, "I");
    cr_expect_eq(o.max_steps, INT64_MAX);
    cr_expect(o.number_given[0] && o.number_given[1] && !o.number_given[2] && o.seed_given);
    o = accept("--no-plots --no-checkpoint");
    cr_expect(!o.plots && !o.checkpoint);
    o = accept("--checkpoint-every 50 --resume");
    cr_expect(o.plots && o.checkpoint);
    cr_expect(o.resume);
    cr_expect_eq(o.checkpoint_every, 50);
    refuse("--checkpoint-every 0", "--checkpoint-every 0");
    o = accept("--no-augment --no-shuffle --no-eval --log-steps L --dump-gradients G --quiet "
               "--synthetic");
    cr_expect(!o.augment && !o.shuffle && !o.evaluate && o.quiet && o.synthetic);
    cr_expect_str_eq(o.log_steps, "L");
    cr_expect_str_eq(o.dump_gradients, "G");
}

Test(options, numbers_are_strict)
{
    static const char *const integers[] = {"_",   "0",           "-1",   "+1",
                                           "1.0", "1e3",         "0x10", "1k",
                                           "abc", "99999999999", "1,0",  "18446744073709551617"};
    static const char *const reals[] = {"_",       "-1",    "nan", "inf", "0x1p3", "1e", "1e999",
                                        "1e-9999", "1.2.3", "1f",  "--",  "e5",    "1,5"};
    char words[64];

    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++) {
        snprintf(words, sizeof words, "--threads %s", integers[i]);
        refuse(words, "give an integer from 1 to");
    }
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        snprintf(words, sizeof words, "--lr %s", reals[i]);
        refuse(words, "give a number at least 0");
    }
    refuse("--max-steps 0", "--max-steps 0");
    refuse("--max-steps 9223372036854775808", "--max-steps");
    refuse("--seed 18446744073709551616", "--seed");
    refuse("--seed -1", "--seed -1");
    cr_expect_eq(accept("--seed 0").seed, 0);
}

Test(options, mistakes_are_named)
{
    refuse("--bogus", "--bogus: unknown option");
    refuse("--quiet --bogus=3", "--bogus=3: unknown option");
    refuse("-x", "-x: unknown option");
    refuse("--epochs", "--epochs: a value must follow");
    refuse("--quiet=yes", "--quiet=yes: unknown option");
    refuse("stray", "stray: not an option");
    refuse("--quiet stray --lr 1", "stray: not an option");
    refuse("--out _", "--out: the name is empty");
    refuse("--weights W", "unknown option");
    refuse("--synthetic --data D", "exclude each other");
}

Test(options, of_eval_need_weights)
{
    struct options options;
    struct error error;

    cr_expect_eq(parse_with(options_parse_eval, &options, "--data D", &error), -1);
    cr_expect(strstr(error.text, "--weights FILE is missing") != NULL);
    cr_expect_eq(
        parse_with(options_parse_eval, &options, "--weights W --data D --threads 2", &error),
        OPTIONS_RUN, "%s", error.text);
    cr_expect_str_eq(options.weights[0], "W");
    cr_expect(options.weight_files == 1 && options.tta == TTA_NONE);
    cr_expect_eq(parse_with(options_parse_eval, &options, "--weights W --epochs 3", &error), -1);
}

static void refuse_predict(const char *words, const char *why)
{
    struct options options;
    struct error error;

    cr_expect_eq(parse_with(options_parse_predict, &options, words, &error), -1, "%s", words);
    cr_expect(strstr(error.text, why) != NULL, "%s: got '%s', wanted '%s'", words, error.text, why);
}

Test(options, of_predict)
{
    struct options options;
    struct error error;

    cr_expect_eq(
        parse_with(options_parse_predict, &options,
                   "--weights A --weights B --tta flip --record 3,0 --record 7 a.png b.jpg",
                   &error),
        OPTIONS_RUN, "%s", error.text);
    cr_expect(options.weight_files == 2 && options.tta == TTA_FLIP);
    cr_expect_str_eq(options.weights[1], "B");
    cr_expect(options.record_count == 3 && options.records[0] == 3 && options.records[1] == 0 &&
              options.records[2] == 7);
    cr_expect(options.image_count == 2);
    cr_expect_str_eq(options.images[1], "b.jpg");
    refuse_predict("--weights W", "no images");
    refuse_predict("a.png", "--weights FILE is missing");
    refuse_predict("--weights W a.png --record 3", "--record: options come before images");
    refuse_predict("--weights W --record 1,,2", "give an integer");
    refuse_predict("--weights W --record -1", "give an integer");
    refuse_predict("--weights W --record 123456789012345678", "give an integer");
    refuse_predict("--weights W --tta crop a.png", "--tta crop: give flip or flip+shift");
}

/* The mock's spec has none of these words. */
Test(options, numbers_of_words_that_the_spec_lacks)
{
    refuse("--clip-norm 1", "--clip-norm: the spec has no such number");
    refuse("--ema-decay=0.99", "--ema-decay: the spec has no such number");
    refuse("--weight-decay 0", "--weight-decay: the spec has no such number");
    refuse("--clip-norms 1", "--clip-norms: unknown option");
}

/* What the program prints for these words, in a static buffer. */
static const char *printed(int (*parse)(struct options *, int, char **, struct error *),
                           const char *words)
{
    static char text[8192];
    char path[] = "/tmp/castnet-options-XXXXXX";
    int file = mkstemp(path), saved = dup(STDOUT_FILENO);
    struct options options;
    struct error error;
    ssize_t length;

    cr_assert(file >= 0 && saved >= 0);
    fflush(stdout);
    dup2(file, STDOUT_FILENO);
    cr_expect_eq(parse_with(parse, &options, words, &error), OPTIONS_DONE);
    fflush(stdout);
    dup2(saved, STDOUT_FILENO);
    length = pread(file, text, sizeof text - 1, 0);
    close(file);
    close(saved);
    unlink(path);
    text[length > 0 ? length : 0] = '\0';
    return text;
}

static void expect_words(const char *text, const char *const *words)
{
    for (; *words; words++)
        cr_expect(strstr(text, *words) != NULL, "'%s' is not in:\n%s", *words, text);
}

Test(options, help_names_each_with_its_default)
{
    static const char *const train[] = {"--data DIR",
                                        "--out DIR",
                                        "--epochs X",
                                        "--lr X",
                                        "--seed N",
                                        "--threads N",
                                        "--init FILE",
                                        "--max-steps N",
                                        "--synthetic",
                                        "--no-augment",
                                        "--no-shuffle",
                                        "--no-eval",
                                        "--log-steps FILE",
                                        "--dump-gradients FILE",
                                        "--quiet",
                                        "--version",
                                        "--help",
                                        "default 20)",
                                        "default 0.001)",
                                        "--momentum X",
                                        "build/mock/run",
                                        "$CIFAR10_DIR",
                                        NULL};
    static const char *const eval[] = {"--weights FILE", "--data DIR", "--threads N", "--synthetic",
                                       "--quiet",        "--version",  "--help",      NULL};

    static const char *const predict[] = {"--tta KIND", "--record N[,M...]", NULL};

    expect_words(printed(options_parse_train, "--quiet --help"), train);
    expect_words(printed(options_parse_eval, "--help"), eval);
    expect_words(printed(options_parse_predict, "--help"), eval);
    expect_words(printed(options_parse_predict, "--help"), predict);
}

Test(options, version_names_the_model)
{
    cr_expect_str_eq(printed(options_parse_train, "--version"),
                     "castnet 0.1.0, mock (--batch 128)\n");
}

Test(options, several_runs_and_a_split_are_checked)
{
    cr_expect_eq(accept("").runs, 0);
    cr_expect_eq(accept("--runs 5 --val-split 5000").runs, 5);
    cr_expect_eq(accept("--val-split 5000").val_split, 5000);
    refuse("--runs 1", "from 2 to 1000");
    refuse("--runs 1001", "from 2 to 1000");
    refuse("--runs x", "from 2 to 1000");
    refuse("--val-split 0", "from 1");
    refuse("--val-split 99999999999", "from 1");
    refuse("--val-split 10 --no-eval", "--no-eval");
    refuse("--runs 2 --no-eval", "--no-eval");
    refuse("--runs 2 --log-steps a.csv", "--log-steps");
    refuse("--runs 2 --dump-gradients a", "--dump-gradients");
    refuse("--runs 3 --seed 18446744073709551614", "beyond 2^64-1");
    accept("--runs 2 --seed 18446744073709551614");
}
