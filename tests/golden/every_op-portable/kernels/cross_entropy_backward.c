/* cross_entropy_c6_backward: loss
 *
 *     d_logits = (softmax(logits) - target') / n, targets sum to 1 */
void cross_entropy_c6_backward(float d_logits[1][1][BATCH][6], float logits[1][1][BATCH][6],
                               const float *targets, int n)
{
    for (int i = 0; i < n; i++) {
        const float *const z = logits[0][0][i], *const target = targets + i * 6;
        float *const d = d_logits[0][0][i], largest = z[0];
        double total = 0;
        for (int c = 1; c < 6; c++)
            largest = z[c] > largest ? z[c] : largest;
        for (int c = 0; c < 6; c++) {
            d[c] = expf(z[c] - largest);
            total += (double)d[c];
        }
        for (int c = 0; c < 6; c++)
            d[c] = (d[c] / (float)total - target[c] * 0.9f - 0.016666667f) / (float)n;
    }
}

