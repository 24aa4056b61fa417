/* concat_2c24_forward: concat
 *
 *     out's channels 0 to 7 = x1
 *     out's channels 8 to 15 = x2
 *     out's channels 16 to 23 = x3
 */
struct concat_2c24_forward_arguments {
    float (*out)[2][BATCH][24];
    float (*x1)[2][BATCH][8];
    float (*x2)[2][BATCH][8];
    float (*x3)[2][BATCH][8];
    int n;
};

static void concat_2c24_forward_unit(const void *argument, int unit)
{
    const struct concat_2c24_forward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        float *const out = (float *)a->out + (ptrdiff_t)position * BATCH * 24;
        const float *const x1 = (float *)a->x1 + (ptrdiff_t)position * BATCH * 8;
        const float *const x2 = (float *)a->x2 + (ptrdiff_t)position * BATCH * 8;
        const float *const x3 = (float *)a->x3 + (ptrdiff_t)position * BATCH * 8;
        for (int i = 0; i < a->n; i++) {
            memcpy(out + i * 24, x1 + i * 8, 8 * sizeof *out);
            memcpy(out + i * 24 + 8, x2 + i * 8, 8 * sizeof *out);
            memcpy(out + i * 24 + 16, x3 + i * 8, 8 * sizeof *out);
        }
    }
}

void concat_2c24_forward(const struct every_op_host *host, float out[2][2][BATCH][24],
                         float x1[2][2][BATCH][8], float x2[2][2][BATCH][8],
                         float x3[2][2][BATCH][8], int n)
{
    const struct concat_2c24_forward_arguments a = {out, x1, x2, x3, n};
    run(host, 1, concat_2c24_forward_unit, &a);
}

/* concat_c51_forward: concat2
 *
 *     out's channels 0 to 23 = x1
 *     out's channels 24 to 50 = x2
 */
struct concat_c51_forward_arguments {
    float (*out)[1][BATCH][51];
    float (*x1)[1][BATCH][24];
    float (*x2)[1][BATCH][27];
    int n;
};

static void concat_c51_forward_unit(const void *argument, int unit)
{
    const struct concat_c51_forward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        float *const out = (float *)a->out + (ptrdiff_t)position * BATCH * 51;
        const float *const x1 = (float *)a->x1 + (ptrdiff_t)position * BATCH * 24;
        const float *const x2 = (float *)a->x2 + (ptrdiff_t)position * BATCH * 27;
        for (int i = 0; i < a->n; i++) {
            memcpy(out + i * 51, x1 + i * 24, 24 * sizeof *out);
            memcpy(out + i * 51 + 24, x2 + i * 27, 27 * sizeof *out);
        }
    }
}

void concat_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                        float x1[1][1][BATCH][24], float x2[1][1][BATCH][27], int n)
{
    const struct concat_c51_forward_arguments a = {out, x1, x2, n};
    run(host, 1, concat_c51_forward_unit, &a);
}

