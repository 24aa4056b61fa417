//- Batch norm in evaluation.
/* @(title)
 *
 *     out = @(relu and "max(0, " or "")(x - running_mean) / sqrt(running_var + @(eps)) * gamma + beta@(has.residual and " + residual" or "")@(relu and ")" or "") */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    float scale[@(channels)], shift[@(channels)];
    for (int c = 0; c < @(channels); c++) {
        scale[c] = a->gamma[c] / sqrtf(a->running_var[c] + @(f32(eps)));
        shift[c] = a->beta[c] - a->running_mean[c] * scale[c];
    }
    const int end = at_most((unit + 1) * @(grain), @(positions));
    for (int position = unit * @(grain); position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * @(channels);
        const float *const x = (float *)a->x + start;
//: if has.residual then
        const float *const residual = (float *)a->residual + start;
//: end
        float *const out = (float *)a->out + start;
        for (int i = 0; i < a->n; i++) {
            INDEPENDENT
            for (int c = 0; c < @(channels); c++) {
                const float y = x[i * @(channels) + c] * scale[c] + shift[c]@(has.residual and " + residual[i * " .. channels .. " + c]" or "");
                out[i * @(channels) + c] = @(relu and "y < 0 ? 0 : y" or "y");
            }
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    model_run(@(units), @(name)_unit, &a);
}
