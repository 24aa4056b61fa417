/* A network that only infers beside its trainer's evaluation: the same weights, handed over as a
 * safetensors file in memory, give the same logits but for rounding; packed, they give the same
 * bits in place; damaged, they are refused and change nothing. INFERRED_BATCH is that of the
 * network with the prefix `inferred`. */
#include "inferred.h"

#include "tensors.h"

#include <math.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IMAGE = MODEL_CHANNELS * MODEL_HEIGHT * MODEL_WIDTH, IMAGES = MODEL_BATCH };

static alignas(64) unsigned char arena[INFERRED_ARENA_BYTES], second[INFERRED_ARENA_BYTES],
    weights[INFERRED_WEIGHTS_BYTES], other[INFERRED_WEIGHTS_BYTES];
static uint8_t images[(size_t)IMAGES * IMAGE];
static float targets[(size_t)IMAGES * MODEL_CLASSES], logits[(size_t)IMAGES * MODEL_CLASSES],
    again[(size_t)IMAGES * MODEL_CLASSES];
static uint64_t state = 1;
static int failures;

static void expect(bool right, const char *what)
{
    if (!right) {
        failures++;
        printf("wrong: %s\n", what);
    }
}

/* xorshift64* (Marsaglia 2003, Vigna 2016): a number in [0, 1). */
static float uniform(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (float)((state * 0x2545f4914f6cdd1du) >> 40) / 16777216.0F;
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), of_end = strlen(end);
    return length >= of_end && strcmp(name + length - of_end, end) == 0;
}

/* Weights of their usual size, norms that do something. */
static float draw(const struct model_tensor *tensor)
{
    if (ends_with(tensor->name, "running_var") || tensor->init == MODEL_ONES) {
        return 0.5F + uniform();
    }
    if (tensor->init == MODEL_NORMAL) {
        return 1.7320508F * tensor->scale * (2 * uniform() - 1);
    }
    return (tensor->init == MODEL_UNIFORM ? tensor->scale : 0.2F) * (2 * uniform() - 1);
}

/* Appends the tensor's values to *at, and draws them first. */
static void put_values(const struct model_tensor *tensor, unsigned char **at)
{
    int count = tensor_count(tensor);
    float *values = malloc((size_t)count * sizeof *values);
    for (int i = 0; i < count; i++) {
        values[i] = draw(tensor);
    }
    tensor_set_value(tensor, values);
    memcpy(*at, values, (size_t)count * sizeof *values);
    *at += (size_t)count * sizeof *values;
    free(values);
}

/* All weights as a file; *bytes is how long it is, *data where its values begin. */
static unsigned char *make_file(size_t *bytes, size_t *data)
{
    size_t values = 0, most = 64;
    for (int i = 0; i < MODEL_TENSORS; i++) {
        values += (size_t)tensor_count(&MODEL(tensors)[i]) * 8;
        most += 256;
    }
    unsigned char *file = malloc(8 + most + values);
    char *text = (char *)file + 8;
    size_t at = 0, length = (size_t)sprintf(text, "{\"__metadata__\":{\"format\":\"pt\"}");
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct model_tensor *t = &MODEL(tensors)[i];
        size_t size = (size_t)tensor_count(t) * (t->type == MODEL_I64 ? 8 : 4);
        length += (size_t)sprintf(text + length, ", \"%s\": {\"shape\":[", t->name);
        for (int d = 0; d < t->rank; d++) {
            length += (size_t)sprintf(text + length, "%s%d", d ? ", " : "", t->dims[d]);
        }
        length += (size_t)sprintf(text + length, "],\"dtype\":\"%s\",\"data_offsets\":[%zu,%zu]}",
                                  t->type == MODEL_I64 ? "I64" : "F32", at, at + size);
        at += size;
    }
    length += (size_t)sprintf(text + length, "}  ");
    for (int i = 0; i < 8; i++) {
        file[i] = (unsigned char)((uint64_t)length >> 8 * i);
    }
    unsigned char *to = file + 8 + length;
    for (int i = 0; i < MODEL_TENSORS; i++) {
        if (MODEL(tensors)[i].type == MODEL_I64) {
            memset(to, 0, 8);
            to += 8;
        } else {
            put_values(&MODEL(tensors)[i], &to);
        }
    }
    *data = 8 + length;
    *bytes = (size_t)(to - file);
    return file;
}

/* ---- the same logits ---- */

static void compare_logits(void)
{
    const float *truth = MODEL(logits)(context);
    float most = 0, apart = 0;
    for (int i = 0; i < IMAGES * MODEL_CLASSES; i++) {
        most = fmaxf(most, fabsf(truth[i]));
        apart = fmaxf(apart, fabsf(truth[i] - logits[i]));
    }
    expect(apart <= 1e-4F * most, "logits are within 1e-4 of the largest");
    if (!(apart <= 1e-4F * most)) {
        printf("off by %g, largest %g\n", (double)apart, (double)most);
    }
}

