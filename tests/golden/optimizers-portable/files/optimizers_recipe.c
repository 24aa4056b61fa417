/* Made by castnet 0.1.0 from optimizers.lua --target portable --batch 4.
 * This file belongs to whoever made it. */
#include "optimizers_recipe.h"

static const char *const fixed[] = {
    "    \"decay\": \"all\",\n",
    "    \"amsgrad\": true,\n",
    "    \"schedule_parts\": [{\"schedule\": \"constant\", \"begins\": 0, \"per\": \"step\"}],\n",
    "    \"groups\": [{\"parameters\": [\"a.weight\", \"b.weight\"], \"lr_factor\": 24, \"optim",
    "izer\": \"muon\", \"momentum\": 0.6, \"nesterov\": true, \"weight_decay\": 0, \"decay\": ",
    "\"all\", \"ns_steps\": 3, \"eps\": 1e-07, \"normalize_weights\": true, \"adjust_lr\": \"no",
    "ne\"}, {\"parameters\": [\"b.bias\"], \"lr_factor\": 0.01, \"optimizer\": \"lion\", \"beta",
    "1\": 0.9, \"beta2\": 0.99, \"weight_decay\": 0, \"decay\": \"all\"}, {\"parameters\": [\"b",
    "n.*\"], \"lr_factor\": 64, \"weight_decay_factor\": 0, \"momentum_factor\": 1}],\n",
    "    \"lookahead\": {\"every\": 5, \"alpha\": 0.2262190625, \"power\": 3, \"statistics\": t",
    "rue},\n",
    NULL,
};

const struct optimizers_recipe optimizers_recipe = {
    .epochs = 9,
    .optimizer = OPTIMIZERS_ADAMW,
    .has_beta1 = 1,
    .lr = 0.01,
    .momentum = 0,
    .beta1 = 0.9,
    .beta2 = 0.999,
    .alpha = 0,
    .eps = 1e-08,
    .weight_decay = 0.05,
    .dampening = 0,
    .nesterov = 0,
    .decay_weights_only = 0,
    .groups = "a.weight, b.weight: muon, learning rate x 24; b.bias: lion, learning rate x "
     "0.01; bn.*: learning rate x 64, weight decay x 0",
    .lookahead = "every 5 steps, alpha 0.2262190625, power 3",
    .clip_norm = 1,
    .ema_decay = 0.9,
    .freeze_after = NULL,
    .freezes = 0,
    .drop_last = 0,
    .patience = 0,
    .warmup_epochs = 0,
    .schedule = "constant each step",
    .fixed = fixed,
    .parts = {
        {
            .schedule = OPTIMIZERS_CONSTANT,
            .per_step = 1,
            .begins = 0,
        },
    },
    .augment = {
        .crop_padding = 0,
        .border = OPTIMIZERS_BORDER_BLACK,
        .flip = 0,
        .trivial_augment = 0,
        .brightness = 0,
        .contrast = 0,
        .saturation = 0,
        .hue = 0,
        .cutout = 0,
        .random_erasing = 0,
        .erasing_scale = {0.02, 0.33},
        .erasing_ratio = {0.3, 3.3},
        .fill = {125, 123, 114},
        .mixup = 0,
        .cutmix = 0,
    },
    .label_smoothing = 0,
    .class_weights = NULL,
    .mean = {0.4914, 0.4822, 0.4465},
    .std = {0.247, 0.2435, 0.2616},
};

