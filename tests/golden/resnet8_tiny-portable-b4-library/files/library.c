/* Made by castnet 0.1.0 from resnet8_tiny.lua --target portable --batch 4.
 * This file belongs to whoever made it. */
#include "base.h"
#include "memory.h"

#define sources resnet8_tiny_tensors
enum { SOURCES = RESNET8_TINY_TENSORS };
#define IS_READ(source) (sources[source].type == RESNET8_TINY_F32)

/* ---- the header of a safetensors file: JSON of one fixed form ---- */

struct reader {
    const unsigned char *text;
    size_t at, length;
};

static int skip_space(struct reader *r)
{
    while (r->at < r->length && (r->text[r->at] == ' ' || r->text[r->at] == '\n' ||
                                 r->text[r->at] == '\r' || r->text[r->at] == '\t'))
        r->at++;
    return r->at < r->length;
}

/* Takes c if it is next. */
static int take(struct reader *r, unsigned char c)
{
    if (!skip_space(r) || r->text[r->at] != c)
        return 0;
    r->at++;
    return 1;
}

/* A string, as it stands between its quotes; names with escapes in them are no network's. */
struct piece {
    const unsigned char *text;
    size_t length;
};

static int take_string(struct reader *r, struct piece *string)
{
    if (!take(r, '"'))
        return 0;
    string->text = r->text + r->at;
    for (string->length = 0; r->at < r->length && r->text[r->at] != '"'; r->at++,
         string->length++) {
        if (r->text[r->at] < ' ')
            return 0;
        if (r->text[r->at] == '\\') {
            r->at++;
            string->length++;
        }
    }
    return take(r, '"');
}

static int is_text(struct piece string, const char *text)
{
    size_t i = 0;
    while (i < string.length && text[i] && string.text[i] == (unsigned char)text[i])
        i++;
    return i == string.length && !text[i];
}

static int take_number(struct reader *r, size_t *number)
{
    size_t digits = 0;
    *number = 0;
    if (!skip_space(r))
        return 0;
    for (; r->at < r->length && r->text[r->at] >= '0' && r->text[r->at] <= '9'; r->at++, digits++) {
        const size_t digit = (size_t)(r->text[r->at] - '0');
        if (*number > (SIZE_MAX - digit) / 10)
            return 0;
        *number = *number * 10 + digit;
    }
    return digits > 0;
}

struct entry {
    struct piece name, dtype;
    int rank;
    size_t dims[8], begin, end;
};

static int take_shape(struct reader *r, struct entry *e)
{
    e->rank = 0;
    if (!take(r, '['))
        return 0;
    if (take(r, ']'))
        return 1;
    do {
        if (e->rank == 8 || !take_number(r, &e->dims[e->rank]))
            return 0;
        e->rank++;
    } while (take(r, ','));
    return take(r, ']');
}

static int take_field(struct reader *r, struct entry *e, int *seen)
{
    struct piece key;
    if (!take_string(r, &key) || !take(r, ':'))
        return 0;
    if (is_text(key, "dtype")) {
        *seen += 1;
        return take_string(r, &e->dtype);
    }
    if (is_text(key, "shape")) {
        *seen += 8;
        return take_shape(r, e);
    }
    *seen += 64;
    return is_text(key, "data_offsets") && take(r, '[') && take_number(r, &e->begin) &&
        take(r, ',') &&
           take_number(r, &e->end) && take(r, ']');
}

/* What follows an entry's name: each field once. */
static int take_entry(struct reader *r, struct entry *e)
{
    int seen = 0;
    if (!take(r, ':') || !take(r, '{'))
        return 0;
    do {
        if (seen > 73 || !take_field(r, e, &seen))
            return 0;
    } while (take(r, ','));
    return take(r, '}') && seen == 73;
}

/* What follows "__metadata__": strings, which are not kept. */
static int take_metadata(struct reader *r)
{
    struct piece ignored;
    if (!take(r, ':') || !take(r, '{'))
        return 0;
    if (take(r, '}'))
        return 1;
    do {
        if (!take_string(r, &ignored) || !take(r, ':') || !take_string(r, &ignored))
            return 0;
    } while (take(r, ','));
    return take(r, '}');
}

