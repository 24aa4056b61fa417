/* probabilities.c - see probabilities.h */
#include "evaluation/probabilities.h"

#include <math.h>
#include <stdbool.h>

#include "context.h"
#include "model.h"

/* The loss that it makes is not looked at, nor are its targets. */
static const float no_targets[MODEL_BATCH][MODEL_CLASSES];

static void add_softmax(double *sums, const float *logits, double weight)
{
    double largest = logits[0], sum = 0;

    for (int c = 1; c < MODEL_CLASSES; c++)
        largest = fmax(largest, logits[c]);
    for (int c = 0; c < MODEL_CLASSES; c++)
        sum += exp(logits[c] - largest);
    for (int c = 0; c < MODEL_CLASSES; c++)
        sums[c] += weight * (exp(logits[c] - largest) / sum);
}

/* n: at most a batch. */
static void add_batch(double *sums, const uint8_t *images, int n, double weight)
{
    MODEL(evaluate)(context, images, &no_targets[0][0], n);
    for (int i = 0; i < n; i++)
        add_softmax(sums + (size_t)i * MODEL_CLASSES,
                    MODEL(logits)(context) + (size_t)i * MODEL_CLASSES, weight);
}

static int batch_size(int rest)
{
    return rest < MODEL_BATCH ? rest : MODEL_BATCH;
}

void probabilities_add(double *sums, const uint8_t *images, int n)
{
    for (int first = 0; first < n; first += MODEL_BATCH)
        add_batch(sums + (size_t)first * MODEL_CLASSES,
                  images + (size_t)first * DATASET_IMAGE_BYTES, batch_size(n - first), 1);
}

static int add_view(double *sums, const uint8_t *images, int n, const struct view *view,
                    int (*stop)(void))
{
    uint8_t *batch = MODEL(batch_images)(context, 0);

    for (int first = 0; first < n; first += MODEL_BATCH) {
        int count = batch_size(n - first);

        if (stop && stop())
            return -1;
        tta_show(batch, images + (size_t)first * DATASET_IMAGE_BYTES, count, view);
        add_batch(sums + (size_t)first * MODEL_CLASSES, batch, count, view->weight);
    }
    return 0;
}

int probabilities_average_views(double *softmaxes, const uint8_t *images, int n, enum tta kind,
                                int (*stop)(void))
{
    int count;
    const struct view *views = tta_views(kind, &count);

    probabilities_scale(softmaxes, n, views[0].weight);
    for (int i = 1; i < count; i++)
        if (add_view(softmaxes, images, n, &views[i], stop))
            return -1;
    return 0;
}

void probabilities_scale(double *probabilities, int n, double factor)
{
    for (size_t i = 0; i < (size_t)n * MODEL_CLASSES; i++)
        probabilities[i] *= factor;
}

void probabilities_best(int *best, int count, const double *p)
{
    for (int found = 0; found < count; found++) {
        int choice = -1;

        for (int c = 0; c < MODEL_CLASSES; c++) {
            bool taken = false;

            for (int i = 0; i < found; i++)
                taken |= best[i] == c;
            if (!taken && (choice < 0 || p[c] > p[choice]))
                choice = c;
        }
        best[found] = choice;
    }
}

struct metrics probabilities_judge(const double *probabilities, const model_label *labels, int n)
{
    struct metrics sum = {0};

    for (int i = 0; i < n; i++, probabilities += MODEL_CLASSES) {
        int best[METRICS_TOP] = {0}, count = METRICS_HAVE_TOP ? METRICS_TOP : 1;

        probabilities_best(best, count, probabilities);
        sum.loss -= log(probabilities[labels[i]]);
        sum.accuracy += best[0] == labels[i];
        for (int k = 0; METRICS_HAVE_TOP && k < count; k++)
            sum.top += best[k] == labels[i];
    }
    if (n > 0) {
        sum.loss /= n;
        sum.accuracy /= n;
        sum.top /= n;
    }
    return sum;
}
