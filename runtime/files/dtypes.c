/* dtypes.c - see dtypes.h */
#include "files/dtypes.h"

#include <math.h>
#include <string.h>

#include "files/byte_order.h"

unsigned dtype_bytes(const char *dtype)
{
    static const struct {
        const char *name;
        unsigned bytes;
    } known[] = {
        {"F32", 4},     {"I64", 8},     {"F64", 8},         {"F16", 2},         {"BF16", 2},
        {"I32", 4},     {"I16", 2},     {"I8", 1},          {"U8", 1},          {"U16", 2},
        {"U32", 4},     {"U64", 8},     {"C64", 8},         {"BOOL", 1},        {"F8_E5M2", 1},
        {"F8_E4M3", 1}, {"F8_E8M0", 1}, {"F8_E4M3FNUZ", 1}, {"F8_E5M2FNUZ", 1},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(dtype, known[i].name) == 0)
            return known[i].bytes;
    return 0;
}

bool dtype_is_float(const char *dtype)
{
    return strcmp(dtype, "F32") == 0 || strcmp(dtype, "F16") == 0 || strcmp(dtype, "BF16") == 0 ||
           strcmp(dtype, "F64") == 0;
}

static float float_of_bits(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

/* IEEE 754's binary16: a sign, 5 bits of exponent (bias 15), 10 of fraction. */
static float float_of_half(uint16_t half)
{
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, fraction = half & 1023;
    int exponent = half >> 10 & 31;

    if (exponent == 31)
        return float_of_bits(sign | 0x7f800000 | fraction << 13);
    if (exponent == 0)
        return copysignf((float)fraction * 0x1p-24f, float_of_bits(sign));
    return float_of_bits(sign | (uint32_t)(exponent + 112) << 23 | fraction << 13);
}

/* Halves and bfloat16, whose bits are the upper half of a float32's. */
static void widen(bool is_half, const unsigned char *from, size_t count, float *to)
{
    uint16_t bits;

    for (size_t i = 0; i < count; i++) {
        memcpy(&bits, from + i * sizeof bits, sizeof bits);
        byte_order_turn(&bits, sizeof bits, sizeof bits);
        to[i] = is_half ? float_of_half(bits) : float_of_bits((uint32_t)bits << 16);
    }
}

void dtype_to_float(const char *dtype, const void *from, size_t count, float *to)
{
    double wide;

    if (strcmp(dtype, "F32") == 0) {
        memcpy(to, from, count * sizeof *to);
        byte_order_turn(to, count * sizeof *to, sizeof *to);
        return;
    }
    if (strcmp(dtype, "F64") != 0) {
        widen(strcmp(dtype, "F16") == 0, from, count, to);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        memcpy(&wide, (const unsigned char *)from + i * sizeof wide, sizeof wide);
        byte_order_turn(&wide, sizeof wide, sizeof wide);
        to[i] = (float)wide;
    }
}

bool dtype_is_count(const char *dtype)
{
    return dtype_is_float(dtype) ||
           ((dtype[0] == 'I' || dtype[0] == 'U') && dtype_bytes(dtype) > 0);
}

static int64_t whole_part(double value)
{
    return fabs(value) < 0x1p63 ? (int64_t)value : 0;
}

int64_t dtype_to_count(const char *dtype, const void *from)
{
    const unsigned char *bytes = from;
    unsigned size = dtype_bytes(dtype);
    uint64_t bits = 0, sign = (uint64_t)1 << (8 * size - 1);
    double wide;
    float value;

    for (unsigned i = 0; i < size; i++)
        bits |= (uint64_t)bytes[i] << 8 * i;
    if (strcmp(dtype, "F64") == 0) {
        memcpy(&wide, &bits, sizeof wide);
        return whole_part(wide);
    }
    if (dtype_is_float(dtype)) {
        dtype_to_float(dtype, from, 1, &value);
        return whole_part(value);
    }
    if (!(bits & sign))
        return (int64_t)bits;
    if (dtype[0] == 'I')
        return -(int64_t)(sign - (bits - sign) - 1) - 1;
    return size < 8 ? (int64_t)bits : 0;
}
