//- network.c: the functions of network.h.
@(header)

/* The spec, @(file):
 *
 *   @(spec_text)
 */

#include "@(prefix).h"

#include "layers.h"
#include "memory.h"

const char @(prefix)_spec_sha256[] = "@(spec_sha256)";

//: for _, map in ipairs(tap_maps) do
static const int @(map.symbol)[] = {@(map.text)};
//: end

/* Name, type, is trainable, rank, dims, initialisation and its scale, strides, groups, taps, places of value, dead
 * taps and gradient. */
const struct @(prefix)_tensor @(prefix)_tensors[@(PREFIX)_TENSORS] = {
//: for _, row in ipairs(tensors) do
    @(row),
//: end
};

static void run_alone(void *scratch, int units, @(prefix)_unit *unit, const void *arguments)
{
    for (int i = 0; i < units; i++)
        unit(arguments, i, scratch);
}

//: if has_state_apart then
struct @(prefix) *@(prefix)_open(void *memory, const struct @(prefix)_host *host)
{
    return @(prefix)_open_apart(memory, memory ? place(memory, @(PREFIX)_STATE_BYTES) : NULL, host);
}

struct @(prefix) *@(prefix)_open_apart(void *memory, void *work, const struct @(prefix)_host *host)
//: else
struct @(prefix) *@(prefix)_open(void *memory, const struct @(prefix)_host *host)
//: end
{
    typedef char context_fits[sizeof(struct @(prefix)) <= @(context_bytes) ? 1 : -1];
//: if #parameter_structs > 0 then
    typedef char parameters_are_as_planned[sizeof(struct parameters) == @(parameter_bytes) ? 1 : -1];
//: end
    struct @(prefix) *const c = memory;

    (void)sizeof(context_fits);
//: if #parameter_structs > 0 then
    (void)sizeof(parameters_are_as_planned);
//: end
    if (!memory || (uintptr_t)memory % @(PREFIX)_ALIGNMENT != 0)
        return NULL;
//: if has_state_apart then
    if (!work || (uintptr_t)work % @(PREFIX)_ALIGNMENT != 0)
        return NULL;
    c->work = work;
//: end
    c->host.run = host ? host->run : run_alone;
    c->host.threads = host ? host->threads : NULL;
    c->host.pool = host ? host->pool : @(own_scratch);
//: for _, line in ipairs(bindings) do
    @(line)
//: end
//: for _, factor in ipairs(first_factors) do
    c->dead_decay[@(factor)] = 1;
//: end
//: for _, gap in ipairs(gaps) do
    ASAN_POISON_MEMORY_REGION(@(gap.place), @(gap.bytes));
//: end
    return c;
}

//: if has_state_apart then
void *@(prefix)_at(struct @(prefix) *c, size_t bytes)
{
    if (bytes >= @(PREFIX)_STATE_BYTES)
        return place(c->work, bytes - @(PREFIX)_STATE_BYTES);
    return bytes ? place(c, bytes) : NULL;
}
//: else
void *@(prefix)_at(struct @(prefix) *c, size_t bytes) { return bytes ? place(c, bytes) : NULL; }
//: end

//: if #batches > 0 then
uint8_t *@(prefix)_batch_images(struct @(prefix) *c, int which)
{
    return (uint8_t *)(which == 0 ? @(batches[1].images) : @(batches[2].images));
}

@(real) *@(prefix)_batch_targets(struct @(prefix) *c, int which)
{
    return (@(real) *)(which == 0 ? @(batches[1].targets) : @(batches[2].targets));
}

//: end
//: if trains then
struct @(prefix)_result @(prefix)_gradients(struct @(prefix) *c, const uint8_t *images, const @(real) *targets, int n,
                                            const struct @(prefix)_hyper *hyper)
{
    c->images = images;
    c->targets = targets;
    c->hyper = hyper;
//: if #slow_running > 0 then
    if (hyper->step == 1) { /* slow running statistics begin where the others do */
//:   for _, s in ipairs(slow_running) do
        memcpy(@(s.state), @(s.value), @(s.count) * sizeof(@(real)));
//:   end
    }
//: end
//: if moving_counters > 0 then
    for (int i = 0; i < @(moving_counters); i++)
        c->num_batches_tracked[i]++;
//: end
    run_forward(c, n);
    c->logits = @(logits)[0][0][0];
    if (isfinite(c->result.loss))
        run_backward(c, n);
    return c->result;
}

struct @(prefix)_result @(prefix)_step(struct @(prefix) *c, const uint8_t *images, const @(real) *targets, int n,
                                       const struct @(prefix)_hyper *hyper)
{
    const struct @(prefix)_result result = @(prefix)_gradients(c, images, targets, n, hyper);
    if (isfinite(result.loss))
        @(prefix)_update(c, hyper);
    return result;
}

//: end
struct @(prefix)_result @(prefix)_evaluate(struct @(prefix) *c, const uint8_t *images, const @(real) *targets, int n)
{
    c->images = images;
    c->targets = targets;
    run_evaluate(c, n);
    c->logits = @(evaluated_logits)[0][0][0];
    return c->result;
}

const @(real) *@(prefix)_logits(const struct @(prefix) *c) { return c->logits; }
//: if not trains then

void @(prefix)_settle(struct @(prefix) *c) { (void)c; }
//: else

const struct @(prefix)_state @(prefix)_states[@(PREFIX)_STATES] = {
//: for _, entry in ipairs(states) do
    {"@(entry.name)", @(entry.place), @(entry.bytes), @(entry.number)},
//: end
};

/* Whether the first n of BATCH rows of `channels` are finite at each position; a row count of 1 is one row. */
//: if suspects_bf16 then
static int all_finite_bf16(const bf16 *values, int positions, int channels, int n)
{
    for (int position = 0; position < positions; position++)
        for (int j = 0; j < n * channels; j++)
            if ((values[(ptrdiff_t)position * BATCH * channels + j].bits & 0x7f80) == 0x7f80)
                return 0;
    return 1;
}

//: end
static int all_finite(const @(real) *values, int positions, int channels, int n)
{
    for (int position = 0; position < positions; position++)
        for (int j = 0; j < n * channels; j++)
            if (!isfinite(values[(ptrdiff_t)position * BATCH * channels + j]))
                return 0;
    return 1;
}

const char *@(prefix)_first_nonfinite(const struct @(prefix) *c, int n)
{
//: for _, line in ipairs(suspects) do
    @(line)
//: end
    return NULL;
}
//: end
