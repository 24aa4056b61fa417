//- library.c: training and inference in a program of someone's own, on top of network.h.
@(header)
#include "base.h"
#include "memory.h"

#define sources @(prefix)_tensors
enum { SOURCES = @(PREFIX)_TENSORS };
#define IS_READ(source) (sources[source].type == @(PREFIX)_F32)

@(include "library/safetensors.c")

/* ---- first weights ---- */

/* Random numbers by counters, Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): a generator of its own for each tensor. */
struct random {
    uint32_t key[2], counter[4], block[4];
    int used;
};

static uint32_t next_random(struct random *r)
{
    if (r->used == 4) {
        uint32_t *const c = r->block, key[2] = {r->key[0], r->key[1]};
        memcpy(c, r->counter, sizeof r->counter);
        for (int round = 0; round < 10; round++) {
            const uint64_t even = (uint64_t)0xd2511f53u * c[0], odd = (uint64_t)0xcd9e8d57u * c[2];
            c[0] = (uint32_t)(odd >> 32) ^ c[1] ^ key[0];
            c[1] = (uint32_t)odd;
            c[2] = (uint32_t)(even >> 32) ^ c[3] ^ key[1];
            c[3] = (uint32_t)even;
            key[0] += 0x9e3779b9u;
            key[1] += 0xbb67ae85u;
        }
        r->counter[0]++;
        r->used = 0;
    }
    return r->block[r->used++];
}

/* Of mean 0 and standard deviation 1 (Box and Muller 1958). */
static @(real) next_normal(struct random *r)
{
    const double radius = sqrt(-2.0 * log((next_random(r) + 1.0) * 2.3283064365386963e-10));
    const double angle = 6.283185307179586 * (next_random(r) * 2.3283064365386963e-10);
    return (@(real))(radius * cos(angle));
}

/* In [-scale, scale). */
static @(real) next_uniform(struct random *r, @(real) scale)
{
    return scale * (2.0f * ((@(real))(next_random(r) >> 8) * 5.9604644775390625e-08f) - 1.0f);
}

//: if has_dirac then
/* Value i of PyTorch's order of a convolution's weight; the middle is that of torch.nn.init.dirac_. */
static @(real) next_dirac(struct random *r, const struct @(prefix)_tensor *t, size_t i)
{
    const size_t n_taps = (size_t)t->dims[2] * (size_t)t->dims[3], inputs = (size_t)t->dims[1];
    const size_t out = i / n_taps / inputs % (size_t)(t->dims[0] / t->groups);
    const size_t middle = (size_t)(t->dims[2] / 2) * (size_t)t->dims[3] + (size_t)(t->dims[3] / 2);
    const @(real) rest = t->scale > 0 ? next_uniform(r, t->scale) : 0.0f;
    if (out >= inputs)
        return rest;
    return i % n_taps == middle && i / n_taps % inputs == out ? 1.0f : 0.0f;
}

//: end
/* Value i of PyTorch's order. */
static @(real) first_value(const struct @(prefix)_tensor *t, size_t i, struct random *r)
{
    if (t->init == @(PREFIX)_NORMAL)
        return t->scale * next_normal(r);
    if (t->init == @(PREFIX)_UNIFORM)
        return next_uniform(r, t->scale);
//: if has_dirac then
    if (t->init == @(PREFIX)_DIRAC)
        return next_dirac(r, t, i);
//: else
    (void)i;
//: end
    return t->init == @(PREFIX)_ONES ? 1.0f : 0.0f;
}

/* ---- values in PyTorch's order ---- */

/* Value i of PyTorch's order, where the network has it. */
static @(real) *value_of(struct @(prefix) *c, const struct @(prefix)_tensor *t, size_t i)
{
    @(real) *const live = @(prefix)_at(c, t->value), *const dead = @(prefix)_at(c, t->dead);
    if (!t->taps)
        return live + i;
    const size_t n_taps = (size_t)t->dims[2] * (size_t)t->dims[3], inputs = (size_t)t->dims[1];
    const size_t outputs = (size_t)(t->dims[0] / t->groups), out = i / n_taps / inputs;
    const int place_of_tap = t->taps[i % n_taps];
    return (place_of_tap < 0 ? dead : live) + out % outputs * t->strides[0] + out / outputs * t->strides[1] + i / n_taps % inputs * t->strides[2] +
           (size_t)(place_of_tap < 0 ? ~place_of_tap : place_of_tap) * t->strides[3];
}

struct @(prefix) *@(prefix)_init(void *memory, uint64_t seed, const struct @(prefix)_host *host)
{
    return @(prefix)_init_apart(memory, memory ? place(memory, @(PREFIX)_STATE_BYTES) : NULL, seed, host);
}

static int is_line(const void *address) { return address && (uintptr_t)address % @(PREFIX)_ALIGNMENT == 0; }

