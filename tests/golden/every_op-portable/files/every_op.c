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
 *       x = net.group_norm(net.bn(x, "plain", { affine = false }), "groups", { groups = 2 })
 *       x = net.concat(net.silu(x), net.gelu(x), net.leaky_relu(x))
 *       x = net.mul(x, net.sigmoid(net.linear(net.relu6(net.mean_pool(x)), "excite", { out = 24 })))
 *       local padded = net.pad_channels(net.drop_path(x, { p = 0.1 }), { before = 1, after = 2, stride = 2 })
 *       x = net.concat(net.adaptive_avg_pool(x, { size = 1 }), net.adaptive_max_pool(net.dropout2d(padded), { size = 1 }))
 *       x = net.mul(x, net.leaky_relu(x)) * 0.5
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

const char every_op_spec_sha256[] =
    "e6521f305e5c003db02359a2ba9326f26fb09eef36e265652c4a3e49951bb8ab";

static const int taps_stem[] = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    16, 17, 18, 19, 20, 21, 22, 23, 24
};
static const int taps_one_conv1[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const int taps_one_conv2[] = {0, 1, 2};

/* Name, type, is trainable, rank, dims, initialisation and its scale, strides, groups, taps, places
 * of value, dead taps and gradient. */
const struct every_op_tensor every_op_tensors[EVERY_OP_TENSORS] = {
    {"stem.weight", EVERY_OP_F32, 1, 4, {8, 3, 5, 5}, EVERY_OP_UNIFORM, 0.11547005f, {1, 24, 8, 24},
     1, taps_stem, 8768, 0, 28864},
    {"stem.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_UNIFORM, 0.11547005f, {1, 0, 1, 1}, 1,
     0, 11200, 0, 31296},
    {"one.conv1.weight", EVERY_OP_F32, 1, 4, {8, 4, 3, 3}, EVERY_OP_UNIFORM, 0.16666667f,
     {1, 16, 4, 32}, 2, taps_one_conv1, 7616, 0, 27712},
    {"one.bn1.weight", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0,
     7488, 0, 27584},
    {"one.bn1.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0,
     7552, 0, 27648},
    {"one.bn1.running_mean", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1},
     1, 0, 21120, 0, 0},
    {"one.bn1.running_var", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1,
     0, 21184, 0, 0},
    {"one.bn1.num_batches_tracked", EVERY_OP_I64, 0, 0, {0, 0, 0, 0}, EVERY_OP_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, offsetof(struct every_op, num_batches_tracked[0]), 0, 0},
    {"one.conv2.weight", EVERY_OP_F32, 1, 4, {8, 8, 1, 3}, EVERY_OP_UNIFORM, 0.20412415f,
     {1, 64, 8, 64}, 1, taps_one_conv2, 6720, 0, 26816},
    {"one.bn2.weight", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0,
     6592, 0, 26688},
    {"one.bn2.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0,
     6656, 0, 26752},
    {"one.bn2.running_mean", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1},
     1, 0, 21248, 0, 0},
    {"one.bn2.running_var", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1,
     0, 21312, 0, 0},
    {"one.bn2.num_batches_tracked", EVERY_OP_I64, 0, 0, {0, 0, 0, 0}, EVERY_OP_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, offsetof(struct every_op, num_batches_tracked[1]), 0, 0},
    {"plain.running_mean", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1,
     0, 21376, 0, 0},
    {"plain.running_var", EVERY_OP_F32, 0, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0,
     21440, 0, 0},
    {"plain.num_batches_tracked", EVERY_OP_I64, 0, 0, {0, 0, 0, 0}, EVERY_OP_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, offsetof(struct every_op, num_batches_tracked[2]), 0, 0},
    {"groups.weight", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ONES, 0.0f, {1, 0, 1, 1}, 1, 0,
     6464, 0, 26560},
    {"groups.bias", EVERY_OP_F32, 1, 1, {8, 1, 1, 1}, EVERY_OP_ZEROS, 0.0f, {1, 0, 1, 1}, 1, 0,
     6528, 0, 26624},
    {"excite.weight", EVERY_OP_F32, 1, 2, {24, 24, 1, 1}, EVERY_OP_UNIFORM, 0.20412415f,
     {24, 0, 1, 1}, 1, 0, 4032, 0, 24128},
    {"excite.bias", EVERY_OP_F32, 1, 1, {24, 1, 1, 1}, EVERY_OP_UNIFORM, 0.20412415f, {1, 0, 1, 1},
     1, 0, 6336, 0, 26432},
    {"pooled.weight", EVERY_OP_F32, 1, 2, {6, 51, 1, 1}, EVERY_OP_UNIFORM, 0.14002801f,
     {51, 0, 1, 1}, 1, 0, 2752, 0, 22848},
    {"fc.weight", EVERY_OP_F32, 1, 2, {6, 51, 1, 1}, EVERY_OP_UNIFORM, 0.14002801f, {51, 0, 1, 1},
     1, 0, 1408, 0, 21504},
    {"fc.bias", EVERY_OP_F32, 1, 1, {6, 1, 1, 1}, EVERY_OP_UNIFORM, 0.14002801f, {1, 0, 1, 1}, 1, 0,
     2688, 0, 22784},
};

