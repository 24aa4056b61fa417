/* cross_entropy_c10_backward: loss
 *
 *     d_logits = (softmax(logits) - target) / n, targets sum to 1 */
void cross_entropy_c10_backward(float d_logits[1][1][BATCH][10], float logits[1][1][BATCH][10],
                                const float *targets, int n)
{
    for (int i = 0; i < n; i++) {
        const float *const z = logits[0][0][i], *const target = targets + i * 10;
        float *const d = d_logits[0][0][i], largest = z[0];
        double total = 0;
        for (int c = 1; c < 10; c++)
            largest = z[c] > largest ? z[c] : largest;
        for (int c = 0; c < 10; c++) {
            d[c] = expf(z[c] - largest);
            total += (double)d[c];
        }
        for (int c = 0; c < 10; c++)
            d[c] = (d[c] / (float)total - target[c]) / (float)n;
    }
}

