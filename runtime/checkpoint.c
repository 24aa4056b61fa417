/* checkpoint.c - see checkpoint.h */
#define _POSIX_C_SOURCE 200809L

#include "checkpoint.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crc32.h"
#include "model.h"

#if defined __BYTE_ORDER__ && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "checkpoints are little-endian: this machine would need to swap bytes"
#endif

enum {
    FORMAT = 4,
    KEPT = 2,
    CRC_BYTES = 4,
    NAME_BYTES = 64,
    OPTIONS_BYTES = 192,
    VERSION_BYTES = 24,
    SPEC_BYTES = 72, /* 64 hexadecimal digits */
    SHOWN_DIGITS = 12,
    DIFFERENCES_BYTES = 320
};

/* What a file is worth. */
enum { WHOLE, DAMAGED, FOREIGN };

static const char magic[8] = "castnet";
static const char prefix[] = "checkpoint-", suffix[] = ".castnet";

struct header {
    char magic[8];
    uint32_t format;
    uint32_t model; /* model_crc */
    char name[NAME_BYTES];
    char options[OPTIONS_BYTES];
    char version[VERSION_BYTES], spec[SPEC_BYTES]; /* castnet's, and the spec's SHA-256 */
    struct checkpoint checkpoint;
    uint64_t state_bytes;
};

/* ---- what the file is of ---- */

uint64_t checkpoint_data(const struct dataset *train, const struct dataset *test)
{
    const struct dataset *const sets[] = {train, test};
    uint32_t images = 0, labels = 0;

    for (int i = 0; i < 2; i++) {
        images = crc32_add(images, &sets[i]->count, sizeof sets[i]->count);
        images = crc32_add(images, sets[i]->images, (size_t)sets[i]->count * DATASET_IMAGE_BYTES);
        labels = crc32_add(labels, sets[i]->labels, (size_t)sets[i]->count);
    }
    return (uint64_t)images << 32 | labels;
}

static uint32_t add_text(uint32_t crc, const char *text)
{
    return crc32_add(crc, text, strlen(text) + 1);
}

/* Of all that decides what a step computes: castnet's version, the options, the spec's text; and of
 * what the state looks like, should a castnet of the same version lay it out in another way. */
static uint32_t model_crc(void)
{
    const struct model_tensor *tensors = MODEL(tensors)();
    const int64_t sizes[] = {MODEL_PARAMETERS, MODEL_ARENA_BYTES};
    int count;
    const struct model_state *state = MODEL(state)(&count);
    uint32_t crc = add_text(add_text(add_text(0, MODEL_VERSION), MODEL_NAME), MODEL_OPTIONS);

    crc = crc32_add(add_text(crc, MODEL(spec_sha256)), sizes, sizeof sizes);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        crc = add_text(crc, tensors[i].name);
        crc = crc32_add(crc, tensors[i].dims, (size_t)tensors[i].rank * sizeof(int));
    }
    for (int i = 0; i < count; i++) {
        crc = add_text(crc, state[i].name);
        crc = crc32_add(crc, &state[i].bytes, sizeof state[i].bytes);
    }
    return crc;
}

static uint64_t state_bytes(void)
{
    int count;
    const struct model_state *state = MODEL(state)(&count);
    uint64_t bytes = 0;

    for (int i = 0; i < count; i++)
        bytes += state[i].bytes;
    return bytes;
}

static void fill_header(struct header *header, const struct checkpoint *checkpoint)
{
    memset(header, 0, sizeof *header);
    memcpy(header->magic, magic, sizeof magic);
    header->format = FORMAT;
    header->model = model_crc();
    snprintf(header->name, NAME_BYTES, "%s", MODEL_NAME);
    snprintf(header->options, OPTIONS_BYTES, "%s", MODEL_OPTIONS);
    snprintf(header->version, VERSION_BYTES, "%s", MODEL_VERSION);
    snprintf(header->spec, SPEC_BYTES, "%s", MODEL(spec_sha256));
    header->checkpoint = *checkpoint;
    header->state_bytes = state_bytes();
}

/* ---- names ---- */

int checkpoint_is_name(const char *name, int64_t *step)
{
    size_t length = strlen(name);
    char *end;

    if (length < sizeof prefix + sizeof suffix - 1 || strncmp(name, prefix, sizeof prefix - 1) != 0)
        return 0;
    name += sizeof prefix - 1;
    if (name[strspn(name, "0123456789")] != '.')
        return 0;
    errno = 0;
    *step = strtoll(name, &end, 10);
    return errno == 0 && strcmp(end, suffix) == 0;
}

