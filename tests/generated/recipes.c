/* A generated network with one optimiser against PyTorch, twenty steps under every schedule
 * (tests/torch/recipes.py, which says what the arrays are): one line a schedule, `passed` or
 * `failed`, and exit status 1 if any failed.
 *
 *   recipes FILE adam|adamw|momentum|nesterov
 *
 * Learning rate and momentum must be PyTorch's but for the rounding of doubles. The loss of step s
 * may be off from PyTorch's float64 by GROWTH times s of it, and by RATIO times what PyTorch's
 * float32 was off so far: where an activation falls to the other side of a ReLU, runs part. */
#include "tensors.h"

#include "training/schedule.h"
#include "vectors.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IMAGE = MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH, FIELDS = 12 };
static const double RATIO = 3, GROWTH = 1e-6, ROUNDING = 1e-12;

static struct vectors vectors;
static const char *optimiser;
static int failures;

static const struct vector *need(const struct vector *vector, enum vector_type type, int count)
{
    if (!vector || vector->type != type || vector->count < count) {
        printf("failed: the vectors are of another network than this (%s)\n",
               vector ? vector->name : "an array is missing");
        exit(1);
    }
    return vector;
}

static const double *doubles(const char *schedule, const char *what, int count)
{
    const struct vector *vector = vectors_find(&vectors, "%s/%s/%s", optimiser, schedule, what);
    return need(vector, VECTOR_DOUBLE, count)->data;
}

/* As after MODEL(open): parameters and running statistics, and no memory of earlier steps. */
static void start(void)
{
    for (int i = 0; i < MODEL_STATES; i++) {
        memset(MODEL(at)(context, MODEL(states)[i].place), 0, MODEL(states)[i].bytes);
    }
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        if (tensor->type != MODEL_I64) {
            const struct vector *values = vectors_find(&vectors, "start/%s", tensor->name);
            tensor_set_value(tensor, need(values, VECTOR_FLOAT, tensor_count(tensor))->data);
        }
    }
}

static struct model_recipe read_recipe(const char *schedule)
{
    const double *number = doubles(schedule, "recipe", FIELDS);
    struct model_recipe recipe = MODEL(recipe);
    struct model_part *part = &recipe.parts[0];
    part->schedule = (enum model_schedule)number[0];
    part->per_step = (int)number[1];
    recipe.warmup_epochs = number[2];
    part->step_size = (int)number[3];
    part->gamma = number[4];
    part->lr_min = number[5];
    part->pct_start = number[6];
    part->div_factor = number[7];
    part->final_div_factor = number[8];
    part->base_momentum = number[9];
    part->max_momentum = number[10];
    part->cycle_momentum = (int)number[11];
    return recipe;
}

/* Loss of a step on the batch of its turn. */
static double step(int at, const struct model_hyper *hyper)
{
    static float targets[MODEL_BATCH * MODEL_CLASSES];
    const struct vector *batches = need(vectors_find(&vectors, "batches"), VECTOR_DOUBLE, 1);
    const double *sizes = batches->data;
    int first = 0, which = at % batches->count;
    for (int i = 0; i < which; i++) {
        first += (int)sizes[i];
    }
    int n = (int)sizes[which];
    const uint8_t *labels = need(vectors_find(&vectors, "labels"), VECTOR_UINT8, first + n)->data;
    const uint8_t *images =
        need(vectors_find(&vectors, "images"), VECTOR_UINT8, (first + n) * IMAGE)->data;
    memset(targets, 0, sizeof targets);
    for (int i = 0; i < n && i < MODEL_BATCH; i++) {
        targets[i * MODEL_CLASSES + labels[first + i] % MODEL_CLASSES] = 1;
    }
    return MODEL(step)(context, images + first * IMAGE, targets, n, hyper).loss;
}

static int is_near(double found, double is_true)
{
    return fabs(found - is_true) <= ROUNDING * fabs(is_true);
}

/* PyTorch's schedules call Adam's beta1 so, too. */
static double momentum_of(const struct model_hyper *hyper)
{
    return MODEL(recipe).optimizer == MODEL_SGD ? hyper->momentum : hyper->beta1;
}

static void compare(const char *schedule, int steps)
{
    const struct model_recipe recipe = read_recipe(schedule);
    const double *lr = doubles(schedule, "lr", steps),
                 *momentum = doubles(schedule, "momentum", steps);
    const double *single = doubles(schedule, "losses32", steps);
    const double *exact = doubles(schedule, "losses64", steps);
    int an_epoch = vectors_find(&vectors, "batches")->count, wrong = 0;
    double worst = 0, by_torch = 0;
    start();
    for (int at = 0; at < steps; at++) {
        struct model_hyper hyper = {0};
        schedule_at(&recipe, at, an_epoch, steps / an_epoch, &hyper);
        hyper.step = at + 1;
        double loss = step(at, &hyper), off = fabs(loss / exact[at] - 1);
        by_torch = fmax(by_torch, fabs(single[at] / exact[at] - 1));
        worst = fmax(worst, off);
        if (!(off <= GROWTH * (at + 1) + RATIO * by_torch) || !is_near(hyper.lr, lr[at]) ||
            !is_near(momentum_of(&hyper), momentum[at])) {
            printf("    step %d: lr %.9g, momentum %.9g, loss %.9g; PyTorch's %.9g, %.9g, %.9g\n",
                   at + 1, hyper.lr, momentum_of(&hyper), loss, lr[at], momentum[at], exact[at]);
            wrong++;
        }
    }
    failures += wrong > 0;
    printf("%s %s: losses of %d steps off by at most %.1e of them, PyTorch's float32 by %.1e\n",
           wrong ? "failed" : "passed", schedule, steps, worst, by_torch);
}

/* Every schedule that the vectors have of this optimiser. */
int main(int argc, char **argv)
{
    static const char ending[] = "/losses64";
    int compared = 0;
    if (argc != 3 || vectors_read(&vectors, argv[1]) || context_open(NULL)) {
        printf("failed: recipes FILE adam|adamw|momentum|nesterov\n");
        return 1;
    }
    optimiser = argv[2];
    size_t length = strlen(optimiser);
    for (int i = 0; i < vectors.count; i++) {
        const char *name = vectors.list[i].name, *end = strstr(name, ending);
        char schedule[80];
        if (end && strncmp(name, optimiser, length) == 0 && name[length] == '/') {
            snprintf(schedule, sizeof schedule, "%.*s", (int)(end - name - (ptrdiff_t)length - 1),
                     name + length + 1);
            compare(schedule, vectors.list[i].count);
            compared++;
        }
    }
    vectors_free(&vectors);
    return failures > 0 || compared == 0;
}
