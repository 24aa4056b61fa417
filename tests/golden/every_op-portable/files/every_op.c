/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */

/* The spec, every_op.lua:
 *
 *   -- Every op once, with options of its own: for tests/golden, so that a change of any shows.
 *   local block = net.block(function(x, out)
 *     local y = net.relu(net.bn(net.conv(x, "conv1", { out = out, kernel = 3, padding = 1, groups = 2 }), "bn1"))
 *     y = net.bn(net.conv(y, "conv2", { out = out, kernel = { 1, 3 }, padding = { 0, 1 } }), "bn2", { eps = 1e-3 })
 *     return net.relu(net.add(x, y))
 *   end)
 *
 *   return net.model {
 *     name = "every_op",
 *     input = { batch = 2, height = 12, width = 10, channels = 3, mean = { 0.5, 0.5, 0.5 }, std = { 0.25, 0.25, 0.25 } },
 *     forward = function(image)
 *       local x = net.relu(net.conv(image, "stem", { out = 8, kernel = 5, stride = 2, padding = 2, bias = true }))
 *       x = net.max_pool(x, { kernel = 3, stride = 2, padding = 1 })
 *       x = block(x, "one", 8)
 *       x = net.avg_pool(x, { kernel = 2, stride = 1 })
 *       local pooled = net.linear(net.mean_pool(x), "pooled", { out = 6, bias = false })
 *       local flat = net.dropout(net.flatten(x), { p = 0.25 })
 *       return net.add(net.linear(flat, "fc", { out = 6 }), pooled)
 *     end,
 *     loss = net.cross_entropy { label_smoothing = 0.1 },
 *     train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9, weight_decay = 5e-4, nesterov = true }, epochs = 2,
 *               schedule = net.one_cycle {}, augment = { crop_padding = 2, flip = true } },
 *   }
 */

#include "model.h"

#include "layers.h"
#include "memory.h"

const char MODEL(spec_sha256)[] = "991e0374dca84675e2f9a43dae2ce8ef4af50648d992ac3c0e8671d46b5c3714";

