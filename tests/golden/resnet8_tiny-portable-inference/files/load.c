/* Made by castnet 0.1.0 from resnet8_tiny.lua --as inference --target portable --batch 1.
 * This file belongs to whoever made it. */
#include "memory.h"

/* Packed weights begin with a line that says what they are; numbers are in the byte order of the
 * processor. */
struct beginning {
    char mark[8];
    uint32_t order, fingerprint, bytes, checksum;
    char rest[40];
};

static const char mark[8] = {'c', 'a', 's', 't', 'n', 'e', 't', 1};
enum { ORDER = 0x01020304 };
#define FINGERPRINT 0x09e375ecu

/* Tensors of a file that are read: name, rank, dims. */
static const struct source {
    const char *name;
    int rank, dims[4];
} sources[] = {
    {"conv1.weight", 4, {8, 3, 3, 3}},
    {"bn1.weight", 1, {8, 1, 1, 1}},
    {"bn1.bias", 1, {8, 1, 1, 1}},
    {"bn1.running_mean", 1, {8, 1, 1, 1}},
    {"bn1.running_var", 1, {8, 1, 1, 1}},
    {"layer1.0.conv1.weight", 4, {8, 8, 3, 3}},
    {"layer1.0.bn1.weight", 1, {8, 1, 1, 1}},
    {"layer1.0.bn1.bias", 1, {8, 1, 1, 1}},
    {"layer1.0.bn1.running_mean", 1, {8, 1, 1, 1}},
    {"layer1.0.bn1.running_var", 1, {8, 1, 1, 1}},
    {"layer1.0.conv2.weight", 4, {8, 8, 3, 3}},
    {"layer1.0.bn2.weight", 1, {8, 1, 1, 1}},
    {"layer1.0.bn2.bias", 1, {8, 1, 1, 1}},
    {"layer1.0.bn2.running_mean", 1, {8, 1, 1, 1}},
    {"layer1.0.bn2.running_var", 1, {8, 1, 1, 1}},
    {"layer2.0.downsample.0.weight", 4, {16, 8, 1, 1}},
    {"layer2.0.downsample.1.weight", 1, {16, 1, 1, 1}},
    {"layer2.0.downsample.1.bias", 1, {16, 1, 1, 1}},
    {"layer2.0.downsample.1.running_mean", 1, {16, 1, 1, 1}},
    {"layer2.0.downsample.1.running_var", 1, {16, 1, 1, 1}},
    {"layer2.0.conv1.weight", 4, {16, 8, 3, 3}},
    {"layer2.0.bn1.weight", 1, {16, 1, 1, 1}},
    {"layer2.0.bn1.bias", 1, {16, 1, 1, 1}},
    {"layer2.0.bn1.running_mean", 1, {16, 1, 1, 1}},
    {"layer2.0.bn1.running_var", 1, {16, 1, 1, 1}},
    {"layer2.0.conv2.weight", 4, {16, 16, 3, 3}},
    {"layer2.0.bn2.weight", 1, {16, 1, 1, 1}},
    {"layer2.0.bn2.bias", 1, {16, 1, 1, 1}},
    {"layer2.0.bn2.running_mean", 1, {16, 1, 1, 1}},
    {"layer2.0.bn2.running_var", 1, {16, 1, 1, 1}},
    {"layer3.0.downsample.0.weight", 4, {32, 16, 1, 1}},
    {"layer3.0.downsample.1.weight", 1, {32, 1, 1, 1}},
    {"layer3.0.downsample.1.bias", 1, {32, 1, 1, 1}},
    {"layer3.0.downsample.1.running_mean", 1, {32, 1, 1, 1}},
    {"layer3.0.downsample.1.running_var", 1, {32, 1, 1, 1}},
    {"layer3.0.conv1.weight", 4, {32, 16, 3, 3}},
    {"layer3.0.bn1.weight", 1, {32, 1, 1, 1}},
    {"layer3.0.bn1.bias", 1, {32, 1, 1, 1}},
    {"layer3.0.bn1.running_mean", 1, {32, 1, 1, 1}},
    {"layer3.0.bn1.running_var", 1, {32, 1, 1, 1}},
    {"layer3.0.conv2.weight", 4, {32, 32, 3, 3}},
    {"layer3.0.bn2.weight", 1, {32, 1, 1, 1}},
    {"layer3.0.bn2.bias", 1, {32, 1, 1, 1}},
    {"layer3.0.bn2.running_mean", 1, {32, 1, 1, 1}},
    {"layer3.0.bn2.running_var", 1, {32, 1, 1, 1}},
    {"fc.weight", 2, {10, 32, 1, 1}},
    {"fc.bias", 1, {10, 1, 1, 1}},
};
enum { SOURCES = 47 };
#define IS_READ(source) 1

