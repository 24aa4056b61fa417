/* drop_path_2c24_forward: drop_path
 *
 *     out = x / 0.9 where the draw for its image keeps it, else 0
 *
 * The draw is a function of seed, update, layer and image, so backward repeats it and threads don't
 * matter. */
struct drop_path_2c24_forward_arguments {
    float (*out)[2][BATCH][24];
    float (*x)[2][BATCH][24];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void drop_path_2c24_forward_unit(const void *argument, int unit)
{
    const struct drop_path_2c24_forward_arguments *const a = argument;
    const int begin = unit * 4;
    const uint64_t key = draw(draw(a->seed ^ 1633913980u) ^ a->update);
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int j = 0; j < a->n * 24; j++) {
            const uint64_t number = (uint64_t)(j / 24);
            const int keep = (draw(key + number) >> 32) >= 429496729u;
            out[j] = keep ? x[j] * 1.11111111f : 0;
        }
    }
}

void drop_path_2c24_forward(const struct every_op_host *host, float out[2][2][BATCH][24],
                            float x[2][2][BATCH][24], uint64_t seed, uint64_t update, int n)
{
    const struct drop_path_2c24_forward_arguments a = {out, x, seed, update, n};
    run(host, 1, drop_path_2c24_forward_unit, &a);
}

/* dropout2d_c27_forward: dropout2d
 *
 *     out = x / 0.5 where the draw for its channel of an image keeps it, else 0
 *
 * The draw is a function of seed, update, layer and channel of an image, so backward repeats it and
 * threads don't matter. */
struct dropout2d_c27_forward_arguments {
    float (*out)[1][BATCH][27];
    float (*x)[1][BATCH][27];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void dropout2d_c27_forward_unit(const void *argument, int unit)
{
    const struct dropout2d_c27_forward_arguments *const a = argument;
    const int begin = unit;
    const uint64_t key = draw(draw(a->seed ^ 1648855480u) ^ a->update);
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 27;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int j = 0; j < a->n * 27; j++) {
            const uint64_t number = (uint64_t)j;
            const int keep = (draw(key + number) >> 32) >= 2147483648u;
            out[j] = keep ? x[j] * 2.0f : 0;
        }
    }
}

void dropout2d_c27_forward(const struct every_op_host *host, float out[1][1][BATCH][27],
                           float x[1][1][BATCH][27], uint64_t seed, uint64_t update, int n)
{
    const struct dropout2d_c27_forward_arguments a = {out, x, seed, update, n};
    run(host, 1, dropout2d_c27_forward_unit, &a);
}

/* dropout_c51_forward: dropout
 *
 *     out = x / 0.75 where the draw for its element keeps it, else 0
 *
 * The draw is a function of seed, update, layer and element, so backward repeats it and threads
 * don't matter. */
struct dropout_c51_forward_arguments {
    float (*out)[1][BATCH][51];
    float (*x)[1][BATCH][51];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void dropout_c51_forward_unit(const void *argument, int unit)
{
    const struct dropout_c51_forward_arguments *const a = argument;
    const int begin = unit;
    const uint64_t key = draw(draw(a->seed ^ 1925735977u) ^ a->update);
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 51;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int j = 0; j < a->n * 51; j++) {
            const uint64_t number = (uint64_t)(start + j);
            const int keep = (draw(key + number) >> 32) >= 1073741824u;
            out[j] = keep ? x[j] * 1.33333333f : 0;
        }
    }
}

void dropout_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                         float x[1][1][BATCH][51], uint64_t seed, uint64_t update, int n)
{
    const struct dropout_c51_forward_arguments a = {out, x, seed, update, n};
    run(host, 1, dropout_c51_forward_unit, &a);
}

/* dropout_c51_backward: dropout
 *
 *     d_x = d_out / 0.75 where the draw for its element keeps it, else 0
 *
 * The draw is a function of seed, update, layer and element, so backward repeats it and threads
 * don't matter. */
