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
 *       x = net.concat(net.silu(x), net.gelu(x), net.leaky_relu(x))
 *       local excited = net.sigmoid(net.linear(net.relu6(net.mean_pool(x)), "excite", { out = 24 }))
 *       x = net.mul(x, excited) * 0.5
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

const char every_op_spec_sha256[] = "e60726847a37c23a3afd37b5f44e5a2ec85223edb2563d86a3fd3da76c081156";

static const int taps_stem[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24};
static const int taps_one_conv1[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const int taps_one_conv2[] = {0, 1, 2};

/* Name, type, is trainable, rank, dims, initialisation and its scale, strides, groups, taps, places of value, dead
 * taps and gradient. */
const struct every_op_tensor every_op_tensors[EVERY_OP_TENSORS] = {
    {"stem.weight", EVERY_OP_F32, 1, 4, {8, 3, 5, 5}, EVERY_OP_UNIFORM, 0.11547005f, {1, 24, 8, 24}, 1, taps_stem, 8640, 0, 18688},
    {"stem.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_UNIFORM, 0.11547005f, {1, 0, 1, 1}, 1, 0, 11072, 0, 21120},
    {"one.conv1.weight", EVERY_OP_F32, 1, 4, {8, 4, 3, 3}, EVERY_OP_UNIFORM, 0.16666667f, {1, 16, 4, 32}, 2, taps_one_conv1, 7488, 0, 17536},
    {"one.bn1.weight", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 7360, 0, 17408},
    {"one.bn1.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 7424, 0, 17472},
    {"one.bn1.running_mean", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 31232, 0, 0},
    {"one.bn1.running_var", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 31296, 0, 0},
    {"one.bn1.num_batches_tracked", EVERY_OP_I64, 0, 0, {0, 0, 0, 0}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct every_op, num_batches_tracked[0]), 0, 0},
    {"one.conv2.weight", EVERY_OP_F32, 1, 4, {8, 8, 1, 3}, EVERY_OP_UNIFORM, 0.20412415f, {1, 64, 8, 64}, 1, taps_one_conv2, 6592, 0, 16640},
    {"one.bn2.weight", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 6464, 0, 16512},
    {"one.bn2.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 6528, 0, 16576},
    {"one.bn2.running_mean", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 31360, 0, 0},
    {"one.bn2.running_var", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 31424, 0, 0},
    {"one.bn2.num_batches_tracked", EVERY_OP_I64, 0, 0, {0, 0, 0, 0}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct every_op, num_batches_tracked[1]), 0, 0},
    {"excite.weight", EVERY_OP_F32, 1, 2, {24, 24, 1, 1}, EVERY_OP_UNIFORM, 0.20412415f, {24, 0, 1, 1}, 1, 0, 4032, 0, 14080},
    {"excite.bias", EVERY_OP_F32, 1, 1, {24, 1, 1, 1}, EVERY_OP_UNIFORM, 0.20412415f, {1, 0, 1, 1}, 1, 0, 6336, 0, 16384},
    {"pooled.weight", EVERY_OP_F32, 1, 2, {6, 24, 1, 1}, EVERY_OP_UNIFORM, 0.20412415f, {24, 0, 1, 1}, 1, 0, 3456, 0, 13504},
    {"fc.weight", EVERY_OP_F32, 1, 2, {6, 96, 1, 1}, EVERY_OP_UNIFORM, 0.102062073f, {96, 0, 1, 1}, 1, 0, 1088, 0, 11136},
    {"fc.bias", EVERY_OP_F32, 1, 1, {6, 1, 1, 1}, EVERY_OP_UNIFORM, 0.102062073f, {1, 0, 1, 1}, 1, 0, 3392, 0, 13440},
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
    typedef char context_fits[sizeof(struct every_op) <= 1088 ? 1 : -1];
    typedef char parameters_are_as_planned[sizeof(struct parameters) == 10048 ? 1 : -1];
    struct every_op *const c = memory;

    (void)sizeof(context_fits);
    (void)sizeof(parameters_are_as_planned);
    if (!memory || (uintptr_t)memory % EVERY_OP_ALIGNMENT != 0)
        return NULL;
    c->host.run = host ? host->run : run_alone;
    c->host.pool = host ? host->pool : NULL;
    c->w = place(c, 1088);
    c->g = place(c, 11136);
    c->momentum = place(c, 21184);
    c->batch_images_0 = place(c, 31488);
    c->batch_targets_0 = place(c, 32256);
    c->batch_images_1 = place(c, 32320);
    c->batch_targets_1 = place(c, 33088);
    c->image = place(c, 65600);
    c->stem = place(c, 51200);
    c->relu = place(c, 51200);
    c->maxpool = place(c, 37184);
    c->maxpool_choice = place(c, 41216);
    c->one_conv1 = place(c, 37760);
    c->one_bn1_running_mean = place(c, 31232);
    c->one_bn1_running_var = place(c, 31296);
    c->one_bn1_mean = place(c, 41408);
    c->one_bn1_inv_std = place(c, 41472);
    c->one_relu1 = place(c, 38336);
    c->one_conv2 = place(c, 38912);
    c->one_bn2_running_mean = place(c, 31360);
    c->one_bn2_running_var = place(c, 31424);
    c->one_bn2_mean = place(c, 41536);
    c->one_bn2_inv_std = place(c, 41600);
    c->one = place(c, 39488);
    c->avgpool = place(c, 40064);
    c->silu = place(c, 33152);
    c->gelu = place(c, 33408);
    c->leaky_relu = place(c, 40320);
    c->concat = place(c, 35456);
    c->mean = place(c, 36992);
    c->relu6 = place(c, 36992);
    c->excite = place(c, 40576);
    c->sigmoid = place(c, 40576);
    c->mul = place(c, 33152);
    c->scale = place(c, 33152);
    c->mean2 = place(c, 40768);
    c->pooled = place(c, 40960);
    c->flatten = place(c, 36224);
    c->dropout = place(c, 36224);
    c->fc = place(c, 70400);
    c->add = place(c, 70400);
    c->loss = place(c, 33152);
    c->one_bn1_partial = place(c, 33152);
    c->one_bn2_partial = place(c, 34880);
    c->d_add = place(c, 34688);
    c->d_fc = place(c, 33920);
    c->d_pooled = place(c, 34688);
    c->d_dropout = place(c, 33152);
    c->d_flatten = place(c, 33152);
    c->d_scale = place(c, 33920);
    c->d_mean2 = place(c, 33152);
    c->d_mul = place(c, 33920);
    c->d_concat = place(c, 33152);
    c->d_sigmoid = place(c, 34688);
    c->d_excite = place(c, 34688);
    c->d_relu6 = place(c, 33920);
    c->d_mean = place(c, 33920);
    c->d_silu = place(c, 33920);
    c->d_gelu = place(c, 34176);
    c->d_leaky_relu = place(c, 34432);
    c->d_avgpool = place(c, 34432);
    c->d_one = place(c, 40064);
    c->d_maxpool = place(c, 40064);
    c->d_one_conv2 = place(c, 40640);
    c->d_one_relu1 = place(c, 34304);
    c->d_one_conv1 = place(c, 34304);
    c->d_relu = place(c, 68480);
    c->d_stem = place(c, 68480);
    c->eval_image = place(c, 51200);
    c->eval_stem = place(c, 54080);
    c->eval_relu = place(c, 54080);
    c->eval_maxpool = place(c, 34880);
    c->eval_one_conv1 = place(c, 35456);
    c->eval_one_relu1 = place(c, 35456);
    c->eval_one_conv2 = place(c, 36032);
    c->eval_one = place(c, 36032);
    c->eval_avgpool = place(c, 33152);
    c->eval_silu = place(c, 33408);
    c->eval_gelu = place(c, 33664);
    c->eval_leaky_relu = place(c, 33152);
    c->eval_concat = place(c, 35456);
    c->eval_mean = place(c, 36224);
    c->eval_relu6 = place(c, 36224);
    c->eval_excite = place(c, 36416);
    c->eval_sigmoid = place(c, 36416);
    c->eval_mul = place(c, 35456);
    c->eval_scale = place(c, 35456);
    c->eval_mean2 = place(c, 33728);
    c->eval_pooled = place(c, 36992);
    c->eval_flatten = place(c, 36224);
    c->eval_fc = place(c, 35456);
    c->eval_add = place(c, 35456);
    c->eval_loss = place(c, 33152);
    c->stem_lowered_conv = place(c, 33152);
    c->one_bn1_factors_bn = place(c, 33728);
    c->one_conv2_lowered_conv = place(c, 33152);
    c->one_bn2_factors_bn = place(c, 33152);
    c->excite_turned_linear = place(c, 33152);
    c->pooled_turned_linear = place(c, 33920);
    c->fc_turned_linear = place(c, 33152);
    c->fc_partial_channel_sum = place(c, 33152);
    c->excite_partial_channel_sum = place(c, 33920);
    c->one_bn2_partial_bn_backward = place(c, 33152);
    c->one_conv2_workspace_conv_grad_weight = place(c, 33152);
    c->one_conv2_lowered_conv_grad_weight = place(c, 35456);
    c->one_conv2_turned_conv_grad_input = place(c, 33152);
    c->one_bn1_partial_bn_backward = place(c, 33152);
    c->one_bn1_factors_bn_backward = place(c, 33728);
    c->one_conv1_turned_conv_grad_input = place(c, 33152);
    c->stem_workspace_conv_grad_weight = place(c, 51200);
    c->stem_lowered_conv_grad_weight = place(c, 33152);
    c->stem_partial_channel_sum = place(c, 33152);
    c->eval_stem_lowered_conv = place(c, 33152);
    c->eval_one_bn1_factors_bn_evaluate = place(c, 33152);
    c->eval_one_conv2_lowered_conv = place(c, 33152);
    c->eval_one_bn2_factors_bn_evaluate = place(c, 33152);
    c->eval_excite_turned_linear = place(c, 33152);
    c->eval_pooled_turned_linear = place(c, 33152);
    c->eval_fc_turned_linear = place(c, 33152);
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
    {"parameter", 1088, 10048},
    {"state", 21184, 10048},
    {"buffer", 31232, 256},
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
    if (!all_finite((const float *)c->w->excite_weight, 1, 576, 1)) return "excite.weight";
    if (!all_finite((const float *)c->w->excite_bias, 1, 24, 1)) return "excite.bias";
    if (!all_finite((const float *)c->w->pooled_weight, 1, 144, 1)) return "pooled.weight";
    if (!all_finite((const float *)c->w->fc_weight, 1, 576, 1)) return "fc.weight";
    if (!all_finite((const float *)c->w->fc_bias, 1, 6, 1)) return "fc.bias";
    if (!all_finite((const float *)c->image, 120, 3, n)) return "image";
    if (!all_finite((const float *)c->relu, 30, 8, n)) return "relu";
    if (!all_finite((const float *)c->maxpool, 9, 8, n)) return "maxpool";
    if (!all_finite((const float *)c->one_conv1, 9, 8, n)) return "one.conv1";
    if (!all_finite((const float *)c->one_relu1, 9, 8, n)) return "one.relu1";
    if (!all_finite((const float *)c->one_conv2, 9, 8, n)) return "one.conv2";
    if (!all_finite((const float *)c->one, 9, 8, n)) return "one";
    if (!all_finite((const float *)c->avgpool, 4, 8, n)) return "avgpool";
    if (!all_finite((const float *)c->leaky_relu, 4, 8, n)) return "leaky_relu";
    if (!all_finite((const float *)c->concat, 4, 24, n)) return "concat";
    if (!all_finite((const float *)c->relu6, 1, 24, n)) return "relu6";
    if (!all_finite((const float *)c->sigmoid, 1, 24, n)) return "sigmoid";
    if (!all_finite((const float *)c->mean2, 1, 24, n)) return "mean2";
    if (!all_finite((const float *)c->dropout, 1, 96, n)) return "dropout";
    if (!all_finite((const float *)c->add, 1, 6, n)) return "add";
    if (!all_finite((const float *)c->loss, 1, 1, n)) return "loss";
    if (!all_finite((const float *)c->one_bn1_running_mean, 1, 8, 1)) return "one.bn1.running_mean";
    if (!all_finite((const float *)c->one_bn1_running_var, 1, 8, 1)) return "one.bn1.running_var";
    if (!all_finite((const float *)c->one_bn2_running_mean, 1, 8, 1)) return "one.bn2.running_mean";
    if (!all_finite((const float *)c->one_bn2_running_var, 1, 8, 1)) return "one.bn2.running_var";
    return NULL;
}
