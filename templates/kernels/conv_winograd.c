//- Convolution of r x r taps by a bilinear algorithm, forward and gradient of the input.
/* @(title)
 *
 * @(to) @(t[to].assign) @(what) of @(from)@(with), by tiles of @(m)x@(m) outputs: @(n_places) products
 * in place of @(direct).
 *
 *     U  = G w G'              [@(n_kernels)][@(sum_of)][@(o)], in panels@(shared_kernels)
 *     V  = B' @(from) B             [@(n_places)][images][@(sum_of)]
 *     @(to) = A' (V x U) A      the product for each of the @(n_places) places
 *
 * @(share) */
struct @(name)_arguments {
@(fields)
//: if shrinks then
    int rows, blocks; /* images of a unit, units of a tile */
//: elseif apart then
    int rows, blocks; /* images of each tile that a unit multiplies, units of all of them */
//: end
};

//: if apart then
/* Of a thread: of U a row of its places, of some inputs for one block of outputs. */
//: else
/* Of a thread. V's places, from @(first_v) on, and M's, from 0: one of M lies where V was that is multiplied by then, so that both
 * take little more of the cache than the larger. Places lie apart by more than a power of two, which would put them into few sets
 * of it. */
//: end
struct @(name)_scratch {
//:   if apart then
    @(real) kernel[@(kernels)][@(step)];
//:   else
    @(real) places[@(room)];
//:   end
//:   if cut_off then
    @(t[to].type) beyond[@(slice * o)]; /* outputs of a tile that are none of the image's */
//:   end
};

