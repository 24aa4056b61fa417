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
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * @(channels);
        const float *const left = (float *)a->left + start;
        const float *const right = (float *)a->right + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * @(channels); j++)
            out[j] = @(relu and "left[j] + right[j] < 0 ? 0 : left[j] + right[j]" or "left[j] + right[j]");
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    model_run(@(units), @(name)_unit, &a);
}
