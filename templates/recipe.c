//- recipe.c: the tables of recipe.h.
//: local o, s, a = record.train.optimizer, record.train.schedule, record.train.augment
//: local n = text.number
@(header)
#include "@(prefix)_recipe.h"

const struct @(prefix)_recipe @(prefix)_recipe = {
    .epochs = @(record.train.epochs),
    .optimizer = @(PREFIX)_@(o.kind:upper()),
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
    .schedule = @(PREFIX)_@(s.kind:upper()),
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
        .border = @(PREFIX)_BORDER_@(a.border:upper()),
        .flip = @(a.flip == "alternating" and PREFIX .. "_FLIP_ALTERNATING" or n(a.flip)),
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
static const char *const data_names[@(PREFIX)_CLASSES] = {
//: for _, name in ipairs(d.class_names) do
    @(text.quote(name)),
//: end
};
//: end

const struct @(prefix)_data @(prefix)_data = {
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
const struct @(prefix)_number @(prefix)_numbers[@(PREFIX)_NUMBERS] = {
//: for _, row in ipairs(numbers) do
    {"@(row.option)", @(row.about),
     @(row.unit), "@(row.takes)", offsetof(struct @(prefix)_recipe, @(row.member)), @(row.is_int), @(row.low), @(row.high), @(row.word)},
//: end
};

const char *const @(prefix)_compiled_in[@(PREFIX)_COMPILED_IN] = {
//: for _, name in ipairs(graph.compiled_in) do
    "@(option(name))",
//: end
};
