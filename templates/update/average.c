//- update/average.c: moving averages, for update_*.c.

/* Averages as PyTorch's AveragedModel keeps them with get_ema_multi_avg_fn and use_buffers: the first update
 * copies, each later one goes the part 1 - decay of the way to the new value, as torch.lerp does. */
static inline float toward(float ema, float value, float by)
{
    return by < 0.5f ? ema + by * (value - ema) : value - (value - ema) * (1 - by);
}

static float average_by(const struct model_hyper *hyper)
{
    return hyper->step == 1 ? 1 : (float)(1 - hyper->ema_decay);
}

static void average_values(float *restrict value, float *restrict ema, int count, float by)
{
    for (int i = 0; i < count; i++)
        ema[i] = toward(ema[i], value[i], by);
}

static void swap_values(float *restrict value, float *restrict ema, int count, float by)
{
    (void)by;
    for (int i = 0; i < count; i++) {
        const float kept = value[i];
        value[i] = ema[i];
        ema[i] = kept;
    }
}

/* Running statistics, each with its average. */
static void visit_running(void (*visit)(float *value, float *ema, int count, float by), float by)
{
//: for _, pair in ipairs(graph.update.running) do
    visit(@(pair.value.symbol), @(pair.average.symbol), @(pair.value.count), by);
//: end
//: if #graph.update.running == 0 then
    (void)visit, (void)by;
//: end
}

/* Counters are averaged as PyTorch does: in float, then cut to whole numbers. */
static void average_counters(const struct model_hyper *hyper)
{
    for (int i = 0; i < @(tensors.moving_counters(graph)); i++) {
        const float kept = (float)average_batches_tracked[i] * (float)hyper->ema_decay;
        const float added = (float)num_batches_tracked[i] * (float)(1 - hyper->ema_decay);
        average_batches_tracked[i] = hyper->step == 1 ? num_batches_tracked[i] : (int64_t)(kept + added);
    }
}

void MODEL(swap_average)(void)
{
//: for _, a in ipairs(update.averages(graph)) do
    swap_values(@(text.wrap(string.format("%s, %s", a.value, a.average), 8)), @(a.count), 0);
//: end
    visit_running(swap_values, 0);
    for (int i = 0; i < @(tensors.moving_counters(graph)); i++) {
        const int64_t kept = num_batches_tracked[i];
        num_batches_tracked[i] = average_batches_tracked[i];
        average_batches_tracked[i] = kept;
    }
//: if graph.dead_decay == "factors" then
    const double kept = dead_decay[0];
    dead_decay[0] = dead_decay[2];
    dead_decay[2] = kept;
//: end
}
