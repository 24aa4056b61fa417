//- What batch norms scale with, in training and in evaluation.
/* What a batch norm's units read and write: rows of a value a channel, `scale` and `shift` one row each. */
struct norm_forward {
    const @(stored) *x, *residual;
    const @(real) *scale, *shift;
    @(stored) *out;
    @(real) *partial, *statistics;
    int n;
};

/* Positions of a unit: out = x * scale + shift, with the residual where it adds, at least 0 where
 * it cuts, or what `function` makes of it, unless that is NULL. All but the first two are known where it is called. */
INLINE void scale_positions(const struct norm_forward *a, int unit, const struct cut cut, @(narrow)int adds, int cuts,
                            @(real) (*function)(@(real)))
{
    const @(real) *const scale = a->scale, *const shift = a->shift;
    const struct share share = share_of(unit, cut, a->n);
    for (int position = share.begin; position < share.end; position++) {
        const ptrdiff_t start = position * cut.distance;
        const @(stored) *const x = @(place_at("a->x", "start", "x"));
        const @(stored) *const residual = adds ? @(place_at("a->residual", "start", "residual")) : NULL;
        @(stored) *const out = @(place_at("a->out", "start", "out"));
        for (int i = share.first; i < share.last; i++) {
            INDEPENDENT
            for (int c = 0; c < cut.channels; c++) {
                const int j = i * cut.channels + c;
                const @(real) scaled = @(value_at("x", "j", "x")) * scale[c] + shift[c];
                const @(real) y = adds ? scaled + @(value_at("residual", "j", "residual")) : scaled;
                @(put_at("out", "j", "out", "function ? function(y) : cuts && y < 0 ? 0 : y"));
            }
        }
    }
}
