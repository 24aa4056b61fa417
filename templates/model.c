//- model.c: the functions of model.h.
//: local o, s, a = record.train.optimizer, record.train.schedule, record.train.augment
//: local n = text.number
@(header)

/* The spec, @(record.file):
 *
 *   @(spec_text)
 */

#include "model.h"

#include "layers.h"
#include "memory.h"

const char MODEL(spec_sha256)[] = "@(spec_sha256)";

const struct model_recipe MODEL(recipe) = {
    .epochs = @(record.train.epochs),
    .optimizer = MODEL_@(o.kind:upper()),
    .lr = @(n(o.lr)),
    .momentum = @(n(o.momentum or 0)),
    .beta1 = @(n(o.beta1 or 0)),
    .beta2 = @(n(o.beta2 or 0)),
    .eps = @(n(o.eps or 0)),
    .weight_decay = @(n(o.weight_decay or 0)),
    .dampening = @(n(o.dampening or 0)),
    .nesterov = @(o.nesterov and 1 or 0),
    .decay_weights_only = @(o.decay == "weights" and 1 or 0),
    .clip_norm = @(n(record.train.clip_norm or 0)),
    .ema_decay = @(n(record.train.ema_decay or 0)),
    .schedule = MODEL_@(s.kind:upper()),
    .per_step = @(s.per == "step" and 1 or 0),
    .warmup_epochs = @(n(s.warmup or 0)),
    .step_size = @(math.tointeger(s.step_size or 0) or 0),
    .gamma = @(n(s.gamma or 0)),
    .lr_min = @(n(s.lr_min or 0)),
    .pct_start = @(n(s.pct_start or 0)),
    .div_factor = @(n(s.div_factor or 0)),
    .final_div_factor = @(n(s.final_div_factor or 0)),
    .base_momentum = @(n(s.base_momentum or 0)),
    .max_momentum = @(n(s.max_momentum or 0)),
    .cycle_momentum = @(s.cycle_momentum and 1 or 0),
    .augment = {
        .crop_padding = @(math.tointeger(a.crop_padding)),
        .border = MODEL_BORDER_@(a.border:upper()),
        .flip = @(a.flip == "alternating" and "MODEL_FLIP_ALTERNATING" or n(a.flip)),
        .cutout = @(math.tointeger(a.cutout)),
        .fill = {@(table.concat(a.fill, ", "))},
        .mixup = @(n(a.mixup)),
    },
};

//: local d = record.data
static const char *const data_train[] = {
//: for _, name in ipairs(d.train) do
    @(text.quote(name)),
//: end
};
static const char *const data_test[] = {
//: for _, name in ipairs(d.test) do
    @(text.quote(name)),
//: end
};
//: if type(d.class_names) == "table" then
static const char *const data_names[MODEL_CLASSES] = {
//: for _, name in ipairs(d.class_names) do
    @(text.quote(name)),
//: end
};
//: end

const struct model_data MODEL(data) = {
    .name = "@(d.name)",
    .variable = "@(d.variable)",
    .folder = "@(d.folder)",
    .label_bytes = @(d.label_bytes),
    .label = @(d.label - 1),
    .label_size = @(d.label_size),
    .records = @(d.records),
    .train_files = @(#d.train),
    .test_files = @(#d.test),
    .train = data_train,
    .test = data_test,
    .names_file = @(type(d.class_names) == "string" and text.quote(d.class_names) or "NULL"),
    .names = @(type(d.class_names) == "table" and "data_names" or "NULL"),
};

/* Option, about, unit, what it takes, place, is it an int, limits, a word and its value. */
const struct model_number MODEL(numbers)[MODEL_NUMBERS] = {
//: for _, row in ipairs(numbers) do
    {"@(row.option)", @(row.about),
     @(row.unit), "@(row.takes)", offsetof(struct model_recipe, @(row.member)), @(row.is_int), @(row.low), @(row.high), @(row.word)},
//: end
};

const char *const MODEL(compiled_in)[MODEL_COMPILED_IN] = {
//: for _, name in ipairs(graph.compiled_in) do
    "@(option(name))",
//: end
};

//: for _, map in ipairs(tensors.tap_maps(graph)) do
static const int @(map.symbol)[] = {@(map.text)};
//: end

//: if trains or tensors.counters(graph) > 0 then
/* How many training steps each batch norm has seen. */
@(graph.update.ema and "" or "static ")int64_t num_batches_tracked[@(math.max(1, tensors.counters(graph)))];
//:   if graph.update.ema then
int64_t average_batches_tracked[@(math.max(1, tensors.counters(graph)))];
//:   end

//: end
/* Name, is int64, is trainable, rank, dims, initialisation and its scale, layout, groups, taps. */
static struct model_tensor tensors[MODEL_TENSORS] = {
//: for _, row in ipairs(tensors.rows(graph)) do
    @(row.text),
//: end
};

int MODEL(open)(void)
{
//: if graph.plan.mode == "mapped" then
    arena = model_map(MODEL_ARENA_BYTES);
    if (!arena)
        return -1;
//:   for _, line in ipairs(memory.bindings(graph)) do
    @(line)
//:   end
//: elseif graph.plan.mode == "static" and #graph.update_order > 0 then
    typedef char struct_parameters_is_as_planned[sizeof(struct parameters) == @(graph.regions.parameter.bytes) ? 1 : -1];
    (void)sizeof(struct_parameters_is_as_planned);
//: end
//: for _, line in ipairs(tensors.bindings(graph)) do
    @(line)
//: end
    return 0;
}

struct model_tensor *MODEL(tensors)(void) { return tensors; }

uint8_t *MODEL(batch_images)(int which)
{
    return (uint8_t *)(which == 0 ? @(graph.batches[1].images.symbol) : @(graph.batches[2].images.symbol));
}

float *MODEL(batch_targets)(int which)
{
    return (float *)(which == 0 ? @(graph.batches[1].targets.symbol) : @(graph.batches[2].targets.symbol));
}

static const float *last_logits;

//: if trains then
struct model_result MODEL(gradients)(const uint8_t *images, const float *targets, int n, const struct model_hyper *hyper)
{
    step.images = images;
    step.targets = targets;
    step.hyper = hyper;
    for (int i = 0; i < @(tensors.moving_counters(graph)); i++)
        num_batches_tracked[i]++;
    run_forward(n);
    last_logits = @(graph.logits.symbol)[0][0][0];
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

//: end
struct model_result MODEL(evaluate)(const uint8_t *images, const float *targets, int n)
{
    step.images = images;
    step.targets = targets;
    run_evaluate(n);
    last_logits = @(graph.evaluated_logits.symbol)[0][0][0];
    return step.result;
}

const float *MODEL(logits)(void) { return last_logits; }
//: if not trains then

void MODEL(settle)(void) {}
//: else

const struct model_state *MODEL(state)(int *count)
{
//: local list = update.state(graph)
    static struct model_state list[@(#list)];
    int i = 0;

//: for _, entry in ipairs(list) do
    list[i++] = (struct model_state){"@(entry.name)", @(entry.data), @(entry.bytes)};
//: end
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
//: for _, line in ipairs(tensors.suspects(graph)) do
    @(line)
//: end
    return 0;
}
//: end
