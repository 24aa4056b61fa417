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
 *       local padded = net.pad_channels(net.drop_path(x, { p = 0.1 }), { before = 1, after = 2, stride = 2 })
 *       x = net.concat(net.adaptive_avg_pool(x, { size = 1 }), net.adaptive_max_pool(net.dropout2d(padded), { size = 1 }))
 *       local excited = net.sigmoid(net.linear(net.relu6(net.mean_pool(x)), "excite", { out = 51 }))
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

const char every_op_spec_sha256[] = "15114a81ebcf6878971bbfe56db6eb48e26b87d3c78d9ec2337a1885e4b393eb";

static const int taps_stem[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24};
static const int taps_one_conv1[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const int taps_one_conv2[] = {0, 1, 2};

/* Name, type, is trainable, rank, dims, initialisation and its scale, strides, groups, taps, places of value, dead
 * taps and gradient. */
const struct every_op_tensor every_op_tensors[EVERY_OP_TENSORS] = {
    {"stem.weight", EVERY_OP_F32, 1, 4, {8, 3, 5, 5}, EVERY_OP_UNIFORM, 0.11547005f, {1, 24, 8, 24}, 1, taps_stem, 16704, 0, 34688},
    {"stem.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_UNIFORM, 0.11547005f, {1, 0, 1, 1}, 1, 0, 19136, 0, 37120},
    {"one.conv1.weight", EVERY_OP_F32, 1, 4, {8, 4, 3, 3}, EVERY_OP_UNIFORM, 0.16666667f, {1, 16, 4, 32}, 2, taps_one_conv1, 15552, 0, 33536},
    {"one.bn1.weight", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 15424, 0, 33408},
    {"one.bn1.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 15488, 0, 33472},
    {"one.bn1.running_mean", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 55168, 0, 0},
    {"one.bn1.running_var", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 55232, 0, 0},
    {"one.bn1.num_batches_tracked", EVERY_OP_I64, 0, 0, {0, 0, 0, 0}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct every_op, num_batches_tracked[0]), 0, 0},
    {"one.conv2.weight", EVERY_OP_F32, 1, 4, {8, 8, 1, 3}, EVERY_OP_UNIFORM, 0.20412415f, {1, 64, 8, 64}, 1, taps_one_conv2, 14656, 0, 32640},
    {"one.bn2.weight", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 14528, 0, 32512},
    {"one.bn2.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 14592, 0, 32576},
    {"one.bn2.running_mean", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, 55296, 0, 0},
    {"one.bn2.running_var", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0, 55360, 0, 0},
    {"one.bn2.num_batches_tracked", EVERY_OP_I64, 0, 0, {0, 0, 0, 0}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0, offsetof(struct every_op, num_batches_tracked[1]), 0, 0},
    {"excite.weight", EVERY_OP_F32, 1, 2, {51, 51, 1, 1}, EVERY_OP_UNIFORM, 0.14002801f, {51, 0, 1, 1}, 1, 0, 3840, 0, 21824},
    {"excite.bias", EVERY_OP_F32, 1, 1, {51, 1, 1, 1}, EVERY_OP_UNIFORM, 0.14002801f, {1, 0, 1, 1}, 1, 0, 14272, 0, 32256},
    {"pooled.weight", EVERY_OP_F32, 1, 2, {6, 51, 1, 1}, EVERY_OP_UNIFORM, 0.14002801f, {51, 0, 1, 1}, 1, 0, 2560, 0, 20544},
    {"fc.weight", EVERY_OP_F32, 1, 2, {6, 51, 1, 1}, EVERY_OP_UNIFORM, 0.14002801f, {51, 0, 1, 1}, 1, 0, 1216, 0, 19200},
    {"fc.bias", EVERY_OP_F32, 1, 1, {6, 1, 1, 1}, EVERY_OP_UNIFORM, 0.14002801f, {1, 0, 1, 1}, 1, 0, 2496, 0, 20480},
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
    typedef char context_fits[sizeof(struct every_op) <= 1216 ? 1 : -1];
    typedef char parameters_are_as_planned[sizeof(struct parameters) == 17984 ? 1 : -1];
    struct every_op *const c = memory;

    (void)sizeof(context_fits);
    (void)sizeof(parameters_are_as_planned);
    if (!memory || (uintptr_t)memory % EVERY_OP_ALIGNMENT != 0)
        return NULL;
    c->host.run = host ? host->run : run_alone;
    c->host.pool = host ? host->pool : NULL;
    c->w = place(c, 1216);
    c->g = place(c, 19200);
    c->momentum = place(c, 37184);
    c->batch_images_0 = place(c, 55424);
    c->batch_targets_0 = place(c, 56192);
    c->batch_images_1 = place(c, 56256);
    c->batch_targets_1 = place(c, 57024);
    c->image = place(c, 89536);
    c->stem = place(c, 75136);
    c->relu = place(c, 75136);
    c->maxpool = place(c, 68544);
    c->maxpool_choice = place(c, 73280);
    c->one_conv1 = place(c, 69120);
    c->one_bn1_running_mean = place(c, 55168);
    c->one_bn1_running_var = place(c, 55232);
    c->one_bn1_mean = place(c, 73536);
    c->one_bn1_inv_std = place(c, 73600);
    c->one_relu1 = place(c, 69696);
    c->one_conv2 = place(c, 70272);
    c->one_bn2_running_mean = place(c, 55296);
    c->one_bn2_running_var = place(c, 55360);
    c->one_bn2_mean = place(c, 73664);
    c->one_bn2_inv_std = place(c, 73728);
    c->one = place(c, 70848);
    c->avgpool = place(c, 72768);
    c->silu = place(c, 57856);
    c->gelu = place(c, 58112);
    c->leaky_relu = place(c, 73024);
    c->concat = place(c, 57088);
    c->drop_path = place(c, 57856);
    c->pad = place(c, 58624);
    c->avgpool2 = place(c, 57856);
    c->dropout2d = place(c, 58624);
    c->maxpool2 = place(c, 57088);
    c->maxpool2_choice = place(c, 73472);
    c->concat2 = place(c, 71424);
    c->mean = place(c, 71872);
    c->relu6 = place(c, 71872);
    c->excite = place(c, 72320);
    c->sigmoid = place(c, 72320);
    c->mul = place(c, 58368);
    c->scale = place(c, 58368);
    c->mean2 = place(c, 58816);
    c->pooled = place(c, 59712);
    c->flatten = place(c, 59264);
    c->dropout = place(c, 59264);
    c->fc = place(c, 94336);
    c->add = place(c, 94336);
    c->loss = place(c, 57088);
    c->one_bn1_partial = place(c, 57088);
    c->one_bn2_partial = place(c, 58816);
    c->d_add = place(c, 57984);
    c->d_fc = place(c, 57536);
    c->d_pooled = place(c, 57984);
    c->d_dropout = place(c, 57088);
    c->d_flatten = place(c, 57088);
    c->d_scale = place(c, 57536);
    c->d_mean2 = place(c, 57088);
    c->d_mul = place(c, 57536);
    c->d_concat2 = place(c, 57088);
    c->d_sigmoid = place(c, 57536);
    c->d_excite = place(c, 57536);
    c->d_relu6 = place(c, 57984);
    c->d_mean = place(c, 57984);
    c->d_avgpool2 = place(c, 57856);
    c->d_maxpool2 = place(c, 57536);
    c->d_dropout2d = place(c, 58624);
    c->d_pad = place(c, 58624);
    c->d_concat = place(c, 57088);
    c->d_drop_path = place(c, 57856);
    c->d_silu = place(c, 57856);
    c->d_gelu = place(c, 58112);
    c->d_leaky_relu = place(c, 58368);
    c->d_avgpool = place(c, 58368);
    c->d_one = place(c, 61120);
    c->d_maxpool = place(c, 61120);
    c->d_one_conv2 = place(c, 61696);
    c->d_one_relu1 = place(c, 58240);
    c->d_one_conv1 = place(c, 58240);
    c->d_relu = place(c, 92416);
    c->d_stem = place(c, 92416);
    c->eval_image = place(c, 75136);
    c->eval_stem = place(c, 78016);
    c->eval_relu = place(c, 78016);
    c->eval_maxpool = place(c, 58816);
    c->eval_one_conv1 = place(c, 59392);
    c->eval_one_relu1 = place(c, 59392);
    c->eval_one_conv2 = place(c, 59968);
    c->eval_one = place(c, 59968);
    c->eval_avgpool = place(c, 57856);
    c->eval_silu = place(c, 58112);
    c->eval_gelu = place(c, 58368);
    c->eval_leaky_relu = place(c, 57856);
    c->eval_concat = place(c, 57088);
    c->eval_pad = place(c, 57856);
    c->eval_avgpool2 = place(c, 58112);
    c->eval_maxpool2 = place(c, 57088);
    c->eval_concat2 = place(c, 68544);
    c->eval_mean = place(c, 68992);
    c->eval_relu6 = place(c, 68992);
    c->eval_excite = place(c, 69440);
    c->eval_sigmoid = place(c, 69440);
    c->eval_mul = place(c, 68544);
    c->eval_scale = place(c, 68544);
    c->eval_mean2 = place(c, 58368);
    c->eval_pooled = place(c, 58816);
    c->eval_flatten = place(c, 58368);
    c->eval_fc = place(c, 58880);
    c->eval_add = place(c, 58880);
    c->eval_loss = place(c, 57088);
    c->stem_lowered_conv = place(c, 57088);
    c->one_bn1_factors_bn = place(c, 57664);
    c->one_conv2_lowered_conv = place(c, 57088);
    c->one_bn2_factors_bn = place(c, 57088);
    c->excite_turned_linear = place(c, 57088);
    c->pooled_turned_linear = place(c, 57088);
    c->fc_turned_linear = place(c, 57088);
    c->fc_partial_channel_sum = place(c, 57088);
    c->excite_partial_channel_sum = place(c, 57984);
    c->one_bn2_partial_bn_backward = place(c, 57088);
    c->one_conv2_workspace_conv_grad_weight = place(c, 57088);
    c->one_conv2_lowered_conv_grad_weight = place(c, 59392);
    c->one_conv2_turned_conv_grad_input = place(c, 57088);
    c->one_bn1_partial_bn_backward = place(c, 57088);
    c->one_bn1_factors_bn_backward = place(c, 57664);
    c->one_conv1_turned_conv_grad_input = place(c, 57088);
    c->stem_workspace_conv_grad_weight = place(c, 75136);
    c->stem_lowered_conv_grad_weight = place(c, 57088);
    c->stem_partial_channel_sum = place(c, 57088);
    c->eval_stem_lowered_conv = place(c, 57088);
    c->eval_one_bn1_factors_bn_evaluate = place(c, 57088);
    c->eval_one_conv2_lowered_conv = place(c, 57088);
    c->eval_one_bn2_factors_bn_evaluate = place(c, 57088);
    c->eval_excite_turned_linear = place(c, 57088);
    c->eval_pooled_turned_linear = place(c, 57088);
    c->eval_fc_turned_linear = place(c, 57088);
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
    {"parameter", 1216, 17984},
    {"state", 37184, 17984},
    {"buffer", 55168, 256},
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
    if (!all_finite((const float *)c->w->excite_weight, 1, 2601, 1)) return "excite.weight";
    if (!all_finite((const float *)c->w->excite_bias, 1, 51, 1)) return "excite.bias";
    if (!all_finite((const float *)c->w->pooled_weight, 1, 306, 1)) return "pooled.weight";
    if (!all_finite((const float *)c->w->fc_weight, 1, 306, 1)) return "fc.weight";
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
    if (!all_finite((const float *)c->concat2, 1, 51, n)) return "concat2";
    if (!all_finite((const float *)c->relu6, 1, 51, n)) return "relu6";
    if (!all_finite((const float *)c->sigmoid, 1, 51, n)) return "sigmoid";
    if (!all_finite((const float *)c->mean2, 1, 51, n)) return "mean2";
    if (!all_finite((const float *)c->dropout, 1, 51, n)) return "dropout";
    if (!all_finite((const float *)c->add, 1, 6, n)) return "add";
    if (!all_finite((const float *)c->loss, 1, 1, n)) return "loss";
    if (!all_finite((const float *)c->one_bn1_running_mean, 1, 8, 1)) return "one.bn1.running_mean";
    if (!all_finite((const float *)c->one_bn1_running_var, 1, 8, 1)) return "one.bn1.running_var";
    if (!all_finite((const float *)c->one_bn2_running_mean, 1, 8, 1)) return "one.bn2.running_mean";
    if (!all_finite((const float *)c->one_bn2_running_var, 1, 8, 1)) return "one.bn2.running_var";
    return NULL;
}
