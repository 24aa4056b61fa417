//- Convolution of r x r taps by a bilinear algorithm, gradient of the weight.
/* @(title)
 *
 * The forward algorithm transposed, for @(m)x@(m) outputs a tile: @(n_places) products in place of @(direct).
 *
 *     V  = B' x B              [@(n_places)][@(sum_of)][@(cb)]@(sides[1].lies)
 *     dM = A d_out A'          [@(n_places)][@(sum_of)][@(ob)]@(sides[2].lies)
 *     dU = sum of V' x dM      [@(n_kernels)][@(cb)][@(ob)]@(shared_kernels)
 *     d_weight = G' dU G
 *
 * A unit is @(cb) by @(ob) channels @(of_tiles). */
struct @(name)_arguments {
@(fields)
//: if shrinks then
    int channels, blocks; /* input channels of a unit, units of all of them */
//: end
};

/* Of a thread; places lie as in forward's. */
struct @(name)_scratch {
    @(real) v[@(n_places)][@(sides[1].place)], m[@(n_places)][@(sides[2].place)];
    @(real) sum[@(n_kernels)][@(sum_place)];
};

/* Place j of a tile's inputs, from image i and channel c on. */
static const @(t.x.type) *@(name)_inputs(const struct @(name)_arguments *a, int tile, int i, int c, int j)
{
    const int y = tile / @(tiles_x) * @(from_step) - @(pad_y) + j / @(inputs), x = tile % @(tiles_x) * @(from_step) - @(pad_x) + j % @(inputs);
    const int inside = y >= 0 && y < @(from_height) && x >= 0 && x < @(from_width);
    return inside ? &a->x[y][x][i][c] : @(zeros(t.x));
}

/* Place j of the gradients of its outputs. */
static const @(t.d_out.type) *@(name)_outputs(const struct @(name)_arguments *a, int tile, int i, int o, int j)
{
    const int y = tile / @(tiles_x) * @(m) + j / @(m), x = tile % @(tiles_x) * @(m) + j % @(m);
    return y < @(height) && x < @(width) ? &a->d_out[y][x][i][o] : @(zeros(t.d_out));
}

//: if has.factors then
/* V of `count` images of one tile, for the channels from c on, of what the batch norm makes of x by factors [2][@(cg)]; inside: as in
 * struct norm. */