/* ---- which bytes are which tensor ---- */

/* The values of each source that is read, where the file has them. */
struct found {
    const unsigned char *values[SOURCES];
};

static size_t count_of(int source)
{
    size_t count = 1;
    for (int i = 0; i < sources[source].rank; i++)
        count *= (size_t)sources[source].dims[i];
    return count;
}

static int is_shape(int source, const struct entry *e)
{
    int same = sources[source].rank == e->rank;
    for (int i = 0; same && i < e->rank; i++)
        same = (size_t)sources[source].dims[i] == e->dims[i];
    return same;
}

/* What no network reads: counts of batches, which some programs keep as floats, and all that are no
 * floats, as masks. */
static int is_ignored(const struct entry *e)
{
    static const char *const floats[] = {"F32", "F16", "BF16", "F64"};
    static const char count[] = "num_batches_tracked";
    const size_t length = sizeof count - 1;
    int is_float = 0;
    for (size_t i = 0; i < sizeof floats / sizeof floats[0]; i++)
        is_float |= is_text(e->dtype, floats[i]);
    if (!is_float || e->name.length < length)
        return !is_float;
    const struct piece end = {e->name.text + (e->name.length - length), length};
    return is_text(end, count);
}

/* Another tensor of floats than those that are read would be another network's. */
static enum resnet8_tiny_status note_entry(const struct entry *e, const unsigned char *data,
                                           size_t bytes, struct found *found)
{
    int i = 0;
    if (e->begin > e->end)
        return RESNET8_TINY_NOT_WEIGHTS;
    if (e->end > bytes)
        return RESNET8_TINY_TOO_SHORT;
    while (i < SOURCES && !(IS_READ(i) && is_text(e->name, sources[i].name)))
        i++;
    if (i == SOURCES)
        return is_ignored(e) ? RESNET8_TINY_OK : RESNET8_TINY_OTHER_MODEL;
    if (found->values[i] || !is_text(e->dtype, "F32") || !is_shape(i, e))
        return RESNET8_TINY_OTHER_MODEL;
    if (e->end - e->begin != count_of(i) * sizeof(float))
        return RESNET8_TINY_NOT_WEIGHTS;
    found->values[i] = data + e->begin;
    return RESNET8_TINY_OK;
}

static enum resnet8_tiny_status find_sources(const unsigned char *file, size_t bytes,
                                             struct found *found)
{
    struct reader r = {file + 8, 0, 0};
    if (bytes < 8)
        return RESNET8_TINY_TOO_SHORT;
    for (int i = 7; i >= 0; i--) {
        if (r.length > SIZE_MAX >> 8)
            return RESNET8_TINY_NOT_WEIGHTS;
        r.length = r.length << 8 | file[i];
    }
    if (bytes == 8 || file[8] != '{')
        return RESNET8_TINY_NOT_WEIGHTS;
    if (r.length > bytes - 8)
        return RESNET8_TINY_TOO_SHORT;
    for (int i = 0; i < SOURCES; i++)
        found->values[i] = NULL;
    r.at = 1;
    do {
        struct entry e;
        if (!take_string(&r, &e.name))
            return RESNET8_TINY_NOT_WEIGHTS;
        if (is_text(e.name, "__metadata__")) {
            if (!take_metadata(&r))
                return RESNET8_TINY_NOT_WEIGHTS;
            continue;
        }
        if (!take_entry(&r, &e))
            return RESNET8_TINY_NOT_WEIGHTS;
        const enum resnet8_tiny_status status = note_entry(&e, r.text + r.length,
                                                           bytes - 8 - r.length, found);
        if (status != RESNET8_TINY_OK)
            return status;
    } while (take(&r, ','));
    if (!take(&r, '}') || skip_space(&r))
        return RESNET8_TINY_NOT_WEIGHTS;
    for (int i = 0; i < SOURCES; i++)
        if (IS_READ(i) && !found->values[i])
            return RESNET8_TINY_OTHER_MODEL;
    return RESNET8_TINY_OK;
}

