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
    static const float scale[3] = {0.015876796f, 0.016105005f, 0.014990706f};
    static const float shift[3] = {-1.9894737f, -1.98028747f, -1.7068043f};
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