struct @(prefix) *@(prefix)_init_apart(void *state, void *work, uint64_t seed, const struct @(prefix)_host *host)
{
    struct @(prefix) *c;
    if (!is_line(state) || !is_line(work))
        return NULL;
    memset(state, 0, @(PREFIX)_STATE_BYTES);
    memset(work, 0, @(PREFIX)_WORK_BYTES);
    c = @(prefix)_open_apart(state, work, host);
    for (int i = 0; i < SOURCES; i++) {
        struct random r = {{(uint32_t)seed, (uint32_t)(seed >> 32)}, {0, 0, (uint32_t)i, 0}, {0}, 4};
        for (size_t j = 0; IS_READ(i) && j < count_of(i); j++)
            *value_of(c, &sources[i], j) = first_value(&sources[i], j, &r);
    }
//: for _, line in ipairs(settings) do
    c->settings.@(line.name) = @(line.value);
//: end
    c->settings.seed = seed;
    return c;
}

struct @(prefix)_hyper *@(prefix)_settings(struct @(prefix) *c) { return &c->settings; }

/* ---- steps ---- */

enum @(prefix)_status @(prefix)_train_step(struct @(prefix) *c, const uint8_t *images, const @(label_type) *labels, int n, double lr, double *loss)
{
    struct @(prefix)_result result;
    @(real) *target;
    if (!c || !images || !labels || n < @(PREFIX)_LEAST_IMAGES || n > BATCH)
        return @(PREFIX)_BAD_ARGUMENT;
    for (int i = 0; i < n; i++)
//: if classes < label_limit then
        if (labels[i] >= @(PREFIX)_CLASSES)
            return @(PREFIX)_BAD_ARGUMENT;
//: end
    target = (@(real) *)c->labels;
    memset(target, 0, (size_t)n * @(PREFIX)_CLASSES * sizeof *target);
    for (int i = 0; i < n; i++)
        target[(ptrdiff_t)i * @(PREFIX)_CLASSES + labels[i]] = 1;
    c->settings.lr = lr;
    c->settings.step++;
    result = @(prefix)_step(c, images, target, n, &c->settings);
    if (loss)
        *loss = result.loss;
    if (isfinite(result.loss))
        return @(PREFIX)_OK;
    c->settings.step--;
    return @(PREFIX)_DAMAGED;
}

enum @(prefix)_status @(prefix)_predict(struct @(prefix) *c, const uint8_t *images, int n, @(real) *logits)
{
    if (!c || !images || !logits || n < 1)
        return @(PREFIX)_BAD_ARGUMENT;
    memset(c->labels, 0, sizeof(@(real)) * @(PREFIX)_BATCH * @(PREFIX)_CLASSES);
    while (n > 0) {
        const int count = n < BATCH ? n : BATCH;
        @(prefix)_evaluate(c, images, (const @(real) *)c->labels, count);
        memcpy(logits, c->logits, (size_t)count * @(PREFIX)_CLASSES * sizeof *logits);
        images += (ptrdiff_t)count * @(channels * height * width);
        logits += (ptrdiff_t)count * @(PREFIX)_CLASSES;
        n -= count;
    }
    return @(PREFIX)_OK;
}

/* ---- files ---- */

enum @(prefix)_status @(prefix)_load(struct @(prefix) *c, const void *file, size_t bytes)
{
    struct found found;
    enum @(prefix)_status status;
    if (!c || !file)
        return @(PREFIX)_BAD_ARGUMENT;
    status = find_sources(file, bytes, &found);
    if (status != @(PREFIX)_OK)
        return status;
    if (!all_finite_values(&found))
        return @(PREFIX)_DAMAGED;
    @(prefix)_settle(c);
    for (int i = 0; i < SOURCES; i++)
        for (size_t j = 0; IS_READ(i) && j < count_of(i); j++)
            *value_of(c, &sources[i], j) = value_at(&found, i, j);
    return @(PREFIX)_OK;
}

/* The header of the file, which is always the same. */
static const char *const file_header[] = {
//: for _, line in ipairs(file_header) do
    @(line),
//: end
};

/* `count` bytes of a number, the lowest first. */
static unsigned char *put_number(unsigned char *to, uint64_t number, int count)
{
    for (int i = 0; i < count; i++)
        *to++ = (unsigned char)(number >> 8 * i);
    return to;
}

enum @(prefix)_status @(prefix)_save(struct @(prefix) *c, void *file, size_t bytes)
{
    unsigned char *to = file;
    if (!c || !file)
        return @(PREFIX)_BAD_ARGUMENT;
    if (bytes < @(PREFIX)_FILE_BYTES)
        return @(PREFIX)_TOO_SHORT;
    @(prefix)_settle(c);
    to = put_number(to, @(header_bytes), 8);
    for (size_t i = 0; i < sizeof file_header / sizeof file_header[0]; i++)
        for (const char *from = file_header[i]; *from; from++)
            *to++ = (unsigned char)*from;
    for (int i = 0; i < SOURCES; i++) {
        const int64_t *const counter = IS_READ(i) ? NULL : @(prefix)_at(c, sources[i].value);
        if (counter)
            to = put_number(to, (uint64_t)*counter, 8);
    }
    for (int i = 0; i < SOURCES; i++)
        for (size_t j = 0; IS_READ(i) && j < count_of(i); j++) {
            uint32_t bits;
            memcpy(&bits, value_of(c, &sources[i], j), sizeof bits);
            to = put_number(to, bits, 4);
        }
    return @(PREFIX)_OK;
}
