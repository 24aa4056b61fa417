/* options.h - the command lines of train, eval and predict */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "evaluation/tta.h"
#include "model.h"

enum { OPTIONS_WEIGHTS_MAX = 64, OPTIONS_RECORDS_MAX = 256, RUNS_MAX = 1000 };

struct options {
    const char *data;           /* folder, or NULL: see source.h */
    const char *out;            /* folder for weights */
    const char *init;           /* safetensors to start from, or NULL */
    const char *log_steps;      /* CSV, or NULL */
    const char *dump_gradients; /* safetensors, or NULL */
    /* of eval and predict */
    const char *weights[OPTIONS_WEIGHTS_MAX]; /* safetensors whose softmax is averaged */
    int weight_files;
    enum tta tta; /* average over several views of an image; of train, too */
    int records[OPTIONS_RECORDS_MAX], record_count; /* predict: of the test set */
    char **images;                                  /* predict: image files */
    int image_count;

    uint64_t seed;
    int threads;              /* 0: the CPUs of this process */
    int val_split;            /* training images held out; 0: none */
    int runs;                 /* with seeds from `seed` on; 0: one, without a folder for each */
    int64_t max_steps;        /* 0: no limit */
    int64_t checkpoint_every; /* steps; 0: after every epoch only */
    bool augment, shuffle, evaluate, quiet, synthetic, resume, checkpoint, plots;
    bool seed_given;                  /* not the default */
    struct model_recipe recipe;       /* the spec's, with the numbers given */
    bool number_given[MODEL_NUMBERS]; /* the others are the spec's */
};

enum options_result { OPTIONS_RUN, OPTIONS_DONE /* --help or --version was printed */ };

/* Reads the command line of the trainer. OPTIONS_RUN, OPTIONS_DONE, or -1 and an error. Strings
 * point into argv or the environment. */
int options_parse_train(struct options *options, int argc, char **argv, struct error *error);

/* The same for the programs that use weight files. */
int options_parse_eval(struct options *options, int argc, char **argv, struct error *error);
int options_parse_predict(struct options *options, int argc, char **argv, struct error *error);

#endif
