/* add_c6_forward: add
 *
 *     out = left + right */
struct add_c6_forward_arguments {
    float (*out)[1][BATCH][6];
    float (*left)[1][BATCH][6];
    float (*right)[1][BATCH][6];
    int n;
};

static void add_c6_forward_unit(const void *argument, int unit)
{
    const struct add_c6_forward_arguments *const a = argument;
    const int begin = unit;
    for (int position = begin; position < 1; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 6;
        const float *const left = (float *)a->left + start;
        const float *const right = (float *)a->right + start;
        float *const out = (float *)a->out + start;
        INDEPENDENT
        for (int j = 0; j < a->n * 6; j++)
            out[j] = left[j] + right[j];
    }
}

void add_c6_forward(const struct every_op_host *host, float out[1][1][BATCH][6],
                    float left[1][1][BATCH][6], float right[1][1][BATCH][6], int n)
{
    const struct add_c6_forward_arguments a = {out, left, right, n};
    run(host, 1, add_c6_forward_unit, &a);
}