//: if turned then
/* Turns 16 input channels of one tap. */
static void @(name)_turn(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int tap = unit / @(-(-o // 16)), first = unit % @(-(-o // 16)) * 16;
    for (int from = 0; from < @(c); from++)
        for (int to = first; to < @(end_of("first", 16, o)); to++)
            a->turned[@(r * r - 1) - tap][from][to] = a->weight[tap][0][to][from];
}

//: end
//: if apart then
/* LANES outputs from `to` on of a row of the places of U, of one input channel. */
INLINE void @(name)_row(const struct @(name)_arguments *a, const int row, int from, int to, vector u[@(kernels)])
{
    vector w[@(r)], column[@(kernels)], half[@(r)];
    UNROLL
    for (int x = 0; x < @(r); x++) {
        for (int y = 0; y < @(r); y++)
            w[y] = @(include "kernels/parts/winograd_weight.c");
        @(form)_kernel(w, column);
        half[x] = column[row];
    }
    @(form)_kernel(half, u);
}

/* Row y of the places of U, of @(depth) @(inputs_of_u) from `begin` on, for @(block) outputs from `first` on. */
INLINE void @(name)_rows(const struct @(name)_arguments *a, const int y, int begin, int first, @(real) u[@(kernels)][@(step)])
{
    for (int i = 0; i < @(depth); i++) {
        for (int to = 0; to < @(block); to += LANES) {
            const int at = to / @(panel) * @(depth * panel) + i * @(panel) + to % @(panel);
            vector row[@(kernels)];
//:   if is_narrow then
            vector second[@(kernels)];
            @(name)_row(a, y, 2 * (begin + i), first + to, row);
            @(name)_row(a, y, 2 * (begin + i) + 1, first + to, second);
//:   else
            @(name)_row(a, y, begin + i, first + to, row);
//:   end
            UNROLL
            for (int x = 0; x < @(kernels); x++)
//:   if is_narrow then
                store(u[x] + at, pairs_of(row[x], second[x]));
//:   else
                store(u[x] + at, row[x]);
//:   end
        }
    }
}

/* The same, for each row by itself: of G no more is multiplied than that one. */
static void @(name)_kernel(const struct @(name)_arguments *a, int y, int begin, int first, @(real) u[@(kernels)][@(step)])
{
    switch (y) {
//:   for row = 0, kernels - 2 do
    case @(row):
        @(name)_rows(a, @(row), begin, first, u);
        break;
//:   end
    default:
        @(name)_rows(a, @(kernels - 1), begin, first, u);
    }
}

//: elseif is_narrow then
/* U of one input channel for LANES outputs from `to` on. */
//:   if part then
INLINE void @(name)_of_channel(const struct @(name)_arguments *a, int from, int to, int width, vector u[@(n_kernels)])
//:   else
INLINE void @(name)_of_channel(const struct @(name)_arguments *a, int from, int to, vector u[@(n_kernels)])
//:   end
{
    vector half[@(r)][@(kernels)], w[@(r)];
    UNROLL
    for (int x = 0; x < @(r); x++) {
        for (int y = 0; y < @(r); y++)
            w[y] = @(include "kernels/parts/winograd_weight.c");
        @(form)_kernel(w, half[x]);
    }
    UNROLL
    for (int y = 0; y < @(kernels); y++) {
        for (int x = 0; x < @(r); x++)
            w[x] = half[x][y];
        @(form)_kernel(w, u + @(kernels) * y);
    }
}

/* U of two input channels, as pairs. */
static void @(name)_kernel(const void *argument, int pair)
{
    const struct @(name)_arguments *const a = argument;
    for (int to = 0; to < @(o); to += LANES) {
        @(real) *const kernel = a->kernel[0] + (ptrdiff_t)(to / @(panel)) * @(k * panel) + pair * @(panel) + to % @(panel);
        vector first[@(n_kernels)], second[@(n_kernels)];
//:   if part then
        const int width = at_most(@(o) - to, LANES);
        @(name)_of_channel(a, 2 * pair, to, width, first);
        @(name)_of_channel(a, 2 * pair + 1, to, width, second);
//:   else
        @(name)_of_channel(a, 2 * pair, to, first);
        @(name)_of_channel(a, 2 * pair + 1, to, second);
//:   end
        UNROLL
        for (int j = 0; j < @(n_kernels); j++)
//:   if part then
            store_part(kernel + (ptrdiff_t)j * @(step), pairs_of(first[j], second[j]), width);
//:   elseif streams_kernel then
            stream(kernel + (ptrdiff_t)j * @(step), pairs_of(first[j], second[j]));
//:   else
            store(kernel + (ptrdiff_t)j * @(step), pairs_of(first[j], second[j]));
//:   end
    }
//:   if streams_kernel then
    streamed();
//:   end
}

//: else
/* U of one input channel. */
static void @(name)_kernel(const void *argument, int from)
{
    const struct @(name)_arguments *const a = argument;
    for (int to = 0; to < @(o); to += LANES) {
//: if part then
        const int width = at_most(@(o) - to, LANES);
//: end
        @(real) *const kernel = a->kernel[0] + (ptrdiff_t)(to / @(panel)) * @(c * panel) + from * @(panel) + to % @(panel);
        vector half[@(r)][@(kernels)], w[@(r)], u[@(kernels)];
        UNROLL
        for (int x = 0; x < @(r); x++) {
            for (int y = 0; y < @(r); y++)
                w[y] = @(include "kernels/parts/winograd_weight.c");
            @(form)_kernel(w, half[x]);
        }
        UNROLL
        for (int y = 0; y < @(kernels); y++) {
            for (int x = 0; x < @(r); x++)
                w[x] = half[x][y];
            @(form)_kernel(w, u);
            UNROLL
            for (int x = 0; x < @(kernels); x++)
//: if part then
                store_part(kernel + (ptrdiff_t)(@(kernels) * y + x) * @(step), u[x], width);
//: elseif streams_kernel then
                stream(kernel + (ptrdiff_t)(@(kernels) * y + x) * @(step), u[x]);
//: else
                store(kernel + (ptrdiff_t)(@(kernels) * y + x) * @(step), u[x]);
//: end
        }
    }
//: if streams_kernel then
    streamed();
//: end
}

//: end
/* The outputs of one tile of `count` images. */
//: if has.statistics then
//:   if cut_off then
INLINE void @(name)_output(const @(real) *m, int count, @(t[to].type) *const to[@(m * m)], int rows, int columns, @(real) *mean,
                           @(real) *squares)
//:   else
INLINE void @(name)_output(const @(real) *m, int count, @(t[to].type) *const to[@(m * m)], @(real) *mean, @(real) *squares)
//:   end
//: else
INLINE void @(name)_output(const @(real) *m, int count, const int is_added, @(t[to].type) *const to[@(m * m)])
//: end
{
//: if has.statistics and not cut_off then
    enum { rows = @(m), columns = @(m) };
//: end
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < @(o); c += @(to_floats)) {
            const int j = i * @(o) + c;
//: if part then
            const int width = at_most(@(o) - c, LANES);
//: end
            vector y[@(to_vectors)][@(m * m)];
            for (int v = 0; v < @(to_vectors); v++)
                @(form)_output_tile(m + j + v * LANES, @(m_place), y[v]);
            UNROLL
            for (int k = 0; k < @(m * m); k++) {
                for (int v = 0; v < @(to_vectors); v++) {
                    @(t[to].type) *const at = to[k] + j + v * LANES;
//: if has.statistics and part then
                    store_part@(t[to].suffix)(at, y[v][k], width);
//: elseif has.statistics and streams then
                    stream@(t[to].suffix)(at, y[v][k]);
//: elseif has.statistics then
                    store@(t[to].suffix)(at, y[v][k]);
//: elseif part then
                    store_part@(t[to].suffix)(at, is_added ? add(load_part@(t[to].suffix)(at, width), y[v][k]) : y[v][k], width);
//: else
                    if (is_added)
                        store@(t[to].suffix)(at, add(load@(t[to].suffix)(at), y[v][k]));
                    else
//:   if streams then
                        stream@(t[to].suffix)(at, y[v][k]);
//:   else
                        store@(t[to].suffix)(at, y[v][k]);
//:   end
//: end
                }
            }
//: if has.statistics then
//:   if lacks.statistics then
            if (!mean)
                continue;
//:   end
            for (int v = 0; v < @(to_vectors); v++)
                take_tile(@(m), y[v], rows, columns, i, mean + c + v * LANES, squares + c + v * LANES, @(taken));
//: end
        }
    }
}

