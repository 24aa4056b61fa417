//- recipe.c: the tables of recipe.h.
@(header)
#include "@(prefix)_recipe.h"

//: for _, part in ipairs(parts) do
//: if part.milestones ~= "" then
static const double @(part.array)[] = {@(part.milestones)};

//: end
//: end
//: if #freezes > 0 then
static const struct @(prefix)_freeze freezes[] = {
//: for _, stage in ipairs(freezes) do
    {@(stage.epochs), @(stage.names)},
//: end
};

//: end
//: if class_weights ~= "" then
static const double class_weights[@(PREFIX)_CLASSES] = {@(class_weights)};

//: end
static const char *const fixed[] = {
//: for _, string in ipairs(fixed) do
    @(string),
//: end
    NULL,
};

const struct @(prefix)_recipe @(prefix)_recipe = {
//: for _, member in ipairs(recipe) do
    .@(member.name) = @(member.value),
//: end
    .fixed = fixed,
    .parts = {
//: for _, part in ipairs(parts) do
        {
//: for _, member in ipairs(part.members) do
            .@(member.name) = @(member.value),
//: end
        },
//: end
    },
    .augment = {
//: for _, member in ipairs(augment) do
        .@(member.name) = @(member.value),
//: end
    },
//: for _, member in ipairs(loss_and_input) do
    .@(member.name) = @(member.value),
//: end
};

const struct @(prefix)_whitening @(prefix)_whitening = {
//: for _, member in ipairs(whitening) do
    .@(member.name) = @(member.value),
//: end
};

static const char *const data_train[] = {
//: for _, name in ipairs(data_train) do
    @(name),
//: end
};
static const char *const data_test[] = {
//: for _, name in ipairs(data_test) do
    @(name),
//: end
};
//: if #data_names > 0 then
static const char *const data_names[@(PREFIX)_CLASSES] = {
//: for _, name in ipairs(data_names) do
    @(name),
//: end
};
//: end

const struct @(prefix)_data @(prefix)_data = {
//: for _, member in ipairs(data) do
    .@(member.name) = @(member.value),
//: end
};

/* Option, about, unit, what it takes, place, is it an int, limits, a word and its value. */
const struct @(prefix)_number @(prefix)_numbers[@(PREFIX)_NUMBERS] = {
//: for _, row in ipairs(numbers) do
    {"@(row.option)", @(row.about),
     @(row.unit), "@(row.takes)", offsetof(struct @(prefix)_recipe, @(row.member)), @(row.is_int), @(row.low), @(row.high), @(row.word)},
//: end
};

const char *const @(prefix)_compiled_in[@(PREFIX)_COMPILED_IN] = {
//: for _, name in ipairs(compiled_in) do
    "@(name)",
//: end
};
