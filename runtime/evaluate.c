/* evaluate.c - see evaluate.h */
#include "evaluate.h"

#include <string.h>

#include "model.h"

struct evaluation evaluate_dataset(const struct dataset *dataset)
{
    static float targets[MODEL_BATCH][MODEL_CLASSES];
    struct evaluation sum = {0, 0};

    for (int first = 0, n; first < dataset->count; first += n) {
        struct model_result result;

        n = dataset->count - first < MODEL_BATCH ? dataset->count - first : MODEL_BATCH;
        memset(targets, 0, sizeof targets);
        for (int i = 0; i < n; i++)
            targets[i][dataset->labels[first + i]] = 1.0f;
        result = MODEL(evaluate)(dataset->images + (size_t)first * DATASET_IMAGE_BYTES,
                                 &targets[0][0], n);
        sum.loss += result.loss * n;
        sum.accuracy += result.correct;
    }
    if (dataset->count > 0) {
        sum.loss /= dataset->count;
        sum.accuracy /= dataset->count;
    }
    return sum;
}