static int make_path(char path[FILES_PATH_BYTES], const char *folder, int64_t step,
                     struct error *error)
{
    char name[64];

    snprintf(name, sizeof name, "%s%08" PRId64 "%s", prefix, step, suffix);
    return files_join(path, folder, name, error);
}

/* name := the file of the largest step below `below`. Returns that step, -1 if there is none. */
static int64_t find_below(const char *folder, int64_t below, char name[NAME_MAX + 1])
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    int64_t best = -1, step;

    if (!directory)
        return -1;
    while ((entry = readdir(directory)))
        if (checkpoint_is_name(entry->d_name, &step) && step < below && step > best) {
            best = step;
            snprintf(name, NAME_MAX + 1, "%s", entry->d_name);
        }
    closedir(directory);
    return best;
}

static void remove_before(const char *folder, int64_t oldest)
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    int64_t step;

    if (!directory)
        return;
    while ((entry = readdir(directory)))
        if (checkpoint_is_name(entry->d_name, &step) && step < oldest)
            unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
}

/* Newer ones than the one that was saved were refused when the run was resumed: they must not make
 * the good ones go. */
static void rotate(const char *folder, int64_t saved)
{
    char name[NAME_MAX + 1];
    int64_t step = saved;

    for (int i = 1; i < KEPT; i++)
        step = find_below(folder, step, name);
    remove_before(folder, step);
}

/* ---- writing ---- */

static int write_all(FILE *file, const struct checkpoint *checkpoint)
{
    struct header header;
    int count;
    const struct model_state *state = MODEL(state)(&count);
    uint32_t crc;

    fill_header(&header, checkpoint);
    crc = crc32_add(0, &header, sizeof header);
    if (fwrite(&header, sizeof header, 1, file) != 1)
        return -1;
    for (int i = 0; i < count; i++) {
        crc = crc32_add(crc, state[i].data, (size_t)state[i].bytes);
        if (fwrite(state[i].data, 1, (size_t)state[i].bytes, file) != state[i].bytes)
            return -1;
    }
    return fwrite(&crc, CRC_BYTES, 1, file) == 1 ? 0 : -1;
}

int checkpoint_save(const char *folder, const struct checkpoint *checkpoint, struct error *error)
{
    char path[FILES_PATH_BYTES];
    struct files_aside aside = {0};

    if (make_path(path, folder, checkpoint->step, error) || files_open_aside(&aside, path, error))
        return -1;
    errno = 0;
    if (write_all(aside.file, checkpoint)) {
        int cause = errno ? errno : EIO;

        files_abandon(&aside);
        return error_set(error, "%s: cannot write: %s; older checkpoints stay", path,
                         strerror(cause));
    }
    if (files_commit(&aside, error))
        return -1;
    rotate(folder, checkpoint->step);
    return 0;
}

/* ---- reading ---- */

/* CRC-32 of everything but the last four bytes agrees with those. */
static int check_crc(FILE *file, uint64_t bytes)
{
    static unsigned char block[1 << 16];
    uint32_t crc = 0, expected;

    rewind(file);
    for (uint64_t left = bytes - CRC_BYTES; left > 0;) {
        size_t n = left < sizeof block ? (size_t)left : sizeof block;

        if (fread(block, 1, n, file) != n)
            return -1;
        crc = crc32_add(crc, block, n);
        left -= n;
    }
    return fread(&expected, CRC_BYTES, 1, file) == 1 && crc == expected ? 0 : -1;
}

/* Adds "WHAT was THEN, here it is NOW" to the text where the two differ in their first `size`
 * bytes. */
static void add_difference(char text[DIFFERENCES_BYTES], const char *what, const char *then,
                           const char *now, size_t size)
{
    size_t length = strlen(text);

    if (strncmp(then, now, size) &&
        snprintf(text + length, DIFFERENCES_BYTES - length, "%s%s was %.*s, here it is %.*s",
                 length ? ", " : "", what, (int)size - 1, then, (int)size - 1, now) < 0)
        text[length] = '\0';
}