/* Units in no helpful order, with scratch full of NaN. */
static void run_reversed(void *pool, int units, inferred_unit *unit, const void *arguments)
{
    static alignas(64) unsigned char scratch[INFERRED_SCRATCH_BYTES];
    (void)pool;
    memset(scratch, 0xff, sizeof scratch);
    for (int i = units - 1; i >= 0; i--) {
        unit(arguments, i, scratch);
    }
}

static bool predicts(struct inferred *network, float *to)
{
    return inferred_predict(network, images, IMAGES, to) == INFERRED_OK;
}

static void compare_bits(const unsigned char *packed)
{
    const struct inferred_host host = {run_reversed, NULL, NULL};
    memset(second, 0xff, sizeof second);
    struct inferred *network = inferred_init(second, &host);
    expect(inferred_predict(network, images, 1, again) == INFERRED_NO_WEIGHTS, "without weights");
    expect(inferred_attach(network, packed, INFERRED_WEIGHTS_BYTES) == INFERRED_OK,
           "packed weights are attached");
    expect(predicts(network, again) && memcmp(logits, again, sizeof logits) == 0,
           "the same bits in place, by a host");
    expect(inferred_predict(network, images, 0, again) == INFERRED_BAD_ARGUMENT, "no images");
}

/* ---- what is not right ---- */

/* `file` is refused, and nothing changes. */
static void refuse(struct inferred *network, const unsigned char *file, size_t bytes,
                   const char *what)
{
    memset(other, 0x5a, sizeof other);
    bool refused = inferred_load(network, other, file, bytes) != INFERRED_OK, same = true;
    for (size_t i = 0; same && i < sizeof other; i++) {
        same = other[i] == 0x5a;
    }
    expect(refused, what);
    expect(same, "what is refused writes nothing");
}

static void refuse_files(struct inferred *network, unsigned char *file, size_t bytes, size_t data)
{
    for (int i = 0; i < 40; i++) {
        refuse(network, file, (size_t)(uniform() * (float)bytes), "a file cut short");
        size_t at = (size_t)(uniform() * (float)data), bit = (size_t)(uniform() * 8);
        file[at] ^= (unsigned char)(1 << bit);
        memset(other, 0x5a, sizeof other);
        inferred_load(network, other, file,
                      bytes); /* whatever it says, it stays within its bounds */
        file[at] ^= (unsigned char)(1 << bit);
    }
    unsigned char kept[4];
    memcpy(kept, file + bytes - 8, 4);
    memcpy(file + bytes - 8, "\xff\xff\xff\x7f", 4); /* of the last float tensor, or of a count */
    if (MODEL(tensors)[MODEL_TENSORS - 1].type == MODEL_F32) {
        refuse(network, file, bytes, "a value that is no number");
    }
    memcpy(file + bytes - 8, kept, 4);
    char *name = strstr((char *)file + 8, MODEL(tensors)[0].name);
    name[0] ^= 1;
    refuse(network, file, bytes, "a name that is not the model's");
    name[0] ^= 1;
    expect(inferred_load(network, NULL, file, bytes) == INFERRED_BAD_ARGUMENT,
           "no room for weights");
    expect(inferred_load(network, weights + 4, file, bytes) == INFERRED_BAD_ARGUMENT,
           "room that is not aligned");
}

static void refuse_packed(struct inferred *network, const unsigned char *packed)
{
    memcpy(other, packed, sizeof other);
    for (int i = 0; i < 40; i++) {
        size_t cut = (size_t)(uniform() * (float)sizeof other);
        expect(inferred_attach(network, other, cut) != INFERRED_OK, "packed weights cut short");
        size_t at = (size_t)(uniform() * (float)sizeof other), bit = (size_t)(uniform() * 8);
        other[at] ^= (unsigned char)(1 << bit);
        expect(inferred_attach(network, other, sizeof other) != INFERRED_OK,
               "a bit of packed weights turned");
        other[at] ^= (unsigned char)(1 << bit);
    }
}

int main(void)
{
    struct error error;
    size_t bytes, data;
    if (context_open(&error)) {
        return EXIT_FAILURE;
    }
    unsigned char *file = make_file(&bytes, &data);
    for (size_t i = 0; i < sizeof images; i++) {
        images[i] = (uint8_t)(uniform() * 256);
    }
    for (int i = 0; i < IMAGES; i++) {
        targets[i * MODEL_CLASSES] = 1;
    }
    MODEL(evaluate)(context, images, targets, IMAGES);
    struct inferred *network = inferred_init(arena, NULL);
    expect(inferred_load(network, weights, file, bytes) == INFERRED_OK, "the file is loaded");
    expect(predicts(network, logits), "images are classified");
    compare_logits();
    refuse_files(network, file, bytes, data);
    refuse_packed(network, weights);
    expect(predicts(network, again) && memcmp(logits, again, sizeof logits) == 0,
           "after that the weights are as before");
    compare_bits(weights);
    expect(inferred_init(NULL, NULL) == NULL && inferred_init(arena + 4, NULL) == NULL,
           "memory that won't do");
    free(file);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