/* The i-th value of a source; files are little-endian, and their values lie anywhere. */
static float value_at(const struct found *found, int source, size_t i)
{
    const unsigned char *const b = found->values[source] + i * sizeof(float);
    const uint32_t bits = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (
        uint32_t)b[3] << 24;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static int all_finite_values(const struct found *found)
{
    for (int source = 0; source < SOURCES; source++)
        for (size_t i = 0; IS_READ(source) && i < count_of(source); i++) {
            const float value = value_at(found, source, i);
            if (!(value - value == 0))
                return 0;
        }
    return 1;
}

/* ---- first weights ---- */

/* Random numbers by counters, Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): a generator of its
 * own for each tensor. */
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
static float next_normal(struct random *r)
{
    const double radius = sqrt(-2.0 * log((next_random(r) + 1.0) * 2.3283064365386963e-10));
    const double angle = 6.283185307179586 * (next_random(r) * 2.3283064365386963e-10);
    return (float)(radius * cos(angle));
}

/* In [-scale, scale). */
static float next_uniform(struct random *r, float scale)
{
    return scale * (2.0f * ((float)(next_random(r) >> 8) * 5.9604644775390625e-08f) - 1.0f);
}

/* Value i of PyTorch's order. */
static float first_value(const struct resnet8_tiny_tensor *t, size_t i, struct random *r)
{
    if (t->init == RESNET8_TINY_NORMAL)
        return t->scale * next_normal(r);
    if (t->init == RESNET8_TINY_UNIFORM)
        return next_uniform(r, t->scale);
    (void)i;
    return t->init == RESNET8_TINY_ONES ? 1.0f : 0.0f;
}

/* ---- values in PyTorch's order ---- */

/* Value i of PyTorch's order, where the network has it. */
static float *value_of(struct resnet8_tiny *c, const struct resnet8_tiny_tensor *t, size_t i)
{
    float *const live = resnet8_tiny_at(c, t->value), *const dead = resnet8_tiny_at(c, t->dead);
    if (!t->taps)
        return live + i;
    const size_t n_taps = (size_t)t->dims[2] * (size_t)t->dims[3], inputs = (size_t)t->dims[1];
    const size_t outputs = (size_t)(t->dims[0] / t->groups), out = i / n_taps / inputs;
    const int place_of_tap = t->taps[i % n_taps];
    return (place_of_tap < 0 ? dead : live) + out % outputs * t->strides[0] + out / outputs *
        t->strides[1] + i / n_taps % inputs * t->strides[2] +
           (size_t)(place_of_tap < 0 ? ~place_of_tap : place_of_tap) * t->strides[3];
}

struct resnet8_tiny *resnet8_tiny_init(void *memory, uint64_t seed,
                                       const struct resnet8_tiny_host *host)
{
    return resnet8_tiny_init_apart(memory, memory ? place(memory, RESNET8_TINY_STATE_BYTES) : NULL,
                                   seed, host);
}

static int is_line(const void *address)
{
    return address && (uintptr_t)address % RESNET8_TINY_ALIGNMENT == 0;
}

struct resnet8_tiny *resnet8_tiny_init_apart(void *state, void *work, uint64_t seed,
                                             const struct resnet8_tiny_host *host)
{
    struct resnet8_tiny *c;
    if (!is_line(state) || !is_line(work))
        return NULL;
    memset(state, 0, RESNET8_TINY_STATE_BYTES);
    memset(work, 0, RESNET8_TINY_WORK_BYTES);
    c = resnet8_tiny_open_apart(state, work, host);
    for (int i = 0; i < SOURCES; i++) {
        struct random r = {{(uint32_t)seed, (uint32_t)(seed >> 32)}, {0, 0, (uint32_t)i, 0}, {0},
                           4};
        for (size_t j = 0; IS_READ(i) && j < count_of(i); j++)
            *value_of(c, &sources[i], j) = first_value(&sources[i], j, &r);
    }
    c->settings.lr = 0.001;
    c->settings.weight_decay = 0;
    c->settings.momentum = 0;
    c->settings.dampening = 0;
    c->settings.beta1 = 0.9;
    c->settings.beta2 = 0.999;
    c->settings.eps = 1e-08;
    c->settings.alpha = 0;
    c->settings.clip_norm = 0;
    c->settings.ema_decay = 0;
    c->settings.seed = seed;
    return c;
}

struct resnet8_tiny_hyper *resnet8_tiny_settings(struct resnet8_tiny *c) { return &c->settings; }

/* ---- steps ---- */

enum resnet8_tiny_status resnet8_tiny_train_step(struct resnet8_tiny *c, const uint8_t *images,
                                                 const uint8_t *labels, int n, double lr,
                                                 double *loss)
{
    struct resnet8_tiny_result result;
    float *target;
    if (!c || !images || !labels || n < RESNET8_TINY_LEAST_IMAGES || n > BATCH)
        return RESNET8_TINY_BAD_ARGUMENT;
    for (int i = 0; i < n; i++)
        if (labels[i] >= RESNET8_TINY_CLASSES)
            return RESNET8_TINY_BAD_ARGUMENT;
    target = (float *)c->labels;
    memset(target, 0, (size_t)n * RESNET8_TINY_CLASSES * sizeof *target);
    for (int i = 0; i < n; i++)
        target[(ptrdiff_t)i * RESNET8_TINY_CLASSES + labels[i]] = 1;
    c->settings.lr = lr;
    c->settings.step++;
    result = resnet8_tiny_step(c, images, target, n, &c->settings);
    if (loss)
        *loss = result.loss;
    if (isfinite(result.loss))
        return RESNET8_TINY_OK;
    c->settings.step--;
    return RESNET8_TINY_DAMAGED;
}

enum resnet8_tiny_status resnet8_tiny_predict(struct resnet8_tiny *c, const uint8_t *images, int n,
                                              float *logits)
{
    if (!c || !images || !logits || n < 1)
        return RESNET8_TINY_BAD_ARGUMENT;
    memset(c->labels, 0, sizeof(float) * RESNET8_TINY_BATCH * RESNET8_TINY_CLASSES);
    while (n > 0) {
        const int count = n < BATCH ? n : BATCH;
        resnet8_tiny_evaluate(c, images, (const float *)c->labels, count);
        memcpy(logits, c->logits, (size_t)count * RESNET8_TINY_CLASSES * sizeof *logits);
        images += (ptrdiff_t)count * 3072;
        logits += (ptrdiff_t)count * RESNET8_TINY_CLASSES;
        n -= count;
    }
    return RESNET8_TINY_OK;
}

/* ---- files ---- */

enum resnet8_tiny_status resnet8_tiny_load(struct resnet8_tiny *c, const void *file, size_t bytes)
{
    struct found found;
    enum resnet8_tiny_status status;
    if (!c || !file)
        return RESNET8_TINY_BAD_ARGUMENT;
    status = find_sources(file, bytes, &found);
    if (status != RESNET8_TINY_OK)
        return status;
    if (!all_finite_values(&found))
        return RESNET8_TINY_DAMAGED;
    resnet8_tiny_settle(c);
    for (int i = 0; i < SOURCES; i++)
        for (size_t j = 0; IS_READ(i) && j < count_of(i); j++)
            *value_of(c, &sources[i], j) = value_at(&found, i, j);
    return RESNET8_TINY_OK;
}

/* The header of the file, which is always the same. */
static const char *const file_header[] = {
    "{\"__metadata__\":{\"format\":\"pt\"},\"bn1.num_batches_tracked\":{\"dtype\":\"I64\"",
    ",\"shape\":[],\"data_offsets\":[0,8]},\"layer1.0.bn1.num_batches_tracked\":{\"d",
    "type\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]},\"layer1.0.bn2.num_batches_",
    "tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]},\"layer2.0.dow",
    "nsample.1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":",
    "[24,32]},\"layer2.0.bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"d",
    "ata_offsets\":[32,40]},\"layer2.0.bn2.num_batches_tracked\":{\"dtype\":\"I64\",",
    "\"shape\":[],\"data_offsets\":[40,48]},\"layer3.0.downsample.1.num_batches_tr",
    "acked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[48,56]},\"layer3.0.bn1.n",
    "um_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[56,64]},\"l",
    "ayer3.0.bn2.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets",
    "\":[64,72]},\"conv1.weight\":{\"dtype\":\"F32\",\"shape\":[8,3,3,3],\"data_offsets",
    "\":[72,936]},\"bn1.weight\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[936,",
    "968]},\"bn1.bias\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[968,1000]},\"",
    "bn1.running_mean\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[1000,1032]}",
    ",\"bn1.running_var\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[1032,1064]",
    "},\"layer1.0.conv1.weight\":{\"dtype\":\"F32\",\"shape\":[8,8,3,3],\"data_offsets",
    "\":[1064,3368]},\"layer1.0.bn1.weight\":{\"dtype\":\"F32\",\"shape\":[8],\"data_of",
    "fsets\":[3368,3400]},\"layer1.0.bn1.bias\":{\"dtype\":\"F32\",\"shape\":[8],\"data",
    "_offsets\":[3400,3432]},\"layer1.0.bn1.running_mean\":{\"dtype\":\"F32\",\"shape",
    "\":[8],\"data_offsets\":[3432,3464]},\"layer1.0.bn1.running_var\":{\"dtype\":\"F",
    "32\",\"shape\":[8],\"data_offsets\":[3464,3496]},\"layer1.0.conv2.weight\":{\"dt",
    "ype\":\"F32\",\"shape\":[8,8,3,3],\"data_offsets\":[3496,5800]},\"layer1.0.bn2.w",
    "eight\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[5800,5832]},\"layer1.0.",
    "bn2.bias\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[5832,5864]},\"layer1",
    ".0.bn2.running_mean\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[5864,589",
    "6]},\"layer1.0.bn2.running_var\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\"",
    ":[5896,5928]},\"layer2.0.downsample.0.weight\":{\"dtype\":\"F32\",\"shape\":[16,",
    "8,1,1],\"data_offsets\":[5928,6440]},\"layer2.0.downsample.1.weight\":{\"dtyp",
    "e\":\"F32\",\"shape\":[16],\"data_offsets\":[6440,6504]},\"layer2.0.downsample.1",
    ".bias\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[6504,6568]},\"layer2.0",
    ".downsample.1.running_mean\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[",
    "6568,6632]},\"layer2.0.downsample.1.running_var\":{\"dtype\":\"F32\",\"shape\":[",
    "16],\"data_offsets\":[6632,6696]},\"layer2.0.conv1.weight\":{\"dtype\":\"F32\",\"",
    "shape\":[16,8,3,3],\"data_offsets\":[6696,11304]},\"layer2.0.bn1.weight\":{\"d",
    "type\":\"F32\",\"shape\":[16],\"data_offsets\":[11304,11368]},\"layer2.0.bn1.bia",
    "s\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[11368,11432]},\"layer2.0.b",
    "n1.running_mean\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[11432,11496",
    "]},\"layer2.0.bn1.running_var\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\"",
    ":[11496,11560]},\"layer2.0.conv2.weight\":{\"dtype\":\"F32\",\"shape\":[16,16,3,",
    "3],\"data_offsets\":[11560,20776]},\"layer2.0.bn2.weight\":{\"dtype\":\"F32\",\"s",
    "hape\":[16],\"data_offsets\":[20776,20840]},\"layer2.0.bn2.bias\":{\"dtype\":\"F",
    "32\",\"shape\":[16],\"data_offsets\":[20840,20904]},\"layer2.0.bn2.running_mea",
    "n\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[20904,20968]},\"layer2.0.b",
    "n2.running_var\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[20968,21032]",
    "},\"layer3.0.downsample.0.weight\":{\"dtype\":\"F32\",\"shape\":[32,16,1,1],\"dat",
    "a_offsets\":[21032,23080]},\"layer3.0.downsample.1.weight\":{\"dtype\":\"F32\",",
    "\"shape\":[32],\"data_offsets\":[23080,23208]},\"layer3.0.downsample.1.bias\":",
    "{\"dtype\":\"F32\",\"shape\":[32],\"data_offsets\":[23208,23336]},\"layer3.0.down",
    "sample.1.running_mean\":{\"dtype\":\"F32\",\"shape\":[32],\"data_offsets\":[23336",
    ",23464]},\"layer3.0.downsample.1.running_var\":{\"dtype\":\"F32\",\"shape\":[32]",
    ",\"data_offsets\":[23464,23592]},\"layer3.0.conv1.weight\":{\"dtype\":\"F32\",\"s",
    "hape\":[32,16,3,3],\"data_offsets\":[23592,42024]},\"layer3.0.bn1.weight\":{\"",
    "dtype\":\"F32\",\"shape\":[32],\"data_offsets\":[42024,42152]},\"layer3.0.bn1.bi",
    "as\":{\"dtype\":\"F32\",\"shape\":[32],\"data_offsets\":[42152,42280]},\"layer3.0.",
    "bn1.running_mean\":{\"dtype\":\"F32\",\"shape\":[32],\"data_offsets\":[42280,4240",
    "8]},\"layer3.0.bn1.running_var\":{\"dtype\":\"F32\",\"shape\":[32],\"data_offsets",
    "\":[42408,42536]},\"layer3.0.conv2.weight\":{\"dtype\":\"F32\",\"shape\":[32,32,3",
    ",3],\"data_offsets\":[42536,79400]},\"layer3.0.bn2.weight\":{\"dtype\":\"F32\",\"",
    "shape\":[32],\"data_offsets\":[79400,79528]},\"layer3.0.bn2.bias\":{\"dtype\":\"",
    "F32\",\"shape\":[32],\"data_offsets\":[79528,79656]},\"layer3.0.bn2.running_me",
    "an\":{\"dtype\":\"F32\",\"shape\":[32],\"data_offsets\":[79656,79784]},\"layer3.0.",
    "bn2.running_var\":{\"dtype\":\"F32\",\"shape\":[32],\"data_offsets\":[79784,79912",
    "]},\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[10,32],\"data_offsets\":[79912,8119",
    "2]},\"fc.bias\":{\"dtype\":\"F32\",\"shape\":[10],\"data_offsets\":[81192,81232]}}",
};

/* `count` bytes of a number, the lowest first. */
static unsigned char *put_number(unsigned char *to, uint64_t number, int count)
{
    for (int i = 0; i < count; i++)
        *to++ = (unsigned char)(number >> 8 * i);
    return to;
}

enum resnet8_tiny_status resnet8_tiny_save(struct resnet8_tiny *c, void *file, size_t bytes)
{
    unsigned char *to = file;
    if (!c || !file)
        return RESNET8_TINY_BAD_ARGUMENT;
    if (bytes < RESNET8_TINY_FILE_BYTES)
        return RESNET8_TINY_TOO_SHORT;
    resnet8_tiny_settle(c);
    to = put_number(to, 4680, 8);
    for (size_t i = 0; i < sizeof file_header / sizeof file_header[0]; i++)
        for (const char *from = file_header[i]; *from; from++)
            *to++ = (unsigned char)*from;
    for (int i = 0; i < SOURCES; i++) {
        const int64_t *const counter = IS_READ(i) ? NULL : resnet8_tiny_at(c, sources[i].value);
        if (counter)
            to = put_number(to, (uint64_t)*counter, 8);
    }
    for (int i = 0; i < SOURCES; i++)
        for (size_t j = 0; IS_READ(i) && j < count_of(i); j++) {
            uint32_t bits;
            memcpy(&bits, value_of(c, &sources[i], j), sizeof bits);
            to = put_number(to, bits, 4);
        }
    return RESNET8_TINY_OK;
}
