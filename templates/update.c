//- update.c: the optimiser: the formulas that there are, and the groups of parameters that move by them.
@(header)
//: if has_products then
#include "gemm.h"
//: end
#include "layers.h"
#include "memory.h"

enum { PIECE = @(piece) };
//: if has_products then

/* Rows of a product of matrices that a unit computes. */
enum { MATRIX_ROWS = 64 };
//: end

/* Values that lie one after another, and what lies as they do: gradients (NULL: all zeros) and the optimiser's states. */
struct stretch {
    @(real) *weight;
    const @(real) *gradient;
//: for _, name in ipairs(state_names) do
    @(real) *@(name);
//: end
    int count;
};

/* How many values a piece of that many has. */
static inline int piece_of(int count, int piece)
{
    return count - piece * PIECE < PIECE ? count - piece * PIECE : PIECE;
}
//: if has_common then

/* What a step does to all parameters alike. */
struct common {
//: if clip then
    @(real) scale; /* of gradients */
//: end
//: if lookahead then
    @(real) slow_by; /* part of the way that slow weights go to the new values; below 0: none of it */
//: end
//: if ema then
    @(real) average_by; /* part of the way that averages go to the new values */
//: end
};
//: end
//: if has_sums then

@(include("update/squares.c"))
//: end
//: if clip then

@(include("update/clip.c"))
//: end
//: if follows then

@(include("update/toward.c"))
//: end
//: if lookahead then

@(include("update/lookahead.c"))
//: end
//: if ema then

@(include("update/average.c"))
//: end
//: if follows then

/* What follows values once they have moved: of `count` from `start` on. */
static void follow(const struct stretch *s, int start, int count, const struct common *common)
{
//: if lookahead then
    if (common->slow_by >= 0)
        synchronise(s->weight + start, s->slow + start, count, common->slow_by);
//: end
//: if ema then
    average_values(s->weight + start, s->average + start, count, common->average_by);
//: end
}
//: end
//: for _, rule in ipairs(rules) do

@(include("update/" .. rule.template .. ".c", "rule", rule))
//: end
//: if shrinks_dead then

/* Dead parameters get no gradient, so decay alone moves them, all by one factor. */
static void shrink_dead(double *dead, const struct @(prefix)_hyper *hyper)
{
    dead[0] *= 1 - hyper->lr * hyper->weight_decay;
}
//: end

void @(prefix)_update(struct @(prefix) *c, const struct @(prefix)_hyper *hyper)
{
//: if has_rates then
    struct @(prefix)_hyper rates;
//: end
//: if has_common then
    const struct common common = {
//: if clip then
        .scale = clip_scale(c, hyper),
//: end
//: if lookahead then
        .slow_by = slow_by(hyper),
//: end
//: if ema then
        .average_by = average_by(hyper),
//: end
    };
//: end
//: if lookahead then
    if (hyper->step == 1)
        start_slow(c);
//: end
//: for _, group in ipairs(groups) do
//:   if group.text ~= "" then

    /* @(group.text) */
//:   end
//:   if group.stage > 0 then
    if (hyper->frozen < @(group.stage)) {
//:   end
//:   if #group.rates > 0 then
    @(group.indent)rates = *hyper;
//:     for _, line in ipairs(group.rates) do
    @(group.indent)rates.@(line)
//:     end
//:   end
//:   for _, stretch in ipairs(group.stretches) do
    @(group.indent)update_@(group.rule)(c, @(stretch), @(group.hyper)@(common_argument));
//:   end
//:   if #group.dead_stretches > 0 then
    @(group.indent)/* No gradient reaches these, but decay moves each on its own. */
//:   end
//:   for _, stretch in ipairs(group.dead_stretches) do
    @(group.indent)update_@(group.rule)(c, @(stretch), @(group.hyper)@(common_argument));
//:   end
//:   if group.shrink ~= "" then
    @(group.indent)@(group.shrink)(@(group.factors), @(group.hyper));
//:   end
//:   if group.stage > 0 and follows then
    } else { /* frozen: what follows the values goes on */
//:     for _, part in ipairs(group.followed) do
        follow(&@(part.stretch), 0, @(part.count), &common);
//:     end
    }
//:   elseif group.stage > 0 then
    }
//:   end
//: end
//: if lookahead then
    synchronise_rest(c, common.slow_by);
//: end
//: if ema then
//:   for _, slot in ipairs(slots) do
    average_dead(@(slot.factors), hyper);
//:   end
    visit_running(c, average_values, common.average_by);
//:   if moving_counters > 0 then
    average_counters(c, hyper);
//:   end
//: end
}

//: if #slots > 0 then
/* The `count` stores of dead parameters that shrink alike take in their factor; what is told in parts of it becomes parts
 * of 1. */
static void settle_dead(double *dead, int count, @(real) *const *stores, const int *counts)
{
    for (int i = 0; i < count; i++)
        for (int j = 0; j < counts[i]; j++)
            stores[i][j] *= (@(real))dead[0];
    for (int i = 1; i < @(dead_factors); i++)
        dead[i] = dead[0] != 0 ? dead[i] / dead[0] : 0;
    dead[0] = 1;
}

//: end
void @(prefix)_settle(struct @(prefix) *c)
{
//: for _, slot in ipairs(slots) do
    @(real) *const stores_@(slot.number)[] = {@(slot.stores)};
    static const int counts_@(slot.number)[] = {@(slot.counts)};
//: end
//: for _, slot in ipairs(slots) do
    settle_dead(@(slot.factors), @(slot.count), stores_@(slot.number), counts_@(slot.number));
//: end
//: if #slots == 0 then
    (void)c;
//: end
}
