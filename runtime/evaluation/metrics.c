/* metrics.c - see metrics.h */
#include "evaluation/metrics.h"

#include <string.h>

#include "model.h"

int metrics_of_dataset(const struct dataset *dataset, struct confusion *confusion,
                       int (*stop)(void), struct metrics *result)
{
    static float targets[MODEL_BATCH][MODEL_CLASSES];
    struct metrics sum = {0, 0};

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
        batch = MODEL(evaluate)(dataset->images + (size_t)first * DATASET_IMAGE_BYTES,
                                &targets[0][0], n);
        if (confusion)
            confusion_add(confusion, MODEL(logits)(), dataset->labels + first, n);
        sum.loss += batch.loss * n;
        sum.accuracy += batch.correct;
    }
    if (dataset->count > 0) {
        sum.loss /= dataset->count;
        sum.accuracy /= dataset->count;
    }
    *result = sum;
    return 0;
}
