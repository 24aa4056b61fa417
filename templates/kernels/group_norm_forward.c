//- Group norm.
/* @(title)
 *
 *     out = (x - mean) * inv_std@(has.gamma and " * gamma + beta" or "")
 *
 * mean and variance of each image's group of @(cg) channels over @(positions) position@(positions == 1 and "" or "s"); inv_std = 1 / sqrt(variance + @(eps)). */
struct @(name)_arguments {
@(fields)
};

@(include "kernels/parts/group_statistics.c")

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int image = unit / @(groups), begin = unit % @(groups) * @(cg);
    @(t.x.pointer("[0][0][image] + begin"));
    @(t.out.pointer("[0][0][image] + begin"));
//: if has.gamma then
    const float *const gamma = a->gamma + begin, *const beta = a->beta + begin;
//: end
    float mean, inv_std;
    @(name)_statistics(x, &mean, &inv_std);
    for (int position = 0; position < @(positions); position++) {
        const ptrdiff_t row = @(t.out.at "position");
        INDEPENDENT
        for (int c = 0; c < @(cg); c++)
            out[row + c] = (x[row + c] - mean) * @(has.gamma and "(inv_std * gamma[c]) + beta[c]" or "inv_std");
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, n * @(groups), @(name)_unit, &a);
}
