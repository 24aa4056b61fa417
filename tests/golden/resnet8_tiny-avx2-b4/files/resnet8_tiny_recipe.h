/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef RESNET8_TINY_RECIPE_H
#define RESNET8_TINY_RECIPE_H

#include "resnet8_tiny.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { RESNET8_TINY_NUMBERS = 13, RESNET8_TINY_COMPILED_IN = 32, RESNET8_TINY_PARTS = 1 };
/* Does the spec have the word? */
enum { RESNET8_TINY_TRIVIAL_AUGMENT = 0, RESNET8_TINY_COLOR_JITTER = 0,
      RESNET8_TINY_WHITENING = 0 };

enum resnet8_tiny_optimizer { RESNET8_TINY_SGD, RESNET8_TINY_ADAM, RESNET8_TINY_ADAMW,
                             RESNET8_TINY_LION, RESNET8_TINY_MUON, RESNET8_TINY_RMSPROP };
enum resnet8_tiny_schedule {
    RESNET8_TINY_CONSTANT,
    RESNET8_TINY_STEP,
    RESNET8_TINY_MULTI_STEP,
    RESNET8_TINY_EXPONENTIAL,
    RESNET8_TINY_LINEAR_LR,
    RESNET8_TINY_POLYNOMIAL,
    RESNET8_TINY_COSINE,
    RESNET8_TINY_COSINE_RESTARTS,
    RESNET8_TINY_ONE_CYCLE
};

/* What is done to training images, in this order. All 0: nothing. */
enum resnet8_tiny_border { RESNET8_TINY_BORDER_BLACK, RESNET8_TINY_BORDER_REFLECT };
enum { RESNET8_TINY_FLIP_ALTERNATING = 2 };
struct resnet8_tiny_augment {
    int crop_padding;             /* random crop out of the image with a border of so many pixels */
    enum resnet8_tiny_border border; /* RESNET8_TINY_BORDER_REFLECT: mirrored at the edge, whose
                                      * pixels are not repeated */
    double flip;                  /* probability of mirroring left and right; or
                                   * RESNET8_TINY_FLIP_ALTERNATING: half of the images in the first
                                   * epoch, then each image in every other epoch */
    int trivial_augment;          /* 1: one operation of torchvision's TrivialAugmentWide */
    double brightness, contrast, saturation, hue; /* how far they may move: torchvision's
                                                   * ColorJitter */
    int cutout;                   /* side of a square around a random pixel, which is set to
                                   * `fill` */
    double random_erasing;        /* probability that a random rectangle is set to `fill` */
    double erasing_scale[2];      /* least and most of its area, in parts of the image's */
    double erasing_ratio[2];      /* the same of its height / width */
    uint8_t fill[RESNET8_TINY_CHANNELS]; /* bytes nearest to the mean: at most half a grey level
                                          * from 0 as normalised */
    double mixup;                 /* alpha: images are mixed in parts of Beta(alpha, alpha) */
    double cutmix;                /* alpha: a rectangle is another image's, and Beta(alpha, alpha)
                                   * the image's own; beside mixup: either, by batch */
};

/* A part of the run and how lr moves in it. A unit is an epoch or, with per_step, a step; it counts
 * from where the part begins, as all that a schedule remembers does. A schedule has the members
 * that are PyTorch's arguments of it. */
struct resnet8_tiny_part {
    enum resnet8_tiny_schedule schedule;
    int per_step;
    double begins;                /* epochs after the warm-up; the first part's is 0 */
    int step_size;                /* RESNET8_TINY_STEP: lr *= gamma every step_size units */
    const double *milestones;     /* RESNET8_TINY_MULTI_STEP: lr *= gamma at each, rising, in units,
                                   * to the nearest step */
    int milestone_count;
    double gamma;                 /* RESNET8_TINY_EXPONENTIAL: lr *= gamma every unit */
    double start_factor, end_factor; /* RESNET8_TINY_LINEAR_LR: of lr */
    double power;                 /* RESNET8_TINY_POLYNOMIAL */
    int total_iters;              /* of both: units; 0: as many as the part has */
    double lr_min;                /* eta_min of cosines; T_max is the whole part */
    int period, period_factor;    /* RESNET8_TINY_COSINE_RESTARTS: T_0 in units, T_mult */
    double pct_start, div_factor, final_div_factor, base_momentum, max_momentum;
    int cycle_momentum;           /* RESNET8_TINY_ONE_CYCLE; lr is max_lr */
};

