//- The statistics of one image's group, for group norm.
/* Mean and 1 / sqrt(variance + @(eps)) of @(positions) rows of @(cg) values from x on, all sums in @(wide)s. */
static void @(name)_statistics(const @(real) *x, @(real) *mean, @(real) *inv_std)
{
    @(wide) sum = 0, squares = 0;
    for (int first = 0; first < @(cg); first += @(sum_block)) {
        const int width = @(size_of("first", sum_block, cg));
        @(wide) total[SUM_BLOCK] = {0};
        for (int position = 0; position < @(positions); position++)
            for (int c = 0; c < width; c++)
                total[c] += (@(wide))x[@(start_of(t.x, "position")) + first + c];
        for (int c = 0; c < width; c++)
            sum += total[c];
    }
    const @(wide) average = sum / @(number(count));
    for (int first = 0; first < @(cg); first += @(sum_block)) {
        const int width = @(size_of("first", sum_block, cg));
        @(wide) squared[SUM_BLOCK] = {0};
        for (int position = 0; position < @(positions); position++) {
            for (int c = 0; c < width; c++) {
                const @(wide) d = (@(wide))x[@(start_of(t.x, "position")) + first + c] - average;
                squared[c] += d * d;
            }
        }
        for (int c = 0; c < width; c++)
            squares += squared[c];
    }
    *mean = (@(real))average;
    *inv_std = (@(real))(1 / @(root)(squares / @(number(count)) + @(number(eps))));
}
