//- Softmax cross entropy with soft targets and label smoothing.
/* @(title)
 *
 *     out = -sum over classes of target' * log softmax(logits),
 *     target' = target * @(1 - smoothing) + @(smoothing / classes)
 *
 * result: the mean over images, and how many have their largest logit where the target is largest. */
void @(name)(@(signature))
{
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
        for (int c = 0; c < @(classes); c++)
            loss -= (double)((target[c] * @(f32(1 - smoothing)) + @(f32(smoothing / classes))) * (z[c] - log_total));
        out[0][0][i][0] = (@(real))loss;
        sum += loss;
        result->correct += best == label;
    }
    result->loss = sum / n;
}
