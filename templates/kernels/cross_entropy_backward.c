//- Softmax cross entropy, backward.
/* @(title)
 *
//: if weighted then
 *     d_logits = (softmax(logits) * sum of weight * @(target) - weight * @(target)) / sum of weight * target,
 *
 * the first sum over the classes of the image, the second over all images */
//: else
 *     d_logits = (softmax(logits) - @(target)) / n, targets sum to 1 */
//: end
void @(name)(@(signature))
{
//: if weighted then
    static const @(real) weights[@(classes)] = {@(f32s(weights))};
    double weight = 0;
    for (int i = 0; i < n; i++)
        for (int c = 0; c < @(classes); c++)
            weight += (double)(weights[c] * targets[i * @(classes) + c]);
//: end
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
//: if weighted then
        double mass = 0;
        for (int c = 0; c < @(classes); c++)
            mass += (double)(weights[c] * @(affine("target[c]", 1 - smoothing, smoothing / classes)));
        for (int c = 0; c < @(classes); c++)
            d[c] = (d[c] / (@(real))total * (@(real))mass
                - weights[c] * @(affine("target[c]", 1 - smoothing, smoothing / classes))) / (@(real))weight;
//: elseif smoothing > 0 then
        for (int c = 0; c < @(classes); c++)
            d[c] = (d[c] / (@(real))total - target[c] * @(f32(1 - smoothing)) - @(f32(smoothing / classes))) / (@(real))n;
//: else
        for (int c = 0; c < @(classes); c++)
            d[c] = (d[c] / (@(real))total - target[c]) / (@(real))n;
//: end
    }
}