const struct optimizers_whitening optimizers_whitening = {
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

const struct optimizers_data optimizers_data = {
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
const struct optimizers_number optimizers_numbers[OPTIMIZERS_NUMBERS] = {
    {"epochs", "length of the training, to the nearest step",
     "epochs", "a number above 0 and at most 1000000", offsetof(struct optimizers_recipe, epochs),
         0, 5e-324, 1e+06, NULL, 0},
    {"patience", "stop where so many have passed since the best by the images that `--val-split` "
     "holds out; 0: never",
     "epochs", "an integer from 0 to 1000000", offsetof(struct optimizers_recipe, patience), 1, 0,
         1e+06, NULL, 0},
    {"clip-norm", "where the 2-norm of all gradients together is above this, they are scaled down "
     "to it, as `torch.nn.utils.clip_grad_norm_` does",
     "", "a number above 0", offsetof(struct optimizers_recipe, clip_norm), 0, 5e-324,
         1.7976931348623157e+308, NULL, 0},
    {"ema-decay", "decay of an exponential moving average of weights and running statistics, as "
     "`AveragedModel` with `get_ema_multi_avg_fn` keeps it; the averages are what is "
     "evaluated and saved",
     "", "a number above 0 and below 1", offsetof(struct optimizers_recipe, ema_decay), 0, 5e-324,
         0.9999999999999999, NULL, 0},
    {"lr", "learning rate",
     "", "a number at least 0", offsetof(struct optimizers_recipe, lr), 0, 0,
         1.7976931348623157e+308, NULL, 0},
    {"beta1", "decay of the mean of gradients",
     "", "a number at least 0 and below 1", offsetof(struct optimizers_recipe, beta1), 0, 0,
         0.9999999999999999, NULL, 0},
    {"beta2", "decay of the mean of squared gradients",
     "", "a number at least 0 and below 1", offsetof(struct optimizers_recipe, beta2), 0, 0,
         0.9999999999999999, NULL, 0},
    {"eps", "added to the root before dividing",
     "", "a number above 0", offsetof(struct optimizers_recipe, eps), 0, 5e-324,
         1.7976931348623157e+308, NULL, 0},
    {"weight-decay", "the weight shrinks by lr times this, apart from the gradient",
     "", "a number at least 0", offsetof(struct optimizers_recipe, weight_decay), 0, 0,
         1.7976931348623157e+308, NULL, 0},
    {"warmup", "the learning rate first rises step by step in a straight line; then the "
     "schedule begins",
     "epochs", "a number from 0 to 1000000", offsetof(struct optimizers_recipe, warmup_epochs), 0,
         0, 1e+06, NULL, 0},
    {"crop-padding",
     "border around the image, out of which a random crop of the image's size is cut",
     "pixels", "an integer from 0 to 256", offsetof(struct optimizers_recipe, augment.crop_padding),
         1, 0, 256, NULL, 0},
    {"flip", "mirror left and right with this probability (true is 0.5); alternating: half of "
     "the images at first, then each in every other epoch",
     "", "alternating, or a number from 0 to 1", offsetof(struct optimizers_recipe, augment.flip),
         0, 0, 1, "alternating", OPTIMIZERS_FLIP_ALTERNATING},
    {"cutout", "side of a square at a random place that is set to the mean",
     "pixels", "an integer from 0 to 65536", offsetof(struct optimizers_recipe, augment.cutout), 1,
         0, 65536, NULL, 0},
    {"random-erasing", "probability that a rectangle at a random place is set to the mean, as "
     "torchvision's `RandomErasing`",
     "", "a number from 0 to 1", offsetof(struct optimizers_recipe, augment.random_erasing), 0, 0,
         1, NULL, 0},
    {"mixup", "alpha of the Beta distribution that says in which parts two images of a batch, "
     "and their targets, are mixed",
     "", "a number from 0 to 1000000", offsetof(struct optimizers_recipe, augment.mixup), 0, 0,
         1e+06, NULL, 0},
    {"cutmix", "alpha of the Beta distribution that says how large a rectangle of another image "
     "of the batch is set into each, as torchvision's `CutMix`; beside mixup: one of "
     "the two for each batch, as likely as the other",
     "", "a number from 0 to 1000000", offsetof(struct optimizers_recipe, augment.cutmix), 0, 0,
         1e+06, NULL, 0},
};

const char *const optimizers_compiled_in[OPTIMIZERS_COMPILED_IN] = {
    "momentum",
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
