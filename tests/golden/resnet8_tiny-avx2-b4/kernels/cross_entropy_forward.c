/* cross_entropy_c10_forward: loss
 *
 *     out = -sum over classes of target * log softmax(logits)
 *
 * result: the mean over images, and how many have their largest logit where the target is
 * largest. */
void cross_entropy_c10_forward(float out[1][1][BATCH][1], float logits[1][1][BATCH][10],
                               const float *targets, struct resnet8_tiny_result *result, int n)
{
    double sum = 0;
    result->correct = 0;
    for (int i = 0; i < n; i++) {
        const float *const z = logits[0][0][i], *const target = targets + i * 10;
        int best = 0, label = 0;
        for (int c = 1; c < 10; c++) {
            if (z[c] > z[best])
                best = c;
            if (target[c] > target[label])
                label = c;
        }
        double total = 0, loss = 0;
        for (int c = 0; c < 10; c++)
            total += (double)expf(z[c] - z[best]);
        const float log_total = logf((float)total) + z[best];
        for (int c = 0; c < 10; c++)
            loss -= (double)(target[c] * (z[c] - log_total));
        out[0][0][i][0] = (float)loss;
        sum += loss;
        result->correct += best == label;
    }
    result->loss = sum / n;
}