static void run_alone(void *scratch, int units, every_op_unit *unit, const void *arguments)
{
    for (int i = 0; i < units; i++)
        unit(arguments, i, scratch);
}

struct every_op *every_op_open(void *memory, const struct every_op_host *host)
{
    typedef char context_fits[sizeof(struct every_op) <= 1408 ? 1 : -1];
    typedef char parameters_are_as_planned[sizeof(struct parameters) == 9856 ? 1 : -1];
    struct every_op *const c = memory;

    (void)sizeof(context_fits);
    (void)sizeof(parameters_are_as_planned);
    if (!memory || (uintptr_t)memory % EVERY_OP_ALIGNMENT != 0)
        return NULL;
    c->host.run = host ? host->run : run_alone;
    c->host.threads = host ? host->threads : NULL;
    c->host.pool = host ? host->pool : place(c, 47104);
    c->w = place(c, 1408);
    c->g = place(c, 21504);
    c->momentum = place(c, 11264);
    c->batch_images_0 = place(c, 31360);
    c->batch_targets_0 = place(c, 32128);
    c->batch_images_1 = place(c, 32192);
    c->batch_targets_1 = place(c, 32960);
    c->image = place(c, 33024);
    c->stem = place(c, 38208);
    c->relu = place(c, 38208);
    c->maxpool = place(c, 40896);
    c->maxpool_choice = place(c, 46528);
    c->one_conv1 = place(c, 41472);
    c->bn.one_bn1.running_mean = place(c, 21120);
    c->bn.one_bn1.running_var = place(c, 21184);
    c->bn.one_bn1.mean = place(c, 46720);
    c->bn.one_bn1.inv_std = place(c, 46784);
    c->one_relu1 = place(c, 42048);
    c->one_conv2 = place(c, 42624);
    c->bn.one_bn2.running_mean = place(c, 21248);
    c->bn.one_bn2.running_var = place(c, 21312);
    c->bn.one_bn2.mean = place(c, 46848);
    c->bn.one_bn2.inv_std = place(c, 46912);
    c->one = place(c, 43200);
    c->avgpool = place(c, 45120);
    c->bn.plain.running_mean = place(c, 21376);
    c->bn.plain.running_var = place(c, 21440);
    c->plain = place(c, 45376);
    c->bn.plain.mean = place(c, 46976);
    c->bn.plain.inv_std = place(c, 47040);
    c->groups = place(c, 45632);
    c->silu = place(c, 35904);
    c->gelu = place(c, 36160);
    c->leaky_relu = place(c, 45888);
    c->concat = place(c, 40128);
    c->mean = place(c, 46144);
    c->relu6 = place(c, 46144);
    c->excite = place(c, 46336);
    c->sigmoid = place(c, 46336);
    c->mul = place(c, 35904);
    c->drop_path = place(c, 36672);
    c->pad = place(c, 37440);
    c->avgpool2 = place(c, 36672);
    c->dropout2d = place(c, 37440);
    c->maxpool2 = place(c, 35904);
    c->maxpool2_choice = place(c, 38080);
    c->concat2 = place(c, 37184);
    c->leaky_relu2 = place(c, 37632);
    c->mul2 = place(c, 43776);
    c->scale = place(c, 43776);
    c->mean2 = place(c, 44224);
    c->pooled = place(c, 38144);
    c->flatten = place(c, 44672);
    c->dropout = place(c, 44672);
    c->fc = place(c, 43776);
    c->add = place(c, 43776);
    c->loss = place(c, 35904);
    c->d_add = place(c, 36800);
    c->d_fc = place(c, 36352);
    c->d_pooled = place(c, 36800);
    c->d_dropout = place(c, 35904);
    c->d_flatten = place(c, 35904);
    c->d_scale = place(c, 36352);
    c->d_mean2 = place(c, 35904);
    c->d_mul2 = place(c, 36352);
    c->d_concat2 = place(c, 35904);
    c->d_leaky_relu2 = place(c, 36352);
    c->d_avgpool2 = place(c, 36672);
    c->d_maxpool2 = place(c, 36352);
    c->d_dropout2d = place(c, 37440);
    c->d_pad = place(c, 37440);
    c->d_mul = place(c, 35904);
    c->d_drop_path = place(c, 36672);
    c->d_concat = place(c, 36672);
    c->d_sigmoid = place(c, 37440);
    c->d_excite = place(c, 37440);
    c->d_relu6 = place(c, 35904);
    c->d_mean = place(c, 35904);
    c->d_silu = place(c, 35904);
    c->d_gelu = place(c, 36160);
    c->d_leaky_relu = place(c, 36416);
    c->d_groups = place(c, 36416);
    c->d_plain = place(c, 36416);
    c->d_avgpool = place(c, 36416);
    c->d_one = place(c, 40128);
    c->d_maxpool = place(c, 40128);
    c->d_one_conv2 = place(c, 36672);
    c->d_one_relu1 = place(c, 37248);
    c->d_one_conv1 = place(c, 37248);
    c->d_relu = place(c, 35904);
    c->d_stem = place(c, 35904);
    c->eval_image = place(c, 33024);
    c->eval_stem = place(c, 35904);
    c->eval_relu = place(c, 35904);
    c->eval_maxpool = place(c, 34176);
    c->eval_one_conv1 = place(c, 34752);
    c->eval_one_relu1 = place(c, 34752);
    c->eval_one_conv2 = place(c, 33024);
    c->eval_one = place(c, 33024);
    c->eval_avgpool = place(c, 33600);
    c->eval_plain = place(c, 33600);
    c->eval_groups = place(c, 33600);
    c->eval_silu = place(c, 33024);
    c->eval_gelu = place(c, 33280);
    c->eval_leaky_relu = place(c, 33600);
    c->eval_concat = place(c, 35328);
    c->eval_mean = place(c, 36096);
    c->eval_relu6 = place(c, 36096);
    c->eval_excite = place(c, 36288);
    c->eval_sigmoid = place(c, 36288);
    c->eval_mul = place(c, 35328);
    c->eval_pad = place(c, 33024);
    c->eval_avgpool2 = place(c, 33536);
    c->eval_maxpool2 = place(c, 33280);
    c->eval_concat2 = place(c, 34304);
    c->eval_leaky_relu2 = place(c, 33024);
    c->eval_mul2 = place(c, 34304);
    c->eval_scale = place(c, 34304);
    c->eval_mean2 = place(c, 34752);
    c->eval_pooled = place(c, 35200);
    c->eval_flatten = place(c, 34752);
    c->eval_fc = place(c, 34304);
    c->eval_add = place(c, 34304);
    c->eval_loss = place(c, 33024);
    c->one_conv1_turned_conv = place(c, 35904);
    c->one_bn1_work_bn = place(c, 35904);
    c->one_bn2_work_bn = place(c, 35904);
    c->plain_work_bn = place(c, 35904);
    c->excite_turned_linear = place(c, 35904);
    c->pooled_turned_linear = place(c, 35904);
    c->fc_turned_linear = place(c, 35904);
    c->fc_partial_channel_sum = place(c, 35904);
    c->excite_partial_channel_sum = place(c, 35904);
    c->groups_partial_group_norm_backward = place(c, 35904);
    c->plain_work_bn_backward = place(c, 35904);
    c->one_bn2_work_bn_backward = place(c, 35904);
    c->one_conv2_turned_conv_grad_input = place(c, 35904);
    c->one_bn1_work_bn_backward = place(c, 35904);
    c->one_conv1_workspace_conv_grad_weight = place(c, 35904);
    c->one_conv1_turned_conv_grad_input = place(c, 35904);
    c->stem_partial_channel_sum = place(c, 33024);
    c->eval_one_conv1_turned_conv = place(c, 33024);
    c->eval_one_bn1_work_bn_evaluate = place(c, 33024);
    c->eval_one_bn2_work_bn_evaluate = place(c, 33600);
    c->eval_plain_work_bn_evaluate = place(c, 33024);
    c->eval_excite_turned_linear = place(c, 33024);
    c->eval_pooled_turned_linear = place(c, 33024);
    c->eval_fc_turned_linear = place(c, 33024);
    c->bn.one_bn1.gamma = c->w->one_bn1_weight;
    c->bn.one_bn1.beta = c->w->one_bn1_bias;
    c->bn.one_bn1.d_gamma = c->g->one_bn1_weight;
    c->bn.one_bn1.d_beta = c->g->one_bn1_bias;
    c->bn.one_bn2.gamma = c->w->one_bn2_weight;
    c->bn.one_bn2.beta = c->w->one_bn2_bias;
    c->bn.one_bn2.d_gamma = c->g->one_bn2_weight;
    c->bn.one_bn2.d_beta = c->g->one_bn2_bias;
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

struct every_op_result every_op_gradients(struct every_op *c, const uint8_t *images,
                                          const float *targets, int n,
                                          const struct every_op_hyper *hyper)
{
    c->images = images;
    c->targets = targets;
    c->hyper = hyper;
    for (int i = 0; i < 3; i++)
        c->num_batches_tracked[i]++;
    run_forward(c, n);
    c->logits = c->add[0][0][0];
    if (isfinite(c->result.loss))
        run_backward(c, n);
    return c->result;
}

struct every_op_result every_op_step(struct every_op *c, const uint8_t *images,
                                     const float *targets, int n,
                                     const struct every_op_hyper *hyper)
{
    const struct every_op_result result = every_op_gradients(c, images, targets, n, hyper);
    if (isfinite(result.loss))
        every_op_update(c, hyper);
    return result;
}

struct every_op_result every_op_evaluate(struct every_op *c, const uint8_t *images,
                                         const float *targets, int n)
{
    c->images = images;
    c->targets = targets;
    run_evaluate(c, n);
    c->logits = c->eval_add[0][0][0];
    return c->result;
}

const float *every_op_logits(const struct every_op *c) { return c->logits; }

const struct every_op_state every_op_states[EVERY_OP_STATES] = {
    {"parameter", 1408, 9856, 4},
    {"state", 11264, 9856, 4},
    {"buffer", 21120, 384, 4},
    {"num_batches_tracked", offsetof(struct every_op, num_batches_tracked), 24, 8},
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
    if (!all_finite((const float *)c->w->groups_weight, 1, 8, 1)) return "groups.weight";
    if (!all_finite((const float *)c->w->groups_bias, 1, 8, 1)) return "groups.bias";
    if (!all_finite((const float *)c->w->excite_weight, 1, 576, 1)) return "excite.weight";
    if (!all_finite((const float *)c->w->excite_bias, 1, 24, 1)) return "excite.bias";
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
    if (!all_finite((const float *)c->plain, 4, 8, n)) return "plain";
    if (!all_finite((const float *)c->groups, 4, 8, n)) return "groups";
    if (!all_finite((const float *)c->leaky_relu, 4, 8, n)) return "leaky_relu";
    if (!all_finite((const float *)c->concat, 4, 24, n)) return "concat";
    if (!all_finite((const float *)c->relu6, 1, 24, n)) return "relu6";
    if (!all_finite((const float *)c->sigmoid, 1, 24, n)) return "sigmoid";
    if (!all_finite((const float *)c->concat2, 1, 51, n)) return "concat2";
    if (!all_finite((const float *)c->leaky_relu2, 1, 51, n)) return "leaky_relu2";
    if (!all_finite((const float *)c->mean2, 1, 51, n)) return "mean2";
    if (!all_finite((const float *)c->dropout, 1, 51, n)) return "dropout";
    if (!all_finite((const float *)c->add, 1, 6, n)) return "add";
    if (!all_finite((const float *)c->loss, 1, 1, n)) return "loss";
    if (!all_finite((const float *)c->bn.one_bn1.running_mean, 1, 8,
                    1)) return "one.bn1.running_mean";
    if (!all_finite((const float *)c->bn.one_bn1.running_var, 1, 8,
                    1)) return "one.bn1.running_var";
    if (!all_finite((const float *)c->bn.one_bn2.running_mean, 1, 8,
                    1)) return "one.bn2.running_mean";
    if (!all_finite((const float *)c->bn.one_bn2.running_var, 1, 8,
                    1)) return "one.bn2.running_var";
    if (!all_finite((const float *)c->bn.plain.running_mean, 1, 8, 1)) return "plain.running_mean";
    if (!all_finite((const float *)c->bn.plain.running_var, 1, 8, 1)) return "plain.running_var";
    return NULL;
}
