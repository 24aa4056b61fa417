//- 3x3 convolution by a bilinear algorithm, gradient of the weight.
/* @(title)
 *
 * The forward algorithm transposed, for @(m)x@(m) outputs a tile: @(n_places) products in place of @(direct).
 *
 *     V  = B' x B              [@(n_places)][images][@(cb)]
 *     dM = A d_out A'          [@(n_places)][images][@(ob)]
 *     dU = sum of V' x dM      [@(n_kernels)][@(cb)][@(ob)]@(shared_kernels)
 *     d_weight = G' dU G
 *
 * A unit is @(cb) by @(ob) channels @(of_tiles). */
struct @(name)_arguments {
@(fields)
};

/* Of a thread; places lie as in forward's. */
struct @(name)_scratch {
    @(real) v[@(n_places)][@(rows * cb + 16)], m[@(n_places)][@(rows * ob + 16)];
    @(real) sum[@(n_kernels)][@(cb)][@(ob)];
};

/* V of `count` images of one tile from image i on, for the channels from c on. */
OUTLINE void @(name)_transform_x(const struct @(name)_arguments *a, int tile, int i, int count, int c, @(real) *v)
{
    const int tile_y = tile / @(tiles_x), tile_x = tile % @(tiles_x);
    const @(real) *from[@(inputs * inputs)];
    for (int j = 0; j < @(inputs * inputs); j++) {
        const int from_y = tile_y * @(from_step) - @(pad_y) + j / @(inputs), from_x = tile_x * @(from_step) - @(pad_x) + j % @(inputs);
        const int inside = from_y >= 0 && from_y < @(from_height) && from_x >= 0 && from_x < @(from_width);
        from[j] = inside ? &a->x[from_y][from_x][i][c] : outside;
    }
    for (int n = 0; n < count; n++)
        for (int j = 0; j < @(cb); j += LANES)
            @(form)_input_tile(from, n * @(cg) + j, v + n * @(cb) + j, @(rows * cb + 16));
}

/* dM of them, for the channels from o on. */
OUTLINE void @(name)_transform_d_out(const struct @(name)_arguments *a, int tile, int i, int count, int o, @(real) *m)
{
    const int tile_y = tile / @(tiles_x), tile_x = tile % @(tiles_x);
    const @(real) *of[@(m * m)];
    for (int j = 0; j < @(m * m); j++) {
        const int of_y = tile_y * @(m) + j / @(m), of_x = tile_x * @(m) + j % @(m);
        of[j] = of_y < @(height) && of_x < @(width) ? &a->d_out[of_y][of_x][i][o] : outside;
    }
    for (int n = 0; n < count; n++)
        for (int j = 0; j < @(ob); j += LANES)
            @(form)_grad_output_tile(of, n * @(og) + j, m + n * @(ob) + j, @(rows * ob + 16));
}

/* Adds the products of those images. */
static void @(name)_tile(const struct @(name)_arguments *a, struct @(name)_scratch *s, int tile, int i, int count,
                         int c, int o, int beta, void *scratch)
{
    @(name)_transform_x(a, tile, i, count, c, s->v[0]);
    @(name)_transform_d_out(a, tile, i, count, o, s->m[0]);
    for (int j = 0; j < @(n_places); j++)
        gemm(scratch, @(cb), @(ob), count, transposed(s->v[j], @(cb)), by_rows(s->m[j], @(ob)),
             s->m[at_most(j + 1, @(n_places - 1))], into(s->sum[@(kernel_of)][0], @(ob), @(beta_of)));
}

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    struct @(name)_scratch *const s = kernel_scratch(scratch);
    const int part = unit / @(cblocks * oblocks);
    const int c = unit / @(oblocks) % @(cblocks) * @(cb), o = unit % @(oblocks) * @(ob);
    const int begin = part * @(tiles) / @(parts), end = (part + 1) * @(tiles) / @(parts);
    for (int tile = begin; tile < end; tile++)
        for (int i = 0; i < a->n; i += @(rows))
            @(name)_tile(a, s, tile, i, at_most(a->n - i, @(rows)), c, o, tile > begin || i > 0, scratch);
    for (int row = 0; row < @(cb); row++) {
        for (int j = 0; j < @(ob); j += LANES) {
            vector half[@(kernels)][3], x[@(kernels)], y[3];
            UNROLL
            for (int column = 0; column < @(kernels); column++) {
                UNROLL
                for (int place = 0; place < @(kernels); place++)
                    x[place] = load(s->sum[@(kernels) * place + column][row] + j);
                @(form)_grad_kernel(x, half[column]);
            }
            UNROLL
            for (int tap = 0; tap < 3; tap++) {
                UNROLL
                for (int column = 0; column < @(kernels); column++)
                    x[column] = half[column][tap];
                @(form)_grad_kernel(x, y);
                UNROLL
                for (int k = 0; k < 3; k++)
//: if parts > 1 then
                    store(a->workspace[part][3 * tap + k][c + row] + o + j, y[k]);
//: else
                    store(a->d_weight[3 * tap + k][0][c + row] + o + j, y[k]);
//: end
            }
        }
    }
}

//: if parts > 1 then
/* Adds the parts of one tap. */
static void @(name)_add(const void *argument, int tap)
{
    const struct @(name)_arguments *const a = argument;
    sum_rows(@(parts), @(cg * og), (const @(real) *)a->workspace[0][tap], @(9 * cg * og), (@(real) *)a->d_weight[tap]);
}

//: end
void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(parts * cblocks * oblocks), @(name)_unit, &a);
//: if parts > 1 then
    run(host, 9, @(name)_add, &a);
//: end
}
