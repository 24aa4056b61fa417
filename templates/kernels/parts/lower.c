//- Lowering of one output position, for the kernels of convolutions of few channels.
//: if shares_taps then
/* The inputs that taps begin .. end - 1 read for output y, x, side by side, zeros for padding, to their columns of lowered
 * [images][@(k)]. */
static inline void @(name)_lower(const struct @(name)_arguments *a, int y, int x, int begin, int end, @(real) *lowered)
//: else
/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered [images][@(k)]. */
static void @(name)_lower(const struct @(name)_arguments *a, int y, int x, @(real) *lowered)
//: end
{
    const @(t.x.type) *from[@(block)];
//: if shares_taps then
    for (int first = begin; first < end; first += @(block)) {
        const int count = at_most(end - first, @(block));
//: else
    for (int first = 0; first < @(#taps); first += @(block)) {
        const int count = @(size_of("first", block, #taps));
//: end
        for (int j = 0; j < count; j++) {
            const struct tap *const tap = &@(taps.name)[first + j];
            const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
            from[j] = inside ? (@(t.x.type) *)a->x[y * @(sy) + tap->dy][x * @(sx) + tap->dx] : 0;
        }
        for (int i = 0; i < a->n; i++) {
            @(real) *const to = lowered + (ptrdiff_t)i * @(lowered.stride.image) + first * @(cg);
            for (int j = 0; j < count; j++)
                for (int c = 0; c < @(cg); c++)
                    to[j * @(cg) + c] = from[j] ? from[j][i * @(cg) + c] : 0;
        }
    }
}