const struct model_recipe MODEL(recipe) = {
    .epochs = 2,
    .optimizer = MODEL_SGD,
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
    .schedule = MODEL_ONE_CYCLE,
    .per_step = 1,
    .warmup_epochs = 0,
    .step_size = 0,
    .gamma = 0,
    .lr_min = 0,
    .pct_start = 0.3,
    .div_factor = 25,
    .final_div_factor = 1e+04,
    .base_momentum = 0.85,
    .max_momentum = 0.95,
    .cycle_momentum = 1,
    .augment = {
        .crop_padding = 2,
        .border = MODEL_BORDER_BLACK,
        .flip = 0.5,
        .cutout = 0,
        .fill = {128, 128, 128},
        .mixup = 0,
    },
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

const struct model_data MODEL(data) = {
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
const struct model_number MODEL(numbers)[MODEL_NUMBERS] = {
    {"epochs", "length of the training",
     "epochs", "an integer from 1 to 1000000", offsetof(struct model_recipe, epochs), 1, 1, 1e+06, NULL, 0},
    {"lr", "learning rate",
     "", "a number at least 0", offsetof(struct model_recipe, lr), 0, 0, 1.7976931348623157e+308, NULL, 0},
    {"weight-decay", "times the weight is added to the gradient",
     "", "a number at least 0", offsetof(struct model_recipe, weight_decay), 0, 0, 1.7976931348623157e+308, NULL, 0},
    {"pct-start", "part of the training that goes up",
     "", "a number above 0 and below 1", offsetof(struct model_recipe, pct_start), 0, 5e-324, 0.9999999999999999, NULL, 0},
    {"div-factor", "lr over the first learning rate",
     "", "a number above 0", offsetof(struct model_recipe, div_factor), 0, 5e-324, 1.7976931348623157e+308, NULL, 0},
    {"final-div-factor", "first learning rate over the last",
     "", "a number above 0", offsetof(struct model_recipe, final_div_factor), 0, 5e-324, 1.7976931348623157e+308, NULL, 0},
    {"base-momentum", "least momentum",
     "", "a number at least 0 and below 1", offsetof(struct model_recipe, base_momentum), 0, 0, 0.9999999999999999, NULL, 0},
    {"max-momentum", "largest momentum",
     "", "a number at least 0 and below 1", offsetof(struct model_recipe, max_momentum), 0, 0, 0.9999999999999999, NULL, 0},
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
    "momentum",
    "dampening",
    "step-size",
    "gamma",
    "lr-min",
    "clip-norm",
    "ema-decay",
};

static const int taps_stem[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24};
static const int taps_one_conv1[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const int taps_one_conv2[] = {0, 1, 2};

/* How many training steps each batch norm has seen. */
static int64_t num_batches_tracked[2];

/* Name, is int64, is trainable, rank, dims, initialisation and its scale, layout, groups, taps. */
static struct model_tensor tensors[MODEL_TENSORS] = {
    {"stem.weight", 0, 1, 4, {8, 3, 5, 5}, MODEL_UNIFORM, 0.11547005f, MODEL_CONV, 1, taps_stem, 0, 0, 0},
    {"stem.bias", 0, 1, 1, {8, 1, 1, 1}, MODEL_UNIFORM, 0.11547005f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.conv1.weight", 0, 1, 4, {8, 4, 3, 3}, MODEL_UNIFORM, 0.16666667f, MODEL_CONV, 2, taps_one_conv1, 0, 0, 0},
    {"one.bn1.weight", 0, 1, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.bn1.bias", 0, 1, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.bn1.running_mean", 0, 0, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.bn1.running_var", 0, 0, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.bn1.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.conv2.weight", 0, 1, 4, {8, 8, 1, 3}, MODEL_UNIFORM, 0.20412415f, MODEL_CONV, 1, taps_one_conv2, 0, 0, 0},
    {"one.bn2.weight", 0, 1, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.bn2.bias", 0, 1, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.bn2.running_mean", 0, 0, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.bn2.running_var", 0, 0, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"one.bn2.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"pooled.weight", 0, 1, 2, {6, 8, 1, 1}, MODEL_UNIFORM, 0.35355339f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"fc.weight", 0, 1, 2, {6, 32, 1, 1}, MODEL_UNIFORM, 0.176776695f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"fc.bias", 0, 1, 1, {6, 1, 1, 1}, MODEL_UNIFORM, 0.176776695f, MODEL_PLAIN, 1, 0, 0, 0, 0},
};

int MODEL(open)(void)
{
    typedef char struct_parameters_is_as_planned[sizeof(struct parameters) == 5696 ? 1 : -1];
    (void)sizeof(struct_parameters_is_as_planned);
    tensors[0].value = w->stem_weight;
    tensors[0].gradient = (float *)g->stem_weight;
    tensors[1].value = w->stem_bias;
    tensors[1].gradient = (float *)g->stem_bias;
    tensors[2].value = w->one_conv1_weight;
    tensors[2].gradient = (float *)g->one_conv1_weight;
    tensors[3].value = w->one_bn1_weight;
    tensors[3].gradient = (float *)g->one_bn1_weight;
    tensors[4].value = w->one_bn1_bias;
    tensors[4].gradient = (float *)g->one_bn1_bias;
    tensors[5].value = one_bn1_running_mean;
    tensors[6].value = one_bn1_running_var;
    tensors[7].value = &num_batches_tracked[0];
    tensors[8].value = w->one_conv2_weight;
    tensors[8].gradient = (float *)g->one_conv2_weight;
    tensors[9].value = w->one_bn2_weight;
    tensors[9].gradient = (float *)g->one_bn2_weight;
    tensors[10].value = w->one_bn2_bias;
    tensors[10].gradient = (float *)g->one_bn2_bias;
    tensors[11].value = one_bn2_running_mean;
    tensors[12].value = one_bn2_running_var;
    tensors[13].value = &num_batches_tracked[1];
    tensors[14].value = w->pooled_weight;
    tensors[14].gradient = (float *)g->pooled_weight;
    tensors[15].value = w->fc_weight;
    tensors[15].gradient = (float *)g->fc_weight;
    tensors[16].value = w->fc_bias;
    tensors[16].gradient = (float *)g->fc_bias;
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
    for (int i = 0; i < 2; i++)
        num_batches_tracked[i]++;
    run_forward(n);
    last_logits = add[0][0][0];
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
    last_logits = eval_add[0][0][0];
    return step.result;
}

const float *MODEL(logits)(void) { return last_logits; }

const struct model_state *MODEL(state)(int *count)
{
    static struct model_state list[4];
    int i = 0;

    list[i++] = (struct model_state){"parameter", arena + 0, 5696};
    list[i++] = (struct model_state){"state", arena + 2848, 5696};
    list[i++] = (struct model_state){"buffer", arena + 4272, 256};
    list[i++] = (struct model_state){"num_batches_tracked", num_batches_tracked, sizeof num_batches_tracked};
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
    if (!all_finite((const float *)w->stem_weight, 1, 600, 1)) return "stem.weight";
    if (!all_finite((const float *)w->stem_bias, 1, 8, 1)) return "stem.bias";
    if (!all_finite((const float *)w->one_conv1_weight, 1, 288, 1)) return "one.conv1.weight";
    if (!all_finite((const float *)w->one_bn1_weight, 1, 8, 1)) return "one.bn1.weight";
    if (!all_finite((const float *)w->one_bn1_bias, 1, 8, 1)) return "one.bn1.bias";
    if (!all_finite((const float *)w->one_conv2_weight, 1, 192, 1)) return "one.conv2.weight";
    if (!all_finite((const float *)w->one_bn2_weight, 1, 8, 1)) return "one.bn2.weight";
    if (!all_finite((const float *)w->one_bn2_bias, 1, 8, 1)) return "one.bn2.bias";
    if (!all_finite((const float *)w->pooled_weight, 1, 48, 1)) return "pooled.weight";
    if (!all_finite((const float *)w->fc_weight, 1, 192, 1)) return "fc.weight";
    if (!all_finite((const float *)w->fc_bias, 1, 6, 1)) return "fc.bias";
    if (!all_finite((const float *)image, 120, 3, n)) return "image";
    if (!all_finite((const float *)relu, 30, 8, n)) return "relu";
    if (!all_finite((const float *)maxpool, 9, 8, n)) return "maxpool";
    if (!all_finite((const float *)one_conv1, 9, 8, n)) return "one.conv1";
    if (!all_finite((const float *)one_relu1, 9, 8, n)) return "one.relu1";
    if (!all_finite((const float *)one_conv2, 9, 8, n)) return "one.conv2";
    if (!all_finite((const float *)one, 9, 8, n)) return "one";
    if (!all_finite((const float *)mean, 1, 8, n)) return "mean";
    if (!all_finite((const float *)dropout, 1, 32, n)) return "dropout";
    if (!all_finite((const float *)add, 1, 6, n)) return "add";
    if (!all_finite((const float *)loss, 1, 1, n)) return "loss";
    if (!all_finite((const float *)one_bn1_running_mean, 1, 8, 1)) return "one.bn1.running_mean";
    if (!all_finite((const float *)one_bn1_running_var, 1, 8, 1)) return "one.bn1.running_var";
    if (!all_finite((const float *)one_bn2_running_mean, 1, 8, 1)) return "one.bn2.running_mean";
    if (!all_finite((const float *)one_bn2_running_var, 1, 8, 1)) return "one.bn2.running_var";
    return 0;
}
