//- What a convolution does to its inputs as it loads them: a batch norm, and relu.
/* A batch norm of LANES channels and the relu behind it, for the inputs of a tile: max(0, x * scale + shift). What lies beside the image
 * stays zero: where a tile has such places, `inside` is 0 for them and 1 for the others; NULL where it has none. */
struct norm {
    vector scale, shift;
    const @(real) *inside;
};

/* Those of 1 vector of channels, or of LINE. */
INLINE void load_norms(const int vectors, const @(real) *scale, const @(real) *shift, const @(real) *inside, struct norm *norm)
{
    for (int v = 0; v < vectors; v++)
        norm[v] = (struct norm){load(scale + v * LANES), load(shift + v * LANES), inside};
}

INLINE vector normalised(vector x, const struct norm *norm, int place)
{
    const vector shift = norm->inside ? multiply(norm->shift, spread(norm->inside[place])) : norm->shift;
    return at_least_zero(add(multiply(x, norm->scale), shift));
}
