//- The statistics of outputs that a convolution has at hand tile by tile.
/* The first `count` floats, all of a vector if that is LANES. */
INLINE vector load_up_to(const @(real) *from, const int count)
{
    return count == LANES ? load(from) : load_part(from, count);
}

INLINE void store_up_to(@(real) *to, vector x, const int count)
{
    if (count == LANES)
        store(to, x);
    else
        store_part(to, x, count);
}

/* Takes a tile of m x m outputs of one image into the statistics of `count` channels, LANES at most, in which as many tiles of
 * `before` other images are already: mean and sum of squared distances to it (Chan, Golub, LeVeque 1979). The first `height` rows and `width`
 * columns of the tile are the image's. */
INLINE void take_tile(const int m, const vector *y, int height, int width, int before, @(real) *mean, @(real) *squares,
                      const int count)
{
    const @(real) values = (@(real))(height * width), images = (@(real))before;
    vector sum = spread(0), own = spread(0);
    UNROLL
    for (int j = 0; j < m * m; j++)
        if (j / m < height && j % m < width)
            sum = add(sum, y[j]);
    const vector average = multiply(sum, spread(1 / values));
    UNROLL
    for (int j = 0; j < m * m; j++) {
        const vector d = subtract(y[j], average);
        if (j / m < height && j % m < width)
            own = multiply_add(d, d, own);
    }
    if (before > 0) {
        const vector old = load_up_to(mean, count);
        const vector d = subtract(average, old);
        const vector weighed = multiply(d, spread(values * images / (images + 1)));
        store_up_to(mean, multiply_add(d, spread(1 / (images + 1)), old), count);
        store_up_to(squares, multiply_add(weighed, d, add(load_up_to(squares, count), own)), count);
    } else {
        store_up_to(mean, average, count);
        store_up_to(squares, own, count);
    }
}
