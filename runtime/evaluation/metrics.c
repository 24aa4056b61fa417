/* metrics.c - see metrics.h */
#include "evaluation/metrics.h"

#include <string.h>

#include "context.h"
#include "model.h"

/* Of the batch just evaluated: the images whose label is among the METRICS_TOP of the largest
 * logits, the lower class first where equal. */
static int count_top(const float *logits, const model_label *labels, int n)
{
    int count = 0;

    for (int i = 0; i < n; i++, logits += MODEL_CLASSES) {
        int before = 0;

        for (int c = 0; c < MODEL_CLASSES; c++)
            before += logits[c] > logits[labels[i]] ||
                      (c < (int)labels[i] && logits[c] >= logits[labels[i]]);
        count += before < METRICS_TOP;
    }
    return count;
}

/* What the loss of a batch, a mean, is a mean over: images, or weights of their classes. */
static double weight_of(const model_label *labels, int n)
{
    double weight = 0;

    for (int i = 0; i < n; i++)
        weight +=
            MODEL(recipe).class_weights ? (double)(float)MODEL(recipe).class_weights[labels[i]] : 1;
    return weight;
}

int metrics_of_dataset(const struct dataset *dataset, struct confusion *confusion,
                       int (*stop)(void), struct metrics *result)
{
    static float targets[MODEL_BATCH][MODEL_CLASSES];
    struct metrics sum = {0};
    double weights = 0;

    if (confusion)
        confusion_clear(confusion);
    for (int first = 0, n; first < dataset->count; first += n) {
        struct model_result batch;

        if (stop && stop())
            return -1;
        n = dataset->count - first < MODEL_BATCH ? dataset->count - first : MODEL_BATCH;
        memset(targets, 0, sizeof targets);
        for (int i = 0; i < n; i++)
            targets[i][dataset->labels[first + i]] = 1.0f;
        batch = MODEL(evaluate)(context, dataset->images + (size_t)first * DATASET_IMAGE_BYTES,
                                &targets[0][0], n);
        if (confusion)
            confusion_add(confusion, MODEL(logits)(context), dataset->labels + first, n);
        if (METRICS_HAVE_TOP)
            sum.top += count_top(MODEL(logits)(context), dataset->labels + first, n);
        sum.loss += batch.loss * weight_of(dataset->labels + first, n);
        weights += weight_of(dataset->labels + first, n);
        sum.accuracy += batch.correct;
    }
    if (dataset->count > 0) {
        sum.loss /= weights;
        sum.accuracy /= dataset->count;
        sum.top /= dataset->count;
    }
    *result = sum;
    return 0;
}
