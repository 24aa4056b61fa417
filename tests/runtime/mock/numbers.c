/* The numbers of the mock model that its command line may change, and others. */
#include "model.h"

const char MODEL(spec_sha256)[] = "0123";

const struct model_number MODEL(numbers)[MODEL_NUMBERS] = {
    {"epochs", "length of the training", "epochs", "a number above 0 and at most 1000000",
     offsetof(struct model_recipe, epochs), 0, 4.9406564584124654e-324, 1e6, NULL, 0},
    {"lr", "learning rate", "", "a number at least 0", offsetof(struct model_recipe, lr), 0, 0,
     1.7976931348623157e308, NULL, 0},
    {"momentum", "part of the last move kept", "", "a number from 0 to 1",
     offsetof(struct model_recipe, momentum), 0, 0, 1, NULL, 0},
    {"base-momentum", "least momentum", "", "a number at least 0 and below 1",
     offsetof(struct model_recipe, parts[0].base_momentum), 0, 0, 0.9999999999999999, NULL, 0},
    {"warmup", "the learning rate first rises", "epochs", "a number from 0 to 1000000",
     offsetof(struct model_recipe, warmup_epochs), 0, 0, 1e6, NULL, 0},
    {"lr-min", "learning rate at the end", "", "a number at least 0",
     offsetof(struct model_recipe, parts[0].lr_min), 0, 0, 1.7976931348623157e308, NULL, 0},
    {"crop-padding", "border of a random crop", "pixels", "an integer from 0 to 256",
     offsetof(struct model_recipe, augment.crop_padding), 1, 0, 256, NULL, 0},
    {"flip", "mirror with this probability", "", "alternating, or a number from 0 to 1",
     offsetof(struct model_recipe, augment.flip), 0, 0, 1, "alternating", MODEL_FLIP_ALTERNATING},
};

const char *const MODEL(compiled_in)[MODEL_COMPILED_IN] = {"weight-decay", "clip-norm",
                                                           "ema-decay"};
