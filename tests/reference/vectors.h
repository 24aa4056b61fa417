/* Named arrays from a file that tests/torch/vectors.py wrote (see there for the format). */
#ifndef REFERENCE_VECTORS_H
#define REFERENCE_VECTORS_H

#include <stddef.h>

enum vector_type { VECTOR_UINT8, VECTOR_FLOAT, VECTOR_DOUBLE };

struct vector {
    char *name;
    enum vector_type type;
    int count;
    void *data; /* count values of the type */
};

struct vectors {
    struct vector *list;
    int count;
};

/* Returns 0, or -1 with one line on stderr. */
int vectors_read(struct vectors *v, const char *path);
void vectors_free(struct vectors *v);

/* NULL if there is none of that name. The name is a format. */
const struct vector *vectors_find(const struct vectors *v, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
