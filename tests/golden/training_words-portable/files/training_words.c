/* Made by castnet 0.1.0 from training_words.lua --target portable --batch 4.
 * This file belongs to whoever made it. */

/* The spec, training_words.lua:
 *
 *   -- Every word that changes the update: clipping, averages, weight decay of weights alone; with dead taps,
 *   -- whose decay and average are factors. Every word of how a parameter starts. A schedule of several parts. Words for images.
 *   return net.model {
 *     name = "training_words",
 *     input = { batch = 4, height = 2, width = 2, channels = 3 },
 *     forward = function(image)
 *       local x = net.conv(image, "a", { out = 8, kernel = 5, padding = 2, init = net.dirac { rest = "pytorch" } })
 *       x = net.relu(net.bn(x, "bn", { init = net.uniform { bound = 0.5 }, bias_init = net.normal { std = 0.1 } }))
 *       x = net.conv(x, "b", { out = 6, kernel = 3, stride = 2, padding = 1, bias = true, init = net.dirac {} })
 *       return net.linear(net.flatten(x), "fc", { out = 5, init = net.normal { std = 0.2 }, bias_init = "zeros" })
 *     end,
 *     loss = net.cross_entropy {},
 *     train = {
 *       optimizer = net.sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 0.05, decay = "weights" },
 *       epochs = 9,
 *       schedule = net.sequential {
 *         parts = { net.linear_lr { start_factor = 0.25, end_factor = 1, per = "step" }, net.multi_step { milestones = { 3, 5 } } },
 *         milestones = { 1.5 }, warmup = 0.5,
 *       },
 *       clip_norm = 1, ema_decay = 0.9,
 *       augment = { trivial_augment = true, color_jitter = { hue = 0.1 }, random_erasing = 0.25, erasing_ratio = { 0.5, 2 }, cutmix = 1 },
 *     },
 *     data = {
 *       name = "Two labels", classes = 5, label_bytes = 2, label = 1, train = { "a.bin", "b.bin" }, test = { "c.bin" },
 *       class_names = { "one", "two??)", "three", "four", "five" },
 *     },
 *   }
 */

#include "training_words.h"

#include "layers.h"
#include "memory.h"

const char training_words_spec_sha256[] =
    "a8baeee864926a5a56754b6ee69e3c0490afcb85216dd252fe0fa6a9fecc8384";

static const int taps_a[] = {
    -1, -2, -3, -4, -5, -6, 0, 1, 2, -7, -8, 3, 4, 5, -9, -10,
    6, 7, 8, -11, -12, -13, -14, -15, -16
};
static const int taps_b[] = {-1, -2, -3, -4, 0, 1, -5, 2, 3};

/* Name, type, is trainable, rank, dims, initialisation and its scale, strides, groups, taps, places
 * of value, dead taps and gradient. */
const struct training_words_tensor training_words_tensors[TRAINING_WORDS_TENSORS] = {
    {"a.weight", TRAINING_WORDS_F32, 1, 4, {8, 3, 5, 5}, TRAINING_WORDS_DIRAC, 0.11547005f,
     {1, 24, 8, 24}, 1, taps_a, 1408, 6656, 10304},
    {"bn.weight", TRAINING_WORDS_F32, 1, 1, {8, 1, 1, 1}, TRAINING_WORDS_UNIFORM, 0.5f,
     {1, 0, 1, 1}, 1, 0, 2432, 0, 11328},
    {"bn.bias", TRAINING_WORDS_F32, 1, 1, {8, 1, 1, 1}, TRAINING_WORDS_NORMAL, 0.1f, {1, 0, 1, 1},
     1, 0, 2496, 0, 11392},
    {"bn.running_mean", TRAINING_WORDS_F32, 0, 1, {8, 1, 1, 1}, TRAINING_WORDS_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, 9152, 0, 0},
    {"bn.running_var", TRAINING_WORDS_F32, 0, 1, {8, 1, 1, 1}, TRAINING_WORDS_ONES, 0.0f,
     {1, 0, 1, 1}, 1, 0, 9216, 0, 0},
    {"bn.num_batches_tracked", TRAINING_WORDS_I64, 0, 0, {0, 0, 0, 0}, TRAINING_WORDS_ZEROS, 0.0f,
     {1, 0, 1, 1}, 1, 0, offsetof(struct training_words, num_batches_tracked[0]), 0, 0},
    {"b.weight", TRAINING_WORDS_F32, 1, 4, {6, 8, 3, 3}, TRAINING_WORDS_DIRAC, 0.0f, {1, 48, 6, 48},
     1, taps_b, 640, 8192, 9536},
    {"b.bias", TRAINING_WORDS_F32, 1, 1, {6, 1, 1, 1}, TRAINING_WORDS_UNIFORM, 0.11785113f,
     {1, 0, 1, 1}, 1, 0, 2368, 0, 11264},
    {"fc.weight", TRAINING_WORDS_F32, 1, 2, {5, 6, 1, 1}, TRAINING_WORDS_NORMAL, 0.2f, {6, 0, 1, 1},
     1, 0, 512, 0, 9408},
    {"fc.bias", TRAINING_WORDS_F32, 1, 1, {5, 1, 1, 1}, TRAINING_WORDS_ZEROS, 0.0f, {1, 0, 1, 1}, 1,
     0, 2304, 0, 11200},
};

