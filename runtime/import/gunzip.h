/* gunzip.h - files that gzip made, by zlib, which is optional */
#ifndef GUNZIP_H
#define GUNZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum { GUNZIP_MOST = 1032 /* bytes that deflate makes of one */ };

/* Whether the bytes begin as gzip's do. */
bool gunzip_is(const uint8_t *file, size_t bytes);

/* out[length] := the first bytes of what is in the file; whole: there are no more of them, and
 * their checksum is right. 0, or -1 and an error that does not name the file: broken, other in
 * length, or no library. */
int gunzip(uint8_t *out, size_t length, bool whole, const uint8_t *file, size_t bytes,
           struct error *error);

#endif