/* The inputs of place j of a tile, from image i on. */
static const @(t[from].type) *@(name)_inputs(const struct @(name)_arguments *a, int tile, int i, int j)
{
    const int y = tile / @(tiles_x) * @(from_step) - @(pad_y) + j / @(inputs), x = tile % @(tiles_x) * @(from_step) - @(pad_x) + j % @(inputs);
    const int inside = y >= 0 && y < @(from_height) && x >= 0 && x < @(from_width);
    return inside ? a->@(from)[y][x][i] : @(zeros(t[from]));
}

//: if has.factors then
/* V of `count` images of one tile, of what the batch norm makes of the inputs by factors [2][@(c)]; inside: as in struct norm. */
INLINE void @(name)_scaled(const struct @(name)_arguments *a, const @(t[from].type) *const from[@(inputs * inputs)], const @(real) *inside,
                           int count, @(real) *v)
{
    for (int n = 0; n < count; n++) {
        for (int c = 0; c < @(c); c += @(from_floats)) {
            struct norm norm[@(from_vectors)];
            load_norms(@(from_vectors), a->factors[0] + c, a->factors[1] + c, inside, norm);
            const int j = n * @(c) + c;
            @(tile_of(form, "input", stored, read, "normalised"))(@(from_vectors), from, j, v + j@(per_value), @(v_place), norm);
        }
    }
}

@(include("kernels/parts/winograd_normalised.c", "tile", {type = t[from].type, zeros = zeros(t[from]), takes = "", given = ""}))

//: end
/* V of `count` images of one tile from image i on. */
OUTLINE void @(name)_tile(const struct @(name)_arguments *a, int tile, int i, int count, @(real) *v)
{
    const @(t[from].type) *from[@(inputs * inputs)];
    for (int j = 0; j < @(inputs * inputs); j++)
        from[j] = @(name)_inputs(a, tile, i, j);
//: if lacks.factors then
    if (a->factors) {
        @(name)_normalised(a, from, count, v);
        return;
    }
//: elseif has.factors then
    @(name)_normalised(a, from, count, v);
//: end
//: if lacks.factors or not has.factors then
//:   if overlap then
    for (int j = 0; j < count * @(c); j += LANES) {
        const int at = at_most(j, count * @(c) - LANES); /* the last vector may have values of the one before it, too */
        @(tile_of(form, "input", stored, read))(1, from, at, v + at@(per_value), @(v_place));
    }
//:   else
    for (int j = 0; j < count * @(c); j += @(from_floats))
        @(tile_of(form, "input", stored, read))(@(from_vectors), from, j, v + j@(per_value), @(v_place));
//:   end
//: end
}

