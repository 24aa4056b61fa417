//- Softmax cross entropy, backward.
/* @(title)
 *
 *     d_logits = (softmax(logits) - target') / n, targets sum to 1 */
void @(name)(@(signature))
{
    for (int i = 0; i < n; i++) {
        const @(t.logits.type) *const z = logits[0][0][i], *const target = targets + i * @(classes);
        @(t.d_logits.type) *const d = d_logits[0][0][i], largest = z[0];
        double total = 0;
        for (int c = 1; c < @(classes); c++)
            largest = z[c] > largest ? z[c] : largest;
        for (int c = 0; c < @(classes); c++) {
            d[c] = expf(z[c] - largest);
            total += (double)d[c];
        }
        for (int c = 0; c < @(classes); c++)
            d[c] = (d[c] / (@(real))total - target[c] * @(f32(1 - smoothing)) - @(f32(smoothing / classes))) / (@(real))n;
    }
}
