/* concat_c24_backward: concat2
 *
 *     d_x = d_out's channels 0 to 23 of 51 */
struct concat_c24_backward_arguments {
    float (*d_x)[1][BATCH][24];
    float (*d_out)[1][BATCH][51];
    int n;
};

static void concat_c24_backward_unit(const void *argument, int unit)
{
    const struct concat_c24_backward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t from = (ptrdiff_t)position * BATCH * 51;
        const ptrdiff_t to = (ptrdiff_t)position * BATCH * 24;
        const float *const d_out = (float *)a->d_out + from;
        float *const d_x = (float *)a->d_x + to;
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 24; c++)
                d_x[i * 24 + c] = d_out[i * 51 + c];
    }
}

void concat_c24_backward(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                         float d_out[1][1][BATCH][51], int n)
{
    const struct concat_c24_backward_arguments a = {d_x, d_out, n};
    run(host, 1, concat_c24_backward_unit, &a);
}

/* concat_c27_backward: concat2
 *
 *     d_x = d_out's channels 24 to 50 of 51 */
struct concat_c27_backward_arguments {
    float (*d_x)[1][BATCH][27];
    float (*d_out)[1][BATCH][51];
    int n;
};

static void concat_c27_backward_unit(const void *argument, int unit)
{
    const struct concat_c27_backward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t from = (ptrdiff_t)position * BATCH * 51 + 24;
        const ptrdiff_t to = (ptrdiff_t)position * BATCH * 27;
        const float *const d_out = (float *)a->d_out + from;
        float *const d_x = (float *)a->d_x + to;
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 27; c++)
                d_x[i * 27 + c] = d_out[i * 51 + c];
    }
}

void concat_c27_backward(const struct every_op_host *host, float d_x[1][1][BATCH][27],
                         float d_out[1][1][BATCH][51], int n)
{
    const struct concat_c27_backward_arguments a = {d_x, d_out, n};
    run(host, 1, concat_c27_backward_unit, &a);
}

/* concat_2c8_backward: concat
 *
 *     d_x = d_out's channels 0 to 7 of 24 */
struct concat_2c8_backward_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[2][BATCH][24];
    int n;
};

static void concat_2c8_backward_unit(const void *argument, int unit)
{
    const struct concat_2c8_backward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t from = (ptrdiff_t)position * BATCH * 24;
        const ptrdiff_t to = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + from;
        float *const d_x = (float *)a->d_x + to;
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 8; c++)
                d_x[i * 8 + c] = d_out[i * 24 + c];
    }
}

void concat_2c8_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                         float d_out[2][2][BATCH][24], int n)
{
    const struct concat_2c8_backward_arguments a = {d_x, d_out, n};
    run(host, 1, concat_2c8_backward_unit, &a);
}

/* concat_2c8_backward_2: concat
 *
 *     d_x = d_out's channels 8 to 15 of 24 */
struct concat_2c8_backward_2_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[2][BATCH][24];
    int n;
};

static void concat_2c8_backward_2_unit(const void *argument, int unit)
{
    const struct concat_2c8_backward_2_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t from = (ptrdiff_t)position * BATCH * 24 + 8;
        const ptrdiff_t to = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + from;
        float *const d_x = (float *)a->d_x + to;
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 8; c++)
                d_x[i * 8 + c] = d_out[i * 24 + c];
    }
}

void concat_2c8_backward_2(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                           float d_out[2][2][BATCH][24], int n)
{
    const struct concat_2c8_backward_2_arguments a = {d_x, d_out, n};
    run(host, 1, concat_2c8_backward_2_unit, &a);
}

/* concat_2c8_backward_3: concat
 *
 *     d_x = d_out's channels 16 to 23 of 24 */
struct concat_2c8_backward_3_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[2][BATCH][24];
    int n;
};

static void concat_2c8_backward_3_unit(const void *argument, int unit)
{
    const struct concat_2c8_backward_3_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t from = (ptrdiff_t)position * BATCH * 24 + 16;
        const ptrdiff_t to = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + from;
        float *const d_x = (float *)a->d_x + to;
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < 8; c++)
                d_x[i * 8 + c] = d_out[i * 24 + c];
    }
}

void concat_2c8_backward_3(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                           float d_out[2][2][BATCH][24], int n)
{
    const struct concat_2c8_backward_3_arguments a = {d_x, d_out, n};
    run(host, 1, concat_2c8_backward_3_unit, &a);
}

