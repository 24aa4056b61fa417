//- kernels.c: one function for each op and shape; they follow this text.
@(header)
#include "kernels.h"

#include "gemm.h"
#include "support.h"

//: if outside > 0 then
/* Stands for what kernels read beside an image. */
static const @(real) outside[@(outside)] = {0};

//: end
//: for _, f in ipairs(transforms) do
/* @(f.comment) */
INLINE void @(f.name)(const vector x[@(f.inputs)], vector y[@(f.outputs)])
{
//:   for _, line in ipairs(f.lines) do
    @(line)
//:   end
}

//:   if f.tile == "gathers" then
/* The same of both sides of a tile, for LANES floats from `at` on: from `from`, row by row, to what lies `place` floats apart. */
INLINE void @(f.name)_tile(const @(real) *const from[@(f.inputs * f.inputs)], ptrdiff_t at, @(real) *to, ptrdiff_t place)
{
    vector half[@(f.inputs)][@(f.outputs)], x[@(f.inputs)], y[@(f.outputs)];
    UNROLL
    for (int column = 0; column < @(f.inputs); column++) {
        UNROLL
        for (int row = 0; row < @(f.inputs); row++)
            x[row] = load(from[@(f.inputs) * row + column] + at);
        @(f.name)(x, half[column]);
    }
    UNROLL
    for (int row = 0; row < @(f.outputs); row++) {
        UNROLL
        for (int column = 0; column < @(f.inputs); column++)
            x[column] = half[column][row];
        @(f.name)(x, y);
        UNROLL
        for (int column = 0; column < @(f.outputs); column++)
            store(to + (@(f.outputs) * row + column) * place, y[column]);
    }
}

//:   elseif f.tile == "yields" then
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
