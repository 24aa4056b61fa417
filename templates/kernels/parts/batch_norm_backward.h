//- What the gradient takes on its way through batch norms.
/* Where a function is joined to a batch norm, a gradient goes back through it by its result, which was kept, or by what it was
 * given, which is made again from x. Relu, for which both will do, lets through what was above 0: it needs no function, nor
 * does a batch norm alone, of which nothing is kept. */
enum kept { NOTHING, RESULT, AGAIN };

INLINE @(real) below(@(real) d, @(real) kept, @(real) (*function)(@(real), @(real)))
{
    return function ? function(d, kept) : kept > 0 ? d : 0;
}

/* Of gradients that are read 64 rows later, `width` of `bytes` each come nearer: a compiler may load of relu's only those that it lets
 * through, once it knows which, too late for what is not near (Zen 5, 32x32x64 in memory, one thread: 5.1 ms for 6.5). What lies there
 * may be another unit's, mostly the thread's next one; rows that don't exist do no harm. */
INLINE void bring_later(const void *row, int channels, int width, size_t bytes)
{
    const uintptr_t later = (uintptr_t)row + 64 * (size_t)channels * bytes;
    for (size_t i = 0; i < (size_t)width * bytes; i += 64)
        PREFETCH_READ((const void *)(later + i));
}

/* What becomes of a result: nothing, it is written, or added to what is there. */
enum put { NOWHERE, SET, ADD };

/* What a batch norm's units read and write on the way back; mean, inv_std, scale and shift have a value a channel; partial is
 * [sums][2][channels]. */
struct norm_backward {
    const @(stored) *d_out, *x, *out;
    const @(real) *mean, *inv_std, *scale, *shift;
    @(stored) *d_x, *d_residual;
    @(real) *partial;
    int n;
};

/* What flows on, as is known where scale_gradients is called; is_training: whether the batch's statistics were taken. */
struct flow {
    enum kept kept;
    enum put d_x, d_residual;
    int is_training;
};

/* Two sums over a unit's positions and images, of d and of d (x - mean) inv_std, where d is the gradient below the function.
 * part: which of the partial sums. */
INLINE void position_sums(const struct norm_backward *a, int part, const struct cut cut, @(narrow)enum kept kept,
                          @(real) (*function)(@(real), @(real)))
{
    const int channels = cut.channels;
    const struct share share = share_of(part, cut, a->n);
    const int rows = (share.end - share.begin) * (share.last - share.first);
    const ptrdiff_t start = share.begin * cut.distance + (ptrdiff_t)share.first * channels,
                    apart = cut.grain > 1 ? cut.distance : 0;
    const @(stored) *const d_out = @(place_at("a->d_out", "start", "d_out")), *const x = @(place_at("a->x", "start", "x"));
    const @(stored) *const out = kept == RESULT ? @(place_at("a->out", "start", "out")) : NULL;
    const @(real) *const mean = a->mean, *const inv_std = a->inv_std, *const scale = a->scale, *const shift = a->shift;
    @(real) *const sum_d = a->partial + (ptrdiff_t)part * 2 * channels, *const sum_x = sum_d + channels;
    for (int first = 0; first < channels; first += SUM_BLOCK) {
        const int width = at_most(channels - first, SUM_BLOCK);
        double sum[SUM_BLOCK], sum_by_x[SUM_BLOCK];
        for (int k = 0; k < width; k++)
            sum[k] = sum_by_x[k] = 0;
        for (int begin = 0; begin < rows; begin += SUM_ROWS) {
            const int end = at_most(rows, begin + SUM_ROWS);
            @(real) some[SUM_BLOCK], some_by_x[SUM_BLOCK];
            for (int k = 0; k < width; k++)
                some[k] = some_by_x[k] = 0;
            for (int row = begin; row < end; row++) {
                const ptrdiff_t from = row_start(row, a->n, channels, apart) + first;
                bring_later(@(place_at("d_out", "from", "d_out")), channels, width, @(bytes_at "d_out"));
                for (int k = 0; k < width; k++) {
                    const int c = first + k;
                    const ptrdiff_t j = from + k;
                    const @(real) value = @(value_at("x", "j", "x"));
                    const @(real) by = kept == RESULT ? @(value_at("out", "j", "out")) : kept == AGAIN ? value * scale[c] + shift[c] : 1;
                    const @(real) d = below(@(value_at("d_out", "j", "d_out")), by, function);
                    some[k] += d;
                    some_by_x[k] += d * (value - mean[c]);
                }
            }
            for (int k = 0; k < width; k++) {
                sum[k] += (double)some[k];
                sum_by_x[k] += (double)some_by_x[k];
            }
        }
        for (int k = 0; k < width; k++) {
            sum_d[first + k] = (@(real))sum[k];
            sum_x[first + k] = (@(real))sum_by_x[k] * inv_std[first + k];
        }
    }
}

