//- 3x3 convolution by a bilinear algorithm, forward and gradient of the input.
/* @(title)
 *
 * @(to) @(t[to].assign) @(what) of @(from)@(with), by tiles of @(m)x@(m) outputs: @(n_places) products
 * in place of @(direct).
 *
 *     U  = G w G'              [@(n_kernels)][@(c)][@(o)], in panels@(shared_kernels)
 *     V  = B' @(from) B             [@(n_places)][images][@(c)]
 *     @(to) = A' (V x U) A      the product for each of the @(n_places) places
 *
 * A unit is @(rows) images of one of @(tiles_y) x @(tiles_x) tiles@(of_channels). */
struct @(name)_arguments {
@(fields)
};

/* Of a thread. The places lie apart by more than a power of two, which would put them into few sets of the cache. */
struct @(name)_scratch {
    @(real) v[@(n_places)][@(rows * c + 16)], m[@(n_places)][@(rows * part + 16)];
//: if cut_off then
    @(real) beyond[@(rows * o)]; /* outputs of a tile that are none of the image's */
//: end
};

//: if turned then
/* Turns 16 input channels of one tap. */
static void @(name)_turn(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int tap = unit / @(-(-o // 16)), first = unit % @(-(-o // 16)) * 16;
    for (int from = 0; from < @(c); from++)
        for (int to = first; to < at_most(first + 16, @(o)); to++)
            a->turned[8 - tap][from][to] = a->weight[tap][0][to][from];
}

//: end
/* U of one input channel. */
static void @(name)_kernel(const void *argument, int from)
{
    const struct @(name)_arguments *const a = argument;
    for (int to = 0; to < @(o); to += LANES) {
        @(real) *const kernel = a->kernel[0] + (ptrdiff_t)(to / @(panel)) * @(c * panel) + from * @(panel) + to % @(panel);
        vector half[3][@(kernels)], w[3], u[@(kernels)];
        UNROLL
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++)
//: if turned then
                w[y] = load(a->turned[3 * y + x][from] + to);
//: else
                w[y] = load(a->weight[3 * y + x][0][from] + to);
//: end
            @(form)_kernel(w, half[x]);
        }
        UNROLL
        for (int y = 0; y < @(kernels); y++) {
            for (int x = 0; x < 3; x++)
                w[x] = half[x][y];
            @(form)_kernel(w, u);
            UNROLL
            for (int x = 0; x < @(kernels); x++)
                @(store_kernel)(kernel + (ptrdiff_t)(@(kernels) * y + x) * @(step), u[x]);
        }
    }
//: if store_kernel == "stream" then
    streamed();
//: end
}

/* V of one tile, `count` floats of each place. */
static void @(name)_input(const @(real) *const from[@(inputs * inputs)], int count, @(real) *v)
{
    for (int j = 0; j < count; j += LANES) {
        vector half[@(inputs)][@(side)], x[@(inputs)], y[@(side)];
        UNROLL
        for (int column = 0; column < @(inputs); column++) {
            UNROLL
            for (int row = 0; row < @(inputs); row++)
                x[row] = load(from[@(inputs) * row + column] + j);
            @(form)_input(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < @(side); row++) {
            UNROLL
            for (int column = 0; column < @(inputs); column++)
                x[column] = half[column][row];
            @(form)_input(x, y);
            UNROLL
            for (int column = 0; column < @(side); column++)
                store(v + (@(side) * row + column) * @(rows * c + 16) + j, y[column]);
        }
    }
}

/* The outputs of one tile, `count` floats of each@(of_channels). */
INLINE void @(name)_output(const @(real) *m, int count, const int is_added, @(real) *const to[@(m * m)])
{
    for (int j = 0; j < count; j += LANES) {
        vector half[@(side)][@(m)], x[@(side)], y[@(m)];
//: if parts > 1 then
        const int at = j / @(part) * @(o) + j % @(part);
//: else
        const int at = j;
//: end
        UNROLL
        for (int column = 0; column < @(side); column++) {
            UNROLL
            for (int row = 0; row < @(side); row++)
                x[row] = load(m + (@(side) * row + column) * @(rows * part + 16) + j);
            @(form)_output(x, half[column]);
        }
        UNROLL
        for (int row = 0; row < @(m); row++) {
            UNROLL
            for (int column = 0; column < @(side); column++)
                x[column] = half[column][row];
            @(form)_output(x, y);
            UNROLL
            for (int column = 0; column < @(m); column++) {
                if (is_added)
                    store(to[@(m) * row + column] + at, add(load(to[@(m) * row + column] + at), y[column]));
                else
                    @(store)(to[@(m) * row + column] + at, y[column]);
            }
        }
    }
}

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    struct @(name)_scratch *const s = kernel_scratch(scratch);
    static const @(real) outside[@(rows * c)] = {0};
//: if parts > 1 then
    const int first = unit % @(parts) * @(part), block = unit / @(parts);
//: else
    enum { first = 0 };
//: end
    const int tile = @(block) / @(image_blocks), i = @(block) % @(image_blocks) * @(rows), count = at_most(a->n - i, @(rows));
    const int row = tile / @(tiles_x), column = tile % @(tiles_x), y = row * @(m), x = column * @(m);
    const @(real) *from[@(inputs * inputs)];
    @(real) *to[@(m * m)];
    if (count <= 0)
        return;
    for (int j = 0; j < @(inputs * inputs); j++) {
        const int from_y = row * @(from_step) - @(pad_y) + j / @(inputs), from_x = column * @(from_step) - @(pad_x) + j % @(inputs);
        const int inside = from_y >= 0 && from_y < @(from_height) && from_x >= 0 && from_x < @(from_width);
        from[j] = inside ? a->@(from)[from_y][from_x][i] : outside;
    }
    for (int j = 0; j < @(m * m); j++)
//: if cut_off then
        to[j] = y + j / @(m) < @(height) && x + j % @(m) < @(width) ? a->@(to)[y + j / @(m)][x + j % @(m)][i] + first : s->beyond;
//: else
        to[j] = a->@(to)[y + j / @(m)][x + j % @(m)][i] + first;
//: end
    @(name)_input(from, count * @(c), s->v[0]);
    for (int j = 0; j < @(n_places); j++)
        gemm(NULL, count, @(part), @(c), by_rows(s->v[j], @(c)), in_panels(a->kernel[@(kernel_of)], @(c), @(o), first),
             in_panels(a->kernel[@(kernel_after)], @(c), @(o), first).at, into(s->m[j], @(part), 0));
//: if adds == "sometimes" then
    if (a->add)
        @(name)_output(s->m[0], count * @(part), 1, to);
    else
        @(name)_output(s->m[0], count * @(part), 0, to);
//: else
    @(name)_output(s->m[0], count * @(part), @(beta), to);
//: end
//: if store == "stream" then
    streamed();
//: end
}

//: if has.partial then
static void @(name)_statistics(const void *argument, int position)
{
    const struct @(name)_arguments *const a = argument;
    partial_statistics(@(o), @(o), a->n, (@(real) *)a->out + @(start_of(t.out, "position")),
                       a->partial[position][0], a->partial[position][1]);
}

//: end
void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
//: if turned then
    run(host, @(9 * -(-o // 16)), @(name)_turn, &a);
//: end
    run(host, @(c), @(name)_kernel, &a);
    run_with_scratch(host, @(tiles * image_blocks * parts), @(name)_unit, &a);
//: if lacks.partial then
    if (partial)
        run(host, @(height * width), @(name)_statistics, &a);
//: elseif has.partial then
    run(host, @(height * width), @(name)_statistics, &a);
//: end
}
