//- Group norm, backward.
/* @(title)
 *
 * With x' = (x - mean) * inv_std, d = d_out@(times_gamma) and means over the @(cg) channels and @(positions) positions of an image's group:
 *
//: if has.d_x then
 *     d_x @(t.d_x.assign) inv_std * (d - mean d - x' * mean (d x'))
//: end
//: if has.d_gamma or has.d_beta then
 *     d_beta = sum d_out          d_gamma = sum d_out x'
//: end
 *
 * partial: each image's two sums by channel, of d_out and of d_out x'.
//: if has.unread then
 * unread: the sum of a parameter that is frozen.
//: end
 */
struct @(name)_arguments {
@(fields)
};

@(include "kernels/parts/group_statistics.c")

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
    const int image = unit / @(groups), begin = unit % @(groups) * @(cg);
    @(pointer(t.x, "[0][0][image] + begin"));
    @(pointer(t.d_out, "[0][0][image] + begin"));
    @(real) *const sum_d = a->partial[image][0] + begin, *const sum_x = a->partial[image][1] + begin;
    @(real) mean, inv_std;
    @(name)_statistics(x, &mean, &inv_std);
    for (int first = 0; first < @(cg); first += @(sum_block)) {
        const int width = @(size_of("first", sum_block, cg));
        double total[SUM_BLOCK] = {0}, total_x[SUM_BLOCK] = {0};
        for (int position = 0; position < @(positions); position++) {
            const ptrdiff_t row = @(start_of(t.x, "position")) + first;
            for (int c = 0; c < width; c++) {
                total[c] += (double)d_out[row + c];
                total_x[c] += (double)(d_out[row + c] * (x[row + c] - mean));
            }
        }
        for (int c = 0; c < width; c++) {
            sum_d[first + c] = (@(real))total[c];
            sum_x[first + c] = (@(real))total_x[c] * inv_std;
        }
    }
//: if has.d_x then
//:   if has.gamma then
    const @(real) *const gamma = a->gamma + begin;
//:   end
    double all = 0, all_x = 0;
    for (int c = 0; c < @(cg); c++) {
//:   if has.gamma then
        all += (double)(gamma[c] * sum_d[c]);
        all_x += (double)(gamma[c] * sum_x[c]);
//:   else
        all += (double)sum_d[c];
        all_x += (double)sum_x[c];
//:   end
    }
    const @(real) constant = (@(real))(all / @(number(count))), slope = (@(real))(all_x / @(number(count))) * inv_std;
    @(pointer(t.d_x, "[0][0][image] + begin"));
    for (int position = 0; position < @(positions); position++) {
        const ptrdiff_t row = @(start_of(t.d_x, "position"));
        INDEPENDENT
        for (int c = 0; c < @(cg); c++)
//:   if has.gamma then
            d_x[row + c] @(t.d_x.assign) inv_std * (gamma[c] * d_out[row + c] - constant - (x[row + c] - mean) * slope);
//:   else
            d_x[row + c] @(t.d_x.assign) inv_std * (d_out[row + c] - constant - (x[row + c] - mean) * slope);
//:   end
    }
//: end
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, n * @(groups), @(name)_unit, &a);
//: if has.d_gamma or has.d_beta then
    merge_sums(@(channels), n, (@(real) *)partial, @(sum_d), @(sum_x));
//: end
}
