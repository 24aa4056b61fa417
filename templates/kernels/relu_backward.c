//- relu, backward.
/* @(title)
 *
 *     d_x @(assign) d_out where out > 0, else 0 */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int end = at_most((unit + 1) * @(grain), @(positions));
    for (int position = unit * @(grain); position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * @(channels);
        const float *const d_out = (float *)a->d_out + start;
        const float *const out = (float *)a->out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++)
            d_x[j] @(assign) out[j] > 0 ? d_out[j] : 0;
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    model_run(@(units), @(name)_unit, &a);
}
