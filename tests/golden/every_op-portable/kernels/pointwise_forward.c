/* relu_6x5c8_forward: relu
 *
 *     out = max(0, x) */
struct relu_6x5c8_forward_arguments {
    float (*out)[5][BATCH][8];
    float (*x)[5][BATCH][8];
    int n;
};

static void relu_6x5c8_forward_unit(const void *argument, int unit)
{
    const struct relu_6x5c8_forward_arguments *const a = argument;
    const int begin = unit * 30;
    for (int position = begin; position < 30; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            out[j] = relu(x[j]);
    }
}

void relu_6x5c8_forward(const struct every_op_host *host, float out[6][5][BATCH][8],
                        float x[6][5][BATCH][8], int n)
{
    const struct relu_6x5c8_forward_arguments a = {out, x, n};
    run(host, 1, relu_6x5c8_forward_unit, &a);
}

/* silu_2c8_forward: silu
 *
 *     out = x / (1 + exp(-x)) */
struct silu_2c8_forward_arguments {
    float (*out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    int n;
};

static void silu_2c8_forward_unit(const void *argument, int unit)
{
    const struct silu_2c8_forward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            out[j] = silu(x[j]);
    }
}

void silu_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                      float x[2][2][BATCH][8], int n)
{
    const struct silu_2c8_forward_arguments a = {out, x, n};
    run(host, 1, silu_2c8_forward_unit, &a);
}

/* gelu_2c8_forward: gelu
 *
 *     out = x (1 + erf(x / sqrt(2))) / 2 */
struct gelu_2c8_forward_arguments {
    float (*out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    int n;
};

static void gelu_2c8_forward_unit(const void *argument, int unit)
{
    const struct gelu_2c8_forward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            out[j] = gelu(x[j]);
    }
}

void gelu_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                      float x[2][2][BATCH][8], int n)
{
    const struct gelu_2c8_forward_arguments a = {out, x, n};
    run(host, 1, gelu_2c8_forward_unit, &a);
}

/* leaky_relu_2c8_forward: leaky_relu
 *
 *     out = x where x > 0, else x * 0.01 */
struct leaky_relu_2c8_forward_arguments {
    float (*out)[2][BATCH][8];
    float (*x)[2][BATCH][8];
    int n;
};

static void leaky_relu_2c8_forward_unit(const void *argument, int unit)
{
    const struct leaky_relu_2c8_forward_arguments *const a = argument;
    const int begin = unit * 4;
    for (int position = begin; position < 4; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 8;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 8; j++)
            out[j] = leaky_relu(x[j], 0.01f);
    }
}

void leaky_relu_2c8_forward(const struct every_op_host *host, float out[2][2][BATCH][8],
                            float x[2][2][BATCH][8], int n)
{
    const struct leaky_relu_2c8_forward_arguments a = {out, x, n};
    run(host, 1, leaky_relu_2c8_forward_unit, &a);
}

/* relu6_c24_forward: relu6
 *
 *     out = min(max(0, x), 6) */
struct relu6_c24_forward_arguments {
    float (*out)[1][BATCH][24];
    float (*x)[1][BATCH][24];
    int n;
};

static void relu6_c24_forward_unit(const void *argument, int unit)
{
    const struct relu6_c24_forward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 24; j++)
            out[j] = relu6(x[j]);
    }
}

void relu6_c24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                       float x[1][1][BATCH][24], int n)
{
    const struct relu6_c24_forward_arguments a = {out, x, n};
    run(host, 1, relu6_c24_forward_unit, &a);
}

/* sigmoid_c24_forward: sigmoid
 *
 *     out = 1 / (1 + exp(-x)) */
struct sigmoid_c24_forward_arguments {
    float (*out)[1][BATCH][24];
    float (*x)[1][BATCH][24];
    int n;
};

static void sigmoid_c24_forward_unit(const void *argument, int unit)
{
    const struct sigmoid_c24_forward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 24;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 24; j++)
            out[j] = sigmoid(x[j]);
    }
}

void sigmoid_c24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                         float x[1][1][BATCH][24], int n)
{
    const struct sigmoid_c24_forward_arguments a = {out, x, n};
    run(host, 1, sigmoid_c24_forward_unit, &a);
}

/* leaky_relu_c51_forward: leaky_relu2
 *
 *     out = x where x > 0, else x * 0.01 */
struct leaky_relu_c51_forward_arguments {
    float (*out)[1][BATCH][51];
    float (*x)[1][BATCH][51];
    int n;
};

static void leaky_relu_c51_forward_unit(const void *argument, int unit)
{
    const struct leaky_relu_c51_forward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 51;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 51; j++)
            out[j] = leaky_relu(x[j], 0.01f);
    }
}

void leaky_relu_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                            float x[1][1][BATCH][51], int n)
{
    const struct leaky_relu_c51_forward_arguments a = {out, x, n};
    run(host, 1, leaky_relu_c51_forward_unit, &a);
}

/* scale_c51_forward: scale
 *
 *     out = x * 0.5 */
struct scale_c51_forward_arguments {
    float (*out)[1][BATCH][51];
    float (*x)[1][BATCH][51];
    int n;
};

static void scale_c51_forward_unit(const void *argument, int unit)
{
    const struct scale_c51_forward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 51;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 51; j++)
            out[j] = scale(x[j], 0.5f);
    }
}

void scale_c51_forward(const struct every_op_host *host, float out[1][1][BATCH][51],
                       float x[1][1][BATCH][51], int n)
{
    const struct scale_c51_forward_arguments a = {out, x, n};
    run(host, 1, scale_c51_forward_unit, &a);
}