struct dropout_c51_backward_arguments {
    float (*d_x)[1][BATCH][51];
    float (*d_out)[1][BATCH][51];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void dropout_c51_backward_unit(const void *argument, int unit)
{
    const struct dropout_c51_backward_arguments *const a = argument;
    const int begin = unit;
    const uint64_t key = draw(draw(a->seed ^ 1925735977u) ^ a->update);
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 51;
        const float *const d_out = (float *)a->d_out + start;
        float *const d_x = (float *)a->d_x + start;
        for (int j = 0; j < a->n * 51; j++) {
            const uint64_t number = (uint64_t)(start + j);
            const int keep = (draw(key + number) >> 32) >= 1073741824u;
            d_x[j] = keep ? d_out[j] * 1.33333333f : 0;
        }
    }
}

void dropout_c51_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                          float d_out[1][1][BATCH][51], uint64_t seed, uint64_t update, int n)
{
    const struct dropout_c51_backward_arguments a = {d_x, d_out, seed, update, n};
    run(host, 1, dropout_c51_backward_unit, &a);
}

/* dropout2d_c27_backward: dropout2d
 *
 *     d_x = d_out / 0.5 where the draw for its channel of an image keeps it, else 0
 *
 * The draw is a function of seed, update, layer and channel of an image, so backward repeats it and
 * threads don't matter. */
struct dropout2d_c27_backward_arguments {
    float (*d_x)[1][BATCH][27];
    float (*d_out)[1][BATCH][27];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void dropout2d_c27_backward_unit(const void *argument, int unit)
{
    const struct dropout2d_c27_backward_arguments *const a = argument;
    const int begin = unit;
    const uint64_t key = draw(draw(a->seed ^ 1648855480u) ^ a->update);
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 27;
        const float *const d_out = (float *)a->d_out + start;
        float *const d_x = (float *)a->d_x + start;
        for (int j = 0; j < a->n * 27; j++) {
            const uint64_t number = (uint64_t)j;
            const int keep = (draw(key + number) >> 32) >= 2147483648u;
            d_x[j] = keep ? d_out[j] * 2.0f : 0;
        }
    }
}

void dropout2d_c27_backward(const struct every_op_host *host, float d_x[1][1][BATCH][27],
                            float d_out[1][1][BATCH][27], uint64_t seed, uint64_t update, int n)
{
    const struct dropout2d_c27_backward_arguments a = {d_x, d_out, seed, update, n};
    run(host, 1, dropout2d_c27_backward_unit, &a);
}

/* drop_path_2c24_add_backward: drop_path
 *
 *     d_x += d_out / 0.9 where the draw for its image keeps it, else 0
 *
 * The draw is a function of seed, update, layer and image, so backward repeats it and threads don't
 * matter. */
struct drop_path_2c24_add_backward_arguments {
    float (*d_x)[2][BATCH][24];
    float (*d_out)[2][BATCH][24];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void drop_path_2c24_add_backward_unit(const void *argument, int unit)
{
    const struct drop_path_2c24_add_backward_arguments *const a = argument;
    const int begin = unit * 4;
    const uint64_t key = draw(draw(a->seed ^ 1633913980u) ^ a->update);
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24;
        const float *const d_out = (float *)a->d_out + start;
        float *const d_x = (float *)a->d_x + start;
        for (int j = 0; j < a->n * 24; j++) {
            const uint64_t number = (uint64_t)(j / 24);
            const int keep = (draw(key + number) >> 32) >= 429496729u;
            d_x[j] += keep ? d_out[j] * 1.11111111f : 0;
        }
    }
}

void drop_path_2c24_add_backward(const struct every_op_host *host, float d_x[2][2][BATCH][24],
                                 float d_out[2][2][BATCH][24], uint64_t seed, uint64_t update,
                                 int n)
{
    const struct drop_path_2c24_add_backward_arguments a = {d_x, d_out, seed, update, n};
    run(host, 1, drop_path_2c24_add_backward_unit, &a);
}

