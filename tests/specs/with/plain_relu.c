//- relu, all positions after one another.
/* @(title)
 *
 *     out = max(0, x) */
void @(name)(@(signature))
{
    for (int position = 0; position < @(positions); position++) {
        const float *const from = (float *)x + @(start_of(t.x, "position"));
        float *const to = (float *)out + @(start_of(t.out, "position"));
        for (int i = 0; i < n; i++)
            to[i] = from[i] < 0 ? 0 : from[i];
    }
}
