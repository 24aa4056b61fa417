/* Made by castnet 0.1.0 from training_words.lua --target portable --batch 4.
 * This file belongs to whoever made it. */

/* The spec, training_words.lua:
 *
 *   -- Every word that changes the update: clipping, averages, weight decay of weights alone; with dead taps,
 *   -- whose decay and average are factors.
 *   return net.model {
 *     name = "training_words",
 *     input = { batch = 4, height = 2, width = 2, channels = 3 },
 *     forward = function(image)
 *       local x = net.relu(net.bn(net.conv(image, "a", { out = 8, kernel = 5, padding = 2 }), "bn"))
 *       x = net.conv(x, "b", { out = 6, kernel = 3, stride = 2, padding = 1, bias = true })
 *       return net.linear(net.flatten(x), "fc", { out = 5 })
 *     end,
 *     loss = net.cross_entropy {},
 *     train = {
 *       optimizer = net.sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 0.05, decay = "weights" },
 *       epochs = 1, clip_norm = 1, ema_decay = 0.9,
 *     },
 *     data = {
 *       name = "Two labels", classes = 5, label_bytes = 2, label = 1, train = { "a.bin", "b.bin" }, test = { "c.bin" },
 *       class_names = { "one", "two??)", "three", "four", "five" },
 *     },
 *   }
 */

#include "model.h"

#include "layers.h"
#include "memory.h"

const char MODEL(spec_sha256)[] = "cf8b169619be6714de1b9402b956fc7797a18b5df819f32441ac9ffd2330e9df";

const struct model_recipe MODEL(recipe) = {
    .epochs = 1,
    .optimizer = MODEL_SGD,
    .lr = 0.1,
    .momentum = 0.9,
    .beta1 = 0,
    .beta2 = 0,
    .eps = 0,
    .weight_decay = 0.05,
    .dampening = 0,
    .nesterov = 1,
    .decay_weights_only = 1,
    .clip_norm = 1,
    .ema_decay = 0.9,
    .schedule = MODEL_CONSTANT,
    .per_step = 1,
    .warmup_epochs = 0,
    .step_size = 0,
    .gamma = 0,
    .lr_min = 0,
    .pct_start = 0,
    .div_factor = 0,
    .final_div_factor = 0,
    .base_momentum = 0,
    .max_momentum = 0,
    .cycle_momentum = 0,
    .augment = {
        .crop_padding = 0,
        .border = MODEL_BORDER_BLACK,
        .flip = 0,
        .cutout = 0,
        .fill = {125, 123, 114},
        .mixup = 0,
    },
};

static const char *const data_train[] = {
    "a.bin",
    "b.bin",
};
static const char *const data_test[] = {
    "c.bin",
};
static const char *const data_names[MODEL_CLASSES] = {
    "one",
    "two\?\?)",
    "three",
    "four",
    "five",
};

