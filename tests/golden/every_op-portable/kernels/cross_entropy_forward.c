/* cross_entropy_c6_forward: loss
 *
 *     out = -sum over classes of target' * log softmax(logits)
 *     target' = target * 0.9 + 0.0166666667
 *
 * result: the mean over images, and how many have their largest logit where the target is
 * largest. */
void cross_entropy_c6_forward(float out[1][1][BATCH][1], float logits[1][1][BATCH][6],
                              const float *targets, struct every_op_result *result, int n)
{
    double sum = 0;
    result->correct = 0;
    for (int i = 0; i < n; i++) {
        const float *const z = logits[0][0][i], *const target = targets + i * 6;
        int best = 0, label = 0;
        for (int c = 1; c < 6; c++) {
            if (z[c] > z[best])
                best = c;
            if (target[c] > target[label])
                label = c;
        }
        double total = 0, loss = 0;
        for (int c = 0; c < 6; c++)
            total += (double)expf(z[c] - z[best]);
        const float log_total = logf((float)total) + z[best];
        for (int c = 0; c < 6; c++)
            loss -= (double)((target[c] * 0.9f + 0.016666667f) * (z[c] - log_total));
        out[0][0][i][0] = (float)loss;
        sum += loss;
        result->correct += best == label;
    }
    result->loss = sum / n;
}

