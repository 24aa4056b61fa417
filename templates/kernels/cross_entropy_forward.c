//- Softmax cross entropy with soft targets, label smoothing and weights of classes.
/* @(title)
 *
//: if weighted then
 *     out = -sum over classes of weight * @(target) * log softmax(logits)
//: else
 *     out = -sum over classes of @(target) * log softmax(logits)
//: end
//: if smoothing > 0 then
 *     target' = target * @(1 - smoothing) + @(smoothing / classes)
//: end
 *
//: if weighted then
 * result: the sum over images, divided by that of weight * target, and how many have their largest logit where the
 * target is largest. */
//: else
 * result: the mean over images, and how many have their largest logit where the target is largest. */
//: end
void @(name)(@(signature))
{
//: if weighted then
    static const @(real) weights[@(classes)] = {@(f32s(weights))};
    double weight = 0;
//: end
    double sum = 0;
    result->correct = 0;
    for (int i = 0; i < n; i++) {
        const @(t.logits.type) *const z = logits[0][0][i], *const target = targets + i * @(classes);
        int best = 0, label = 0;
        for (int c = 1; c < @(classes); c++) {
            if (z[c] > z[best])
                best = c;
            if (target[c] > target[label])
                label = c;
        }
        double total = 0, loss = 0;
        for (int c = 0; c < @(classes); c++)
            total += (double)expf(z[c] - z[best]);
        const @(real) log_total = logf((@(real))total) + z[best];
//: if weighted then
        for (int c = 0; c < @(classes); c++) {
            loss -= (double)(weights[c] * @(affine("target[c]", 1 - smoothing, smoothing / classes)) * (z[c] - log_total));
            weight += (double)(weights[c] * target[c]);
        }
//: else
        for (int c = 0; c < @(classes); c++)
            loss -= (double)(@(affine("target[c]", 1 - smoothing, smoothing / classes)) * (z[c] - log_total));
//: end
        out[0][0][i][0] = (@(real))loss;
        sum += loss;
        result->correct += best == label;
    }
//: if weighted then
    result->loss = sum / weight;
//: else
    result->loss = sum / n;
//: end
}