INLINE void @(name)_scaled(const struct @(name)_arguments *a, const @(t.x.type) *const from[@(inputs * inputs)], const @(real) *inside,
                           int count, @(sides[1].takes)@(real) *to)
{
//:   if is_narrow then
    for (int n = 0; n < count; n += 2) {
        const int image = n + 1 < count ? @(cg) : 0;
//:   else
    for (int n = 0; n < count; n++) {
//:   end
        for (int j = 0; j < @(sides[1].width); j += @(sides[1].floats)) {
            struct norm norm[@(sides[1].vectors)];
            load_norms(@(sides[1].vectors), a->factors[0] + c + j, a->factors[1] + c + j, inside, norm);
//:   if is_narrow then
            @(tile_of(form, "input", stored, read, "normalised"))(from, n * @(cg) + j, image, @(sides[1].to), @(sides[1].place), norm);
//:   else
            @(tile_of(form, "input", stored, read, "normalised"))(@(sides[1].vectors), from, n * @(cg) + j, @(sides[1].to), @(sides[1].place), norm);
//:   end
        }
    }
}

@(include("kernels/parts/winograd_normalised.c", "tile", {type = t.x.type, zeros = zeros(t.x), takes = sides[1].takes, given = sides[1].given}))

//: end
//: for _, side in ipairs(sides) do
@(include("kernels/parts/winograd_transform.c", "side", side))

//: end
/* Adds the products of those images. Meanwhile those after them come nearer. */
static void @(name)_tile(const struct @(name)_arguments *a, struct @(name)_scratch *s, int tile, int i, int count,
                         @(sides[1].takes)int o, int beta, void *scratch)
{
    const int is_last = i + @(rows) >= a->n, next_tile = tile + is_last, next_i = is_last ? 0 : i + @(rows);
    @(name)_transform_x(a, tile, i, count, @(sides[1].given)s->v[0]);
    @(name)_transform_d_out(a, tile, i, count, o, s->m[0]);
    for (int j = 0; j < @(n_places); j++) {
        const struct ahead next = {
            s->m[at_most(j + 1, @(n_places - 1))],
//: if shrinks then
            {@(read_ahead(t.x, name .. "_inputs(a, next_tile, next_i, c, j)")), channels@(halved(t.x)), @(cg)@(halved(t.x))},
//: else
            {@(read_ahead(t.x, name .. "_inputs(a, next_tile, next_i, c, j)")), @(x_width)@(halved(t.x)), @(cg)@(halved(t.x))},
//: end
            {j < @(m * m) ? @(read_ahead(t.d_out, name .. "_outputs(a, next_tile, next_i, o, j)")) : outside, @(d_out_width)@(halved(t.d_out)), @(og)@(halved(t.d_out))},
        };
//: if shrinks then
        @(product)(scratch, channels, @(ob), @(count), @(sides[1].matrix), @(sides[2].matrix), next,
//: else
        @(product)(scratch, @(cb), @(ob), @(count), @(sides[1].matrix), @(sides[2].matrix), next,
//: end
//: if shares then
             into(s->sum[kernel_of(j, @(side), @(kernels))], @(ob), beta || j / @(side) >= @(kernels) || j % @(side) >= @(kernels)));
//: else
             into(s->sum[j], @(ob), beta));
//: end
    }
}

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    struct @(name)_scratch *const s = kernel_scratch(scratch);
//: if shrinks then
    const int part = unit / @(oblocks) / a->blocks;
    const int c = unit / @(oblocks) % a->blocks * a->channels, o = unit % @(oblocks) * @(ob);
    const int channels = at_most(@(cg) - c, a->channels);
//: else
    const int part = unit / @(cblocks * oblocks);
    const int c = unit / @(oblocks) % @(cblocks) * @(cb), o = unit % @(oblocks) * @(ob);
//: end
    const int begin = part * @(tiles) / @(parts), end = (part + 1) * @(tiles) / @(parts);
    for (int tile = begin; tile < end; tile++)
        for (int i = 0; i < a->n; i += @(rows))
            @(name)_tile(a, s, tile, i, at_most(a->n - i, @(rows)), @(sides[1].given)o, tile > begin || i > 0, scratch);
//: if shrinks then
    for (int row = 0; row < channels; row++) {
//: else
    for (int row = 0; row < @(cb); row++) {
//: end
//: if sides[2].overlap then
        for (int first = 0; first < @(ob); first += LANES) {
            const int j = at_most(first, @(ob) - LANES);
//: else
        for (int j = 0; j < @(ob); j += LANES) {
//: end
            vector half[@(kernels)][@(r)], x[@(kernels)], y[@(r)];
            UNROLL
            for (int column = 0; column < @(kernels); column++) {
                UNROLL
                for (int place = 0; place < @(kernels); place++)
                    x[place] = load(s->sum[@(kernels) * place + column] + row * @(ob) + j);
                @(form)_grad_kernel(x, half[column]);
            }
            UNROLL
            for (int tap = 0; tap < @(r); tap++) {
                UNROLL
                for (int column = 0; column < @(kernels); column++)
                    x[column] = half[column][tap];
                @(form)_grad_kernel(x, y);
                UNROLL
                for (int k = 0; k < @(r); k++)
//: if parts > 1 then
                    store(a->workspace[part][@(r) * tap + k][c + row] + o + j, y[k]);
//: else
                    store(a->d_weight[@(r) * tap + k][0][c + row] + o + j, y[k]);
//: end
            }
        }
    }
}

//: if parts > 1 then
@(include "kernels/parts/add_parts.c")

//: end
void @(name)(@(signature))
{
//: if shrinks then
    const int channels = share_among_threads(host, 2, @(parts * oblocks), @(cg), @(cb), @(least_channels)), blocks = (@(cg) + channels - 1) / channels;
    const struct @(name)_arguments a = {@(pack), channels, blocks};
    run_with_scratch(host, @(parts * oblocks) * blocks, @(name)_unit, &a);
//: else
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(parts * cblocks * oblocks), @(name)_unit, &a);
//: end
//: if parts > 1 then
    run(host, @(pieces), @(name)_add, &a);
//: end
}