static void run_alone(void *scratch, int units, training_words_unit *unit, const void *arguments)
{
    for (int i = 0; i < units; i++)
        unit(arguments, i, scratch);
}

struct training_words *training_words_open(void *memory, const struct training_words_host *host)
{
    typedef char context_fits[sizeof(struct training_words) <= 512 ? 1 : -1];
    typedef char parameters_are_as_planned[sizeof(struct parameters) == 2048 ? 1 : -1];
    struct training_words *const c = memory;

    (void)sizeof(context_fits);
    (void)sizeof(parameters_are_as_planned);
    if (!memory || (uintptr_t)memory % TRAINING_WORDS_ALIGNMENT != 0)
        return NULL;
    c->host.run = host ? host->run : run_alone;
    c->host.threads = host ? host->threads : NULL;
    c->host.pool = host ? host->pool : place(c, 14208);
    c->w = place(c, 512);
    c->g = place(c, 9408);
    c->momentum = place(c, 2560);
    c->average = place(c, 4608);
    c->batch_images_0 = place(c, 11456);
    c->batch_targets_0 = place(c, 11520);
    c->batch_images_1 = place(c, 11648);
    c->batch_targets_1 = place(c, 11712);
    c->image = place(c, 13632);
    c->a = place(c, 12608);
    c->bn.bn.running_mean = place(c, 9152);
    c->bn.bn.running_var = place(c, 9216);
    c->bn.bn.mean = place(c, 14080);
    c->bn.bn.inv_std = place(c, 14144);
    c->relu = place(c, 11840);
    c->b = place(c, 12352);
    c->flatten = place(c, 12480);
    c->fc = place(c, 13952);
    c->loss = place(c, 12352);
    c->bn_statistics = place(c, 12352);
    c->d_fc = place(c, 13120);
    c->d_flatten = place(c, 12352);
    c->d_b = place(c, 13824);
    c->d_relu = place(c, 13120);
    c->d_a = place(c, 13120);
    c->average_bn_running_mean = place(c, 9280);
    c->average_bn_running_var = place(c, 9344);
    c->eval_image = place(c, 12352);
    c->eval_a = place(c, 11840);
    c->eval_relu = place(c, 11840);
    c->eval_b = place(c, 12352);
    c->eval_flatten = place(c, 11968);
    c->eval_fc = place(c, 12096);
    c->eval_loss = place(c, 11840);
    c->a_weight_dead = place(c, 6656);
    c->b_weight_dead = place(c, 8192);
    c->a_partial_conv = place(c, 11840);
    c->bn_work_bn = place(c, 12416);
    c->fc_turned_linear = place(c, 12352);
    c->fc_partial_channel_sum = place(c, 12352);
    c->b_partial_channel_sum = place(c, 11840);
    c->b_turned_conv_grad_input = place(c, 11840);
    c->bn_work_bn_backward = place(c, 11840);
    c->eval_bn_work_bn_evaluate = place(c, 12352);
    c->eval_fc_turned_linear = place(c, 11840);
    c->bn.bn.gamma = c->w->bn_weight;
    c->bn.bn.beta = c->w->bn_bias;
    c->bn.bn.d_gamma = c->g->bn_weight;
    c->bn.bn.d_beta = c->g->bn_bias;
    c->dead_decay[0] = 1;
    c->dead_decay[2] = 1;
    return c;
}

