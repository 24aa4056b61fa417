/* dropout_c96_forward: dropout
 *
 *     out = x / 0.75 where the element's draw keeps it, else 0
 *
 * The draw is a function of seed, update, layer and element, so backward repeats it and threads don't
 * matter. */
struct dropout_c96_forward_arguments {
    float (*out)[1][BATCH][96];
    float (*x)[1][BATCH][96];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void dropout_c96_forward_unit(const void *argument, int unit)
{
    const struct dropout_c96_forward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 1, 1);
    const uint64_t key = draw(draw(a->seed ^ 1925735977u) ^ a->update);
    for (int position = unit * 1; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 96;
        const float *const x = (float *)a->x + start;
        float *const out = (float *)a->out + start;
        for (int j = 0; j < a->n * 96; j++) {
            const int keep = (draw(key + (uint64_t)(start + j)) >> 32) >= 1073741824u;
            out[j] = keep ? x[j] * 1.33333333f : 0;
        }
    }
}

void dropout_c96_forward(const struct every_op_host *host, float out[1][1][BATCH][96],
    float x[1][1][BATCH][96], uint64_t seed, uint64_t update, int n)
{
    const struct dropout_c96_forward_arguments a = {out, x, seed, update, n};
    run(host, 1, dropout_c96_forward_unit, &a);
}

/* dropout_c96_backward: dropout
 *
 *     d_x = d_out / 0.75 where the element's draw keeps it, else 0
 *
 * The draw is a function of seed, update, layer and element, so backward repeats it and threads don't
 * matter. */
struct dropout_c96_backward_arguments {
    float (*d_x)[1][BATCH][96];
    float (*d_out)[1][BATCH][96];
    uint64_t seed;
    uint64_t update;
    int n;
};

static void dropout_c96_backward_unit(const void *argument, int unit)
{
    const struct dropout_c96_backward_arguments *const a = argument;
    const int end = at_most((unit + 1) * 1, 1);
    const uint64_t key = draw(draw(a->seed ^ 1925735977u) ^ a->update);
    for (int position = unit * 1; position < end; position++) {
        const ptrdiff_t start = (ptrdiff_t)position * BATCH * 96;
        const float *const d_out = (float *)a->d_out + start;
        float *const d_x = (float *)a->d_x + start;
        for (int j = 0; j < a->n * 96; j++) {
            const int keep = (draw(key + (uint64_t)(start + j)) >> 32) >= 1073741824u;
            d_x[j] = keep ? d_out[j] * 1.33333333f : 0;
        }
    }
}

void dropout_c96_backward(const struct every_op_host *host, float d_x[1][1][BATCH][96],
    float d_out[1][1][BATCH][96], uint64_t seed, uint64_t update, int n)
{
    const struct dropout_c96_backward_arguments a = {d_x, d_out, seed, update, n};
    run(host, 1, dropout_c96_backward_unit, &a);
}

