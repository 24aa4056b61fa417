/* normalise_32c3: image
 *
 *     out = (byte / 255 - mean) / std by channel
 *
 * images [n][channel][y][x] -> out [y][x][n][channel] */
struct normalise_32c3_arguments {
    float (*out)[32][BATCH][3];
    const uint8_t *images;
    int n;
};

static void normalise_32c3_unit(const void *argument, int unit)
{
    static const double scale[3] = {0.015876796062554578, 0.01610500463018883,
                                    0.014990705762427295};
    static const double shift[3] = {-1.9894736842105263, -1.980287474332649, -1.7068042813455657};
    const struct normalise_32c3_arguments *const a = argument;
    const int position = unit;
    for (int x = 0; x < 32; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 3; c++)
                a->out[position][x][i][c] =
                    (float)(a->images[((i * 3 + c) * 32 + position) * 32 + x] * scale[c] +
                            shift[c]);
}

void normalise_32c3(const struct resnet8_tiny_host *host, float out[32][32][BATCH][3],
                    const uint8_t *images, int n)
{
    const struct normalise_32c3_arguments a = {out, images, n};
    run(host, 32, normalise_32c3_unit, &a);
}