/* Once the sums of m values a channel are out of it, partial holds what all d_x of a channel share, and their slope over
 * x - mean. */
INLINE void share_sums(const struct norm_backward *a, int channels, @(real) m, const @(real) *sum_d, const @(real) *sum_x)
{
    @(real) *const constant = a->partial, *const slope = constant + channels;
    for (int c = 0; c < channels; c++) {
        constant[c] = -a->scale[c] * sum_d[c] / m;
        slope[c] = -a->scale[c] * a->inv_std[c] * sum_x[c] / m;
    }
}

//: if stores_bf16 then
INLINE void put_value(enum put put, void *to, int j, int is_bf16, @(real) value)
{
    if (put != NOWHERE)
        put_at(to, j, is_bf16, put == ADD ? float_at(to, j, is_bf16) + value : value);
}
//: else
INLINE void put_value(enum put put, @(real) *to, int j, @(real) value)
{
    if (put == SET)
        to[j] = value;
    else if (put == ADD)
        to[j] += value;
}
//: end

/* Positions of a unit: d to d_residual and d * scale to d_x; in training there is more to d_x, what share_sums left. */
INLINE void scale_gradients(const struct norm_backward *a, int unit, const struct cut cut, @(narrow)const struct flow flow,
                            @(real) (*function)(@(real), @(real)))
{
    const @(real) *const mean = a->mean, *const scale = a->scale, *const shift = a->shift;
    const @(real) *const constant = a->partial, *const slope = flow.is_training ? constant + cut.channels : NULL;
    const struct share share = share_of(unit, cut, a->n);
    for (int position = share.begin; position < share.end; position++) {
        const ptrdiff_t start = position * cut.distance;
        const @(stored) *const d_out = @(place_at("a->d_out", "start", "d_out"));
        const @(stored) *const out = flow.kept == RESULT ? @(place_at("a->out", "start", "out")) : NULL;
        const @(stored) *const x = flow.is_training ? @(place_at("a->x", "start", "x")) : NULL;
        @(stored) *const d_x = flow.d_x == NOWHERE ? NULL : @(place_at("a->d_x", "start", "d_x"));
        @(stored) *const d_residual = flow.d_residual == NOWHERE ? NULL : @(place_at("a->d_residual", "start", "d_residual"));
        for (int i = share.first; i < share.last; i++) {
            bring_later(@(place_at("d_out", "i * cut.channels", "d_out")), cut.channels, cut.channels, @(bytes_at "d_out"));
            ROLLED
            INDEPENDENT
            for (int c = 0; c < cut.channels; c++) {
                const int j = i * cut.channels + c;
                const @(real) value = flow.is_training ? @(value_at("x", "j", "x")) : 0;
                const @(real) by = flow.kept == RESULT ? @(value_at("out", "j", "out"))
                    : flow.kept == AGAIN ? value * scale[c] + shift[c] : 1;
                const @(real) d = below(@(value_at("d_out", "j", "d_out")), by, function);
                const @(real) scaled = flow.d_x == NOWHERE ? 0 : d * scale[c];
                const @(real) through = flow.d_x == NOWHERE || !flow.is_training ? scaled
                    : scaled + constant[c] + (value - mean[c]) * slope[c];
//: if stores_bf16 then
                put_value(flow.d_residual, d_residual, j, narrow.d_residual, d);
                put_value(flow.d_x, d_x, j, narrow.d_x, through);
//: else
                put_value(flow.d_residual, d_residual, j, d);
                put_value(flow.d_x, d_x, j, through);
//: end
            }
        }
    }
}
