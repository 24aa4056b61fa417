//- Convolution, gradient of the weight for few input channels: lower, then one product a block.
/* @(title)
 *
 * One unit sums the output rows of one of @(parts) parts: lowered inputs, [columns * images][@(k)]',
 * times gradients, [columns * images][@(og)]. The parts are added up in order afterwards. */
static const struct tap @(name)_taps[@(#taps)] = {
//: for _, tap in ipairs(taps) do
    {@(tap.place), @(tap.dy), @(tap.dx), @(tap.y0), @(tap.y1), @(tap.x0), @(tap.x1)},
//: end
};

struct @(name)_arguments {
@(fields)
};

static void @(name)_lower(const struct @(name)_arguments *a, int y, int x)
{
    const float *from[@(#taps)];
    for (int j = 0; j < @(#taps); j++) {
        const struct tap *const tap = &@(name)_taps[j];
        const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
        from[tap->place] = inside ? (float *)a->x[y@(times_sy) + tap->dy][x@(times_sx) + tap->dx] : 0;
    }
    for (int i = 0; i < a->n; i++) {
        float *const to = a->lowered[y][x][i];
        for (int place = 0; place < @(#taps); place++)
            for (int c = 0; c < @(cg); c++)
                to[place * @(cg) + c] = from[place] ? from[place][i * @(cg) + c] : 0;
    }
}

static void @(name)_unit(const void *argument, int part)
{
    const struct @(name)_arguments *const a = argument;
    float beta = 0;
    for (int y = part * @(t.d_out.height) / @(parts); y < (part + 1) * @(t.d_out.height) / @(parts); y++) {
        for (int x0 = 0; x0 < @(t.d_out.width); x0 += @(columns)) {
            const int x1 = at_most(x0 + @(columns), @(t.d_out.width));
            for (int x = x0; x < x1; x++)
                @(name)_lower(a, y, x);
            columns_tn(x1 - x0, a->n, @(k), @(og), a->lowered[y][x0][0], BATCH * @(k), @(k), a->d_out[y][x0][0],
                       BATCH * @(og), @(og), beta, a->workspace[part][0], @(og));
            beta = 1;
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    model_run(@(parts), @(name)_unit, &a);
    float *const out = (float *)d_weight;
    memcpy(out, workspace[0], sizeof a.workspace[0]);
    for (int part = 1; part < @(parts); part++) {
        const float *const sum = (float *)workspace[part];
        for (int i = 0; i < @(k * og); i++)
            out[i] += sum[i];
    }
}
