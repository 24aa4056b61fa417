//- Fully connected layer.
/* @(title)
 *
 *     out [n][@(outputs)] = x [n][@(inputs)] weight'@(plus_bias)
 *
 * weight [@(outputs)][@(inputs)] as in PyTorch; a unit takes @(images) images. */
struct @(name)_arguments {
@(fields)
};

/* One panel of the weight, transposed. */
static void @(name)_turn(const void *argument, int panel)
{
    const struct @(name)_arguments *const a = argument;
    panel_turn(panel, @(outputs), @(inputs), a->weight[0], @(inputs), a->turned);
}

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int first = unit * @(images), count = at_most(a->n - first, @(images));
    if (count <= 0)
        return;
//: if has.bias then
    for (int i = first; i < first + count; i++)
        for (int c = 0; c < @(outputs); c++)
            a->out[0][0][i][c] = a->bias[c];
//: end
    gemm(NULL, count, @(outputs), @(inputs), by_rows(a->x[0][0][first], @(inputs)),
         in_panels(a->turned, @(inputs), @(outputs), 0), ahead(a->turned), into(a->out[0][0][first], @(outputs), @(from_bias)));
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(panels), @(name)_turn, &a);
    run(host, @(units), @(name)_unit, &a);
}
