//- kernels.c: one function for each op and shape; they follow this text.
@(header)
#include "kernels.h"

#include "gemm.h"
#include "support.h"

//: if outside > 0 then
/* Stands for what kernels read beside an image. */
static const @(real) outside[@(outside)] = {0};

//: end
//: if normalises then
@(include "kernels/parts/on_load.h")

//: end
//: for _, f in ipairs(transforms) do
/* @(f.comment) */
INLINE void @(f.name)(const vector x[@(f.inputs)], vector y[@(f.outputs)])
{
//:   for _, line in ipairs(f.lines) do
    @(line)
//:   end
}

//:   for _, store in ipairs(f.gathers) do
//:     if store.how == "pairs" then
/* One side of a tile, for LANES @(store.of) from `at` on: from `from`, row by row, to half, column by column. */
INLINE void @(f.name)@(store.columns)(const @(store.type) *const from[@(f.inputs * f.inputs)], ptrdiff_t at, vector half[@(f.inputs)][@(f.outputs)]@(store.parameter))
{
    vector x[@(f.inputs)];
    UNROLL
    for (int column = 0; column < @(f.inputs); column++) {
        UNROLL
        for (int row = 0; row < @(f.inputs); row++)
            x[row] = @(loaded(store, f.inputs .. " * row + column"));
        @(f.name)(x, half[column]);
    }
}

/* Both sides of a tile of two images as pairs of bf16, to what lies `place` floats apart; the second's values lie `image` @(store.of) after
 * the first's, or are zeros where that is 0. */
INLINE void @(f.name)_tile@(store.suffix)(const @(store.type) *const from[@(f.inputs * f.inputs)], ptrdiff_t at, ptrdiff_t image, @(real) *to, ptrdiff_t place@(store.parameter))
{
    vector first[@(f.inputs)][@(f.outputs)], second[@(f.inputs)][@(f.outputs)], x[@(f.inputs)], y[@(f.outputs)], z[@(f.outputs)];
    @(f.name)@(store.columns)(from, at, first@(store.argument));
    @(f.name)@(store.columns)(from, at + image, second@(store.argument));
    UNROLL
    for (int row = 0; row < @(f.outputs); row++) {
        UNROLL
        for (int column = 0; column < @(f.inputs); column++)
            x[column] = first[column][row];
        @(f.name)(x, y);
        UNROLL
        for (int column = 0; column < @(f.inputs); column++)
            x[column] = second[column][row];
        @(f.name)(x, z);
        UNROLL
        for (int column = 0; column < @(f.outputs); column++)
            store(to + (@(f.outputs) * row + column) * place, pairs_of(y[column], image ? z[column] : spread(0)));
    }
}

//:     else
/* The same of both sides of a tile, for vectors of @(store.of) from `at` on: from `from`, row by row, to what lies `place` floats apart@(store.what).
 * vectors: 1 or LINE, those of a cache's line: a tile's lines, which meet in few of its sets, are then read once. */
INLINE void @(f.name)_tile@(store.suffix)(const int vectors, const @(store.type) *const from[@(f.inputs * f.inputs)], ptrdiff_t at, @(real) *to, ptrdiff_t place@(store.parameter))
{
    vector half[LINE][@(f.inputs)][@(f.outputs)], x[@(f.inputs)], y[@(f.outputs)];
    UNROLL
    for (int column = 0; column < @(f.inputs); column++) {
        for (int v = 0; v < vectors; v++) {
            UNROLL
            for (int row = 0; row < @(f.inputs); row++)
                x[row] = @(loaded(store, f.inputs .. " * row + column"));
            @(f.name)(x, half[v][column]);
        }
    }
    for (int v = 0; v < vectors; v++) {
        UNROLL
        for (int row = 0; row < @(f.outputs); row++) {
            UNROLL
            for (int column = 0; column < @(f.inputs); column++)
                x[column] = half[v][column][row];
            @(f.name)(x, y);
            UNROLL
            for (int column = 0; column < @(f.outputs); column++)
                @(store.call)(to + (@(f.outputs) * row + column) * place + @(store.step), y[column]);
        }
    }
}

//:     end
//:   end
//:   if f.tile == "yields" then
/* The same of both sides of a tile, for LANES floats: from what lies `place` floats apart to y, row by row. */
INLINE void @(f.name)_tile(const @(real) *from, ptrdiff_t place, vector y[@(f.outputs * f.outputs)])
{
    vector half[@(f.inputs)][@(f.outputs)], x[@(f.inputs)];
    UNROLL
    for (int column = 0; column < @(f.inputs); column++) {
        UNROLL
        for (int row = 0; row < @(f.inputs); row++)
            x[row] = load(from + (@(f.inputs) * row + column) * place);
        @(f.name)(x, half[column]);
    }
    UNROLL
    for (int row = 0; row < @(f.outputs); row++) {
        UNROLL
        for (int column = 0; column < @(f.inputs); column++)
            x[column] = half[column][row];
        @(f.name)(x, y + @(f.outputs) * row);
    }
}

//:   end
//: end