static const int taps_conv1[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const int taps_layer2_0_downsample_0[] = {0};

/* What is packed of them; a source is a place in the table above, -1: none. A weight [groups *
 * outputs][inputs][taps] lies in panels of `width` outputs, floats apart: output, panel, group,
 * input, tap. taps: the place of each, below 0 of those that only meet padding, NULL: as they come.
 * to, to_bias: bytes from the beginning, to_bias 0: no bias. */
static const struct layer {
    int weight, bias, gamma, beta, mean, variance;
    float eps;
    int outputs, groups, inputs, n_taps;
    const int *taps;
    int width, output, panel, group, input, tap;
    int to, to_bias;
} layers[] = {
    {0, -1, 1, 2, 3, 4, 1e-05f, 8, 1, 3, 9, taps_conv1, 8, 1, 216, 216, 8, 24, 64, 79360},
    {5, -1, 6, 7, 8, 9, 1e-05f, 8, 1, 8, 9, taps_conv1, 8, 1, 576, 576, 8, 64, 960, 79424},
    {10, -1, 11, 12, 13, 14, 1e-05f, 8, 1, 8, 9, taps_conv1, 8, 1, 576, 576, 8, 64, 3264, 79488},
    {15, -1, 16, 17, 18, 19, 1e-05f, 16, 1, 8, 1, taps_layer2_0_downsample_0, 8, 1, 64, 128, 8, 64,
     5568, 79552},
    {20, -1, 21, 22, 23, 24, 1e-05f, 16, 1, 8, 9, taps_conv1, 8, 1, 576, 1152, 8, 64, 6080, 79616},
    {25, -1, 26, 27, 28, 29, 1e-05f, 16, 1, 16, 9, taps_conv1, 8, 1, 1152, 2304, 8, 128, 10688,
     79680},
    {30, -1, 31, 32, 33, 34, 1e-05f, 32, 1, 16, 1, taps_layer2_0_downsample_0, 8, 1, 128, 512, 8,
     128, 19904, 79744},
    {35, -1, 36, 37, 38, 39, 1e-05f, 32, 1, 16, 9, taps_conv1, 8, 1, 1152, 4608, 8, 128, 21952,
     79872},
    {40, -1, 41, 42, 43, 44, 1e-05f, 32, 1, 32, 9, taps_conv1, 8, 1, 2304, 9216, 8, 256, 40384,
     80000},
    {45, 46, -1, -1, -1, -1, 0.0f, 10, 1, 32, 1, 0, 8, 1, 256, 512, 8, 256, 77248, 79296},
};
enum { LAYERS = 10 };

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

static float value_or(const struct found *found, int source, size_t i, float otherwise)
{
    return source < 0 ? otherwise : value_at(found, source, i);
}

/* Whether norms may divide by their deviations. */
static int has_deviations(const struct found *found)
{
    for (int i = 0; i < LAYERS; i++)
        for (size_t o = 0; layers[i].variance >= 0 && o < count_of(layers[i].variance); o++)
            if (!(value_at(found, layers[i].variance, o) + layers[i].eps > 0))
                return 0;
    return 1;
}

/* What a norm multiplies output o by; 1 where there is none. */
static float factor_of(const struct layer *l, const struct found *found, size_t o)
{
    if (l->variance < 0)
        return 1;
    return value_or(found, l->gamma, o, 1) / sqrtf(value_at(found, l->variance, o) + l->eps);
}

static void pack_layer(const struct layer *l, const struct found *found, void *weights)
{
    float *const to = place(weights, (size_t)l->to),
        *const bias = place(weights, (size_t)l->to_bias);
    for (int o = 0; o < l->groups * l->outputs; o++) {
        const int within = o % l->outputs;
        const float factor = factor_of(l, found, (size_t)o);
        float *const row = to + (size_t)(within / l->width) * (size_t)l->panel +
            (size_t)(within % l->width) * (size_t)l->output +
                           (size_t)(o / l->outputs) * (size_t)l->group;
        for (int i = 0; i < l->inputs; i++)
            for (int tap = 0; tap < l->n_taps; tap++) {
                const int at = l->taps ? l->taps[tap] : tap;
                if (at >= 0)
                    row[(size_t)i * (size_t)l->input + (size_t)at * (size_t)l->tap] =
                        factor * value_at(found, l->weight,
                                          ((size_t)o * (size_t)l->inputs + (size_t)i) *
                                          (size_t)l->n_taps + (size_t)tap);
            }
        if (l->to_bias)
            bias[o] = value_or(found, l->beta, (size_t)o, 0) +
                      (value_or(found, l->bias, (size_t)o, 0) -
                       value_or(found, l->mean, (size_t)o, 0)) * factor;
    }
}

/* CRC-32, as zip has it, half a byte at a time. */
static uint32_t checksum(const void *weights)
{
    static const uint32_t table[16] = {
        0x00000000u, 0x1db71064u, 0x3b6e20c8u, 0x26d930acu, 0x76dc4190u, 0x6b6b51f4u, 0x4db26158u,
            0x5005713cu,
        0xedb88320u, 0xf00f9344u, 0xd6d6a3e8u, 0xcb61b38cu, 0x9b64c2b0u, 0x86d3d2d4u, 0xa00ae278u,
            0xbdbdf21cu,
    };
    const unsigned char *const b = weights;
    uint32_t crc = 0xffffffffu;
    for (size_t i = sizeof(struct beginning); i < RESNET8_TINY_WEIGHTS_BYTES; i++) {
        crc = crc >> 4 ^ table[(crc ^ b[i]) & 15];
        crc = crc >> 4 ^ table[(crc ^ (uint32_t)b[i] >> 4) & 15];
    }
    return ~crc;
}

static int is_line(const void *address)
{
    return address && (uintptr_t)address % RESNET8_TINY_ALIGNMENT == 0;
}

/* Of the beginning, which is in no checksum. */
static int is_zero(const char *rest, size_t bytes)
{
    size_t i = 0;
    while (i < bytes && rest[i] == 0)
        i++;
    return i == bytes;
}

/* Points the network to its weights. What they point to is only read: kernels take the extents of
 * arrays in their type, which C99 does not let be const. */
static void bind_weights(struct resnet8_tiny *c, const void *weights_read)
{
    void *const weights = (void *)(uintptr_t)weights_read;
    c->conv1_weight = place(weights, 64);
    c->layer1_0_conv1_weight = place(weights, 960);
    c->layer1_0_conv2_weight = place(weights, 3264);
    c->layer2_0_downsample_0_weight = place(weights, 5568);
    c->layer2_0_conv1_weight = place(weights, 6080);
    c->layer2_0_conv2_weight = place(weights, 10688);
    c->layer3_0_downsample_0_weight = place(weights, 19904);
    c->layer3_0_conv1_weight = place(weights, 21952);
    c->layer3_0_conv2_weight = place(weights, 40384);
    c->fc_weight = place(weights, 77248);
    c->fc_bias = place(weights, 79296);
    c->conv1_bias = place(weights, 79360);
    c->layer1_0_conv1_bias = place(weights, 79424);
    c->layer1_0_conv2_bias = place(weights, 79488);
    c->layer2_0_downsample_0_bias = place(weights, 79552);
    c->layer2_0_conv1_bias = place(weights, 79616);
    c->layer2_0_conv2_bias = place(weights, 79680);
    c->layer3_0_downsample_0_bias = place(weights, 79744);
    c->layer3_0_conv1_bias = place(weights, 79872);
    c->layer3_0_conv2_bias = place(weights, 80000);
    c->weights = weights_read;
}

enum resnet8_tiny_status resnet8_tiny_load(struct resnet8_tiny *c, void *weights, const void *file,
                                           size_t bytes)
{
    struct found found;
    struct beginning b;
    enum resnet8_tiny_status status;
    if (!is_line(weights) || !file)
        return RESNET8_TINY_BAD_ARGUMENT;
    status = find_sources(file, bytes, &found);
    if (status != RESNET8_TINY_OK)
        return status;
    if (!all_finite_values(&found) || !has_deviations(&found))
        return RESNET8_TINY_DAMAGED;
    memset(weights, 0, RESNET8_TINY_WEIGHTS_BYTES);
    for (int i = 0; i < LAYERS; i++)
        pack_layer(&layers[i], &found, weights);
    memset(&b, 0, sizeof b);
    memcpy(b.mark, mark, sizeof mark);
    b.order = ORDER;
    b.fingerprint = FINGERPRINT;
    b.bytes = RESNET8_TINY_WEIGHTS_BYTES;
    b.checksum = checksum(weights);
    memcpy(weights, &b, sizeof b);
    if (c)
        bind_weights(c, weights);
    return RESNET8_TINY_OK;
}

enum resnet8_tiny_status resnet8_tiny_attach(struct resnet8_tiny *c, const void *weights,
                                             size_t bytes)
{
    struct beginning b;
    if (!c || !is_line(weights))
        return RESNET8_TINY_BAD_ARGUMENT;
    if (bytes < sizeof b)
        return RESNET8_TINY_TOO_SHORT;
    memcpy(&b, weights, sizeof b);
    for (size_t i = 0; i < sizeof mark; i++)
        if (b.mark[i] != mark[i])
            return RESNET8_TINY_NOT_WEIGHTS;
    if (b.order != ORDER)
        return RESNET8_TINY_NOT_WEIGHTS;
    if (b.fingerprint != FINGERPRINT || b.bytes != RESNET8_TINY_WEIGHTS_BYTES)
        return RESNET8_TINY_OTHER_MODEL;
    if (bytes < b.bytes)
        return RESNET8_TINY_TOO_SHORT;
    if (b.checksum != checksum(weights) || !is_zero(b.rest, sizeof b.rest))
        return RESNET8_TINY_DAMAGED;
    bind_weights(c, weights);
    return RESNET8_TINY_OK;
}