/* What becomes of M of a slice: `count` images of one tile from image i on, @(slice) at most. */
//: if cut_off then
static void @(name)_results(const struct @(name)_arguments *a, int tile, int i, int count, const @(real) *m, @(t[to].type) *beyond)
//: else
static void @(name)_results(const struct @(name)_arguments *a, int tile, int i, int count, const @(real) *m)
//: end
{
    const int y = tile / @(tiles_x) * @(m), x = tile % @(tiles_x) * @(m);
    @(t[to].type) *to[@(m * m)];
    for (int j = 0; j < @(m * m); j++)
//: if cut_off then
        to[j] = y + j / @(m) < @(height) && x + j % @(m) < @(width) ? a->@(to)[y + j / @(m)][x + j % @(m)][i] : beyond;
//: else
        to[j] = a->@(to)[y + j / @(m)][x + j % @(m)][i];
//: end
//: if has.statistics then
//:   if cut_off then
    const int rows = @(size_of("y", m, height)), columns = @(size_of("x", m, width));
//:   end
    const int slot = tile * @(slots) + i / @(slice);
//:   if lacks.statistics then
    @(real) *const mean = a->statistics ? a->partial + (ptrdiff_t)slot * @(2 * o) : NULL;
    if (mean)
//:     if cut_off then
        @(name)_output(m, count, to, rows, columns, mean, mean + @(o));
    else
        @(name)_output(m, count, to, rows, columns, NULL, NULL);
//:     else
        @(name)_output(m, count, to, mean, mean + @(o));
    else
        @(name)_output(m, count, to, NULL, NULL);
//:     end
//:   else
    @(real) *const mean = a->partial + (ptrdiff_t)slot * @(2 * o);
//:     if cut_off then
    @(name)_output(m, count, to, rows, columns, mean, mean + @(o));
//:     else
    @(name)_output(m, count, to, mean, mean + @(o));
//:     end
//:   end
//: elseif adds == "sometimes" then
    if (a->add)
        @(name)_output(m, count, 1, to);
    else
        @(name)_output(m, count, 0, to);
//: else
    @(name)_output(m, count, @(beta), to);
//: end
//: if streams then
    streamed();
//: end
}

//: if apart then
/* V of a slice. */
static void @(name)_transform(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int tile = unit / @(slots), i = unit % @(slots) * @(slice), count = at_most(a->n - i, @(slice));
    if (count > 0)
//:   if tiles > 1 then
        @(name)_tile(a, tile, i, count, a->transformed[0] + (tile * BATCH + i) * @(k));
//:   else
        @(name)_tile(a, tile, i, count, a->transformed[0] + i * @(k));
//:   end
}

/* The products of a row of places, for one block of outputs and some images of each tile. What they need of U is made meanwhile. */
static void @(name)_product(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    struct @(name)_scratch *const s = kernel_scratch(scratch);
    const int y = unit / a->blocks / @(oblocks), first = unit / a->blocks % @(oblocks) * @(block);
    const int i = unit % a->blocks * a->rows, count = at_most(a->n - i, a->rows);
    for (int begin = 0; begin < @(k); begin += @(depth)) {
//:   if shares then
        @(name)_kernel(a, at_most(y, @(kernels - 1)), begin, first, s->kernel);
//:   else
        @(name)_kernel(a, y, begin, first, s->kernel);
//:   end
        for (int x = 0; x < @(side); x++) {
//:   if shares then
            const @(real) *const u = s->kernel[at_most(x, @(kernels - 1))], *const next = s->kernel[at_most(x + 1, @(kernels - 1))];
//:   else
            const @(real) *const u = s->kernel[x], *const next = s->kernel[at_most(x + 1, @(side - 1))];
//:   end
            @(real) *const v = a->transformed[@(side) * y + x], *const m = v + @(v_step);
//:   if tiles > 1 then
            for (int image = i; image < @(tiles) * BATCH; image += BATCH)
                @(product)(NULL, count, @(block), @(depth), by_rows(v + image * @(k) + begin, @(k)), in_panels(u, @(depth), @(block), 0),
                     ahead(next), into(m + image * @(o) + first, @(o), @(sum_beta)));
//:   else
            @(product)(NULL, count, @(block), @(depth), by_rows(v + i * @(k) + begin, @(k)), in_panels(u, @(depth), @(block), 0), ahead(next),
                 into(m + i * @(o) + first, @(o), @(sum_beta)));
//:   end
        }
    }
}

/* The outputs of a slice. */
//:   if cut_off then
static void @(name)_unit(const void *argument, int unit, void *scratch)
//:   else
static void @(name)_unit(const void *argument, int unit)
//:   end
{
    const struct @(name)_arguments *const a = argument;
//:   if cut_off then
    struct @(name)_scratch *const s = kernel_scratch(scratch);
//:   end
    const int tile = unit / @(slots), i = unit % @(slots) * @(slice), count = at_most(a->n - i, @(slice));
    if (count > 0)
//:   if cut_off and tiles > 1 then
        @(name)_results(a, tile, i, count, a->transformed[0] + @(v_step) + (tile * BATCH + i) * @(o), s->beyond);
//:   elseif cut_off then
        @(name)_results(a, tile, i, count, a->transformed[0] + @(v_step) + i * @(o), s->beyond);
//:   elseif tiles > 1 then
        @(name)_results(a, tile, i, count, a->transformed[0] + @(v_step) + (tile * BATCH + i) * @(o));
//:   else
        @(name)_results(a, tile, i, count, a->transformed[0] + @(v_step) + i * @(o));
//:   end
}

