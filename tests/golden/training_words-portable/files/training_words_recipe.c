/* Made by castnet 0.1.0 from training_words.lua --target portable --batch 4.
 * This file belongs to whoever made it. */
#include "training_words_recipe.h"

static const double milestones_2[] = {3, 5};

static const char *const fixed[] = {
    "    \"dampening\": 0,\n",
    "    \"decay\": \"weights\",\n",
    "    \"nesterov\": true,\n",
    "    \"schedule_parts\": [{\"schedule\": \"linear_lr\", \"begins\": 0, \"start_factor\": 0.",
    "25, \"end_factor\": 1, \"total_iters\": 0, \"per\": \"step\"}, {\"schedule\": \"multi_step",
    "\", \"begins\": 1.5, \"milestones\": [3, 5], \"gamma\": 0.1, \"per\": \"epoch\"}],\n",
    "    \"groups\": [],\n",
    "    \"lookahead\": null,\n",
    NULL,
};

const struct training_words_recipe training_words_recipe = {
    .epochs = 9,
    .optimizer = TRAINING_WORDS_SGD,
    .has_beta1 = 0,
    .lr = 0.1,
    .momentum = 0.9,
    .beta1 = 0,
    .beta2 = 0,
    .alpha = 0,
    .eps = 0,
    .weight_decay = 0.05,
    .dampening = 0,
    .nesterov = 1,
    .decay_weights_only = 1,
    .groups = "",
    .lookahead = "",
    .clip_norm = 1,
    .ema_decay = 0.9,
    .freeze_after = NULL,
    .freezes = 0,
    .drop_last = 0,
    .patience = 0,
    .warmup_epochs = 0.5,
    .schedule = "linear lr (start factor 0.25, end factor 1, total iters 0) each step, after 1.5 "
     "epochs multi step at 3, 5 (gamma 0.1) each epoch",
    .fixed = fixed,
    .parts = {
        {
            .schedule = TRAINING_WORDS_LINEAR_LR,
            .per_step = 1,
            .begins = 0,
            .start_factor = 0.25,
            .end_factor = 1,
            .total_iters = 0,
        },
        {
            .schedule = TRAINING_WORDS_MULTI_STEP,
            .per_step = 0,
            .begins = 1.5,
            .milestones = milestones_2,
            .milestone_count = 2,
            .gamma = 0.1,
        },
    },
    .augment = {
        .crop_padding = 0,
        .border = TRAINING_WORDS_BORDER_BLACK,
        .flip = 0,
        .trivial_augment = 1,
        .brightness = 0,
        .contrast = 0,
        .saturation = 0,
        .hue = 0.1,
        .cutout = 0,
        .random_erasing = 0.25,
        .erasing_scale = {0.02, 0.33},
        .erasing_ratio = {0.5, 2},
        .fill = {125, 123, 114},
        .mixup = 0,
        .cutmix = 1,
    },
    .label_smoothing = 0,
    .class_weights = NULL,
    .mean = {0.4914, 0.4822, 0.4465},
    .std = {0.247, 0.2435, 0.2616},
};

const struct training_words_whitening training_words_whitening = {
    .images = 0,
};

static const char *const data_train[] = {
    "a.bin",
    "b.bin",
};
static const char *const data_test[] = {
    "c.bin",
};
static const char *const data_names[TRAINING_WORDS_CLASSES] = {
    "one",
    "two\?\?)",
    "three",
    "four",
    "five",
};

const struct training_words_data training_words_data = {
    .name = "Two labels",
    .variable = "TWOLABELS_DIR",
    .folder = "build/data/twolabels",
    .label_bytes = 2,
    .label = 0,
    .label_size = 1,
    .records = 0,
    .train_files = 2,
    .test_files = 1,
    .train = data_train,
    .test = data_test,
    .names_file = NULL,
    .names = data_names,
};