/* A stage of freezing: after so many epochs, to the nearest step, these parameters stay. */
struct resnet8_tiny_freeze {
    double epochs;
    const char *names;            /* with commas between them */
};

/* The train table of the spec: the trainer's defaults. Terms and meanings are PyTorch's. */
struct resnet8_tiny_recipe {
    double epochs;                /* of them as many steps as are nearest */
    enum resnet8_tiny_optimizer optimizer;
    int has_beta1;                /* 1: its momentum is called beta1 */
    double lr, momentum, beta1, beta2, alpha, eps, weight_decay, dampening;
    int nesterov;
    int decay_weights_only;       /* 1: weight decay spares biases and the parameters of batch
                                   * norms */
    const char *groups;           /* parameters that move otherwise, in words; "": none */
    const char *lookahead;        /* slow weights, in words; "": none */
    double clip_norm;             /* bound on the norm of all gradients; 0: the spec has no such
                                   * word */
    double ema_decay;             /* of the moving average of weights; 0: the spec has no such
                                   * word */
    const struct resnet8_tiny_freeze *freeze_after; /* stages in their order; NULL: none */
    int freezes;                  /* how many */
    int drop_last;                /* 1: an epoch has whole batches alone */
    int patience;                 /* epochs since the best by held out images after which training
                                   * stops; 0: none */
    double warmup_epochs;         /* lr rises by steps in a straight line before the schedule; 0:
                                   * none */
    const char *schedule;         /* in words, but for what resnet8_tiny_numbers has */
    const char *const *fixed;     /* what no option changes: texts that make members of an object in
                                   * JSON, each with a comma; NULL ends them */
    struct resnet8_tiny_part parts[RESNET8_TINY_PARTS]; /* one after the other */
    struct resnet8_tiny_augment augment;
    double label_smoothing;
    const double *class_weights;  /* [RESNET8_TINY_CLASSES]: factors in the loss, whose mean is over
                                   * those of the labels; NULL: none */
    /* of images, with pixels from 0 to 1 */
    double mean[RESNET8_TINY_CHANNELS], std[RESNET8_TINY_CHANNELS];
};
extern const struct resnet8_tiny_recipe resnet8_tiny_recipe;

/* The weight that the trainer makes of training images before the first step: filters that whiten
 * their patches. */
struct resnet8_tiny_whitening {
    int tensor;                   /* its place in resnet8_tiny_tensors */
    int images;                   /* the first so many; 0: the spec has no such word */
    double eps;                   /* added to each variance */
    int dilation[2];              /* of a patch, as of the convolution */
};
extern const struct resnet8_tiny_whitening resnet8_tiny_whitening;

/* The class of an image, from 0 to RESNET8_TINY_CLASSES - 1. */
typedef uint8_t resnet8_tiny_label;

/* The data set. A file is records of label_bytes bytes and an image [channels][height][width]. */
struct resnet8_tiny_data {
    const char *name;             /* "CIFAR-10" */
    const char *variable;         /* of the environment: may name the folder of the files */
    const char *folder;           /* theirs where it doesn't */
    int label_bytes;
    int label;                    /* where in them the class begins, from 0 */
    int label_size;               /* bytes of the class: 1, or 2, the lower first */
    int records;                  /* in each file; 0: as many as its size says */
    int train_files, test_files;
    const char *const *train, *const *test;
    const char *names_file;       /* a class name a line; NULL: none */
    const char *const *names;     /* [RESNET8_TINY_CLASSES]; NULL: none */
};
extern const struct resnet8_tiny_data resnet8_tiny_data;

/* A number of the recipe that the trainer's command line may change: --lr X. Those that the code is
 * compiled for are not among them. */
struct resnet8_tiny_number {
    const char *option; /* without the dashes */
    const char *about, *unit, *takes; /* "learning rate", "" for none, "a number at least 0" */
    size_t offset;      /* of the member of struct resnet8_tiny_recipe */
    int is_int;         /* else it is a double */
    double low, high;   /* limits, both allowed */
    const char *word;   /* may stand for word_value; NULL: none */
    double word_value;
};
extern const struct resnet8_tiny_number resnet8_tiny_numbers[RESNET8_TINY_NUMBERS];

/* What the options of all other numbers would be called: the spec alone says them. */
extern const char *const resnet8_tiny_compiled_in[RESNET8_TINY_COMPILED_IN];

#ifdef __cplusplus
}
#endif

#endif