const struct model_data MODEL(data) = {
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
const struct model_number MODEL(numbers)[MODEL_NUMBERS] = {
    {"epochs", "length of the training",
     "epochs", "an integer from 1 to 1000000", offsetof(struct model_recipe, epochs), 1, 1, 1e+06, NULL, 0},
    {"clip-norm", "where the 2-norm of all gradients together is above this, they are scaled down to it, as `torch.nn.utils.clip_grad_norm_` does",
     "", "a number above 0", offsetof(struct model_recipe, clip_norm), 0, 5e-324, 1.7976931348623157e+308, NULL, 0},
    {"ema-decay", "decay of an exponential moving average of weights and running statistics, as `AveragedModel` with `get_ema_multi_avg_fn` keeps it; the averages are what is evaluated and saved",
     "", "a number above 0 and below 1", offsetof(struct model_recipe, ema_decay), 0, 5e-324, 0.9999999999999999, NULL, 0},
    {"lr", "learning rate",
     "", "a number at least 0", offsetof(struct model_recipe, lr), 0, 0, 1.7976931348623157e+308, NULL, 0},
    {"momentum", "part of the last move kept",
     "", "a number above 0 and at most 1", offsetof(struct model_recipe, momentum), 0, 5e-324, 1, NULL, 0},
    {"weight-decay", "times the weight is added to the gradient",
     "", "a number at least 0", offsetof(struct model_recipe, weight_decay), 0, 0, 1.7976931348623157e+308, NULL, 0},
    {"warmup", "the learning rate first rises step by step in a straight line; then the schedule begins",
     "epochs", "a number from 0 to 1000000", offsetof(struct model_recipe, warmup_epochs), 0, 0, 1e+06, NULL, 0},
    {"crop-padding", "border around the image, out of which a random crop of the image's size is cut",
     "pixels", "an integer from 0 to 256", offsetof(struct model_recipe, augment.crop_padding), 1, 0, 256, NULL, 0},
    {"flip", "mirror left and right with this probability (true is 0.5); alternating: half of the images at first, then each in every other epoch",
     "", "alternating, or a number from 0 to 1", offsetof(struct model_recipe, augment.flip), 0, 0, 1, "alternating", MODEL_FLIP_ALTERNATING},
    {"cutout", "side of a square at a random place that is set to the mean",
     "pixels", "an integer from 0 to 65536", offsetof(struct model_recipe, augment.cutout), 1, 0, 65536, NULL, 0},
    {"mixup", "alpha of the Beta distribution that says in which parts two images of a batch, and their targets, are mixed",
     "", "a number from 0 to 1000000", offsetof(struct model_recipe, augment.mixup), 0, 0, 1e+06, NULL, 0},
};

const char *const MODEL(compiled_in)[MODEL_COMPILED_IN] = {
    "beta1",
    "beta2",
    "eps",
    "dampening",
    "step-size",
    "gamma",
    "lr-min",
    "pct-start",
    "div-factor",
    "final-div-factor",
    "base-momentum",
    "max-momentum",
};

static const int taps_a[] = {-1, -2, -3, -4, -5, -6, 0, 1, 2, -7, -8, 3, 4, 5, -9, -10, 6, 7, 8, -11, -12, -13, -14, -15, -16};
static const int taps_b[] = {-1, -2, -3, -4, 0, 1, -5, 2, 3};

/* How many training steps each batch norm has seen. */
int64_t num_batches_tracked[1];
int64_t average_batches_tracked[1];

/* Name, is int64, is trainable, rank, dims, initialisation and its scale, layout, groups, taps. */
static struct model_tensor tensors[MODEL_TENSORS] = {
    {"a.weight", 0, 1, 4, {8, 3, 5, 5}, MODEL_UNIFORM, 0.11547005f, MODEL_CONV, 1, taps_a, 0, 0, 0},
    {"bn.weight", 0, 1, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"bn.bias", 0, 1, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"bn.running_mean", 0, 0, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"bn.running_var", 0, 0, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"bn.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"b.weight", 0, 1, 4, {6, 8, 3, 3}, MODEL_UNIFORM, 0.11785113f, MODEL_CONV, 1, taps_b, 0, 0, 0},
    {"b.bias", 0, 1, 1, {6, 1, 1, 1}, MODEL_UNIFORM, 0.11785113f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"fc.weight", 0, 1, 2, {5, 6, 1, 1}, MODEL_UNIFORM, 0.4082483f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"fc.bias", 0, 1, 1, {5, 1, 1, 1}, MODEL_UNIFORM, 0.4082483f, MODEL_PLAIN, 1, 0, 0, 0, 0},
};

int MODEL(open)(void)
{
    typedef char struct_parameters_is_as_planned[sizeof(struct parameters) == 2048 ? 1 : -1];
    (void)sizeof(struct_parameters_is_as_planned);
    tensors[0].value = w->a_weight;
    tensors[0].dead = (float *)a_weight_dead;
    tensors[0].gradient = (float *)g->a_weight;
    tensors[1].value = w->bn_weight;
    tensors[1].gradient = (float *)g->bn_weight;
    tensors[2].value = w->bn_bias;
    tensors[2].gradient = (float *)g->bn_bias;
    tensors[3].value = bn_running_mean;
    tensors[4].value = bn_running_var;
    tensors[5].value = &num_batches_tracked[0];
    tensors[6].value = w->b_weight;
    tensors[6].dead = (float *)b_weight_dead;
    tensors[6].gradient = (float *)g->b_weight;
    tensors[7].value = w->b_bias;
    tensors[7].gradient = (float *)g->b_bias;
    tensors[8].value = w->fc_weight;
    tensors[8].gradient = (float *)g->fc_weight;
    tensors[9].value = w->fc_bias;
    tensors[9].gradient = (float *)g->fc_bias;
    return 0;
}

struct model_tensor *MODEL(tensors)(void) { return tensors; }

uint8_t *MODEL(batch_images)(int which)
{
    return (uint8_t *)(which == 0 ? batch_images_0 : batch_images_1);
}

float *MODEL(batch_targets)(int which)
{
    return (float *)(which == 0 ? batch_targets_0 : batch_targets_1);
}

static const float *last_logits;

struct model_result MODEL(gradients)(const uint8_t *images, const float *targets, int n, const struct model_hyper *hyper)
{
    step.images = images;
    step.targets = targets;
    step.hyper = hyper;
    for (int i = 0; i < 1; i++)
        num_batches_tracked[i]++;
    run_forward(n);
    last_logits = fc[0][0][0];
    if (isfinite(step.result.loss))
        run_backward(n);
    return step.result;
}

struct model_result MODEL(step)(const uint8_t *images, const float *targets, int n, const struct model_hyper *hyper)
{
    const struct model_result result = MODEL(gradients)(images, targets, n, hyper);
    if (isfinite(result.loss))
        MODEL(update)(hyper);
    return result;
}

struct model_result MODEL(evaluate)(const uint8_t *images, const float *targets, int n)
{
    step.images = images;
    step.targets = targets;
    run_evaluate(n);
    last_logits = eval_fc[0][0][0];
    return step.result;
}

const float *MODEL(logits)(void) { return last_logits; }

const struct model_state *MODEL(state)(int *count)
{
    static struct model_state list[8];
    int i = 0;

    list[i++] = (struct model_state){"parameter", arena + 0, 2048};
    list[i++] = (struct model_state){"state", arena + 1024, 4096};
    list[i++] = (struct model_state){"dead", arena + 2048, 2496};
    list[i++] = (struct model_state){"buffer", arena + 2672, 128};
    list[i++] = (struct model_state){"average", arena + 2704, 128};
    list[i++] = (struct model_state){"num_batches_tracked", num_batches_tracked, sizeof num_batches_tracked};
    list[i++] = (struct model_state){"average_batches_tracked", average_batches_tracked, sizeof average_batches_tracked};
    list[i++] = (struct model_state){"dead_decay", dead_decay, sizeof dead_decay};
    *count = i;
    return list;
}

/* Whether the first n of BATCH rows of `channels` are finite at each position; a row count of 1 is one row. */
static int all_finite(const float *values, int positions, int channels, int n)
{
    for (int position = 0; position < positions; position++)
        for (int j = 0; j < n * channels; j++)
            if (!isfinite(values[(ptrdiff_t)position * BATCH * channels + j]))
                return 0;
    return 1;
}

const char *MODEL(first_nonfinite)(int n)
{
    if (!all_finite((const float *)w->a_weight, 1, 216, 1)) return "a.weight";
    if (!all_finite((const float *)w->bn_weight, 1, 8, 1)) return "bn.weight";
    if (!all_finite((const float *)w->bn_bias, 1, 8, 1)) return "bn.bias";
    if (!all_finite((const float *)w->b_weight, 1, 192, 1)) return "b.weight";
    if (!all_finite((const float *)w->b_bias, 1, 6, 1)) return "b.bias";
    if (!all_finite((const float *)w->fc_weight, 1, 30, 1)) return "fc.weight";
    if (!all_finite((const float *)w->fc_bias, 1, 5, 1)) return "fc.bias";
    if (!all_finite((const float *)image, 4, 3, n)) return "image";
    if (!all_finite((const float *)a, 4, 8, n)) return "a";
    if (!all_finite((const float *)relu, 4, 8, n)) return "relu";
    if (!all_finite((const float *)flatten, 1, 6, n)) return "flatten";
    if (!all_finite((const float *)fc, 1, 5, n)) return "fc";
    if (!all_finite((const float *)loss, 1, 1, n)) return "loss";
    if (!all_finite((const float *)bn_running_mean, 1, 8, 1)) return "bn.running_mean";
    if (!all_finite((const float *)bn_running_var, 1, 8, 1)) return "bn.running_var";
    return 0;
}
