/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */

/* The spec, resnet8_tiny.lua:
 *
 *   -- A residual network of eight layers, small enough for tests and small machines: 3x3 stem to 8 channels,
 *   -- three stages of one block.
 *   -- A name given here is the name you will read in build/resnet8_tiny/ *.c and in the weights.
 *   local conv, bn, relu, add = net.conv, net.bn, net.relu, net.add
 *
 *   -- Two 3x3 convolutions and a way around them. Where the block changes the shape,
 *   -- a 1x1 convolution takes the short way so that both ends meet.
 *   local basic = net.block(function(x, out, stride)
 *     local short = x
 *     if stride ~= 1 or x.channels ~= out then
 *       short = bn(conv(x, "downsample.0", { out = out, kernel = 1, stride = stride }), "downsample.1")
 *     end
 *     local y = relu(bn(conv(x, "conv1", { out = out, kernel = 3, stride = stride, padding = 1 }), "bn1"))
 *     y = bn(conv(y, "conv2", { out = out, kernel = 3, padding = 1 }), "bn2")
 *     return relu(add(y, short))
 *   end)
 *
 *   return net.model {
 *     name  = "resnet8_tiny",
 *     input = { batch = 128, height = 32, width = 32, channels = 3 },
 *     forward = function(image)
 *       local x = relu(bn(conv(image, "conv1", { out = 8, kernel = 3, padding = 1 }), "bn1"))
 *       for stage, width in ipairs { 8, 16, 32 } do
 *         x = basic(x, "layer" .. stage .. ".0", width, stage > 1 and 2 or 1)
 *       end
 *       return net.linear(net.mean_pool(x), "fc", { out = 10 })
 *     end,
 *     init  = "kaiming_normal_fan_out", -- as torchvision's residual networks
 *     loss  = net.cross_entropy {},
 *     train = { optimizer = net.adam { lr = 1e-3 }, epochs = 20,
 *               augment = { crop_padding = 4, flip = true } },
 *   }
 */

#include "model.h"

#include "layers.h"
#include "memory.h"

const char MODEL(spec_sha256)[] = "0d8343c83475910f7164cad553175419ef67f418c962f555ed3f112d243a09b4";

const struct model_recipe MODEL(recipe) = {
    .epochs = 20,
    .optimizer = MODEL_ADAM,
    .lr = 0.001,
    .momentum = 0,
    .beta1 = 0.9,
    .beta2 = 0.999,
    .eps = 1e-08,
    .weight_decay = 0,
    .dampening = 0,
    .nesterov = 0,
    .decay_weights_only = 0,
    .clip_norm = 0,
    .ema_decay = 0,
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
        .crop_padding = 4,
        .border = MODEL_BORDER_BLACK,
        .flip = 0.5,
        .cutout = 0,
        .fill = {125, 123, 114},
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
    {"beta1", "decay of the mean of gradients",
     "", "a number at least 0 and below 1", offsetof(struct model_recipe, beta1), 0, 0, 0.9999999999999999, NULL, 0},
    {"beta2", "decay of the mean of squared gradients",
     "", "a number at least 0 and below 1", offsetof(struct model_recipe, beta2), 0, 0, 0.9999999999999999, NULL, 0},
    {"eps", "added to the root before dividing",
     "", "a number above 0", offsetof(struct model_recipe, eps), 0, 5e-324, 1.7976931348623157e+308, NULL, 0},
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
    "weight-decay",
    "momentum",
    "dampening",
    "step-size",
    "gamma",
    "lr-min",
    "pct-start",
    "div-factor",
    "final-div-factor",
    "base-momentum",
    "max-momentum",
    "clip-norm",
    "ema-decay",
};