/* What makes the model of a checkpoint another than this one. */
static void describe_differences(char text[DIFFERENCES_BYTES], const struct header *then)
{
    struct header now;

    fill_header(&now, &then->checkpoint);
    text[0] = '\0';
    add_difference(text, "the model", then->name, now.name, NAME_BYTES);
    add_difference(text, "castnet", then->version, now.version, VERSION_BYTES);
    add_difference(text, "the trainer", then->options, now.options, OPTIONS_BYTES);
    if (strncmp(then->spec, now.spec, SPEC_BYTES))
        add_difference(text, "the spec's text (its sha256)", then->spec, now.spec,
                       SHOWN_DIGITS + 1);
    if (!text[0])
        snprintf(text, DIFFERENCES_BYTES,
                 "castnet laid out its memory in another way, though version, spec and options are "
                 "the same");
}

/* Of a file whose checksum fits. */
static int check_header(const struct header *header, struct error *error)
{
    char differences[DIFFERENCES_BYTES];

    if (header->format != FORMAT)
        return error_set(error,
                         "format %" PRIu32 ", this trainer reads %d; use the castnet that wrote it",
                         header->format, FORMAT);
    if (header->model == model_crc() && header->state_bytes == state_bytes())
        return 0;
    describe_differences(differences, header);
    return error_set(error,
                     "is of another model: %s; to go on make the trainer as it was, or begin "
                     "a new run with another --out (its weights: --init last.safetensors)",
                     differences);
}

static int check_file(FILE *file, uint64_t bytes, struct header *header, struct error *error)
{
    if (fread(header, sizeof *header, 1, file) != 1 || memcmp(header->magic, magic, sizeof magic) ||
        check_crc(file, bytes)) {
        error_set(error, "is cut short or damaged, its checksum does not fit");
        return DAMAGED;
    }
    if (check_header(header, error))
        return FOREIGN;
    if (bytes == sizeof *header + header->state_bytes + CRC_BYTES)
        return WHOLE;
    error_set(error, "holds another number of bytes than its header says");
    return DAMAGED;
}

/* WHOLE, DAMAGED or FOREIGN; error names path unless WHOLE. */
static int examine(const char *path, struct header *header, struct error *error)
{
    struct error cause;
    uint64_t bytes;
    FILE *file = files_open(path, &bytes, error);
    int worth;

    if (!file)
        return DAMAGED;
    worth = check_file(file, bytes, header, &cause);
    fclose(file);
    if (worth != WHOLE)
        error_set(error, "%s: %s", path, cause.text);
    return worth;
}

/* Another model's, which error names; an older one of this model is offered, if there is one. -1.
 */
static int refuse_foreign(const char *folder, int64_t step, struct error *error)
{
    char name[NAME_MAX + 1], path[FILES_PATH_BYTES];
    const struct error refused = *error;
    struct header header;

    while ((step = find_below(folder, step, name)) >= 0 &&
           files_join(path, folder, name, error) == 0)
        if (examine(path, &header, error) == WHOLE)
            return error_set(error, "%s; %s is of this one: move the newer away to go on from it",
                             refused.text, name);
    *error = refused;
    return -1;
}

int checkpoint_find(const char *folder, struct checkpoint *checkpoint, char path[FILES_PATH_BYTES],
                    struct error *error)
{
    char name[NAME_MAX + 1];
    struct header header;
    struct error damage = {""}; /* of the newest, if it is damaged */
    int64_t step = INT64_MAX;

    while ((step = find_below(folder, step, name)) >= 0) {
        if (files_join(path, folder, name, error))
            return -1;
        switch (examine(path, &header, error)) {
        case FOREIGN:
            return refuse_foreign(folder, step, error);
        case WHOLE:
            *checkpoint = header.checkpoint;
            if (damage.text[0])
                fprintf(stderr, "castnet: %s; using the one before, %s\n", damage.text, path);
            return CHECKPOINT_FOUND;
        default:
            if (!damage.text[0])
                damage = *error;
        }
    }
    if (!damage.text[0])
        return CHECKPOINT_NONE;
    return error_set(error, "%s; there is no older one; start anew without --resume", damage.text);
}

int checkpoint_restore(const char *path, struct error *error)
{
    uint64_t bytes;
    FILE *file = files_open(path, &bytes, error);
    int count, result = 0;
    const struct model_state *state = MODEL(state)(&count);

    if (!file)
        return -1;
    if (fseek(file, (long)sizeof(struct header), SEEK_SET))
        result = -1;
    for (int i = 0; result == 0 && i < count; i++)
        if (fread(state[i].data, 1, (size_t)state[i].bytes, file) != state[i].bytes)
            result = -1;
    fclose(file);
    return result ? error_set(error, "%s: cannot read", path) : 0;
}