void *training_words_at(struct training_words *c, size_t bytes)
{
    return bytes ? place(c, bytes) : NULL;
}

uint8_t *training_words_batch_images(struct training_words *c, int which)
{
    return (uint8_t *)(which == 0 ? c->batch_images_0 : c->batch_images_1);
}

float *training_words_batch_targets(struct training_words *c, int which)
{
    return (float *)(which == 0 ? c->batch_targets_0 : c->batch_targets_1);
}

struct training_words_result training_words_gradients(struct training_words *c,
                                                      const uint8_t *images, const float *targets,
                                                      int n,
                                                      const struct training_words_hyper *hyper)
{
    c->images = images;
    c->targets = targets;
    c->hyper = hyper;
    c->num_batches_tracked[0]++;
    run_forward(c, n);
    c->logits = c->fc[0][0][0];
    if (isfinite(c->result.loss))
        run_backward(c, n);
    return c->result;
}

struct training_words_result training_words_step(struct training_words *c, const uint8_t *images,
                                                 const float *targets, int n,
                                                 const struct training_words_hyper *hyper)
{
    const struct training_words_result result = training_words_gradients(c, images, targets, n,
                                                                         hyper);
    if (isfinite(result.loss))
        training_words_update(c, hyper);
    return result;
}

struct training_words_result training_words_evaluate(struct training_words *c,
                                                     const uint8_t *images, const float *targets,
                                                     int n)
{
    c->images = images;
    c->targets = targets;
    run_evaluate(c, n);
    c->logits = c->eval_fc[0][0][0];
    return c->result;
}

const float *training_words_logits(const struct training_words *c) { return c->logits; }

const struct training_words_state training_words_states[TRAINING_WORDS_STATES] = {
    {"parameter", 512, 2048, 4},
    {"state", 2560, 4096, 4},
    {"dead", 6656, 2496, 4},
    {"buffer", 9152, 128, 4},
    {"average", 9280, 128, 4},
    {"num_batches_tracked", offsetof(struct training_words, num_batches_tracked), 8, 8},
    {"average_batches_tracked", offsetof(struct training_words, average_batches_tracked), 8, 8},
    {"dead_decay", offsetof(struct training_words, dead_decay), 24, 8},
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

const char *training_words_first_nonfinite(const struct training_words *c, int n)
{
    if (!all_finite((const float *)c->w->a_weight, 1, 216, 1)) return "a.weight";
    if (!all_finite((const float *)c->w->bn_weight, 1, 8, 1)) return "bn.weight";
    if (!all_finite((const float *)c->w->bn_bias, 1, 8, 1)) return "bn.bias";
    if (!all_finite((const float *)c->w->b_weight, 1, 192, 1)) return "b.weight";
    if (!all_finite((const float *)c->w->b_bias, 1, 6, 1)) return "b.bias";
    if (!all_finite((const float *)c->w->fc_weight, 1, 30, 1)) return "fc.weight";
    if (!all_finite((const float *)c->w->fc_bias, 1, 5, 1)) return "fc.bias";
    if (!all_finite((const float *)c->image, 4, 3, n)) return "image";
    if (!all_finite((const float *)c->a, 4, 8, n)) return "a";
    if (!all_finite((const float *)c->relu, 4, 8, n)) return "relu";
    if (!all_finite((const float *)c->flatten, 1, 6, n)) return "flatten";
    if (!all_finite((const float *)c->fc, 1, 5, n)) return "fc";
    if (!all_finite((const float *)c->loss, 1, 1, n)) return "loss";
    if (!all_finite((const float *)c->bn.bn.running_mean, 1, 8, 1)) return "bn.running_mean";
    if (!all_finite((const float *)c->bn.bn.running_var, 1, 8, 1)) return "bn.running_var";
    return NULL;
}
