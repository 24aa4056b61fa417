/* safetensors.h - the header of a safetensors file, read strictly
 *
 *   8 bytes          header length N, little-endian
 *   N bytes          JSON: {"name":{"dtype":"F32","shape":[64,3,3,3],"data_offsets":[0,6912]}, ...}
 *   the rest         values, little-endian, at data_offsets from the end of the header
 *
 * A weight file may come from anywhere, so nothing in it is believed before it is checked.
 */
#ifndef SAFETENSORS_H
#define SAFETENSORS_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum { SAFETENSORS_MAX_RANK = 8, SAFETENSORS_MAX_TENSORS = 65536, SAFETENSORS_LENGTH_BYTES = 8 };
#define SAFETENSORS_MAX_HEADER 100000000u /* bytes; the limit of the reference implementation */

struct safetensors_entry {
    const char *name;  /* UTF-8, points into the header text */
    const char *dtype; /* "F32", "I64", ... */
    int rank;
    uint64_t shape[SAFETENSORS_MAX_RANK];
    uint64_t begin, end; /* bytes from the end of the header */
};

struct safetensors {
    struct safetensors_entry *entries; /* in the order of begin */
    size_t count;
};

/* Checks the first 8 bytes against the size of the file. On success *header_bytes is the length of
 * the JSON text that follows. -1 and an error otherwise. */
int safetensors_header_length(const unsigned char prefix[SAFETENSORS_LENGTH_BYTES],
                              uint64_t file_bytes, size_t *header_bytes, struct error *error);

/* Reads the JSON text (changed in place: names are decoded and end in NUL; entries point into it).
 * data_bytes is what follows the header in the file. On success every name is unique, every shape
 * agrees with its dtype and offsets, and the tensors fill the data without overlap or hole.
 * -1 and an error otherwise; then there is nothing to free. */
int safetensors_parse(struct safetensors *file, char *text, size_t length, uint64_t data_bytes,
                      struct error *error);

void safetensors_free(struct safetensors *file);

/* The name or dtype made fit for a message: printable ASCII, cut to the buffer. Returns buffer. */
const char *safetensors_printable(char *buffer, size_t size, const char *name);

#endif
