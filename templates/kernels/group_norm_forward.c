//- Group norm.
/* @(title)
 *
 *     out = (x - mean) * inv_std@(affine)
 *
 * mean and variance of each image's group of @(cg) channels over @(positions) positions; inv_std = 1 / sqrt(variance + @(eps)). */
struct @(name)_arguments {
@(fields)
};

@(include "kernels/parts/group_statistics.c")

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int image = unit / @(groups), begin = unit % @(groups) * @(cg);
    @(pointer(t.x, "[0][0][image] + begin"));
    @(pointer(t.out, "[0][0][image] + begin"));
//: if has.gamma then
    const @(real) *const gamma = a->gamma + begin, *const beta = a->beta + begin;
//: end
    @(real) mean, inv_std;
    @(name)_statistics(x, &mean, &inv_std);
    for (int position = 0; position < @(positions); position++) {
        const ptrdiff_t row = @(start_of(t.out, "position"));
        INDEPENDENT
        for (int c = 0; c < @(cg); c++)
//: if has.gamma then
            out[row + c] = (x[row + c] - mean) * (inv_std * gamma[c]) + beta[c];
//: else
            out[row + c] = (x[row + c] - mean) * inv_std;
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, n * @(groups), @(name)_unit, &a);
}
