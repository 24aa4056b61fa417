/* add_c6_backward: add
 *
 *     d_x = d_out */
struct add_c6_backward_arguments {
    float (*d_x)[1][BATCH][6];
    float (*d_out)[1][BATCH][6];
    int n;
};

static void add_c6_backward_unit(const void *argument, int unit)
{
    const struct add_c6_backward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 6;
        const float *const d_out = (float *)a->d_out + start;
        float *const d_x = (float *)a->d_x + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 6; j++)
            d_x[j] = d_out[j];
    }
}

void add_c6_backward(const struct every_op_host *host, float d_x[1][1][BATCH][6],
                     float d_out[1][1][BATCH][6], int n)
{
    const struct add_c6_backward_arguments a = {d_x, d_out, n};
    run(host, 1, add_c6_backward_unit, &a);
}

