//- What batch norms scale with, in training and in evaluation.
/* What a batch norm's units read and write: rows of a value a channel, `scale` and `shift` one row each. */
struct norm_forward {
    const @(real) *x, *residual, *scale, *shift;
    @(real) *out, *partial, *statistics;
    int n;
};

/* Positions of a unit: out = x * scale + shift, with the residual where it adds, at least 0 where
 * it cuts, or what `function` makes of it, unless that is NULL. All but the first two are known where it is called. */
INLINE void scale_positions(const struct norm_forward *a, int unit, const struct cut cut, int adds, int cuts,
                            @(real) (*function)(@(real)))
{
    const @(real) *const scale = a->scale, *const shift = a->shift;
    const struct share share = share_of(unit, cut, a->n);
    for (int position = share.begin; position < share.end; position++) {
        const ptrdiff_t start = position * cut.distance;
        const @(real) *const x = a->x + start, *const residual = adds ? a->residual + start : NULL;
        @(real) *const out = a->out + start;
        for (int i = share.first; i < share.last; i++) {
            INDEPENDENT
            for (int c = 0; c < cut.channels; c++) {
                const int j = i * cut.channels + c;
                const @(real) scaled = x[j] * scale[c] + shift[c], y = adds ? scaled + residual[j] : scaled;
                out[j] = function ? function(y) : cuts && y < 0 ? 0 : y;
            }
        }
    }
}