static const int taps_conv1[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const int taps_layer2_0_downsample_0[] = {0};

/* How many training steps each batch norm has seen. */
static int64_t num_batches_tracked[9];

/* Name, is int64, is trainable, rank, dims, initialisation and its scale, layout, groups, taps. */
static struct model_tensor tensors[MODEL_TENSORS] = {
    {"conv1.weight", 0, 1, 4, {8, 3, 3, 3}, MODEL_NORMAL, 0.16666667f, MODEL_CONV, 1, taps_conv1, 0, 0, 0},
    {"bn1.weight", 0, 1, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"bn1.bias", 0, 1, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"bn1.running_mean", 0, 0, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"bn1.running_var", 0, 0, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"bn1.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.conv1.weight", 0, 1, 4, {8, 8, 3, 3}, MODEL_NORMAL, 0.16666667f, MODEL_CONV, 1, taps_conv1, 0, 0, 0},
    {"layer1.0.bn1.weight", 0, 1, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.bn1.bias", 0, 1, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.bn1.running_mean", 0, 0, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.bn1.running_var", 0, 0, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.bn1.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.conv2.weight", 0, 1, 4, {8, 8, 3, 3}, MODEL_NORMAL, 0.16666667f, MODEL_CONV, 1, taps_conv1, 0, 0, 0},
    {"layer1.0.bn2.weight", 0, 1, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.bn2.bias", 0, 1, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.bn2.running_mean", 0, 0, 1, {8, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.bn2.running_var", 0, 0, 1, {8, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer1.0.bn2.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.downsample.0.weight", 0, 1, 4, {16, 8, 1, 1}, MODEL_NORMAL, 0.35355339f, MODEL_CONV, 1, taps_layer2_0_downsample_0, 0, 0, 0},
    {"layer2.0.downsample.1.weight", 0, 1, 1, {16, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.downsample.1.bias", 0, 1, 1, {16, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.downsample.1.running_mean", 0, 0, 1, {16, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.downsample.1.running_var", 0, 0, 1, {16, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.downsample.1.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.conv1.weight", 0, 1, 4, {16, 8, 3, 3}, MODEL_NORMAL, 0.11785113f, MODEL_CONV, 1, taps_conv1, 0, 0, 0},
    {"layer2.0.bn1.weight", 0, 1, 1, {16, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.bn1.bias", 0, 1, 1, {16, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.bn1.running_mean", 0, 0, 1, {16, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.bn1.running_var", 0, 0, 1, {16, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.bn1.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.conv2.weight", 0, 1, 4, {16, 16, 3, 3}, MODEL_NORMAL, 0.11785113f, MODEL_CONV, 1, taps_conv1, 0, 0, 0},
    {"layer2.0.bn2.weight", 0, 1, 1, {16, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.bn2.bias", 0, 1, 1, {16, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.bn2.running_mean", 0, 0, 1, {16, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.bn2.running_var", 0, 0, 1, {16, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer2.0.bn2.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.downsample.0.weight", 0, 1, 4, {32, 16, 1, 1}, MODEL_NORMAL, 0.25f, MODEL_CONV, 1, taps_layer2_0_downsample_0, 0, 0, 0},
    {"layer3.0.downsample.1.weight", 0, 1, 1, {32, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.downsample.1.bias", 0, 1, 1, {32, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.downsample.1.running_mean", 0, 0, 1, {32, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.downsample.1.running_var", 0, 0, 1, {32, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.downsample.1.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.conv1.weight", 0, 1, 4, {32, 16, 3, 3}, MODEL_NORMAL, 0.083333333f, MODEL_CONV, 1, taps_conv1, 0, 0, 0},
    {"layer3.0.bn1.weight", 0, 1, 1, {32, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.bn1.bias", 0, 1, 1, {32, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.bn1.running_mean", 0, 0, 1, {32, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.bn1.running_var", 0, 0, 1, {32, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.bn1.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.conv2.weight", 0, 1, 4, {32, 32, 3, 3}, MODEL_NORMAL, 0.083333333f, MODEL_CONV, 1, taps_conv1, 0, 0, 0},
    {"layer3.0.bn2.weight", 0, 1, 1, {32, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.bn2.bias", 0, 1, 1, {32, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.bn2.running_mean", 0, 0, 1, {32, 1, 1, 1}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.bn2.running_var", 0, 0, 1, {32, 1, 1, 1}, MODEL_ONES, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"layer3.0.bn2.num_batches_tracked", 1, 0, 0, {0, 0, 0, 0}, MODEL_ZEROS, 0.0f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"fc.weight", 0, 1, 2, {10, 32, 1, 1}, MODEL_UNIFORM, 0.176776695f, MODEL_PLAIN, 1, 0, 0, 0, 0},
    {"fc.bias", 0, 1, 1, {10, 1, 1, 1}, MODEL_UNIFORM, 0.176776695f, MODEL_PLAIN, 1, 0, 0, 0, 0},
};

int MODEL(open)(void)
{
    typedef char struct_parameters_is_as_planned[sizeof(struct parameters) == 80064 ? 1 : -1];
    (void)sizeof(struct_parameters_is_as_planned);
    tensors[0].value = w->conv1_weight;
    tensors[0].gradient = (float *)g->conv1_weight;
    tensors[1].value = w->bn1_weight;
    tensors[1].gradient = (float *)g->bn1_weight;
    tensors[2].value = w->bn1_bias;
    tensors[2].gradient = (float *)g->bn1_bias;
    tensors[3].value = bn1_running_mean;
    tensors[4].value = bn1_running_var;
    tensors[5].value = &num_batches_tracked[0];
    tensors[6].value = w->layer1_0_conv1_weight;
    tensors[6].gradient = (float *)g->layer1_0_conv1_weight;
    tensors[7].value = w->layer1_0_bn1_weight;
    tensors[7].gradient = (float *)g->layer1_0_bn1_weight;
    tensors[8].value = w->layer1_0_bn1_bias;
    tensors[8].gradient = (float *)g->layer1_0_bn1_bias;
    tensors[9].value = layer1_0_bn1_running_mean;
    tensors[10].value = layer1_0_bn1_running_var;
    tensors[11].value = &num_batches_tracked[1];
    tensors[12].value = w->layer1_0_conv2_weight;
    tensors[12].gradient = (float *)g->layer1_0_conv2_weight;
    tensors[13].value = w->layer1_0_bn2_weight;
    tensors[13].gradient = (float *)g->layer1_0_bn2_weight;
    tensors[14].value = w->layer1_0_bn2_bias;
    tensors[14].gradient = (float *)g->layer1_0_bn2_bias;
    tensors[15].value = layer1_0_bn2_running_mean;
    tensors[16].value = layer1_0_bn2_running_var;
    tensors[17].value = &num_batches_tracked[2];
    tensors[18].value = w->layer2_0_downsample_0_weight;
    tensors[18].gradient = (float *)g->layer2_0_downsample_0_weight;
    tensors[19].value = w->layer2_0_downsample_1_weight;
    tensors[19].gradient = (float *)g->layer2_0_downsample_1_weight;
    tensors[20].value = w->layer2_0_downsample_1_bias;
    tensors[20].gradient = (float *)g->layer2_0_downsample_1_bias;
    tensors[21].value = layer2_0_downsample_1_running_mean;
    tensors[22].value = layer2_0_downsample_1_running_var;
    tensors[23].value = &num_batches_tracked[3];
    tensors[24].value = w->layer2_0_conv1_weight;
    tensors[24].gradient = (float *)g->layer2_0_conv1_weight;
    tensors[25].value = w->layer2_0_bn1_weight;
    tensors[25].gradient = (float *)g->layer2_0_bn1_weight;
    tensors[26].value = w->layer2_0_bn1_bias;
    tensors[26].gradient = (float *)g->layer2_0_bn1_bias;
    tensors[27].value = layer2_0_bn1_running_mean;
    tensors[28].value = layer2_0_bn1_running_var;
    tensors[29].value = &num_batches_tracked[4];
    tensors[30].value = w->layer2_0_conv2_weight;
    tensors[30].gradient = (float *)g->layer2_0_conv2_weight;
    tensors[31].value = w->layer2_0_bn2_weight;
    tensors[31].gradient = (float *)g->layer2_0_bn2_weight;
    tensors[32].value = w->layer2_0_bn2_bias;
    tensors[32].gradient = (float *)g->layer2_0_bn2_bias;
    tensors[33].value = layer2_0_bn2_running_mean;
    tensors[34].value = layer2_0_bn2_running_var;
    tensors[35].value = &num_batches_tracked[5];
    tensors[36].value = w->layer3_0_downsample_0_weight;
    tensors[36].gradient = (float *)g->layer3_0_downsample_0_weight;
    tensors[37].value = w->layer3_0_downsample_1_weight;
    tensors[37].gradient = (float *)g->layer3_0_downsample_1_weight;
    tensors[38].value = w->layer3_0_downsample_1_bias;
    tensors[38].gradient = (float *)g->layer3_0_downsample_1_bias;
    tensors[39].value = layer3_0_downsample_1_running_mean;
    tensors[40].value = layer3_0_downsample_1_running_var;
    tensors[41].value = &num_batches_tracked[6];
    tensors[42].value = w->layer3_0_conv1_weight;
    tensors[42].gradient = (float *)g->layer3_0_conv1_weight;
    tensors[43].value = w->layer3_0_bn1_weight;
    tensors[43].gradient = (float *)g->layer3_0_bn1_weight;
    tensors[44].value = w->layer3_0_bn1_bias;
    tensors[44].gradient = (float *)g->layer3_0_bn1_bias;
    tensors[45].value = layer3_0_bn1_running_mean;
    tensors[46].value = layer3_0_bn1_running_var;
    tensors[47].value = &num_batches_tracked[7];
    tensors[48].value = w->layer3_0_conv2_weight;
    tensors[48].gradient = (float *)g->layer3_0_conv2_weight;
    tensors[49].value = w->layer3_0_bn2_weight;
    tensors[49].gradient = (float *)g->layer3_0_bn2_weight;
    tensors[50].value = w->layer3_0_bn2_bias;
    tensors[50].gradient = (float *)g->layer3_0_bn2_bias;
    tensors[51].value = layer3_0_bn2_running_mean;
    tensors[52].value = layer3_0_bn2_running_var;
    tensors[53].value = &num_batches_tracked[8];
    tensors[54].value = w->fc_weight;
    tensors[54].gradient = (float *)g->fc_weight;
    tensors[55].value = w->fc_bias;
    tensors[55].gradient = (float *)g->fc_bias;
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
    for (int i = 0; i < 9; i++)
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
    static struct model_state list[4];
    int i = 0;

    list[i++] = (struct model_state){"parameter", arena + 0, 80064};
    list[i++] = (struct model_state){"state", arena + 40032, 160128};
    list[i++] = (struct model_state){"buffer", arena + 80064, 1536};
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
    if (!all_finite((const float *)w->conv1_weight, 1, 216, 1)) return "conv1.weight";
    if (!all_finite((const float *)w->bn1_weight, 1, 8, 1)) return "bn1.weight";
    if (!all_finite((const float *)w->bn1_bias, 1, 8, 1)) return "bn1.bias";
    if (!all_finite((const float *)w->layer1_0_conv1_weight, 1, 576, 1)) return "layer1.0.conv1.weight";
    if (!all_finite((const float *)w->layer1_0_bn1_weight, 1, 8, 1)) return "layer1.0.bn1.weight";
    if (!all_finite((const float *)w->layer1_0_bn1_bias, 1, 8, 1)) return "layer1.0.bn1.bias";
    if (!all_finite((const float *)w->layer1_0_conv2_weight, 1, 576, 1)) return "layer1.0.conv2.weight";
    if (!all_finite((const float *)w->layer1_0_bn2_weight, 1, 8, 1)) return "layer1.0.bn2.weight";
    if (!all_finite((const float *)w->layer1_0_bn2_bias, 1, 8, 1)) return "layer1.0.bn2.bias";
    if (!all_finite((const float *)w->layer2_0_downsample_0_weight, 1, 128, 1)) return "layer2.0.downsample.0.weight";
    if (!all_finite((const float *)w->layer2_0_downsample_1_weight, 1, 16, 1)) return "layer2.0.downsample.1.weight";
    if (!all_finite((const float *)w->layer2_0_downsample_1_bias, 1, 16, 1)) return "layer2.0.downsample.1.bias";
    if (!all_finite((const float *)w->layer2_0_conv1_weight, 1, 1152, 1)) return "layer2.0.conv1.weight";
    if (!all_finite((const float *)w->layer2_0_bn1_weight, 1, 16, 1)) return "layer2.0.bn1.weight";
    if (!all_finite((const float *)w->layer2_0_bn1_bias, 1, 16, 1)) return "layer2.0.bn1.bias";
    if (!all_finite((const float *)w->layer2_0_conv2_weight, 1, 2304, 1)) return "layer2.0.conv2.weight";
    if (!all_finite((const float *)w->layer2_0_bn2_weight, 1, 16, 1)) return "layer2.0.bn2.weight";
    if (!all_finite((const float *)w->layer2_0_bn2_bias, 1, 16, 1)) return "layer2.0.bn2.bias";
    if (!all_finite((const float *)w->layer3_0_downsample_0_weight, 1, 512, 1)) return "layer3.0.downsample.0.weight";
    if (!all_finite((const float *)w->layer3_0_downsample_1_weight, 1, 32, 1)) return "layer3.0.downsample.1.weight";
    if (!all_finite((const float *)w->layer3_0_downsample_1_bias, 1, 32, 1)) return "layer3.0.downsample.1.bias";
    if (!all_finite((const float *)w->layer3_0_conv1_weight, 1, 4608, 1)) return "layer3.0.conv1.weight";
    if (!all_finite((const float *)w->layer3_0_bn1_weight, 1, 32, 1)) return "layer3.0.bn1.weight";
    if (!all_finite((const float *)w->layer3_0_bn1_bias, 1, 32, 1)) return "layer3.0.bn1.bias";
    if (!all_finite((const float *)w->layer3_0_conv2_weight, 1, 9216, 1)) return "layer3.0.conv2.weight";
    if (!all_finite((const float *)w->layer3_0_bn2_weight, 1, 32, 1)) return "layer3.0.bn2.weight";
    if (!all_finite((const float *)w->layer3_0_bn2_bias, 1, 32, 1)) return "layer3.0.bn2.bias";
    if (!all_finite((const float *)w->fc_weight, 1, 320, 1)) return "fc.weight";
    if (!all_finite((const float *)w->fc_bias, 1, 10, 1)) return "fc.bias";
    if (!all_finite((const float *)image, 1024, 3, n)) return "image";
    if (!all_finite((const float *)conv1, 1024, 8, n)) return "conv1";
    if (!all_finite((const float *)relu, 1024, 8, n)) return "relu";
    if (!all_finite((const float *)layer1_0_conv1, 1024, 8, n)) return "layer1.0.conv1";
    if (!all_finite((const float *)layer1_0_relu1, 1024, 8, n)) return "layer1.0.relu1";
    if (!all_finite((const float *)layer1_0_conv2, 1024, 8, n)) return "layer1.0.conv2";
    if (!all_finite((const float *)layer1_0, 1024, 8, n)) return "layer1.0";
    if (!all_finite((const float *)layer2_0_downsample_0, 256, 16, n)) return "layer2.0.downsample.0";
    if (!all_finite((const float *)layer2_0_conv1, 256, 16, n)) return "layer2.0.conv1";
    if (!all_finite((const float *)layer2_0_relu1, 256, 16, n)) return "layer2.0.relu1";
    if (!all_finite((const float *)layer2_0_conv2, 256, 16, n)) return "layer2.0.conv2";
    if (!all_finite((const float *)layer2_0, 256, 16, n)) return "layer2.0";
    if (!all_finite((const float *)layer3_0_downsample_0, 64, 32, n)) return "layer3.0.downsample.0";
    if (!all_finite((const float *)layer3_0_conv1, 64, 32, n)) return "layer3.0.conv1";
    if (!all_finite((const float *)layer3_0_relu1, 64, 32, n)) return "layer3.0.relu1";
    if (!all_finite((const float *)layer3_0_conv2, 64, 32, n)) return "layer3.0.conv2";
    if (!all_finite((const float *)layer3_0, 64, 32, n)) return "layer3.0";
    if (!all_finite((const float *)mean, 1, 32, n)) return "mean";
    if (!all_finite((const float *)fc, 1, 10, n)) return "fc";
    if (!all_finite((const float *)loss, 1, 1, n)) return "loss";
    if (!all_finite((const float *)bn1_running_mean, 1, 8, 1)) return "bn1.running_mean";
    if (!all_finite((const float *)bn1_running_var, 1, 8, 1)) return "bn1.running_var";
    if (!all_finite((const float *)layer1_0_bn1_running_mean, 1, 8, 1)) return "layer1.0.bn1.running_mean";
    if (!all_finite((const float *)layer1_0_bn1_running_var, 1, 8, 1)) return "layer1.0.bn1.running_var";
    if (!all_finite((const float *)layer1_0_bn2_running_mean, 1, 8, 1)) return "layer1.0.bn2.running_mean";
    if (!all_finite((const float *)layer1_0_bn2_running_var, 1, 8, 1)) return "layer1.0.bn2.running_var";
    if (!all_finite((const float *)layer2_0_downsample_1_running_mean, 1, 16, 1)) return "layer2.0.downsample.1.running_mean";
    if (!all_finite((const float *)layer2_0_downsample_1_running_var, 1, 16, 1)) return "layer2.0.downsample.1.running_var";
    if (!all_finite((const float *)layer2_0_bn1_running_mean, 1, 16, 1)) return "layer2.0.bn1.running_mean";
    if (!all_finite((const float *)layer2_0_bn1_running_var, 1, 16, 1)) return "layer2.0.bn1.running_var";
    if (!all_finite((const float *)layer2_0_bn2_running_mean, 1, 16, 1)) return "layer2.0.bn2.running_mean";
    if (!all_finite((const float *)layer2_0_bn2_running_var, 1, 16, 1)) return "layer2.0.bn2.running_var";
    if (!all_finite((const float *)layer3_0_downsample_1_running_mean, 1, 32, 1)) return "layer3.0.downsample.1.running_mean";
    if (!all_finite((const float *)layer3_0_downsample_1_running_var, 1, 32, 1)) return "layer3.0.downsample.1.running_var";
    if (!all_finite((const float *)layer3_0_bn1_running_mean, 1, 32, 1)) return "layer3.0.bn1.running_mean";
    if (!all_finite((const float *)layer3_0_bn1_running_var, 1, 32, 1)) return "layer3.0.bn1.running_var";
    if (!all_finite((const float *)layer3_0_bn2_running_mean, 1, 32, 1)) return "layer3.0.bn2.running_mean";
    if (!all_finite((const float *)layer3_0_bn2_running_var, 1, 32, 1)) return "layer3.0.bn2.running_var";
    return 0;
}
