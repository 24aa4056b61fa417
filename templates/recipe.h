//- recipe.h: what a trainer wants to know beside the network; becomes PREFIX_recipe.h.
@(header)
#ifndef @(PREFIX)_RECIPE_H
#define @(PREFIX)_RECIPE_H

#include "@(prefix).h"

#ifdef __cplusplus
extern "C" {
#endif

enum { @(PREFIX)_NUMBERS = @(#numbers), @(PREFIX)_COMPILED_IN = @(#compiled_in), @(PREFIX)_PARTS = @(#parts) };
/* Does the spec have the word? */
enum { @(PREFIX)_TRIVIAL_AUGMENT = @(trivial_augment), @(PREFIX)_COLOR_JITTER = @(color_jitter), @(PREFIX)_WHITENING = @(has_whitening) };

enum @(prefix)_optimizer { @(PREFIX)_SGD, @(PREFIX)_ADAM, @(PREFIX)_ADAMW, @(PREFIX)_LION, @(PREFIX)_MUON, @(PREFIX)_RMSPROP };
enum @(prefix)_schedule {
//: for _, name in ipairs(schedules) do
    @(name)
//: end
};

/* What is done to training images, in this order. All 0: nothing. */
enum @(prefix)_border { @(PREFIX)_BORDER_BLACK, @(PREFIX)_BORDER_REFLECT };
enum { @(PREFIX)_FLIP_ALTERNATING = 2 };
struct @(prefix)_augment {
    int crop_padding;             /* random crop out of the image with a border of so many pixels */
    enum @(prefix)_border border; /* @(PREFIX)_BORDER_REFLECT: mirrored at the edge, whose pixels are not repeated */
    double flip;                  /* probability of mirroring left and right; or @(PREFIX)_FLIP_ALTERNATING: half
                                   * of the images in the first epoch, then each image in every other epoch */
    int trivial_augment;          /* 1: one operation of torchvision's TrivialAugmentWide */
    double brightness, contrast, saturation, hue; /* how far they may move: torchvision's ColorJitter */
    int cutout;                   /* side of a square around a random pixel, which is set to `fill` */
    double random_erasing;        /* probability that a random rectangle is set to `fill` */
    double erasing_scale[2];      /* least and most of its area, in parts of the image's */
    double erasing_ratio[2];      /* the same of its height / width */
    uint8_t fill[@(PREFIX)_CHANNELS]; /* bytes nearest to the mean: at most half a grey level from 0 as normalised */
    double mixup;                 /* alpha: images are mixed in parts of Beta(alpha, alpha) */
    double cutmix;                /* alpha: a rectangle is another image's, and Beta(alpha, alpha) the image's own;
                                   * beside mixup: either, by batch */
};

/* A part of the run and how lr moves in it. A unit is an epoch or, with per_step, a step; it counts from where the part
 * begins, as all that a schedule remembers does. A schedule has the members that are PyTorch's arguments of it. */
struct @(prefix)_part {
    enum @(prefix)_schedule schedule;
    int per_step;
    double begins;                /* epochs after the warm-up; the first part's is 0 */
    int step_size;                /* @(PREFIX)_STEP: lr *= gamma every step_size units */
    const double *milestones;     /* @(PREFIX)_MULTI_STEP: lr *= gamma at each, rising, in units, to the nearest step */
    int milestone_count;
    double gamma;                 /* @(PREFIX)_EXPONENTIAL: lr *= gamma every unit */
    double start_factor, end_factor; /* @(PREFIX)_LINEAR_LR: of lr */
    double power;                 /* @(PREFIX)_POLYNOMIAL */
    int total_iters;              /* of both: units; 0: as many as the part has */
    double lr_min;                /* eta_min of cosines; T_max is the whole part */
    int period, period_factor;    /* @(PREFIX)_COSINE_RESTARTS: T_0 in units, T_mult */
    double pct_start, div_factor, final_div_factor, base_momentum, max_momentum;
    int cycle_momentum;           /* @(PREFIX)_ONE_CYCLE; lr is max_lr */
};

/* A stage of freezing: after so many epochs, to the nearest step, these parameters stay. */
struct @(prefix)_freeze {
    double epochs;
    const char *names;            /* with commas between them */
};

/* The train table of the spec: the trainer's defaults. Terms and meanings are PyTorch's. */
struct @(prefix)_recipe {
    double epochs;                /* of them as many steps as are nearest */
    enum @(prefix)_optimizer optimizer;
    int has_beta1;                /* 1: its momentum is called beta1 */
    double lr, momentum, beta1, beta2, alpha, eps, weight_decay, dampening;
    int nesterov;
    int decay_weights_only;       /* 1: weight decay spares biases and the parameters of batch norms */
    const char *groups;           /* parameters that move otherwise, in words; "": none */
    const char *lookahead;        /* slow weights, in words; "": none */
    double clip_norm;             /* bound on the norm of all gradients; 0: the spec has no such word */
    double ema_decay;             /* of the moving average of weights; 0: the spec has no such word */
    const struct @(prefix)_freeze *freeze_after; /* stages in their order; NULL: none */
    int freezes;                  /* how many */
    int drop_last;                /* 1: an epoch has whole batches alone */
    int patience;                 /* epochs since the best by held out images after which training stops; 0: none */
    double warmup_epochs;         /* lr rises by steps in a straight line before the schedule; 0: none */
    const char *schedule;         /* in words, but for what @(prefix)_numbers has */
    const char *const *fixed;     /* what no option changes: texts that make members of an object in JSON, each with a comma; NULL ends them */
    struct @(prefix)_part parts[@(PREFIX)_PARTS]; /* one after the other */
    struct @(prefix)_augment augment;
    double label_smoothing;
    const double *class_weights;  /* [@(PREFIX)_CLASSES]: factors in the loss, whose mean is over those of the labels; NULL: none */
    double mean[@(PREFIX)_CHANNELS], std[@(PREFIX)_CHANNELS]; /* of images, with pixels from 0 to 1 */
};
extern const struct @(prefix)_recipe @(prefix)_recipe;

/* The weight that the trainer makes of training images before the first step: filters that whiten their patches. */
struct @(prefix)_whitening {
    int tensor;                   /* its place in @(prefix)_tensors */
    int images;                   /* the first so many; 0: the spec has no such word */
    double eps;                   /* added to each variance */
    int dilation[2];              /* of a patch, as of the convolution */
};
extern const struct @(prefix)_whitening @(prefix)_whitening;

/* The class of an image, from 0 to @(PREFIX)_CLASSES - 1. */
typedef @(label_type) @(prefix)_label;

/* The data set. A file is records of label_bytes bytes and an image [channels][height][width]. */
struct @(prefix)_data {
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
    const char *const *names;     /* [@(PREFIX)_CLASSES]; NULL: none */
};
extern const struct @(prefix)_data @(prefix)_data;

/* A number of the recipe that the trainer's command line may change: --lr X. Those that the code is compiled
 * for are not among them. */
struct @(prefix)_number {
    const char *option; /* without the dashes */
    const char *about, *unit, *takes; /* "learning rate", "" for none, "a number at least 0" */
    size_t offset;      /* of the member of struct @(prefix)_recipe */
    int is_int;         /* else it is a double */
    double low, high;   /* limits, both allowed */
    const char *word;   /* may stand for word_value; NULL: none */
    double word_value;
};
extern const struct @(prefix)_number @(prefix)_numbers[@(PREFIX)_NUMBERS];

/* What the options of all other numbers would be called: the spec alone says them. */
extern const char *const @(prefix)_compiled_in[@(PREFIX)_COMPILED_IN];

#ifdef __cplusplus
}
#endif

#endif
