//- The sum of two tensors, where no batch norm could take it in.
/* @(title)
 *
 *     out = @(formula) */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int begin = unit * @(grain), end = @(end_of("begin", grain, positions));
    for (int position = begin; position < end; position++) {
        const ptrdiff_t start = @(start_of(t.out, "position"));
        @(pointer(t.left, " + start"));
        @(pointer(t.right, " + start"));
        @(pointer(t.out, " + start"));
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++)
//: if called then
            out[j] = @(apply(called, constant, "left[j] + right[j]"));
//: elseif cuts == 1 then
            out[j] = left[j] + right[j] < 0 ? 0 : left[j] + right[j];
//: else
            out[j] = left[j] + right[j];
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}
