//- The statistics of outputs that a convolution has at hand tile by tile.
/* Takes a tile of m x m outputs of one image into the statistics of LANES channels, in which as many tiles of `before` other
 * images are already: mean and sum of squared distances to it (Chan, Golub, LeVeque 1979). The first `height` rows and `width`
 * columns of the tile are the image's. */
INLINE void take_tile(const int m, const vector *y, int height, int width, int before, @(real) *mean, @(real) *squares)
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
        const vector d = subtract(average, load(mean)), weighed = multiply(d, spread(values * images / (images + 1)));
        store(mean, multiply_add(d, spread(1 / (images + 1)), load(mean)));
        store(squares, multiply_add(weighed, d, add(load(squares), own)));
    } else {
        store(mean, average);
        store(squares, own);
    }
}
