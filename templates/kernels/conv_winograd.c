//- 3x3 convolution by Winograd's F(2x2, 3x3), forward and gradient of the input.
//: local rows = tiles * images
/* @(title)
 *
 * @(to) @(t[to].assign) 3x3 convolution of @(from)@(turned and " with the kernel turned round and transposed" or ""), four outputs by 16 products (Winograd's
 * F(2x2, 3x3); Lavin, Gray 2016):
 *
 *     kernel   = G w G'      [16][@(from_channels)][@(to_channels)], in panels
 *     tiles    = B' x B      4x4 places of each 2x2 outputs, [16][@(tiles) tiles * @(images) images][@(from_channels)]
 *     products = tiles x kernel for each of the 16
 *     @(to) = A' products A
 *
 * A unit is @(tiles) tiles of a row of tiles and @(images) images. */
struct @(name)_arguments {
@(fields)
};

/* Of a thread. */
struct @(name)_scratch {
    float tiles[16][@(rows)][@(from_channels)], products[16][@(rows)][@(to_channels)];
};

/* One row of the kernel: G = {1 0 0, 1/2 1/2 1/2, 1/2 -1/2 1/2, 0 0 1}. */
//: local c, o = turned and "to" or "from", turned and "from" or "to"
static void @(name)_kernel(const void *argument, int from)
{
    enum { STEP = @(-(-to_channels // panel) * panel * from_channels) };
    const struct @(name)_arguments *const a = argument;
    for (int to = 0; to < @(to_channels); to++) {
        float *const kernel = a->kernel[0] + (to / @(panel) * @(from_channels) + from) * @(panel) + to % @(panel);
        float half[4][3];
        for (int x = 0; x < 3; x++) {
//: local function place(y) return turned and (8 - 3 * y) .. " - x" or (3 * y) .. " + x" end
            const float w0 = a->weight[@(place(0))][0][@(c)][@(o)], w1 = a->weight[@(place(1))][0][@(c)][@(o)];
            const float w2 = a->weight[@(place(2))][0][@(c)][@(o)];
            half[0][x] = w0;
            half[1][x] = 0.5f * (w0 + w1 + w2);
            half[2][x] = 0.5f * (w0 - w1 + w2);
            half[3][x] = w2;
        }
        for (int y = 0; y < 4; y++) {
            kernel[4 * y * STEP] = half[y][0];
            kernel[(4 * y + 1) * STEP] = 0.5f * (half[y][0] + half[y][1] + half[y][2]);
            kernel[(4 * y + 2) * STEP] = 0.5f * (half[y][0] - half[y][1] + half[y][2]);
            kernel[(4 * y + 3) * STEP] = half[y][2];
        }
    }
}

/* B' x B of one tile for `count` floats of each of its 16 places: d0 - d2, d1 + d2, d2 - d1, d1 - d3 both ways. */
static void @(name)_tile(const float *const d[16], float *v, int count)
{
    enum { STEP = @(rows * from_channels) };
//: for i = 0, 15 do
    const float *const d@(i) = d[@(i)];
//: end
    INDEPENDENT
    for (int j = 0; j < count; j++) {
//: for x = 0, 3 do
        const float a@(x) = d@(x)[j] - d@(8 + x)[j], b@(x) = d@(4 + x)[j] + d@(8 + x)[j];
        const float c@(x) = d@(8 + x)[j] - d@(4 + x)[j], e@(x) = d@(4 + x)[j] - d@(12 + x)[j];
//: end
//: for y, r in ipairs { "a", "b", "c", "e" } do
        v[@(4 * y - 4) * STEP + j] = @(r)0 - @(r)2;
        v[@(4 * y - 3) * STEP + j] = @(r)1 + @(r)2;
        v[@(4 * y - 2) * STEP + j] = @(r)2 - @(r)1;
        v[@(4 * y - 1) * STEP + j] = @(r)1 - @(r)3;
//: end
    }
}

/* A' m A of one tile: m0 + m1 + m2, m1 - m2 - m3 both ways, to its four outputs. */
static void @(name)_back(const float *m, float *out0, float *out1, float *out2, float *out3, int count)
{
    enum { STEP = @(rows * to_channels) };
    INDEPENDENT
    for (int j = 0; j < count; j++) {
//: for x = 0, 3 do
        const float m@(x) = m[@(x) * STEP + j], m@(4 + x) = m[@(4 + x) * STEP + j];
        const float m@(8 + x) = m[@(8 + x) * STEP + j], m@(12 + x) = m[@(12 + x) * STEP + j];
        const float a@(x) = m@(x) + m@(4 + x) + m@(8 + x), b@(x) = m@(4 + x) - m@(8 + x) - m@(12 + x);
//: end
        out0[j] @(t[to].assign) a0 + a1 + a2;
        out1[j] @(t[to].assign) a1 - a2 - a3;
        out2[j] @(t[to].assign) b0 + b1 + b2;
        out3[j] @(t[to].assign) b1 - b2 - b3;
    }
}

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    struct @(name)_scratch *const s = kernel_scratch();
    static const float zeros[@(images * from_channels)] = {0};
    const int y = unit / @(blocks * image_blocks) * 2, x = unit / @(image_blocks) % @(blocks) * @(2 * tiles);
    const int i = unit % @(image_blocks) * @(images), count = at_most(a->n - i, @(images));
    for (int tile = 0; tile < @(tiles) && count > 0; tile++) {
        const float *d[16];
        for (int j = 0; j < 16; j++) {
            const int from_y = y - 1 + j / 4, from_x = x + 2 * tile - 1 + j % 4;
            const int inside = from_y >= 0 && from_y < @(height) && from_x >= 0 && from_x < @(width);
            d[j] = inside ? a->@(from)[from_y][from_x][i] : zeros;
        }
        @(name)_tile(d, s->tiles[0][tile * @(images)], count * @(from_channels));
    }
    for (int j = 0; j < 16 && count > 0; j++)
        columns_panels(@(tiles), count, @(to_channels), @(from_channels), s->tiles[j][0], @(images * from_channels), @(from_channels),
                   a->kernel[j], @(to_channels), 0, s->products[j][0], @(images * to_channels), @(to_channels));
    for (int tile = 0; tile < @(tiles) && count > 0; tile++) {
        const int to_x = x + 2 * tile;
        @(name)_back(s->products[0][tile * @(images)], a->@(to)[y][to_x][i], a->@(to)[y][to_x + 1][i],
            a->@(to)[y + 1][to_x][i], a->@(to)[y + 1][to_x + 1][i], count * @(to_channels));
    }
}

//: if has.partial then
static void @(name)_statistics(const void *argument, int position)
{
    const struct @(name)_arguments *const a = argument;
    partial_statistics(@(to_channels), @(to_channels), a->n,
                       (float *)a->out + @(t.out.at "position"),
                       a->partial[position][0], a->partial[position][1]);
}

//: end
void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(from_channels), @(name)_kernel, &a);
    run(host, @(units), @(name)_unit, &a);
//: if has.partial then
    run(host, @(height * width), @(name)_statistics, &a);
//: end
}
