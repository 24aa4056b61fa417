/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "every_op_recipe.h"

const struct every_op_recipe every_op_recipe = {
    .epochs = 2,
    .optimizer = EVERY_OP_SGD,
    .lr = 0.1,
    .momentum = 0.9,
    .beta1 = 0,
    .beta2 = 0,
    .eps = 0,
    .weight_decay = 0.0005,
    .dampening = 0,
    .nesterov = 1,
    .decay_weights_only = 0,
    .clip_norm = 0,
    .ema_decay = 0,
    .drop_last = 0,
    .patience = 0,
    .warmup_epochs = 0,
    .schedule = "one cycle each step",
    .parts = {
        {
            .schedule = EVERY_OP_ONE_CYCLE,
            .per_step = 1,
            .begins = 0,
            .pct_start = 0.3,
            .div_factor = 25,
            .final_div_factor = 1e+04,
            .cycle_momentum = 1,
            .base_momentum = 0.85,
            .max_momentum = 0.95,
        },
    },
    .augment = {
        .crop_padding = 2,
        .border = EVERY_OP_BORDER_BLACK,
        .flip = 0.5,
        .trivial_augment = 0,
        .brightness = 0,
        .contrast = 0,
        .saturation = 0,
        .hue = 0,
        .cutout = 0,
        .random_erasing = 0,
        .erasing_scale = {0.02, 0.33},
        .erasing_ratio = {0.3, 3.3},
        .fill = {128, 128, 128},
        .mixup = 0,
        .cutmix = 0,
    },
};

const struct every_op_whitening every_op_whitening = {
    .images = 0,
};

static const char *const data_train[] = {
    "data_batch_1.bin",
    "data_batch_2.bin",
    "data_batch_3.bin",
    "data_batch_4.bin",
    "data_batch_5.bin",
};
static const char *const data_test[] = {
    "test_batch.bin",
};

const struct every_op_data every_op_data = {
    .name = "CIFAR-10",
    .variable = "CIFAR10_DIR",
    .folder = "build/data",
    .label_bytes = 1,
    .label = 0,
    .label_size = 1,
    .records = 10000,
    .train_files = 5,
    .test_files = 1,
    .train = data_train,
    .test = data_test,
    .names_file = "batches.meta.txt",
    .names = NULL,
};

/* Option, about, unit, what it takes, place, is it an int, limits, a word and its value. */
const struct every_op_number every_op_numbers[EVERY_OP_NUMBERS] = {
    {"epochs", "length of the training, to the nearest step",
     "epochs", "a number above 0 and at most 1000000", offsetof(struct every_op_recipe, epochs), 0,
         5e-324, 1e+06, NULL, 0},
    {"patience", "stop where so many have passed since the best by the images that `--val-split` "
     "holds out; 0: never",
     "epochs", "an integer from 0 to 1000000", offsetof(struct every_op_recipe, patience), 1, 0,
         1e+06, NULL, 0},
    {"lr", "learning rate",
     "", "a number at least 0", offsetof(struct every_op_recipe, lr), 0, 0, 1.7976931348623157e+308,
         NULL, 0},
    {"weight-decay", "times the weight is added to the gradient",
     "", "a number at least 0", offsetof(struct every_op_recipe, weight_decay), 0, 0,
         1.7976931348623157e+308, NULL, 0},
    {"pct-start", "part of the training that goes up",
     "", "a number above 0 and below 1", offsetof(struct every_op_recipe, parts[0].pct_start), 0,
         5e-324, 0.9999999999999999, NULL, 0},
    {"div-factor", "lr over the first learning rate",
     "", "a number above 0", offsetof(struct every_op_recipe, parts[0].div_factor), 0, 5e-324,
         1.7976931348623157e+308, NULL, 0},
    {"final-div-factor", "first learning rate over the last",
     "", "a number above 0", offsetof(struct every_op_recipe, parts[0].final_div_factor), 0, 5e-324,
         1.7976931348623157e+308, NULL, 0},
    {"base-momentum", "least momentum",
     "", "a number at least 0 and below 1", offsetof(struct every_op_recipe,
                                                     parts[0].base_momentum), 0, 0,
         0.9999999999999999, NULL, 0},
    {"max-momentum", "largest momentum",
     "", "a number at least 0 and below 1", offsetof(struct every_op_recipe, parts[0].max_momentum),
         0, 0, 0.9999999999999999, NULL, 0},
    {"warmup", "the learning rate first rises step by step in a straight line; then the "
     "schedule begins",
     "epochs", "a number from 0 to 1000000", offsetof(struct every_op_recipe, warmup_epochs), 0, 0,
         1e+06, NULL, 0},
    {"crop-padding",
     "border around the image, out of which a random crop of the image's size is cut",
     "pixels", "an integer from 0 to 256", offsetof(struct every_op_recipe, augment.crop_padding),
         1, 0, 256, NULL, 0},
    {"flip", "mirror left and right with this probability (true is 0.5); alternating: half of "
     "the images at first, then each in every other epoch",
     "", "alternating, or a number from 0 to 1", offsetof(struct every_op_recipe, augment.flip), 0,
         0, 1, "alternating", EVERY_OP_FLIP_ALTERNATING},
    {"cutout", "side of a square at a random place that is set to the mean",
     "pixels", "an integer from 0 to 65536", offsetof(struct every_op_recipe, augment.cutout), 1, 0,
         65536, NULL, 0},
    {"random-erasing", "probability that a rectangle at a random place is set to the mean, as "
     "torchvision's `RandomErasing`",
     "", "a number from 0 to 1", offsetof(struct every_op_recipe, augment.random_erasing), 0, 0, 1,
         NULL, 0},
    {"mixup", "alpha of the Beta distribution that says in which parts two images of a batch, "
     "and their targets, are mixed",
     "", "a number from 0 to 1000000", offsetof(struct every_op_recipe, augment.mixup), 0, 0, 1e+06,
         NULL, 0},
    {"cutmix", "alpha of the Beta distribution that says how large a rectangle of another image "
     "of the batch is set into each, as torchvision's `CutMix`; beside mixup: one of "
     "the two for each batch, as likely as the other",
     "", "a number from 0 to 1000000", offsetof(struct every_op_recipe, augment.cutmix), 0, 0,
         1e+06, NULL, 0},
};

const char *const every_op_compiled_in[EVERY_OP_COMPILED_IN] = {
    "beta1",
    "beta2",
    "eps",
    "momentum",
    "dampening",
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
    "brightness",
    "contrast",
    "saturation",
    "hue",
    "erasing-scale",
    "erasing-ratio",
    "clip-norm",
    "ema-decay",
};
