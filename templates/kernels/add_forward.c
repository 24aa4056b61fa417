//- The sum of two tensors, where no batch norm could take it in.
/* @(title)
 *
 *     out = @(relu and "max(0, left + right)" or "left + right") */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int end = at_most((unit + 1) * @(grain), @(positions));
    for (int position = unit * @(grain); position < end; position++) {
        const ptrdiff_t start = @(t.out.at "position");
        @(t.left.pointer(" + start"));
        @(t.right.pointer(" + start"));
        @(t.out.pointer(" + start"));
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++)
            out[j] = @(relu and "left[j] + right[j] < 0 ? 0 : left[j] + right[j]" or "left[j] + right[j]");
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