/* Option, about, unit, what it takes, place, is it an int, limits, a word and its value. */
const struct training_words_number training_words_numbers[TRAINING_WORDS_NUMBERS] = {
    {"epochs", "length of the training, to the nearest step",
     "epochs", "a number above 0 and at most 1000000",
         offsetof(struct training_words_recipe, epochs), 0, 5e-324, 1e+06, NULL, 0},
    {"patience", "stop where so many have passed since the best by the images that `--val-split` "
     "holds out; 0: never",
     "epochs", "an integer from 0 to 1000000", offsetof(struct training_words_recipe, patience), 1,
         0, 1e+06, NULL, 0},
    {"clip-norm", "where the 2-norm of all gradients together is above this, they are scaled down "
     "to it, as `torch.nn.utils.clip_grad_norm_` does",
     "", "a number above 0", offsetof(struct training_words_recipe, clip_norm), 0, 5e-324,
         1.7976931348623157e+308, NULL, 0},
    {"ema-decay", "decay of an exponential moving average of weights and running statistics, as "
     "`AveragedModel` with `get_ema_multi_avg_fn` keeps it; the averages are what is "
     "evaluated and saved",
     "", "a number above 0 and below 1", offsetof(struct training_words_recipe, ema_decay), 0,
         5e-324, 0.9999999999999999, NULL, 0},
    {"lr", "learning rate",
     "", "a number at least 0", offsetof(struct training_words_recipe, lr), 0, 0,
         1.7976931348623157e+308, NULL, 0},
    {"momentum", "part of the last move kept",
     "", "a number above 0 and at most 1", offsetof(struct training_words_recipe, momentum), 0,
         5e-324, 1, NULL, 0},
    {"weight-decay", "times the weight is added to the gradient",
     "", "a number at least 0", offsetof(struct training_words_recipe, weight_decay), 0, 0,
         1.7976931348623157e+308, NULL, 0},
    {"warmup", "the learning rate first rises step by step in a straight line; then the "
     "schedule begins",
     "epochs", "a number from 0 to 1000000", offsetof(struct training_words_recipe, warmup_epochs),
         0, 0, 1e+06, NULL, 0},
    {"crop-padding",
     "border around the image, out of which a random crop of the image's size is cut",
     "pixels", "an integer from 0 to 256", offsetof(struct training_words_recipe,
                                                    augment.crop_padding), 1, 0, 256, NULL, 0},
    {"flip", "mirror left and right with this probability (true is 0.5); alternating: half of "
     "the images at first, then each in every other epoch",
     "", "alternating, or a number from 0 to 1", offsetof(struct training_words_recipe,
                                                          augment.flip), 0, 0, 1, "alternating",
         TRAINING_WORDS_FLIP_ALTERNATING},
    {"cutout", "side of a square at a random place that is set to the mean",
     "pixels", "an integer from 0 to 65536", offsetof(struct training_words_recipe, augment.cutout),
         1, 0, 65536, NULL, 0},
    {"random-erasing", "probability that a rectangle at a random place is set to the mean, as "
     "torchvision's `RandomErasing`",
     "", "a number from 0 to 1", offsetof(struct training_words_recipe, augment.random_erasing), 0,
         0, 1, NULL, 0},
    {"mixup", "alpha of the Beta distribution that says in which parts two images of a batch, "
     "and their targets, are mixed",
     "", "a number from 0 to 1000000", offsetof(struct training_words_recipe, augment.mixup), 0, 0,
         1e+06, NULL, 0},
    {"cutmix", "alpha of the Beta distribution that says how large a rectangle of another image "
     "of the batch is set into each, as torchvision's `CutMix`; beside mixup: one of "
     "the two for each batch, as likely as the other",
     "", "a number from 0 to 1000000", offsetof(struct training_words_recipe, augment.cutmix), 0, 0,
         1e+06, NULL, 0},
};

const char *const training_words_compiled_in[TRAINING_WORDS_COMPILED_IN] = {
    "beta1",
    "beta2",
    "eps",
    "ns-steps",
    "alpha",
    "dampening",
    "lr-factor",
    "weight-decay-factor",
    "momentum-factor",
    "step-size",
    "gamma",
    "milestones",
    "start-factor",
    "end-factor",
    "total-iters",
    "power",
    "lr-min",
    "period",
    "period-factor",
    "pct-start",
    "div-factor",
    "final-div-factor",
    "base-momentum",
    "max-momentum",
    "brightness",
    "contrast",
    "saturation",
    "hue",
    "erasing-scale",
    "erasing-ratio",
    "every",
};
