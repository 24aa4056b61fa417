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

#include "resnet8_tiny.h"

#include "layers.h"
#include "memory.h"

const char resnet8_tiny_spec_sha256[] =
    "0d8343c83475910f7164cad553175419ef67f418c962f555ed3f112d243a09b4";

static const int taps_conv1[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const int taps_layer2_0_downsample_0[] = {0};

/* Name, type, is trainable, rank, dims, initialisation and its scale, strides, groups, taps, places
 * of value, dead taps and gradient. */
const struct resnet8_tiny_tensor resnet8_tiny_tensors[RESNET8_TINY_TENSORS] = {
    {"conv1.weight", RESNET8_TINY_F32, 1, 4, {8, 3, 3, 3}, RESNET8_TINY_NORMAL, 0.16666667f,
     {1, 24, 8, 24}, 1, taps_conv1, 81088, 0, 322816},
    {"bn1.weight", RESNET8_TINY_F32, 1, 1, {8, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f, {1, 0, 1, 1}, 1,
     0, 80960, 0, 322688},
    {"bn1.bias", RESNET8_TINY_F32, 1, 1, {8, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0,
     81024, 0, 322752},
    {"bn1.running_mean", RESNET8_TINY_F32, 0, 1, {8, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 242112, 0, 0},
    {"bn1.running_var", RESNET8_TINY_F32, 0, 1, {8, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f, {1, 0, 1, 1},
     1, 0, 242176, 0, 0},
    {"bn1.num_batches_tracked", RESNET8_TINY_I64, 0, 0, {0, 0, 0, 0}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, offsetof(struct resnet8_tiny, num_batches_tracked[0]), 0, 0},
    {"layer1.0.conv1.weight", RESNET8_TINY_F32, 1, 4, {8, 8, 3, 3}, RESNET8_TINY_NORMAL,
     0.16666667f, {1, 64, 8, 64}, 1, taps_conv1, 78656, 0, 320384},
    {"layer1.0.bn1.weight", RESNET8_TINY_F32, 1, 1, {8, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 78528, 0, 320256},
    {"layer1.0.bn1.bias", RESNET8_TINY_F32, 1, 1, {8, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 78592, 0, 320320},
    {"layer1.0.bn1.running_mean", RESNET8_TINY_F32, 0, 1, {8, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 242240, 0, 0},
    {"layer1.0.bn1.running_var", RESNET8_TINY_F32, 0, 1, {8, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 242304, 0, 0},
    {"layer1.0.bn1.num_batches_tracked", RESNET8_TINY_I64, 0, 0, {0, 0, 0, 0}, RESNET8_TINY_ZEROS,
     0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct resnet8_tiny, num_batches_tracked[1]), 0, 0},
    {"layer1.0.conv2.weight", RESNET8_TINY_F32, 1, 4, {8, 8, 3, 3}, RESNET8_TINY_NORMAL,
     0.16666667f, {1, 64, 8, 64}, 1, taps_conv1, 76224, 0, 317952},
    {"layer1.0.bn2.weight", RESNET8_TINY_F32, 1, 1, {8, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 76096, 0, 317824},
    {"layer1.0.bn2.bias", RESNET8_TINY_F32, 1, 1, {8, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 76160, 0, 317888},
    {"layer1.0.bn2.running_mean", RESNET8_TINY_F32, 0, 1, {8, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 242368, 0, 0},
    {"layer1.0.bn2.running_var", RESNET8_TINY_F32, 0, 1, {8, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 242432, 0, 0},
    {"layer1.0.bn2.num_batches_tracked", RESNET8_TINY_I64, 0, 0, {0, 0, 0, 0}, RESNET8_TINY_ZEROS,
     0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct resnet8_tiny, num_batches_tracked[2]), 0, 0},
    {"layer2.0.downsample.0.weight", RESNET8_TINY_F32, 1, 4, {16, 8, 1, 1}, RESNET8_TINY_NORMAL,
     0.35355339f, {1, 128, 16, 128}, 1, taps_layer2_0_downsample_0, 75584, 0, 317312},
    {"layer2.0.downsample.1.weight", RESNET8_TINY_F32, 1, 1, {16, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 75456, 0, 317184},
    {"layer2.0.downsample.1.bias", RESNET8_TINY_F32, 1, 1, {16, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 75520, 0, 317248},
    {"layer2.0.downsample.1.running_mean", RESNET8_TINY_F32, 0, 1, {16, 1, 1, 1},
     RESNET8_TINY_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 242496, 0, 0},
    {"layer2.0.downsample.1.running_var", RESNET8_TINY_F32, 0, 1, {16, 1, 1, 1}, RESNET8_TINY_ONES,
     0.0f, {1, 0, 1, 1}, 1, 0, 242560, 0, 0},
    {"layer2.0.downsample.1.num_batches_tracked", RESNET8_TINY_I64, 0, 0, {0, 0, 0, 0},
     RESNET8_TINY_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct resnet8_tiny,
                                                            num_batches_tracked[3]), 0, 0},
    {"layer2.0.conv1.weight", RESNET8_TINY_F32, 1, 4, {16, 8, 3, 3}, RESNET8_TINY_NORMAL,
     0.11785113f, {1, 128, 16, 128}, 1, taps_conv1, 70848, 0, 312576},
    {"layer2.0.bn1.weight", RESNET8_TINY_F32, 1, 1, {16, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 70720, 0, 312448},
    {"layer2.0.bn1.bias", RESNET8_TINY_F32, 1, 1, {16, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 70784, 0, 312512},
    {"layer2.0.bn1.running_mean", RESNET8_TINY_F32, 0, 1, {16, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 242624, 0, 0},
    {"layer2.0.bn1.running_var", RESNET8_TINY_F32, 0, 1, {16, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 242688, 0, 0},
    {"layer2.0.bn1.num_batches_tracked", RESNET8_TINY_I64, 0, 0, {0, 0, 0, 0}, RESNET8_TINY_ZEROS,
     0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct resnet8_tiny, num_batches_tracked[4]), 0, 0},
    {"layer2.0.conv2.weight", RESNET8_TINY_F32, 1, 4, {16, 16, 3, 3}, RESNET8_TINY_NORMAL,
     0.11785113f, {1, 256, 16, 256}, 1, taps_conv1, 61504, 0, 303232},
    {"layer2.0.bn2.weight", RESNET8_TINY_F32, 1, 1, {16, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 61376, 0, 303104},
    {"layer2.0.bn2.bias", RESNET8_TINY_F32, 1, 1, {16, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 61440, 0, 303168},
    {"layer2.0.bn2.running_mean", RESNET8_TINY_F32, 0, 1, {16, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 242752, 0, 0},
    {"layer2.0.bn2.running_var", RESNET8_TINY_F32, 0, 1, {16, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 242816, 0, 0},
    {"layer2.0.bn2.num_batches_tracked", RESNET8_TINY_I64, 0, 0, {0, 0, 0, 0}, RESNET8_TINY_ZEROS,
     0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct resnet8_tiny, num_batches_tracked[5]), 0, 0},
    {"layer3.0.downsample.0.weight", RESNET8_TINY_F32, 1, 4, {32, 16, 1, 1}, RESNET8_TINY_NORMAL,
     0.25f, {1, 512, 32, 512}, 1, taps_layer2_0_downsample_0, 59328, 0, 301056},
    {"layer3.0.downsample.1.weight", RESNET8_TINY_F32, 1, 1, {32, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 59072, 0, 300800},
    {"layer3.0.downsample.1.bias", RESNET8_TINY_F32, 1, 1, {32, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 59200, 0, 300928},
    {"layer3.0.downsample.1.running_mean", RESNET8_TINY_F32, 0, 1, {32, 1, 1, 1},
     RESNET8_TINY_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 242880, 0, 0},
    {"layer3.0.downsample.1.running_var", RESNET8_TINY_F32, 0, 1, {32, 1, 1, 1}, RESNET8_TINY_ONES,
     0.0f, {1, 0, 1, 1}, 1, 0, 243008, 0, 0},
    {"layer3.0.downsample.1.num_batches_tracked", RESNET8_TINY_I64, 0, 0, {0, 0, 0, 0},
     RESNET8_TINY_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct resnet8_tiny,
                                                            num_batches_tracked[6]), 0, 0},
    {"layer3.0.conv1.weight", RESNET8_TINY_F32, 1, 4, {32, 16, 3, 3}, RESNET8_TINY_NORMAL,
     0.083333333f, {1, 512, 32, 512}, 1, taps_conv1, 40640, 0, 282368},
    {"layer3.0.bn1.weight", RESNET8_TINY_F32, 1, 1, {32, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 40384, 0, 282112},
    {"layer3.0.bn1.bias", RESNET8_TINY_F32, 1, 1, {32, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 40512, 0, 282240},
    {"layer3.0.bn1.running_mean", RESNET8_TINY_F32, 0, 1, {32, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 243136, 0, 0},
    {"layer3.0.bn1.running_var", RESNET8_TINY_F32, 0, 1, {32, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 243264, 0, 0},
    {"layer3.0.bn1.num_batches_tracked", RESNET8_TINY_I64, 0, 0, {0, 0, 0, 0}, RESNET8_TINY_ZEROS,
     0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct resnet8_tiny, num_batches_tracked[7]), 0, 0},
    {"layer3.0.conv2.weight", RESNET8_TINY_F32, 1, 4, {32, 32, 3, 3}, RESNET8_TINY_NORMAL,
     0.083333333f, {1, 1024, 32, 1024}, 1, taps_conv1, 3520, 0, 245248},
    {"layer3.0.bn2.weight", RESNET8_TINY_F32, 1, 1, {32, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 3264, 0, 244992},
    {"layer3.0.bn2.bias", RESNET8_TINY_F32, 1, 1, {32, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 3392, 0, 245120},
    {"layer3.0.bn2.running_mean", RESNET8_TINY_F32, 0, 1, {32, 1, 1, 1}, RESNET8_TINY_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 243392, 0, 0},
    {"layer3.0.bn2.running_var", RESNET8_TINY_F32, 0, 1, {32, 1, 1, 1}, RESNET8_TINY_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 243520, 0, 0},
    {"layer3.0.bn2.num_batches_tracked", RESNET8_TINY_I64, 0, 0, {0, 0, 0, 0}, RESNET8_TINY_ZEROS,
     0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct resnet8_tiny, num_batches_tracked[8]), 0, 0},
    {"fc.weight", RESNET8_TINY_F32, 1, 2, {10, 32, 1, 1}, RESNET8_TINY_UNIFORM, 0.176776695f,
     {32, 0, 1, 1}, 1, 0, 1920, 0, 243648},
    {"fc.bias", RESNET8_TINY_F32, 1, 1, {10, 1, 1, 1}, RESNET8_TINY_UNIFORM, 0.176776695f,
     {1, 0, 1, 1}, 1, 0, 3200, 0, 244928},
};

static void run_alone(void *scratch, int units, resnet8_tiny_unit *unit, const void *arguments)
{
    for (int i = 0; i < units; i++)
        unit(arguments, i, scratch);
}

struct resnet8_tiny *resnet8_tiny_open(void *memory, const struct resnet8_tiny_host *host)
{
    typedef char context_fits[sizeof(struct resnet8_tiny) <= 1920 ? 1 : -1];
    typedef char parameters_are_as_planned[sizeof(struct parameters) == 80064 ? 1 : -1];
    struct resnet8_tiny *const c = memory;

    (void)sizeof(context_fits);
    (void)sizeof(parameters_are_as_planned);
    if (!memory || (uintptr_t)memory % RESNET8_TINY_ALIGNMENT != 0)
        return NULL;
    c->host.run = host ? host->run : run_alone;
    c->host.threads = host ? host->threads : NULL;
    c->host.pool = host ? host->pool : place(c, 1892544);
    c->w = place(c, 1920);
    c->g = place(c, 243648);
    c->exp_avg = place(c, 81984);
    c->exp_avg_sq = place(c, 162048);
    c->batch_images_0 = place(c, 323712);
    c->batch_targets_0 = place(c, 336000);
    c->batch_images_1 = place(c, 336192);
    c->batch_targets_1 = place(c, 348480);
    c->image = place(c, 1743616);
    c->conv1 = place(c, 498432);
    c->bn.bn1.running_mean = place(c, 242112);
    c->bn.bn1.running_var = place(c, 242176);
    c->bn.bn1.mean = place(c, 1892160);
    c->bn.bn1.inv_std = place(c, 1892224);
    c->relu = place(c, 629504);
    c->layer1_0_conv1 = place(c, 760576);
    c->bn.layer1_0_bn1.running_mean = place(c, 242240);
    c->bn.layer1_0_bn1.running_var = place(c, 242304);
    c->bn.layer1_0_bn1.mean = place(c, 1892288);
    c->bn.layer1_0_bn1.inv_std = place(c, 1892352);
    c->layer1_0_relu1 = place(c, 891648);
    c->layer1_0_conv2 = place(c, 1022720);
    c->bn.layer1_0_bn2.running_mean = place(c, 242368);
    c->bn.layer1_0_bn2.running_var = place(c, 242432);
    c->bn.layer1_0_bn2.mean = place(c, 1892416);
    c->bn.layer1_0_bn2.inv_std = place(c, 1892480);
    c->layer1_0 = place(c, 1153792);
    c->layer2_0_downsample_0 = place(c, 1284864);
    c->bn.layer2_0_downsample_1.running_mean = place(c, 242496);
    c->bn.layer2_0_downsample_1.running_var = place(c, 242560);
    c->layer2_0_downsample_1 = place(c, 348672);
    c->bn.layer2_0_downsample_1.mean = place(c, 1891776);
    c->bn.layer2_0_downsample_1.inv_std = place(c, 1891840);
    c->layer2_0_conv1 = place(c, 1350400);
    c->bn.layer2_0_bn1.running_mean = place(c, 242624);
    c->bn.layer2_0_bn1.running_var = place(c, 242688);
    c->bn.layer2_0_bn1.mean = place(c, 1891904);
    c->bn.layer2_0_bn1.inv_std = place(c, 1891968);
    c->layer2_0_relu1 = place(c, 1415936);
    c->layer2_0_conv2 = place(c, 1481472);
    c->bn.layer2_0_bn2.running_mean = place(c, 242752);
    c->bn.layer2_0_bn2.running_var = place(c, 242816);
    c->bn.layer2_0_bn2.mean = place(c, 1892032);
    c->bn.layer2_0_bn2.inv_std = place(c, 1892096);
    c->layer2_0 = place(c, 1547008);
    c->layer3_0_downsample_0 = place(c, 1678080);
    c->bn.layer3_0_downsample_1.running_mean = place(c, 242880);
    c->bn.layer3_0_downsample_1.running_var = place(c, 243008);
    c->layer3_0_downsample_1 = place(c, 1612544);
    c->bn.layer3_0_downsample_1.mean = place(c, 1891264);
    c->bn.layer3_0_downsample_1.inv_std = place(c, 1891392);
    c->layer3_0_conv1 = place(c, 1710848);
    c->bn.layer3_0_bn1.running_mean = place(c, 243136);
    c->bn.layer3_0_bn1.running_var = place(c, 243264);
    c->bn.layer3_0_bn1.mean = place(c, 1891520);
    c->bn.layer3_0_bn1.inv_std = place(c, 1891648);
    c->layer3_0_relu1 = place(c, 1645312);
    c->layer3_0_conv2 = place(c, 1792768);
    c->bn.layer3_0_bn2.running_mean = place(c, 243392);
    c->bn.layer3_0_bn2.running_var = place(c, 243520);
    c->bn.layer3_0_bn2.mean = place(c, 398080);
    c->bn.layer3_0_bn2.inv_std = place(c, 398208);
    c->layer3_0 = place(c, 348672);
    c->mean = place(c, 382720);
    c->fc = place(c, 1891072);
    c->loss = place(c, 381440);
    c->bn1_statistics = place(c, 414208);
    c->layer1_0_bn1_statistics = place(c, 414208);
    c->layer1_0_bn2_statistics = place(c, 414208);
    c->layer2_0_downsample_1_statistics = place(c, 414208);
    c->layer2_0_bn1_statistics = place(c, 446976);
    c->layer2_0_bn2_statistics = place(c, 455488);
    c->layer3_0_downsample_1_statistics = place(c, 365056);
    c->layer3_0_bn1_statistics = place(c, 365056);
    c->layer3_0_bn2_statistics = place(c, 1826624);
    c->d_fc = place(c, 381952);
    c->d_mean = place(c, 381440);
    c->d_layer3_0 = place(c, 1825536);
    c->d_layer3_0_downsample_1 = place(c, 1825536);
    c->d_layer3_0_conv2 = place(c, 1858304);
    c->d_layer3_0_relu1 = place(c, 1792768);
    c->d_layer3_0_conv1 = place(c, 1792768);
    c->d_layer2_0 = place(c, 1612544);
    c->d_layer3_0_downsample_0 = place(c, 1825536);
    c->d_layer2_0_downsample_1 = place(c, 1612544);
    c->d_layer2_0_conv2 = place(c, 1678080);
    c->d_layer2_0_relu1 = place(c, 1415936);
    c->d_layer2_0_conv1 = place(c, 1415936);
    c->d_layer1_0 = place(c, 348672);
    c->d_layer2_0_downsample_0 = place(c, 1612544);
    c->d_relu = place(c, 348672);
    c->d_layer1_0_conv2 = place(c, 1284864);
    c->d_layer1_0_relu1 = place(c, 891648);
    c->d_layer1_0_conv1 = place(c, 891648);
    c->d_conv1 = place(c, 348672);
    c->eval_image = place(c, 479744);
    c->eval_conv1 = place(c, 348672);
    c->eval_relu = place(c, 348672);
    c->eval_layer1_0_conv1 = place(c, 479744);
    c->eval_layer1_0_relu1 = place(c, 479744);
    c->eval_layer1_0_conv2 = place(c, 610816);
    c->eval_layer1_0 = place(c, 610816);
    c->eval_layer2_0_downsample_0 = place(c, 348672);
    c->eval_layer2_0_downsample_1 = place(c, 348672);
    c->eval_layer2_0_conv1 = place(c, 414208);
    c->eval_layer2_0_relu1 = place(c, 414208);
    c->eval_layer2_0_conv2 = place(c, 479744);
    c->eval_layer2_0 = place(c, 479744);
    c->eval_layer3_0_downsample_0 = place(c, 545280);
    c->eval_layer3_0_downsample_1 = place(c, 545280);
    c->eval_layer3_0_conv1 = place(c, 578048);
    c->eval_layer3_0_relu1 = place(c, 578048);
    c->eval_layer3_0_conv2 = place(c, 498432);
    c->eval_layer3_0 = place(c, 498432);
    c->eval_mean = place(c, 349952);
    c->eval_fc = place(c, 350464);
    c->eval_loss = place(c, 348672);
    c->conv1_partial_conv = place(c, 348672);
    c->bn1_work_bn = place(c, 348672);
    c->layer1_0_conv1_partial_conv = place(c, 348672);
    c->layer1_0_bn1_work_bn = place(c, 348672);
    c->layer1_0_conv2_partial_conv = place(c, 348672);
    c->layer1_0_bn2_work_bn = place(c, 348672);
    c->layer2_0_downsample_0_partial_conv = place(c, 348672);
    c->layer2_0_downsample_1_work_bn = place(c, 414336);
    c->layer2_0_conv1_partial_conv = place(c, 414208);
    c->layer2_0_bn1_work_bn = place(c, 414208);
    c->layer2_0_conv2_partial_conv = place(c, 453376);
    c->layer2_0_conv2_kernel_conv = place(c, 414208);
    c->layer2_0_bn2_work_bn = place(c, 414208);
    c->layer3_0_downsample_0_partial_conv = place(c, 348672);
    c->layer3_0_downsample_1_work_bn = place(c, 348672);
    c->layer3_0_conv1_partial_conv = place(c, 348672);
    c->layer3_0_bn1_work_bn = place(c, 348672);
    c->layer3_0_conv2_partial_conv = place(c, 1825536);
    c->layer3_0_conv2_kernel_conv = place(c, 348672);
    c->layer3_0_bn2_work_bn = place(c, 381440);
    c->fc_turned_linear = place(c, 381440);
    c->fc_partial_channel_sum = place(c, 381440);
    c->layer3_0_bn2_work_bn_backward = place(c, 381440);
    c->layer3_0_conv2_workspace_conv_grad_weight = place(c, 348672);
    c->layer3_0_conv2_kernel_conv_grad_input = place(c, 348672);
    c->layer3_0_conv2_turned_conv_grad_input = place(c, 1612544);
    c->layer3_0_bn1_work_bn_backward = place(c, 348672);
    c->layer3_0_conv1_workspace_conv_grad_weight = place(c, 348672);
    c->layer3_0_conv1_turned_conv_grad_input = place(c, 348672);
    c->layer3_0_downsample_1_work_bn_backward = place(c, 348672);
    c->layer3_0_downsample_0_workspace_conv_grad_weight = place(c, 348672);
    c->layer3_0_downsample_0_turned_conv_grad_input = place(c, 348672);
    c->layer2_0_bn2_work_bn_backward = place(c, 348672);
    c->layer2_0_conv2_workspace_conv_grad_weight = place(c, 348672);
    c->layer2_0_conv2_kernel_conv_grad_input = place(c, 348672);
    c->layer2_0_conv2_turned_conv_grad_input = place(c, 387840);
    c->layer2_0_bn1_work_bn_backward = place(c, 348672);
    c->layer2_0_conv1_workspace_conv_grad_weight = place(c, 348672);
    c->layer2_0_conv1_turned_conv_grad_input = place(c, 479744);
    c->layer2_0_downsample_1_work_bn_backward = place(c, 1350400);
    c->layer2_0_downsample_0_workspace_conv_grad_weight = place(c, 479744);
    c->layer2_0_downsample_0_turned_conv_grad_input = place(c, 479744);
    c->layer1_0_bn2_work_bn_backward = place(c, 1415936);
    c->layer1_0_conv2_workspace_conv_grad_weight = place(c, 1022720);
    c->layer1_0_conv2_turned_conv_grad_input = place(c, 479744);
    c->layer1_0_bn1_work_bn_backward = place(c, 1022720);
    c->layer1_0_conv1_workspace_conv_grad_weight = place(c, 760576);
    c->layer1_0_conv1_turned_conv_grad_input = place(c, 479744);
    c->bn1_work_bn_backward = place(c, 629504);
    c->conv1_workspace_conv_grad_weight = place(c, 479744);
    c->eval_bn1_work_bn_evaluate = place(c, 479744);
    c->eval_layer1_0_bn1_work_bn_evaluate = place(c, 610816);
    c->eval_layer1_0_bn2_work_bn_evaluate = place(c, 479744);
    c->eval_layer2_0_downsample_1_work_bn_evaluate = place(c, 414208);
    c->eval_layer2_0_bn1_work_bn_evaluate = place(c, 479744);
    c->eval_layer2_0_conv2_kernel_conv = place(c, 545280);
    c->eval_layer2_0_bn2_work_bn_evaluate = place(c, 414208);
    c->eval_layer3_0_downsample_1_work_bn_evaluate = place(c, 348672);
    c->eval_layer3_0_bn1_work_bn_evaluate = place(c, 348672);
    c->eval_layer3_0_conv2_kernel_conv = place(c, 348672);
    c->eval_layer3_0_bn2_work_bn_evaluate = place(c, 348672);
    c->eval_fc_turned_linear = place(c, 348672);
    c->bn.bn1.gamma = c->w->bn1_weight;
    c->bn.bn1.beta = c->w->bn1_bias;
    c->bn.bn1.d_gamma = c->g->bn1_weight;
    c->bn.bn1.d_beta = c->g->bn1_bias;
    c->bn.layer1_0_bn1.gamma = c->w->layer1_0_bn1_weight;
    c->bn.layer1_0_bn1.beta = c->w->layer1_0_bn1_bias;
    c->bn.layer1_0_bn1.d_gamma = c->g->layer1_0_bn1_weight;
    c->bn.layer1_0_bn1.d_beta = c->g->layer1_0_bn1_bias;
    c->bn.layer1_0_bn2.gamma = c->w->layer1_0_bn2_weight;
    c->bn.layer1_0_bn2.beta = c->w->layer1_0_bn2_bias;
    c->bn.layer1_0_bn2.d_gamma = c->g->layer1_0_bn2_weight;
    c->bn.layer1_0_bn2.d_beta = c->g->layer1_0_bn2_bias;
    c->bn.layer2_0_downsample_1.gamma = c->w->layer2_0_downsample_1_weight;
    c->bn.layer2_0_downsample_1.beta = c->w->layer2_0_downsample_1_bias;
    c->bn.layer2_0_downsample_1.d_gamma = c->g->layer2_0_downsample_1_weight;
    c->bn.layer2_0_downsample_1.d_beta = c->g->layer2_0_downsample_1_bias;
    c->bn.layer2_0_bn1.gamma = c->w->layer2_0_bn1_weight;
    c->bn.layer2_0_bn1.beta = c->w->layer2_0_bn1_bias;
    c->bn.layer2_0_bn1.d_gamma = c->g->layer2_0_bn1_weight;
    c->bn.layer2_0_bn1.d_beta = c->g->layer2_0_bn1_bias;
    c->bn.layer2_0_bn2.gamma = c->w->layer2_0_bn2_weight;
    c->bn.layer2_0_bn2.beta = c->w->layer2_0_bn2_bias;
    c->bn.layer2_0_bn2.d_gamma = c->g->layer2_0_bn2_weight;
    c->bn.layer2_0_bn2.d_beta = c->g->layer2_0_bn2_bias;
    c->bn.layer3_0_downsample_1.gamma = c->w->layer3_0_downsample_1_weight;
    c->bn.layer3_0_downsample_1.beta = c->w->layer3_0_downsample_1_bias;
    c->bn.layer3_0_downsample_1.d_gamma = c->g->layer3_0_downsample_1_weight;
    c->bn.layer3_0_downsample_1.d_beta = c->g->layer3_0_downsample_1_bias;
    c->bn.layer3_0_bn1.gamma = c->w->layer3_0_bn1_weight;
    c->bn.layer3_0_bn1.beta = c->w->layer3_0_bn1_bias;
    c->bn.layer3_0_bn1.d_gamma = c->g->layer3_0_bn1_weight;
    c->bn.layer3_0_bn1.d_beta = c->g->layer3_0_bn1_bias;
    c->bn.layer3_0_bn2.gamma = c->w->layer3_0_bn2_weight;
    c->bn.layer3_0_bn2.beta = c->w->layer3_0_bn2_bias;
    c->bn.layer3_0_bn2.d_gamma = c->g->layer3_0_bn2_weight;
    c->bn.layer3_0_bn2.d_beta = c->g->layer3_0_bn2_bias;
    return c;
}

void *resnet8_tiny_at(struct resnet8_tiny *c, size_t bytes)
{
    return bytes ? place(c, bytes) : NULL;
}

uint8_t *resnet8_tiny_batch_images(struct resnet8_tiny *c, int which)
{
    return (uint8_t *)(which == 0 ? c->batch_images_0 : c->batch_images_1);
}

float *resnet8_tiny_batch_targets(struct resnet8_tiny *c, int which)
{
    return (float *)(which == 0 ? c->batch_targets_0 : c->batch_targets_1);
}

struct resnet8_tiny_result resnet8_tiny_gradients(struct resnet8_tiny *c, const uint8_t *images,
                                                  const float *targets, int n,
                                                  const struct resnet8_tiny_hyper *hyper)
{
    c->images = images;
    c->targets = targets;
    c->hyper = hyper;
    for (int i = 0; i < 9; i++)
        c->num_batches_tracked[i]++;
    run_forward(c, n);
    c->logits = c->fc[0][0][0];
    if (isfinite(c->result.loss))
        run_backward(c, n);
    return c->result;
}

struct resnet8_tiny_result resnet8_tiny_step(struct resnet8_tiny *c, const uint8_t *images,
                                             const float *targets, int n,
                                             const struct resnet8_tiny_hyper *hyper)
{
    const struct resnet8_tiny_result result = resnet8_tiny_gradients(c, images, targets, n, hyper);
    if (isfinite(result.loss))
        resnet8_tiny_update(c, hyper);
    return result;
}

struct resnet8_tiny_result resnet8_tiny_evaluate(struct resnet8_tiny *c, const uint8_t *images,
                                                 const float *targets, int n)
{
    c->images = images;
    c->targets = targets;
    run_evaluate(c, n);
    c->logits = c->eval_fc[0][0][0];
    return c->result;
}

const float *resnet8_tiny_logits(const struct resnet8_tiny *c) { return c->logits; }

const struct resnet8_tiny_state resnet8_tiny_states[RESNET8_TINY_STATES] = {
    {"parameter", 1920, 80064, 4},
    {"state", 81984, 160128, 4},
    {"buffer", 242112, 1536, 4},
    {"num_batches_tracked", offsetof(struct resnet8_tiny, num_batches_tracked), 72, 8},
};

/* Whether the first n of BATCH rows of `channels` are finite at each position; a row count of 1 is
 * one row. */
static int all_finite(const float *values, int positions, int channels, int n)
{
    for (int position = 0; position < positions; position++)
        for (int j = 0; j < n * channels; j++)
            if (!isfinite(values[(ptrdiff_t)position * BATCH * channels + j]))
                return 0;
    return 1;
}

const char *resnet8_tiny_first_nonfinite(const struct resnet8_tiny *c, int n)
{
    if (!all_finite((const float *)c->w->conv1_weight, 1, 216, 1)) return "conv1.weight";
    if (!all_finite((const float *)c->w->bn1_weight, 1, 8, 1)) return "bn1.weight";
    if (!all_finite((const float *)c->w->bn1_bias, 1, 8, 1)) return "bn1.bias";
    if (!all_finite((const float *)c->w->layer1_0_conv1_weight, 1, 576,
                    1)) return "layer1.0.conv1.weight";
    if (!all_finite((const float *)c->w->layer1_0_bn1_weight, 1, 8,
                    1)) return "layer1.0.bn1.weight";
    if (!all_finite((const float *)c->w->layer1_0_bn1_bias, 1, 8, 1)) return "layer1.0.bn1.bias";
    if (!all_finite((const float *)c->w->layer1_0_conv2_weight, 1, 576,
                    1)) return "layer1.0.conv2.weight";
    if (!all_finite((const float *)c->w->layer1_0_bn2_weight, 1, 8,
                    1)) return "layer1.0.bn2.weight";
    if (!all_finite((const float *)c->w->layer1_0_bn2_bias, 1, 8, 1)) return "layer1.0.bn2.bias";
    if (!all_finite((const float *)c->w->layer2_0_downsample_0_weight, 1, 128,
                    1)) return "layer2.0.downsample.0.weight";
    if (!all_finite((const float *)c->w->layer2_0_downsample_1_weight, 1, 16,
                    1)) return "layer2.0.downsample.1.weight";
    if (!all_finite((const float *)c->w->layer2_0_downsample_1_bias, 1, 16,
                    1)) return "layer2.0.downsample.1.bias";
    if (!all_finite((const float *)c->w->layer2_0_conv1_weight, 1, 1152,
                    1)) return "layer2.0.conv1.weight";
    if (!all_finite((const float *)c->w->layer2_0_bn1_weight, 1, 16,
                    1)) return "layer2.0.bn1.weight";
    if (!all_finite((const float *)c->w->layer2_0_bn1_bias, 1, 16, 1)) return "layer2.0.bn1.bias";
    if (!all_finite((const float *)c->w->layer2_0_conv2_weight, 1, 2304,
                    1)) return "layer2.0.conv2.weight";
    if (!all_finite((const float *)c->w->layer2_0_bn2_weight, 1, 16,
                    1)) return "layer2.0.bn2.weight";
    if (!all_finite((const float *)c->w->layer2_0_bn2_bias, 1, 16, 1)) return "layer2.0.bn2.bias";
    if (!all_finite((const float *)c->w->layer3_0_downsample_0_weight, 1, 512,
                    1)) return "layer3.0.downsample.0.weight";
    if (!all_finite((const float *)c->w->layer3_0_downsample_1_weight, 1, 32,
                    1)) return "layer3.0.downsample.1.weight";
    if (!all_finite((const float *)c->w->layer3_0_downsample_1_bias, 1, 32,
                    1)) return "layer3.0.downsample.1.bias";
    if (!all_finite((const float *)c->w->layer3_0_conv1_weight, 1, 4608,
                    1)) return "layer3.0.conv1.weight";
    if (!all_finite((const float *)c->w->layer3_0_bn1_weight, 1, 32,
                    1)) return "layer3.0.bn1.weight";
    if (!all_finite((const float *)c->w->layer3_0_bn1_bias, 1, 32, 1)) return "layer3.0.bn1.bias";
    if (!all_finite((const float *)c->w->layer3_0_conv2_weight, 1, 9216,
                    1)) return "layer3.0.conv2.weight";
    if (!all_finite((const float *)c->w->layer3_0_bn2_weight, 1, 32,
                    1)) return "layer3.0.bn2.weight";
    if (!all_finite((const float *)c->w->layer3_0_bn2_bias, 1, 32, 1)) return "layer3.0.bn2.bias";
    if (!all_finite((const float *)c->w->fc_weight, 1, 320, 1)) return "fc.weight";
    if (!all_finite((const float *)c->w->fc_bias, 1, 10, 1)) return "fc.bias";
    if (!all_finite((const float *)c->image, 1024, 3, n)) return "image";
    if (!all_finite((const float *)c->conv1, 1024, 8, n)) return "conv1";
    if (!all_finite((const float *)c->relu, 1024, 8, n)) return "relu";
    if (!all_finite((const float *)c->layer1_0_conv1, 1024, 8, n)) return "layer1.0.conv1";
    if (!all_finite((const float *)c->layer1_0_relu1, 1024, 8, n)) return "layer1.0.relu1";
    if (!all_finite((const float *)c->layer1_0_conv2, 1024, 8, n)) return "layer1.0.conv2";
    if (!all_finite((const float *)c->layer1_0, 1024, 8, n)) return "layer1.0";
    if (!all_finite((const float *)c->layer2_0_downsample_0, 256, 16,
                    n)) return "layer2.0.downsample.0";
    if (!all_finite((const float *)c->layer2_0_conv1, 256, 16, n)) return "layer2.0.conv1";
    if (!all_finite((const float *)c->layer2_0_relu1, 256, 16, n)) return "layer2.0.relu1";
    if (!all_finite((const float *)c->layer2_0_conv2, 256, 16, n)) return "layer2.0.conv2";
    if (!all_finite((const float *)c->layer2_0, 256, 16, n)) return "layer2.0";
    if (!all_finite((const float *)c->layer3_0_downsample_0, 64, 32,
                    n)) return "layer3.0.downsample.0";
    if (!all_finite((const float *)c->layer3_0_conv1, 64, 32, n)) return "layer3.0.conv1";
    if (!all_finite((const float *)c->layer3_0_relu1, 64, 32, n)) return "layer3.0.relu1";
    if (!all_finite((const float *)c->layer3_0_conv2, 64, 32, n)) return "layer3.0.conv2";
    if (!all_finite((const float *)c->layer3_0, 64, 32, n)) return "layer3.0";
    if (!all_finite((const float *)c->mean, 1, 32, n)) return "mean";
    if (!all_finite((const float *)c->fc, 1, 10, n)) return "fc";
    if (!all_finite((const float *)c->loss, 1, 1, n)) return "loss";
    if (!all_finite((const float *)c->bn.bn1.running_mean, 1, 8, 1)) return "bn1.running_mean";
    if (!all_finite((const float *)c->bn.bn1.running_var, 1, 8, 1)) return "bn1.running_var";
    if (!all_finite((const float *)c->bn.layer1_0_bn1.running_mean, 1, 8,
                    1)) return "layer1.0.bn1.running_mean";
    if (!all_finite((const float *)c->bn.layer1_0_bn1.running_var, 1, 8,
                    1)) return "layer1.0.bn1.running_var";
    if (!all_finite((const float *)c->bn.layer1_0_bn2.running_mean, 1, 8,
                    1)) return "layer1.0.bn2.running_mean";
    if (!all_finite((const float *)c->bn.layer1_0_bn2.running_var, 1, 8,
                    1)) return "layer1.0.bn2.running_var";
    if (!all_finite((const float *)c->bn.layer2_0_downsample_1.running_mean, 1, 16,
                    1)) return "layer2.0.downsample.1.running_mean";
    if (!all_finite((const float *)c->bn.layer2_0_downsample_1.running_var, 1, 16,
                    1)) return "layer2.0.downsample.1.running_var";
    if (!all_finite((const float *)c->bn.layer2_0_bn1.running_mean, 1, 16,
                    1)) return "layer2.0.bn1.running_mean";
    if (!all_finite((const float *)c->bn.layer2_0_bn1.running_var, 1, 16,
                    1)) return "layer2.0.bn1.running_var";
    if (!all_finite((const float *)c->bn.layer2_0_bn2.running_mean, 1, 16,
                    1)) return "layer2.0.bn2.running_mean";
    if (!all_finite((const float *)c->bn.layer2_0_bn2.running_var, 1, 16,
                    1)) return "layer2.0.bn2.running_var";
    if (!all_finite((const float *)c->bn.layer3_0_downsample_1.running_mean, 1, 32,
                    1)) return "layer3.0.downsample.1.running_mean";
    if (!all_finite((const float *)c->bn.layer3_0_downsample_1.running_var, 1, 32,
                    1)) return "layer3.0.downsample.1.running_var";
    if (!all_finite((const float *)c->bn.layer3_0_bn1.running_mean, 1, 32,
                    1)) return "layer3.0.bn1.running_mean";
    if (!all_finite((const float *)c->bn.layer3_0_bn1.running_var, 1, 32,
                    1)) return "layer3.0.bn1.running_var";
    if (!all_finite((const float *)c->bn.layer3_0_bn2.running_mean, 1, 32,
                    1)) return "layer3.0.bn2.running_mean";
    if (!all_finite((const float *)c->bn.layer3_0_bn2.running_var, 1, 32,
                    1)) return "layer3.0.bn2.running_var";
    return NULL;
}
