/* How far a generated model's sums are off: one step's logits, gradients and running statistics
 * against the reference library in double, beside how far PyTorch's float32 is off.
 *
 *   sums ERRORS NAME RATIO  one line, `passed` or `failed`, and exit status 1 if it failed
 *   sums - NAME FILE        writes what would be compared into FILE: the logits, then the tensors
 *                           in the order of the state_dict, float32, one after the other
 *
 * ERRORS has a line `NAME TENSOR ERROR` for each tensor (tests/torch/sums.py wrote it): the
 * distance of PyTorch's float32 from its float64, in the L2 norm, by the norm. What is computed
 * here may be off by RATIO times that; where PyTorch is off by less than FLOOR, by luck or because
 * a tensor is short, by RATIO times FLOOR. Images and weights are functions of their index that
 * Python computes as well. */
#include "tensors.h"

#include "../reference/network.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct network oracle;

enum { IMAGE = MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH, LINE = 256 };
static const double FLOOR = 1.2e-7;

static uint8_t images[MODEL_BATCH * IMAGE];
static float targets[MODEL_BATCH * MODEL_CLASSES];

/* --- inputs ---------------------------------------------------------------------------------- */

/* The last steps of MurmurHash3. */
static uint32_t scramble(uint32_t x)
{
    x = (x ^ x >> 16) * 0x85ebca6bU;
    x = (x ^ x >> 13) * 0xc2b2ae35U;
    return x ^ x >> 16;
}

static void make_batch(void)
{
    for (int i = 0; i < MODEL_BATCH * IMAGE; i++) {
        images[i] = (uint8_t)(scramble((uint32_t)i) % 256);
    }
    for (int i = 0; i < MODEL_BATCH; i++) {
        int label = (int)(scramble((uint32_t)i + (1U << 28)) % MODEL_CLASSES);
        targets[i * MODEL_CLASSES + label] = 1;
    }
}

/* Element i of the tensor that is `number` in the state_dict: a weight's keep the size of what
 * passes through, a batch norm's scale is 0.5 to 1.5. */
static float element(const struct model_tensor *tensor, int number, int i)
{
    double u = scramble((uint32_t)i + ((uint32_t)(number + 1) << 22)) / 2147483648.0 - 1;
    double fan_in = (double)tensor_count(tensor) / tensor->dims[0];
    return (float)(tensor->rank > 1 ? sqrt(3 / fan_in) * u : u / 2 + (tensor->init == MODEL_ONES));
}

static float *make_values(const struct model_tensor *tensor, int number)
{
    int count = tensor_count(tensor), is_running = strstr(tensor->name, ".running_") != NULL;
    float *values = malloc((size_t)count * sizeof *values);
    for (int i = 0; i < count; i++) {
        values[i] = tensor->type == MODEL_I64 || is_running ? tensor->init == MODEL_ONES
                                                            : element(tensor, number, i);
    }
    return values;
}

/* --- the errors of PyTorch ------------------------------------------------------------------- */

/* Of the tensor; ends the program if the file has none. */
static double error_of(const char *path, const char *name, const char *tensor)
{
    char line[LINE], found_name[LINE], found_tensor[LINE];
    double error;
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        if (sscanf(line, "%255s %255s %lf", found_name, found_tensor, &error) == 3 &&
            strcmp(found_name, name) == 0 && strcmp(found_tensor, tensor) == 0) {
            fclose(file);
            return error;
        }
    }
    printf("failed %s: %s has no error of %s\n", name, path, tensor);
    exit(1);
}

/* --- comparison ------------------------------------------------------------------------------ */

struct comparison {
    const char *errors, *name;
    double ratio, worst; /* times PyTorch's error */
    const char *where;
    int failures;
};

static void compare(struct comparison *c, const char *what, const float *ours, const double *truth,
                    int count)
{
    double off = 0, norm = 0;
    for (int i = 0; i < count; i++) {
        off += ((double)ours[i] - truth[i]) * ((double)ours[i] - truth[i]);
        norm += truth[i] * truth[i];
    }
    off = sqrt(off / norm);
    double by_torch = fmax(error_of(c->errors, c->name, what), FLOOR);
    if (!(off <= c->ratio * by_torch)) {
        printf("    %s: off by %.3g of its norm, PyTorch by %.3g\n", what, off, by_torch);
        c->failures++;
    }
    if (!(off <= c->worst * by_torch)) {
        c->worst = off / by_torch;
        c->where = what;
    }
}

/* A gradient where there is one, else a running statistic: into values[count]. */
static void read_tensor(const struct model_tensor *tensor, float *values)
{
    (tensor->gradient ? tensor_gradient : tensor_value)(tensor, values);
}

static void compare_all(struct comparison *c, const struct reference *truth)
{
    static double logits[MODEL_BATCH * MODEL_CLASSES];
    reference_double.logits(truth, logits);
    compare(c, "logits", MODEL(logits)(context), logits, MODEL_BATCH * MODEL_CLASSES);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        int count = tensor_count(tensor), index = reference_double.find(truth, tensor->name);
        float *ours = malloc((size_t)count * sizeof *ours);
        double *is_true = malloc((size_t)count * sizeof *is_true);
        read_tensor(tensor, ours);
        reference_double.get(truth, index, tensor->gradient ? REFERENCE_GRADIENT : REFERENCE_VALUE,
                             is_true);
        if (tensor->type != MODEL_I64) {
            compare(c, tensor->name, ours, is_true, count);
        }
        free(ours);
        free(is_true);
    }
}

static int write_all(const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file) {
        return 1;
    }
    fwrite(MODEL(logits)(context), sizeof(float), MODEL_BATCH * MODEL_CLASSES, file);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        int count = tensor_count(tensor);
        float *values = malloc((size_t)count * sizeof *values);
        read_tensor(tensor, values);
        fwrite(values, sizeof *values, tensor->type == MODEL_I64 ? 0 : (size_t)count, file);
        free(values);
    }
    return fclose(file);
}

int main(int argc, char **argv)
{
    struct reference *truth = reference_double.open(&oracle);
    if (argc < 4 || !truth || context_open(NULL)) {
        printf("failed: sums ERRORS NAME RATIO, or sums - NAME FILE\n");
        return 1;
    }
    make_batch();
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *tensor = &MODEL(tensors)[i];
        float *values = make_values(tensor, i);
        tensor_set_value(tensor, values);
        reference_double.set(truth, reference_double.find(truth, tensor->name), REFERENCE_VALUE,
                             values);
        free(values);
    }
    struct model_hyper hyper = recipe_hyper();
    hyper.step = 1;
    MODEL(gradients)(context, images, targets, MODEL_BATCH, &hyper);
    if (strcmp(argv[1], "-") == 0) {
        return write_all(argv[3]);
    }
    reference_double.gradients(truth, images, targets, MODEL_BATCH);
    struct comparison c = {
        .errors = argv[1], .name = argv[2], .ratio = strtod(argv[3], NULL), .where = ""};
    compare_all(&c, truth);
    printf("%s %s: at most %.2f times PyTorch's error, %s\n", c.failures ? "failed" : "passed",
           argv[2], c.worst, c.where);
    reference_double.close(truth);
    return c.failures > 0;
}
