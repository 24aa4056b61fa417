//- update/average.c: moving averages, for update.c.
/* Averages as PyTorch's AveragedModel keeps them with get_ema_multi_avg_fn and use_buffers: the first update
 * copies, each later one goes the part 1 - decay of the way to the new value. */
static @(real) average_by(const struct @(prefix)_hyper *hyper)
{
    return hyper->step == 1 ? 1 : (@(real))(1 - hyper->ema_decay);
}

static void average_values(@(real) *restrict value, @(real) *restrict ema, int count, @(real) by)
{
    for (int i = 0; i < count; i++)
        ema[i] = toward(ema[i], value[i], by);
}

static void swap_values(@(real) *restrict value, @(real) *restrict ema, int count, @(real) by)
{
    (void)by;
    for (int i = 0; i < count; i++) {
        const @(real) kept = value[i];
        value[i] = ema[i];
        ema[i] = kept;
    }
}

/* Running statistics, each with its average. */
static void visit_running(struct @(prefix) *c, void (*visit)(@(real) *value, @(real) *ema, int count, @(real) by), @(real) by)
{
//: for _, pair in ipairs(running) do
    visit(@(pair.value), @(pair.state), @(pair.count), by);
//: end
//: if #running == 0 then
    (void)c, (void)visit, (void)by;
//: end
}

//: if moving_counters > 0 then
/* Counters are averaged as PyTorch does: in @(real), then cut to whole numbers. */
static void average_counters(struct @(prefix) *c, const struct @(prefix)_hyper *hyper)
{
    for (int i = 0; i < @(moving_counters); i++) {
        const int64_t value = c->num_batches_tracked[i];
        const @(real) kept = (@(real))c->average_batches_tracked[i] * (@(real))hyper->ema_decay;
        const @(real) added = (@(real))value * (@(real))(1 - hyper->ema_decay);
        c->average_batches_tracked[i] = hyper->step == 1 ? value : (int64_t)(kept + added);
    }
}

//: end
//: if #slots > 0 then
/* The same of dead parameters that shrink alike: of their factor. */
static void average_dead(double *dead, const struct @(prefix)_hyper *hyper)
{
    dead[@(average_factor)] = hyper->step == 1 ? dead[0] : dead[@(average_factor)] + (1 - hyper->ema_decay) * (dead[0] - dead[@(average_factor)]);
}

static void swap_dead(double *dead)
{
    const double kept = dead[0];
    dead[0] = dead[@(average_factor)];
    dead[@(average_factor)] = kept;
}

//: end
void @(prefix)_swap_average(struct @(prefix) *c)
{
//: for _, a in ipairs(averages) do
    swap_values(@(a.value), @(a.state), @(a.count), 0);
//: end
    visit_running(c, swap_values, 0);
//: if moving_counters > 0 then
    for (int i = 0; i < @(moving_counters); i++) {
        const int64_t kept = c->num_batches_tracked[i];
        c->num_batches_tracked[i] = c->average_batches_tracked[i];
        c->average_batches_tracked[i] = kept;
    }
//: end
//: for _, slot in ipairs(slots) do
    swap_dead(@(slot.factors));
//: end
}
