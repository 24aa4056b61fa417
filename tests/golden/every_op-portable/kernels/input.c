/* normalise_12x10c3: image
 *
 *     out = (byte / 255 - mean) / std by channel
 *
 * images [n][channel][y][x] -> out [y][x][n][channel] */
struct normalise_12x10c3_arguments {
    float (*out)[10][BATCH][3];
    const uint8_t *images;
    int n;
};

static void normalise_12x10c3_unit(const void *argument, int unit)
{
    static const double scale[3] = {0.01568627450980392, 0.01568627450980392, 0.01568627450980392};
    static const double shift[3] = {-2.0, -2.0, -2.0};
    const struct normalise_12x10c3_arguments *const a = argument;
    const int position = unit;
    for (int x = 0; x < 10; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 3; c++)
                a->out[position][x][i][c] =
                    (float)(a->images[((i * 3 + c) * 12 + position) * 10 + x] * scale[c] +
                            shift[c]);
}

void normalise_12x10c3(const struct every_op_host *host, float out[12][10][BATCH][3],
                       const uint8_t *images, int n)
{
    const struct normalise_12x10c3_arguments a = {out, images, n};
    run(host, 12, normalise_12x10c3_unit, &a);
}

