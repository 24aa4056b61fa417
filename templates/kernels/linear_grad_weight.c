//- Fully connected layer, gradient of the weight.
/* @(title)
 *
 *     d_weight [@(outputs)][@(inputs)] = d_out' x; a unit takes @(slice) of the inputs */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int first = unit * @(slice);
    gemm_tn(@(outputs), @(slice), a->n, a->d_out[0][0][0], @(outputs), &a->x[0][0][0][first], @(inputs), 0,
            &a->d_weight[0][first], @(inputs));
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    model_run(@(slices), @(name)_unit, &a);
}
