//- Fully connected layer, gradient of the weight.
/* @(title)
 *
 *     d_weight [@(outputs)][@(inputs)] = d_out' x
 *
 * A unit takes @(slice) of the inputs@(share)@(some). */
struct @(name)_arguments {
@(fields)
//: if shares then
    int outputs; /* of a unit */
//: end
};

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    const int first = unit % @(slices) * @(slice), inputs = @(size_of("first", slice, inputs));
//: if shares then
    const int o = unit / @(slices) * a->outputs, outputs = at_most(@(outputs) - o, a->outputs);
//: else
    enum { o = 0, outputs = @(outputs) };
//:   if slices == 1 then
    (void)unit; /* there is one */
//:   end
//: end
//: if few_at_a_time then
    for (int i = 0; i < a->n; i += @(images))
        gemm(scratch, outputs, inputs, at_most(a->n - i, @(images)), transposed(a->d_out[0][0][i] + o, @(outputs)),
             by_rows(&a->x[0][0][i][first], @(inputs)), ahead(&a->x[0][0][i][first]),
             into(&a->d_weight[o][first], @(inputs), i > 0));
//: else
    gemm(scratch, outputs, inputs, a->n, transposed(a->d_out[0][0][0] + o, @(outputs)),
         by_rows(&a->x[0][0][0][first], @(inputs)), ahead(&a->x[0][0][0][first]), into(&a->d_weight[o][first], @(inputs), 0));
//: end
}

void @(name)(@(signature))
{
//: if shares then
    const int outputs = share_of_unit(host, @(slices), @(outputs), @(most_outputs), @(least_outputs));
    const struct @(name)_arguments a = {@(pack), outputs};
    run_with_scratch(host, @(slices) * ((@(outputs) + outputs - 1) / outputs), @(name)_unit, &a);
//: else
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(slices), @(name)_unit, &a);
//: end
}
