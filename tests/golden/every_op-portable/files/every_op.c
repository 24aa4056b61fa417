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

#include "every_op.h"

#include "layers.h"
#include "memory.h"

const char every_op_spec_sha256[] = "991e0374dca84675e2f9a43dae2ce8ef4af50648d992ac3c0e8671d46b5c3714";

static const int taps_stem[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24};
static const int taps_one_conv1[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const int taps_one_conv2[] = {0, 1, 2};

/* Name, type, is trainable, rank, dims, initialisation and its scale, strides, groups, taps, places of value, dead
 * taps and gradient. */
const struct every_op_tensor every_op_tensors[EVERY_OP_TENSORS] = {
    {"stem.weight", EVERY_OP_F32, 1, 4, {8, 3, 5, 5}, EVERY_OP_UNIFORM, 0.11547005f, {1, 24, 8, 24}, 1, taps_stem, 3968, 0, 9664},
    {"stem.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_UNIFORM, 0.11547005f, {1, 0, 1, 1}, 1, 0, 6400, 0, 12096},
    {"one.conv1.weight", EVERY_OP_F32, 1, 4, {8, 4, 3, 3}, EVERY_OP_UNIFORM, 0.16666667f, {1, 16, 4, 32}, 2, taps_one_conv1, 2816, 0, 8512},
    {"one.bn1.weight", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 2688, 0, 8384},
    {"one.bn1.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 2752, 0, 8448},
    {"one.bn1.running_mean", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 17856, 0, 0},
    {"one.bn1.running_var", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 17920, 0, 0},
    {"one.bn1.num_batches_tracked", EVERY_OP_I64, 0, 0, {0, 0, 0, 0}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct every_op, num_batches_tracked[0]), 0, 0},
    {"one.conv2.weight", EVERY_OP_F32, 1, 4, {8, 8, 1, 3}, EVERY_OP_UNIFORM, 0.20412415f, {1, 64, 8, 64}, 1, taps_one_conv2, 1920, 0, 7616},
    {"one.bn2.weight", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 1792, 0, 7488},
    {"one.bn2.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 1856, 0, 7552},
    {"one.bn2.running_mean", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 17984, 0, 0},
    {"one.bn2.running_var", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 18048, 0, 0},
    {"one.bn2.num_batches_tracked", EVERY_OP_I64, 0, 0, {0, 0, 0, 0}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct every_op, num_batches_tracked[1]), 0, 0},
    {"pooled.weight", EVERY_OP_F32, 1, 2, {6, 8, 1, 1}, EVERY_OP_UNIFORM, 0.35355339f, {8, 0, 1, 1}, 1, 0, 1600, 0, 7296},
    {"fc.weight", EVERY_OP_F32, 1, 2, {6, 32, 1, 1}, EVERY_OP_UNIFORM, 0.176776695f, {32, 0, 1, 1}, 1, 0, 768, 0, 6464},
    {"fc.bias", EVERY_OP_F32, 1, 1, {6, 1, 1, 1}, EVERY_OP_UNIFORM, 0.176776695f, {1, 0, 1, 1}, 1, 0, 1536, 0, 7232},
};

static void run_alone(void *pool, int units, void (*unit)(const void *arguments, int index), const void *arguments)
{
    (void)pool;
    for (int i = 0; i < units; i++)
        unit(arguments, i);
}

static void *place(struct every_op *c, size_t bytes) { return (char *)c + bytes; }

struct every_op *every_op_open(void *memory, const struct every_op_host *host)
{
    typedef char context_fits[sizeof(struct every_op) <= 768 ? 1 : -1];
    typedef char parameters_are_as_planned[sizeof(struct parameters) == 5696 ? 1 : -1];
    struct every_op *const c = memory;

    (void)sizeof(context_fits);
    (void)sizeof(parameters_are_as_planned);
    if (!memory || (uintptr_t)memory % EVERY_OP_ALIGNMENT != 0)
        return NULL;
    c->host.run = host ? host->run : run_alone;
    c->host.pool = host ? host->pool : NULL;
    c->w = place(c, 768);
    c->g = place(c, 6464);
    c->momentum = place(c, 12160);
    c->batch_images_0 = place(c, 18112);
    c->batch_targets_0 = place(c, 18880);
    c->batch_images_1 = place(c, 18944);
    c->batch_targets_1 = place(c, 19712);
    c->image = place(c, 52224);
    c->stem = place(c, 37824);
    c->relu = place(c, 37824);
    c->maxpool = place(c, 23808);
    c->maxpool_choice = place(c, 26688);
    c->one_conv1 = place(c, 24384);
    c->one_bn1_running_mean = place(c, 17856);
    c->one_bn1_running_var = place(c, 17920);
    c->one_bn1_mean = place(c, 26880);
    c->one_bn1_inv_std = place(c, 26944);
    c->one_relu1 = place(c, 24960);
    c->one_conv2 = place(c, 21504);
    c->one_bn2_running_mean = place(c, 17984);
    c->one_bn2_running_var = place(c, 18048);
    c->one_bn2_mean = place(c, 22656);
    c->one_bn2_inv_std = place(c, 22720);
    c->one = place(c, 20544);
    c->avgpool = place(c, 19776);
    c->mean = place(c, 21376);
    c->pooled = place(c, 21440);
    c->flatten = place(c, 21120);
    c->dropout = place(c, 21120);
    c->fc = place(c, 57024);
    c->add = place(c, 57024);
    c->loss = place(c, 19776);
    c->one_bn1_partial = place(c, 19776);
    c->one_bn2_partial = place(c, 22080);
    c->d_add = place(c, 20288);
    c->d_fc = place(c, 20032);
    c->d_pooled = place(c, 20288);
    c->d_dropout = place(c, 19776);
    c->d_flatten = place(c, 19776);
    c->d_avgpool = place(c, 20032);
    c->d_mean = place(c, 19776);
    c->d_one = place(c, 25536);
    c->d_maxpool = place(c, 25536);
    c->d_one_conv2 = place(c, 26112);
    c->d_one_relu1 = place(c, 20928);
    c->d_one_conv1 = place(c, 20928);
    c->d_relu = place(c, 55104);
    c->d_stem = place(c, 55104);
    c->eval_image = place(c, 37824);
    c->eval_stem = place(c, 40704);
    c->eval_relu = place(c, 40704);
    c->eval_maxpool = place(c, 21504);
    c->eval_one_conv1 = place(c, 22080);
    c->eval_one_relu1 = place(c, 22080);
    c->eval_one_conv2 = place(c, 22656);
    c->eval_one = place(c, 22656);
    c->eval_avgpool = place(c, 19776);
    c->eval_mean = place(c, 20224);
    c->eval_pooled = place(c, 20800);
    c->eval_flatten = place(c, 20544);
    c->eval_fc = place(c, 20864);
    c->eval_add = place(c, 20864);
    c->eval_loss = place(c, 19776);
    c->stem_lowered_conv = place(c, 19776);
    c->one_bn1_factors_bn = place(c, 20352);
    c->one_conv2_lowered_conv = place(c, 19776);
    c->one_bn2_factors_bn = place(c, 19776);
    c->pooled_turned_linear = place(c, 20032);
    c->fc_turned_linear = place(c, 19776);
    c->fc_partial_channel_sum = place(c, 19776);
    c->one_bn2_partial_bn_backward = place(c, 19776);
    c->one_conv2_workspace_conv_grad_weight = place(c, 19776);
    c->one_conv2_lowered_conv_grad_weight = place(c, 22080);
    c->one_conv2_turned_conv_grad_input = place(c, 19776);
    c->one_bn1_partial_bn_backward = place(c, 19776);
    c->one_bn1_factors_bn_backward = place(c, 20352);
    c->one_conv1_turned_conv_grad_input = place(c, 19776);
    c->stem_workspace_conv_grad_weight = place(c, 37824);
    c->stem_lowered_conv_grad_weight = place(c, 19776);
    c->stem_partial_channel_sum = place(c, 19776);
    c->eval_stem_lowered_conv = place(c, 19776);
    c->eval_one_bn1_factors_bn_evaluate = place(c, 19776);
    c->eval_one_conv2_lowered_conv = place(c, 19776);
    c->eval_one_bn2_factors_bn_evaluate = place(c, 19776);
    c->eval_pooled_turned_linear = place(c, 20032);
    c->eval_fc_turned_linear = place(c, 19776);
    return c;
}

void *every_op_at(struct every_op *c, size_t bytes) { return bytes ? place(c, bytes) : NULL; }

uint8_t *every_op_batch_images(struct every_op *c, int which)
{
    return (uint8_t *)(which == 0 ? c->batch_images_0 : c->batch_images_1);
}

float *every_op_batch_targets(struct every_op *c, int which)
{
    return (float *)(which == 0 ? c->batch_targets_0 : c->batch_targets_1);
}

struct every_op_result every_op_gradients(struct every_op *c, const uint8_t *images, const float *targets, int n,
                                            const struct every_op_hyper *hyper)
{
    c->images = images;
    c->targets = targets;
    c->hyper = hyper;
    for (int i = 0; i < 2; i++)
        c->num_batches_tracked[i]++;
    run_forward(c, n);
    c->logits = c->add[0][0][0];
    if (isfinite(c->result.loss))
        run_backward(c, n);
    return c->result;
}

struct every_op_result every_op_step(struct every_op *c, const uint8_t *images, const float *targets, int n,
                                       const struct every_op_hyper *hyper)
{
    const struct every_op_result result = every_op_gradients(c, images, targets, n, hyper);
    if (isfinite(result.loss))
        every_op_update(c, hyper);
    return result;
}

struct every_op_result every_op_evaluate(struct every_op *c, const uint8_t *images, const float *targets, int n)
{
    c->images = images;
    c->targets = targets;
    run_evaluate(c, n);
    c->logits = c->eval_add[0][0][0];
    return c->result;
}

const float *every_op_logits(const struct every_op *c) { return c->logits; }

const struct every_op_state every_op_states[EVERY_OP_STATES] = {
    {"parameter", 768, 5696},
    {"state", 12160, 5696},
    {"buffer", 17856, 256},
    {"num_batches_tracked", offsetof(struct every_op, num_batches_tracked), 16},
};

/* Whether the first n of BATCH rows of `channels` are finite at each position; a row count of 1 is one row. */
static int all_finite(const float *values, int positions, int channels, int n)
{
    for (int position = 0; position < positions; position++)
        for (int j = 0; j < n * channels; j++)
            if (!isfinite(values[(ptrdiff_t)position * BATCH * channels + j]))
                return 0;
    return 1;
}

const char *every_op_first_nonfinite(const struct every_op *c, int n)
{
    if (!all_finite((const float *)c->w->stem_weight, 1, 600, 1)) return "stem.weight";
    if (!all_finite((const float *)c->w->stem_bias, 1, 8, 1)) return "stem.bias";
    if (!all_finite((const float *)c->w->one_conv1_weight, 1, 288, 1)) return "one.conv1.weight";
    if (!all_finite((const float *)c->w->one_bn1_weight, 1, 8, 1)) return "one.bn1.weight";
    if (!all_finite((const float *)c->w->one_bn1_bias, 1, 8, 1)) return "one.bn1.bias";
    if (!all_finite((const float *)c->w->one_conv2_weight, 1, 192, 1)) return "one.conv2.weight";
    if (!all_finite((const float *)c->w->one_bn2_weight, 1, 8, 1)) return "one.bn2.weight";
    if (!all_finite((const float *)c->w->one_bn2_bias, 1, 8, 1)) return "one.bn2.bias";
    if (!all_finite((const float *)c->w->pooled_weight, 1, 48, 1)) return "pooled.weight";
    if (!all_finite((const float *)c->w->fc_weight, 1, 192, 1)) return "fc.weight";
    if (!all_finite((const float *)c->w->fc_bias, 1, 6, 1)) return "fc.bias";
    if (!all_finite((const float *)c->image, 120, 3, n)) return "image";
    if (!all_finite((const float *)c->relu, 30, 8, n)) return "relu";
    if (!all_finite((const float *)c->maxpool, 9, 8, n)) return "maxpool";
    if (!all_finite((const float *)c->one_conv1, 9, 8, n)) return "one.conv1";
    if (!all_finite((const float *)c->one_relu1, 9, 8, n)) return "one.relu1";
    if (!all_finite((const float *)c->one_conv2, 9, 8, n)) return "one.conv2";
    if (!all_finite((const float *)c->one, 9, 8, n)) return "one";
    if (!all_finite((const float *)c->mean, 1, 8, n)) return "mean";
    if (!all_finite((const float *)c->dropout, 1, 32, n)) return "dropout";
    if (!all_finite((const float *)c->add, 1, 6, n)) return "add";
    if (!all_finite((const float *)c->loss, 1, 1, n)) return "loss";
    if (!all_finite((const float *)c->one_bn1_running_mean, 1, 8, 1)) return "one.bn1.running_mean";
    if (!all_finite((const float *)c->one_bn1_running_var, 1, 8, 1)) return "one.bn1.running_var";
    if (!all_finite((const float *)c->one_bn2_running_mean, 1, 8, 1)) return "one.bn2.running_mean";
    if (!all_finite((const float *)c->one_bn2_running_var, 1, 8, 1)) return "one.bn2.running_var";
    return NULL;
}
