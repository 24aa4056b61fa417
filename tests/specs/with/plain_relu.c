//- relu, all positions after one another.
/* @(title)
 *
 *     out = max(0, x) */
void @(name)(@(signature))
{
    for (int position = 0; position < @(positions); position++) {
        const float *const from = (float *)x + @(t.x.at "position");
        float *const to = (float *)out + @(t.out.at "position");
        for (int i = 0; i < n; i++)
            to[i] = from[i] < 0 ? 0 : from[i];
    }
}
