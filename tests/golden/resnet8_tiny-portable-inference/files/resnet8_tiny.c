/* Made by castnet 0.1.0 from resnet8_tiny.lua --as inference --target portable --batch 1.
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

static void run_alone(void *scratch, int units, resnet8_tiny_unit *unit, const void *arguments)
{
    for (int i = 0; i < units; i++)
        unit(arguments, i, scratch);
}

struct resnet8_tiny *resnet8_tiny_init(void *memory, const struct resnet8_tiny_host *host)
{
    typedef char context_fits[sizeof(struct resnet8_tiny) <= 320 ? 1 : -1];
    struct resnet8_tiny *const c = memory;

    (void)sizeof(context_fits);
    if (!memory || (uintptr_t)memory % RESNET8_TINY_ALIGNMENT != 0)
        return NULL;
    memset(c, 0, sizeof *c);
    c->host.run = host ? host->run : run_alone;
    c->host.threads = host ? host->threads : NULL;
    c->host.pool = host ? host->pool : place(c, 65856);
    c->image = place(c, 33088);
    c->relu = place(c, 320);
    c->layer1_0_relu1 = place(c, 33088);
    c->layer1_0 = place(c, 320);
    c->layer2_0_downsample_1 = place(c, 33088);
    c->layer2_0_relu1 = place(c, 49472);
    c->layer2_0 = place(c, 33088);
    c->layer3_0_downsample_1 = place(c, 320);
    c->layer3_0_relu1 = place(c, 8512);
    c->layer3_0 = place(c, 320);
    c->mean = place(c, 8512);
    c->fc = place(c, 320);
    return c;
}

enum resnet8_tiny_status resnet8_tiny_predict(struct resnet8_tiny *c, const uint8_t *images, int n,
                                              float *logits)
{
    if (!c || !images || !logits || n < 1)
        return RESNET8_TINY_BAD_ARGUMENT;
    if (!c->weights)
        return RESNET8_TINY_NO_WEIGHTS;
    while (n > 0) {
        const int count = n < BATCH ? n : BATCH;
        c->images = images;
        run_evaluate(c, count);
        memcpy(logits, c->fc[0][0][0], (size_t)count * RESNET8_TINY_CLASSES * sizeof *logits);
        images += (ptrdiff_t)count * RESNET8_TINY_IMAGE_BYTES;
        logits += (ptrdiff_t)count * RESNET8_TINY_CLASSES;
        n -= count;
    }
    return RESNET8_TINY_OK;
}