//: else
/* During its products the inputs of the unit after it come nearer, which the same thread takes as a rule. */
static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    struct @(name)_scratch *const s = kernel_scratch(scratch);
//:   if shrinks then
    const int tile = unit / a->blocks, i = unit % a->blocks * a->rows, count = at_most(a->n - i, a->rows);
    const int next_tile = (unit + 1) / a->blocks, next_i = (unit + 1) % a->blocks * a->rows;
//:   else
    const int tile = unit / @(slots), i = unit % @(slots) * @(rows), count = at_most(a->n - i, @(rows));
    const int next_tile = (unit + 1) / @(slots), next_i = (unit + 1) % @(slots) * @(rows);
    if (count <= 0)
        return;
//:   end
    @(real) *const v = s->places + @(first_v);
    @(name)_tile(a, tile, i, count, v);
    for (int j = 0; j < @(n_places); j++) {
//:   if shares then
        struct ahead next = ahead(a->kernel[kernel_of(at_most(j + 1, @(n_places - 1)), @(side), @(kernels))]);
//:   else
        struct ahead next = ahead(a->kernel[at_most(j + 1, @(n_places - 1))]);
//:   end
        next.first.at = @(read_ahead(t[from], name .. "_inputs(a, next_tile, next_i, j)"));
//:   if shares then
        @(product)(NULL, count, @(o), @(k), by_rows(v + j * @(v_step), @(k)), in_panels(a->kernel[kernel_of(j, @(side), @(kernels))], @(k), @(o), 0), next,
//:   else
        @(product)(NULL, count, @(o), @(k), by_rows(v + j * @(v_step), @(k)), in_panels(a->kernel[j], @(k), @(o), 0), next,
//:   end
             into(s->places + j * @(m_step), @(o), 0));
    }
//:   if shrinks then
    for (int j = 0; j < count; j += @(slice))
//:     if cut_off then
        @(name)_results(a, tile, i + j, at_most(count - j, @(slice)), s->places + j * @(o), s->beyond);
//:     else
        @(name)_results(a, tile, i + j, at_most(count - j, @(slice)), s->places + j * @(o));
//:     end
//:   elseif cut_off then
    @(name)_results(a, tile, i, count, s->places, s->beyond);
//:   else
    @(name)_results(a, tile, i, count, s->places);
//:   end
}

//: end
//: if has.statistics then
/* How many outputs the statistics of each slice are of. */
static void @(name)_count(const struct @(name)_arguments *a)
{
    @(real) *const counts = a->partial + @(stat_parts * 2 * o);
    for (int slot = 0; slot < @(stat_parts); slot++) {
        const int images = at_least(at_most(a->n - slot % @(slots) * @(slice), @(slice)), 0);
//:   if cut_off then
        const int y = slot / @(slots) / @(tiles_x) * @(m), x = slot / @(slots) % @(tiles_x) * @(m);
        counts[slot] = (@(real))(images * at_most(@(height) - y, @(m)) * at_most(@(width) - x, @(m)));
//:   else
        counts[slot] = (@(real))(images * @(m * m));
//:   end
    }
}

@(include "kernels/parts/join_statistics.c")
//: end
void @(name)(@(signature))
{
//: if shrinks then
    const int rows = share_of_unit(host, @(tiles), n, @(rows), @(slice)), blocks = (n + rows - 1) / rows;
    const struct @(name)_arguments a = {@(pack), rows, blocks};
//: elseif apart then
    const int rows = share_of_unit(host, @(side * oblocks), n, @(most_rows), @(least_rows)), blocks = (n + rows - 1) / rows;
    const struct @(name)_arguments a = {@(pack), rows, blocks};
//: else
    const struct @(name)_arguments a = {@(pack)};
//: end
//: if turned then
    run(host, @(r * r * -(-o // 16)), @(name)_turn, &a);
//: end
//: if apart then
    run(host, @(tiles * slots), @(name)_transform, &a);
    run_with_scratch(host, @(side * oblocks) * blocks, @(name)_product, &a);
//: else
    run(host, @(k), @(name)_kernel, &a);
//: end
//: if shrinks then
    run_with_scratch(host, @(tiles) * blocks, @(name)_unit, &a);
//: elseif cut_off or not apart then
    run_with_scratch(host, @(tiles * slots), @(name)_unit, &a);
//: else
    run(host, @(tiles * slots), @(name)_unit, &a);
//: end
//: if has.statistics then
@(include "kernels/parts/call_join.c")
//: end
}
