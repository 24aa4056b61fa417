/* linear_24_24_forward: excite
 *
 *     out [n][24] = x [n][24] weight' + bias
 *
 * weight [24][24] as in PyTorch; a unit takes 2 images. */
struct linear_24_24_forward_arguments {
    float (*out)[1][BATCH][24];
    float (*x)[1][BATCH][24];
    float (*weight)[24];
    float *bias;
    float *turned;
    int n;

};

/* One panel of the weight, transposed, or some of its rows. */
static void linear_24_24_forward_turn(const void *argument, int unit)
{
    const struct linear_24_24_forward_arguments *const a = argument;
    panel_turn(unit % 3, 0, 24, 24, 24, a->weight[0], 24, a->turned);
}

static void linear_24_24_forward_unit(const void *argument, int unit)
{
    const struct linear_24_24_forward_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count <= 0)
        return;
    for (int i = first; i < first + count; i++)
        for (int c = 0; c < 24; c++)
            a->out[0][0][i][c] = a->bias[c];
    gemm(NULL, count, 24, 24, by_rows(a->x[0][0][first], 24), in_panels(a->turned, 24, 24, 0),
         ahead(a->turned), into(a->out[0][0][first], 24, 1));
}

void linear_24_24_forward(const struct every_op_host *host, float out[1][1][BATCH][24],
                          float x[1][1][BATCH][24], float weight[24][24], float bias[24],
                          float turned[576], int n)
{
    const struct linear_24_24_forward_arguments a = {out, x, weight, bias, turned, n};
    run(host, 3, linear_24_24_forward_turn, &a);
    run(host, 1, linear_24_24_forward_unit, &a);
}

/* linear_51_6_forward: pooled
 *
 *     out [n][6] = x [n][51] weight'
 *
 * weight [6][51] as in PyTorch; a unit takes 2 images. */
struct linear_51_6_forward_arguments {
    float (*out)[1][BATCH][6];
    float (*x)[1][BATCH][51];
    float (*weight)[51];
    float *turned;
    int n;

};

/* One panel of the weight, transposed, or some of its rows. */
static void linear_51_6_forward_turn(const void *argument, int unit)
{
    const struct linear_51_6_forward_arguments *const a = argument;
    (void)unit; /* there is one */
    panel_turn(0, 0, 51, 6, 51, a->weight[0], 51, a->turned);
}

static void linear_51_6_forward_unit(const void *argument, int unit)
{
    const struct linear_51_6_forward_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count <= 0)
        return;
    gemm(NULL, count, 6, 51, by_rows(a->x[0][0][first], 51), in_panels(a->turned, 51, 6, 0),
         ahead(a->turned), into(a->out[0][0][first], 6, 0));
}

void linear_51_6_forward(const struct every_op_host *host, float out[1][1][BATCH][6],
                         float x[1][1][BATCH][51], float weight[6][51], float turned[306], int n)
{
    const struct linear_51_6_forward_arguments a = {out, x, weight, turned, n};
    run(host, 1, linear_51_6_forward_turn, &a);
    run(host, 1, linear_51_6_forward_unit, &a);
}

/* linear_51_6_forward_2: fc
 *
 *     out [n][6] = x [n][51] weight' + bias
 *
 * weight [6][51] as in PyTorch; a unit takes 2 images. */
struct linear_51_6_forward_2_arguments {
    float (*out)[1][BATCH][6];
    float (*x)[1][BATCH][51];
    float (*weight)[51];
    float *bias;
    float *turned;
    int n;

};

/* One panel of the weight, transposed, or some of its rows. */
static void linear_51_6_forward_2_turn(const void *argument, int unit)
{
    const struct linear_51_6_forward_2_arguments *const a = argument;
    (void)unit; /* there is one */
    panel_turn(0, 0, 51, 6, 51, a->weight[0], 51, a->turned);
}

static void linear_51_6_forward_2_unit(const void *argument, int unit)
{
    const struct linear_51_6_forward_2_arguments *const a = argument;
    const int first = unit * 2, count = at_most(a->n - first, 2);
    if (count <= 0)
        return;
    for (int i = first; i < first + count; i++)
        for (int c = 0; c < 6; c++)
            a->out[0][0][i][c] = a->bias[c];
    gemm(NULL, count, 6, 51, by_rows(a->x[0][0][first], 51), in_panels(a->turned, 51, 6, 0),
         ahead(a->turned), into(a->out[0][0][first], 6, 1));
}

void linear_51_6_forward_2(const struct every_op_host *host, float out[1][1][BATCH][6],
                           float x[1][1][BATCH][51], float weight[6][51], float bias[6],
                           float turned[306], int n)
{
    const struct linear_51_6_forward_2_arguments a = {out, x, weight, bias, turned, n};
    run(host, 1, linear_51_6_forward_2_turn, &a);
    run(host, 1, linear_51_6_forward_2_unit, &a);
}

