/* idx.c - see idx.h */
#include "import/idx.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/gunzip.h"
#include "platform/files.h"

static const size_t most_bytes = (size_t)1 << 31; /* of a file */

/* ---- one file: 0, 0, the type 8 (bytes), dimensions, then their sizes, four bytes each ---- */

static uint32_t big_endian(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static size_t header_bytes(int dimensions)
{
    return 4 + 4 * (size_t)dimensions;
}

/* False if it is none, or says more than there can be. */
static bool take_header(struct idx *idx, const uint8_t *header, int dimensions)
{
    enum { BYTES = 8, SIDE_MAX = 65536 };
    uint32_t sizes[3] = {1, 1, 1};

    if (header[0] || header[1] || header[2] != BYTES || header[3] != dimensions)
        return false;
    for (int i = 0; i < dimensions; i++)
        sizes[i] = big_endian(header + 4 + 4 * i);
    if (sizes[0] == 0 || sizes[0] > INT_MAX || sizes[1] == 0 || sizes[1] > SIDE_MAX ||
        sizes[2] == 0 || sizes[2] > SIDE_MAX)
        return false;
    idx->count = (int)sizes[0];
    idx->height = (int)sizes[1];
    idx->width = (int)sizes[2];
    return true;
}

static int wrong_length(const char *path, const struct idx *idx, struct error *error)
{
    return error_set(error,
                     "%s: is not as long as its header says (%d of %d x %d bytes); fetch it "
                     "again",
                     path, idx->count, idx->height, idx->width);
}

/* all: header and values. */
static int unpack(struct idx *idx, const char *path, const uint8_t *file, size_t bytes, size_t head,
                  uint64_t all, struct error *error)
{
    bool is_packed = gunzip_is(file, bytes);
    struct error why;
    uint8_t *whole;

    if (is_packed ? all / GUNZIP_MOST > bytes : all != bytes)
        return wrong_length(path, idx, error);
    whole = malloc((size_t)all);
    if (!whole)
        return error_set(error, "%s: no memory for %d images; close other programs", path,
                         idx->count);
    if (!is_packed)
        memcpy(whole, file, bytes);
    else if (gunzip(whole, (size_t)all, true, file, bytes, &why)) {
        free(whole);
        return error_set(error, "%s: %s", path, why.text);
    }
    memmove(whole, whole + head, (size_t)all - head);
    idx->values = whole;
    return 0;
}

static int parse(struct idx *idx, const char *path, int dimensions, const uint8_t *file,
                 size_t bytes, struct error *error)
{
    uint8_t header[16] = {0};
    size_t head = header_bytes(dimensions);
    struct error why;

    if (gunzip_is(file, bytes)) {
        if (gunzip(header, head, false, file, bytes, &why))
            return error_set(error, "%s: %s", path, why.text);
    } else if (bytes >= head) {
        memcpy(header, file, head);
    }
    if (!take_header(idx, header, dimensions))
        return error_set(error, "%s: is no IDX file of bytes in %d dimension%s; fetch it again",
                         path, dimensions, dimensions == 1 ? "" : "s");
    return unpack(idx, path, file, bytes, head,
                  head + (uint64_t)idx->count * (uint64_t)idx->height * (uint64_t)idx->width,
                  error);
}

int idx_read(struct idx *idx, const char *path, int dimensions, struct error *error)
{
    uint8_t *file;
    size_t bytes;
    int result;

    *idx = (struct idx){0};
    if (files_read(path, most_bytes, &file, &bytes, error))
        return -1;
    result = parse(idx, path, dimensions, file, bytes, error);
    free(file);
    return result;
}

void idx_free(struct idx *idx)
{
    free(idx->values);
    *idx = (struct idx){0};
}

/* ---- the four of a set ---- */

/* path := that of a file of the part, of images or labels, in one of its spellings; or of the
 * plainest one where there is none, and false. */
static bool find(char path[FILES_PATH_BYTES], const char *folder, const char *part, bool is_images)
{
    static const char *const ends[] = {".gz", "", ".gz", ""};
    static const char dots[] = "..--";
    struct error unused;

    for (int i = 0; i < 4; i++) {
        char name[64];

        snprintf(name, sizeof name, "%s-%s%cidx%d-ubyte%s", part, is_images ? "images" : "labels",
                 dots[i], is_images ? 3 : 1, ends[i]);
        if (files_join(path, folder, name, &unused) == 0 && files_is_there(path))
            return true;
    }
    return false;
}

static const char *const parts[] = {"train", "t10k"};

bool idx_is_in(const char *folder)
{
    char path[FILES_PATH_BYTES];

    return find(path, folder, parts[0], true) || find(path, folder, parts[0], false) ||
           find(path, folder, parts[1], true) || find(path, folder, parts[1], false);
}

static int read_part(struct idx_set *set, const char *folder, int part, struct error *error)
{
    char path[FILES_PATH_BYTES];

    for (int is_images = 0; is_images < 2; is_images++) {
        struct idx *idx = is_images ? &set->images[part] : &set->labels[part];

        if (!find(path, folder, parts[part], is_images))
            return error_set(error, "%s: is not there, nor with .gz after its name; bring it",
                             path);
        if (idx_read(idx, path, is_images ? 3 : 1, error))
            return -1;
    }
    if (set->images[part].count != set->labels[part].count)
        return error_set(error, "%s: has %d images, but there are %d labels; fetch both again",
                         path, set->images[part].count, set->labels[part].count);
    for (int i = 0; i < set->labels[part].count; i++)
        if (set->labels[part].values[i] >= set->classes)
            set->classes = set->labels[part].values[i] + 1;
    return 0;
}

int idx_set_read(struct idx_set *set, const char *folder, struct error *error)
{
    *set = (struct idx_set){0};
    if (read_part(set, folder, 0, error) || read_part(set, folder, 1, error))
        return -1;
    if (set->images[0].height == set->images[1].height &&
        set->images[0].width == set->images[1].width)
        return 0;
    return error_set(error, "%s: images of %d x %d to train on, and of %d x %d to test with",
                     folder, set->images[0].height, set->images[0].width, set->images[1].height,
                     set->images[1].width);
}

void idx_set_free(struct idx_set *set)
{
    for (int i = 0; i < 2; i++) {
        idx_free(&set->images[i]);
        idx_free(&set->labels[i]);
    }
}
