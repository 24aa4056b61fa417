//- Fully connected layer.
/* @(title)
 *
 *     out [n][@(outputs)] = x [n][@(inputs)] weight'@(plus_bias)
 *
 * weight [@(outputs)][@(inputs)] as in PyTorch; a unit takes @(share). */
struct @(name)_arguments {
@(fields)
@(include "kernels/parts/linear_share.c")
};

/* One panel of the weight, transposed, or some of its rows. */
static void @(name)_turn(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
//: if turn_rows < inputs then
    const int first = unit / @(panels) * @(turn_rows);
//: else
    enum { first = 0 };
//: end
//: if turn_units == 1 then
    (void)unit; /* there is one */
//: end
    panel_turn(unit % @(panels), first, @(end_of("first", turn_rows, inputs)), @(outputs), @(inputs), a->weight[0], @(inputs), a->turned);
}

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/linear_unit.c")
    if (count <= 0)
        return;
//: if has.bias then
    for (int i = first; i < first + count; i++)
        for (int c = column; c < column + columns; c++)
            a->out[0][0][i][c] = a->bias[c];
//: end
    gemm(NULL, count, columns, @(inputs), by_rows(a->x[0][0][first], @(inputs)), in_panels(a->turned, @(inputs), @(outputs), column),
         ahead(a->turned), into(a->out[0][0][first] + column, @(outputs), @(from_bias)));
}

void @(name)(@(signature))
{
@(include "kernels/parts/linear_cut.c")
    run(host, @(turn_units), @(name)_turn, &a);
    run(host, @(count), @(name)_unit, &a);
}
