//- relu, all positions after one another.
/* @(title)
 *
 *     out = max(0, x) */
void @(name)(@(signature))
{
    for (int position = 0; position < @(positions); position++) {
        const float *const from = (float *)x + (ptrdiff_t)position * BATCH;
        float *const to = (float *)out + (ptrdiff_t)position * BATCH;
        for (int i = 0; i < n; i++)
            to[i] = from[i] < 0 ? 0 : from[i];
    }
}
