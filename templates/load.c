//- load.c: weights of a network that infers: read, folded and packed, or used where they lie.
@(header)
#include "memory.h"

/* Packed weights begin with a line that says what they are; numbers are in the byte order of the processor. */
struct beginning {
    char mark[8];
    uint32_t order, fingerprint, bytes, checksum;
    char rest[40];
};

static const char mark[8] = {'c', 'a', 's', 't', 'n', 'e', 't', 1};
enum { ORDER = 0x01020304 };
#define FINGERPRINT @(fingerprint)

/* Tensors of a file that are read: name, rank, dims. */
static const struct source {
    const char *name;
    int rank, dims[4];
} sources[] = {
//: for _, row in ipairs(sources_of_weights) do
    @(row),
//: end
};
enum { SOURCES = @(#sources_of_weights) };
#define IS_READ(source) 1

//: for _, map in ipairs(tap_maps) do
static const int @(map.symbol)[] = {@(map.text)};
//: end

/* What is packed of them; a source is a place in the table above, -1: none. A weight [groups * outputs][inputs][taps] lies in
 * panels of `width` outputs, floats apart: output, panel, group, input, tap. taps: the place of each, below 0 of those
 * that only meet padding, NULL: as they come. to, to_bias: bytes from the beginning, to_bias 0: no bias. */
static const struct layer {
    int weight, bias, gamma, beta, mean, variance;
    float eps;
    int outputs, groups, inputs, n_taps;
    const int *taps;
    int width, output, panel, group, input, tap;
    int to, to_bias;
} layers[] = {
//: for _, row in ipairs(layers_of_weights) do
    @(row),
//: end
};
enum { LAYERS = @(#layers_of_weights) };

@(include "library/safetensors.c")

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
    float *const to = place(weights, (size_t)l->to), *const bias = place(weights, (size_t)l->to_bias);
    for (int o = 0; o < l->groups * l->outputs; o++) {
        const int within = o % l->outputs;
        const float factor = factor_of(l, found, (size_t)o);
        float *const row = to + (size_t)(within / l->width) * (size_t)l->panel + (size_t)(within % l->width) * (size_t)l->output +
                           (size_t)(o / l->outputs) * (size_t)l->group;
        for (int i = 0; i < l->inputs; i++)
            for (int tap = 0; tap < l->n_taps; tap++) {
                const int at = l->taps ? l->taps[tap] : tap;
                if (at >= 0)
                    row[(size_t)i * (size_t)l->input + (size_t)at * (size_t)l->tap] =
                        factor * value_at(found, l->weight, ((size_t)o * (size_t)l->inputs + (size_t)i) * (size_t)l->n_taps + (size_t)tap);
            }
        if (l->to_bias)
            bias[o] = value_or(found, l->beta, (size_t)o, 0) +
                      (value_or(found, l->bias, (size_t)o, 0) - value_or(found, l->mean, (size_t)o, 0)) * factor;
    }
}

/* CRC-32, as zip has it, half a byte at a time. */
static uint32_t checksum(const void *weights)
{
    static const uint32_t table[16] = {
        0x00000000u, 0x1db71064u, 0x3b6e20c8u, 0x26d930acu, 0x76dc4190u, 0x6b6b51f4u, 0x4db26158u, 0x5005713cu,
        0xedb88320u, 0xf00f9344u, 0xd6d6a3e8u, 0xcb61b38cu, 0x9b64c2b0u, 0x86d3d2d4u, 0xa00ae278u, 0xbdbdf21cu,
    };
    const unsigned char *const b = weights;
    uint32_t crc = 0xffffffffu;
    for (size_t i = sizeof(struct beginning); i < @(PREFIX)_WEIGHTS_BYTES; i++) {
        crc = crc >> 4 ^ table[(crc ^ b[i]) & 15];
        crc = crc >> 4 ^ table[(crc ^ (uint32_t)b[i] >> 4) & 15];
    }
    return ~crc;
}

static int is_line(const void *address) { return address && (uintptr_t)address % @(PREFIX)_ALIGNMENT == 0; }

/* Of the beginning, which is in no checksum. */
static int is_zero(const char *rest, size_t bytes)
{
    size_t i = 0;
    while (i < bytes && rest[i] == 0)
        i++;
    return i == bytes;
}

/* Points the network to its weights. What they point to is only read: kernels take the extents of arrays in their type, which
 * C99 does not let be const. */
static void bind_weights(struct @(prefix) *c, const void *weights_read)
{
    void *const weights = (void *)(uintptr_t)weights_read;
//: for _, line in ipairs(weight_bindings) do
    @(line)
//: end
    c->weights = weights_read;
}

enum @(prefix)_status @(prefix)_load(struct @(prefix) *c, void *weights, const void *file, size_t bytes)
{
    struct found found;
    struct beginning b;
    enum @(prefix)_status status;
    if (!is_line(weights) || !file)
        return @(PREFIX)_BAD_ARGUMENT;
    status = find_sources(file, bytes, &found);
    if (status != @(PREFIX)_OK)
        return status;
    if (!all_finite_values(&found) || !has_deviations(&found))
        return @(PREFIX)_DAMAGED;
    memset(weights, 0, @(PREFIX)_WEIGHTS_BYTES);
    for (int i = 0; i < LAYERS; i++)
        pack_layer(&layers[i], &found, weights);
    memset(&b, 0, sizeof b);
    memcpy(b.mark, mark, sizeof mark);
    b.order = ORDER;
    b.fingerprint = FINGERPRINT;
    b.bytes = @(PREFIX)_WEIGHTS_BYTES;
    b.checksum = checksum(weights);
    memcpy(weights, &b, sizeof b);
    if (c)
        bind_weights(c, weights);
    return @(PREFIX)_OK;
}

enum @(prefix)_status @(prefix)_attach(struct @(prefix) *c, const void *weights, size_t bytes)
{
    struct beginning b;
    if (!c || !is_line(weights))
        return @(PREFIX)_BAD_ARGUMENT;
    if (bytes < sizeof b)
        return @(PREFIX)_TOO_SHORT;
    memcpy(&b, weights, sizeof b);
    for (size_t i = 0; i < sizeof mark; i++)
        if (b.mark[i] != mark[i])
            return @(PREFIX)_NOT_WEIGHTS;
    if (b.order != ORDER)
        return @(PREFIX)_NOT_WEIGHTS;
    if (b.fingerprint != FINGERPRINT || b.bytes != @(PREFIX)_WEIGHTS_BYTES)
        return @(PREFIX)_OTHER_MODEL;
    if (bytes < b.bytes)
        return @(PREFIX)_TOO_SHORT;
    if (b.checksum != checksum(weights) || !is_zero(b.rest, sizeof b.rest))
        return @(PREFIX)_DAMAGED;
    bind_weights(c, weights);
    return @(PREFIX)_OK;
}
