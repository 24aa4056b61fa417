#include "vectors.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t sizes[] = {1, 4, 8};

static int read_u32(FILE *file, uint32_t *value)
{
    unsigned char b[4];
    if (fread(b, 1, 4, file) != 4) {
        return -1;
    }
    *value = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    return 0;
}

/* A new block of `count` items from the file, with one byte of 0 after it; NULL if it is short. */
static void *read_block(FILE *file, size_t size, size_t count)
{
    char *block = calloc(size * count + 1, 1);
    if (block && fread(block, size, count, file) != count) {
        free(block);
        return NULL;
    }
    return block;
}

/* Appends the next array. Returns 1, 0 at the end of the file, -1 if it is damaged. */
static int read_vector(FILE *file, struct vectors *v)
{
    uint32_t length, type, count;
    if (read_u32(file, &length)) {
        return feof(file) ? 0 : -1;
    }
    struct vector *list = realloc(v->list, (size_t)(v->count + 1) * sizeof *list);
    if (!list || length > 1000) {
        return -1;
    }
    v->list = list;
    struct vector *next = &list[v->count++];
    *next = (struct vector){.name = read_block(file, 1, length)};
    if (!next->name || read_u32(file, &type) || read_u32(file, &count) || type > VECTOR_DOUBLE ||
        count > INT32_MAX) {
        return -1;
    }
    next->type = (enum vector_type)type;
    next->count = (int)count;
    next->data = read_block(file, sizes[type], count);
    return next->data ? 1 : -1;
}

int vectors_read(struct vectors *v, const char *path)
{
    char magic[8];
    int more = -1;
    *v = (struct vectors){0};
    FILE *file = fopen(path, "rb");
    if (file && fread(magic, 1, 8, file) == 8 && memcmp(magic, "VECTORS1", 8) == 0) {
        do {
            more = read_vector(file, v);
        } while (more > 0);
    }
    if (file) {
        fclose(file);
    }
    if (more < 0) {
        fprintf(stderr, "%s: missing or damaged; tests/torch/ writes it\n", path);
        vectors_free(v);
    }
    return more;
}

void vectors_free(struct vectors *v)
{
    for (int i = 0; i < v->count; i++) {
        free(v->list[i].name);
        free(v->list[i].data);
    }
    free(v->list);
    *v = (struct vectors){0};
}

const struct vector *vectors_find(const struct vectors *v, const char *format, ...)
{
    char name[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    for (int i = 0; i < v->count; i++) {
        if (strcmp(v->list[i].name, name) == 0) {
            return &v->list[i];
        }
    }
    return NULL;
}
