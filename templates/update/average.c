//- update/average.c: moving averages, for update_*.c.

/* Averages as PyTorch's AveragedModel keeps them with get_ema_multi_avg_fn and use_buffers: the first update
 * copies, each later one goes the part 1 - decay of the way to the new value, as torch.lerp does. */
static inline @(real) toward(@(real) ema, @(real) value, @(real) by)
{
    return by < 0.5f ? ema + by * (value - ema) : value - (value - ema) * (1 - by);
}

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
    visit(@(pair.value), @(pair.average), @(pair.count), by);
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
void @(prefix)_swap_average(struct @(prefix) *c)
{
//: for _, a in ipairs(averages) do
    swap_values(@(a.value), @(a.average), @(a.count), 0);
//: end
    visit_running(c, swap_values, 0);
//: if moving_counters > 0 then
    for (int i = 0; i < @(moving_counters); i++) {
        const int64_t kept = c->num_batches_tracked[i];
        c->num_batches_tracked[i] = c->average_batches_tracked[i];
        c->average_batches_tracked[i] = kept;
    }
//: end
//: if dead_factors then
    const double decay = c->dead_decay[0];
    c->dead_decay[0] = c->dead_decay[2];
    c->dead_decay[2] = decay;
//: end
}
