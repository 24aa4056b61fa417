/* scale_c51_backward: scale
 *
 *     d_x = d_out times the slope of x * 0.5 */
struct scale_c51_backward_arguments {
    float (*d_x)[1][BATCH][51];
    float (*d_out)[1][BATCH][51];
    int n;
};

static void scale_c51_backward_unit(const void *argument, int unit)
{
    const struct scale_c51_backward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 51;
        const float *const d_out = (float *)a->d_out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 51; j++)
            d_x[j] = scale_backward(d_out[j], 0.5f);
    }
}

void scale_c51_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                        float d_out[1][1][BATCH][51], int n)
{
    const struct scale_c51_backward_arguments a = {d_x, d_out, n};
    run(host, 1, scale_c51_backward_unit, &a);
}

/* leaky_relu_c51_add_backward: leaky_relu2
 *
 *     d_x += d_out times the slope of x where x > 0, else x * 0.01 */
struct leaky_relu_c51_add_backward_arguments {
    float (*d_x)[1][BATCH][51];
    float (*d_out)[1][BATCH][51];
    float (*out)[1][BATCH][51];
    int n;
};

static void leaky_relu_c51_add_backward_unit(const void *argument, int unit)
{
    const struct leaky_relu_c51_add_backward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 51;
        const float *const d_out = (float *)a->d_out + start;
        const float *const out = (float *)a->out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 51; j++)
            d_x[j] += leaky_relu_backward(d_out[j], out[j], 0.01f);
    }
}

void leaky_relu_c51_add_backward(const struct every_op_host *host, float d_x[1][1][BATCH][51],
                                 float d_out[1][1][BATCH][51], float out[1][1][BATCH][51], int n)
{
    const struct leaky_relu_c51_add_backward_arguments a = {d_x, d_out, out, n};
    run(host, 1, leaky_relu_c51_add_backward_unit, &a);
}

/* sigmoid_c24_backward: sigmoid
 *
 *     d_x = d_out times the slope of 1 / (1 + exp(-x)) */
struct sigmoid_c24_backward_arguments {
    float (*d_x)[1][BATCH][24];
    float (*d_out)[1][BATCH][24];
    float (*out)[1][BATCH][24];
    int n;
};

static void sigmoid_c24_backward_unit(const void *argument, int unit)
{
    const struct sigmoid_c24_backward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24;
        const float *const d_out = (float *)a->d_out + start;
        const float *const out = (float *)a->out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 24; j++)
            d_x[j] = sigmoid_backward(d_out[j], out[j]);
    }
}

void sigmoid_c24_backward(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                          float d_out[1][1][BATCH][24], float out[1][1][BATCH][24], int n)
{
    const struct sigmoid_c24_backward_arguments a = {d_x, d_out, out, n};
    run(host, 1, sigmoid_c24_backward_unit, &a);
}

/* relu6_c24_backward: relu6
 *
 *     d_x = d_out times the slope of min(max(0, x), 6) */
struct relu6_c24_backward_arguments {
    float (*d_x)[1][BATCH][24];
    float (*d_out)[1][BATCH][24];
    float (*out)[1][BATCH][24];
    int n;
};

static void relu6_c24_backward_unit(const void *argument, int unit)
{
    const struct relu6_c24_backward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24;
        const float *const d_out = (float *)a->d_out + start;
        const float *const out = (float *)a->out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 24; j++)
            d_x[j] = relu6_backward(d_out[j], out[j]);
    }
}

void relu6_c24_backward(const struct every_op_host *host, float d_x[1][1][BATCH][24],
                        float d_out[1][1][BATCH][24], float out[1][1][BATCH][24], int n)
{
    const struct relu6_c24_backward_arguments a = {d_x, d_out, out, n};
    run(host, 1, relu6_c24_backward_unit, &a);
}

/* leaky_relu_2c8_backward: leaky_relu
 *
 *     d_x = d_out times the slope of x where x > 0, else x * 0.01 */
struct leaky_relu_2c8_backward_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[2][BATCH][8];
    float (*out)[2][BATCH][8];
    int n;
};

static void leaky_relu_2c8_backward_unit(const void *argument, int unit)
{
    const struct leaky_relu_2c8_backward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start;
        const float *const out = (float *)a->out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            d_x[j] = leaky_relu_backward(d_out[j], out[j], 0.01f);
    }
}

void leaky_relu_2c8_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                             float d_out[2][2][BATCH][8], float out[2][2][BATCH][8], int n)
{
    const struct leaky_relu_2c8_backward_arguments a = {d_x, d_out, out, n};
    run(host, 1, leaky_relu_2c8_backward_unit, &a);
}

/* gelu_2c8_add_backward: gelu
 *
 *     d_x += d_out times the slope of x (1 + erf(x / sqrt(2))) / 2 */
struct gelu_2c8_add_backward_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    int n;
};

static void gelu_2c8_add_backward_unit(const void *argument, int unit)
{
    const struct gelu_2c8_add_backward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start;
        const float *const x = (float *)a->x + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            d_x[j] += gelu_backward(d_out[j], x[j]);
    }
}

void gelu_2c8_add_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                           float d_out[2][2][BATCH][8], float x[2][2][BATCH][8], int n)
{
    const struct gelu_2c8_add_backward_arguments a = {d_x, d_out, x, n};
    run(host, 1, gelu_2c8_add_backward_unit, &a);
}

/* silu_2c8_add_backward: silu
 *
 *     d_x += d_out times the slope of x / (1 + exp(-x)) */
struct silu_2c8_add_backward_arguments {
    float (*d_x)[2][BATCH][8];
    float (*d_out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    int n;
};

static void silu_2c8_add_backward_unit(const void *argument, int unit)
{
    const struct silu_2c8_add_backward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start;
        const float *const x = (float *)a->x + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            d_x[j] += silu_backward(d_out[j], x[j]);
    }
}

void silu_2c8_add_backward(const struct every_op_host *host, float d_x[2][2][BATCH][8],
                           float d_out[2][2][BATCH][8], float x[2][2][BATCH][8], int n)
{
    const struct silu_2c8_add_backward_arguments a = {d_x, d_out, x, n};
    run(host, 1, silu_2c8_add_backward_unit, &a);
}

/* relu_6x5c8_backward: relu
 *
 *     d_x = d_out times the slope of max(0, x) */
struct relu_6x5c8_backward_arguments {
    float (*d_x)[5][BATCH][8];
    float (*d_out)[5][BATCH][8];
    float (*out)[5][BATCH][8];
    int n;
};

static void relu_6x5c8_backward_unit(const void *argument, int unit)
{
    const struct relu_6x5c8_backward_arguments *const a = argument;
    const int begin = unit * 30;
    for (int position = begin; position < 30; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const d_out = (float *)a->d_out + start;
        const float *const out = (float *)a->out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            d_x[j] = relu_backward(d_out[j], out[j]);
    }
}

void relu_6x5c8_backward(const struct every_op_host *host, float d_x[6][5][BATCH][8],
                         float d_out[6][5][BATCH][8], float out[6][5][BATCH][8], int n)
{
    const struct relu_6x5c8_backward_arguments a = {d_x, d_out, out, n};
    run(host, 1, relu_6x5c8_backward_unit, &a);
}

