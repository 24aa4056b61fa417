/* dtypes.h - the types of values that safetensors files have, and floats of any width as float32 */
#ifndef DTYPES_H
#define DTYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a value of this type ("BF16"), 0 if there is no such type. */
unsigned dtype_bytes(const char *dtype);

/* Whether weights may have this type: F32, and F16, BF16 and F64, which become it. Others hold what
 * no network multiplies by: counters, masks, quantised copies. */
bool dtype_is_float(const char *dtype);

/* to[count] := from[count], little-endian values of a type that is a float. Those of F64 are
 * rounded to the nearest float32, ties to even; all others have one. */
void dtype_to_float(const char *dtype, const void *from, size_t count, float *to);

/* Whether a counter may have this type: integers of any width, and floats, which PyTorch takes,
 * too. */
bool dtype_is_count(const char *dtype);

/* Of one little-endian value of such a type: the integer, without what is behind the point; 0 for
 * what is none or beyond 64 bits, as a large count is infinite in F16. */
int64_t dtype_to_count(const char *dtype, const void *from);

#endif
