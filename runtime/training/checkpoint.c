/* checkpoint.c - see checkpoint.h */

#include "training/checkpoint.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "files/byte_order.h"
#include "files/crc32.h"
#include "files/safetensors.h"
#include "model.h"
#include "platform/files.h"
#include "platform/folders.h"

enum {
    FORMAT = 5,
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
    struct run_state checkpoint;
    uint64_t state_bytes, best_bytes;
};

/* Its numbers in this machine's order, or those of the file. */
static void turn_header(struct header *header)
{
    byte_order_turn(&header->format, sizeof header->format, sizeof header->format);
    byte_order_turn(&header->model, sizeof header->model, sizeof header->model);
    byte_order_turn(&header->checkpoint, sizeof header->checkpoint, sizeof(int64_t));
    byte_order_turn(&header->state_bytes, sizeof header->state_bytes, sizeof header->state_bytes);
    byte_order_turn(&header->best_bytes, sizeof header->best_bytes, sizeof header->best_bytes);
}

static int read_header(FILE *file, struct header *header)
{
    if (fread(header, sizeof *header, 1, file) != 1)
        return -1;
    turn_header(header);
    return 0;
}

/* ---- what the file is of ---- */

enum { BLOCK = 4096 };

/* Adds numbers of `size` bytes each, as a file would have them. */
static uint32_t add_numbers(uint32_t crc, const void *numbers, size_t bytes, size_t size)
{
    char block[BLOCK];

    for (const char *from = numbers; bytes > 0;) {
        const size_t n = bytes < sizeof block ? bytes : sizeof block;

        memcpy(block, from, n);
        byte_order_turn(block, n, size);
        crc = crc32_add(crc, block, n);
        from += n;
        bytes -= n;
    }
    return crc;
}

uint64_t checkpoint_data(const struct dataset *train, const struct dataset *test)
{
    const struct dataset *const sets[] = {train, test};
    uint32_t images = 0, labels = 0;

    for (int i = 0; i < 2; i++) {
        images = add_numbers(images, &sets[i]->count, sizeof sets[i]->count, sizeof sets[i]->count);
        images = crc32_add(images, sets[i]->images, (size_t)sets[i]->count * DATASET_IMAGE_BYTES);
        labels =
            add_numbers(labels, sets[i]->labels, (size_t)sets[i]->count * sizeof *sets[i]->labels,
                        sizeof *sets[i]->labels);
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
    const struct model_tensor *tensors = MODEL(tensors);
    const int64_t sizes[] = {MODEL_PARAMETERS, MODEL_BYTES};
    const struct model_state *state = MODEL(states);
    uint32_t crc = add_text(add_text(add_text(0, MODEL_VERSION), MODEL_NAME), MODEL_OPTIONS);

    crc = add_numbers(add_text(crc, MODEL(spec_sha256)), sizes, sizeof sizes, sizeof *sizes);
    for (int i = 0; i < MODEL_TENSORS; i++) {
        crc = add_text(crc, tensors[i].name);
        crc = add_numbers(crc, tensors[i].dims, (size_t)tensors[i].rank * sizeof(int), sizeof(int));
    }
    for (int i = 0; i < MODEL_STATES; i++) {
        const uint64_t bytes = state[i].bytes;

        crc = add_text(crc, state[i].name);
        crc = add_numbers(crc, &bytes, sizeof bytes, sizeof bytes);
    }
    return crc;
}

static uint64_t state_bytes(void)
{
    const struct model_state *state = MODEL(states);
    uint64_t bytes = 0;

    for (int i = 0; i < MODEL_STATES; i++)
        bytes += state[i].bytes;
    return bytes;
}

static void fill_header(struct header *header, const struct run_state *checkpoint)
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

/* The file of the largest step below `below`. */
struct search {
    int64_t below, step; /* step: -1, until one is found */
    char *name;          /* [FILES_NAME_BYTES] */
};

static int note_largest(const char *name, bool is_folder, void *argument)
{
    struct search *search = argument;
    int64_t step;

    if (is_folder || !checkpoint_is_name(name, &step) || step >= search->below ||
        step <= search->step)
        return 0;
    search->step = step;
    snprintf(search->name, FILES_NAME_BYTES, "%s", name);
    return 0;
}

/* name := the file of the largest step below `below`. Returns that step, -1 if there is none. */
static int64_t find_below(const char *folder, int64_t below, char name[FILES_NAME_BYTES])
{
    struct search search = {.below = below, .step = -1, .name = name};
    struct error unused;

    folders_each(folder, note_largest, &search, &unused);
    return search.step;
}

static void remove_before(const char *folder, int64_t oldest)
{
    char name[FILES_NAME_BYTES], path[FILES_PATH_BYTES];
    struct error unused;

    while (find_below(folder, oldest, name) >= 0)
        if (files_join(path, folder, name, &unused) || remove(path))
            return;
}

/* Newer ones than the one that was saved were refused when the run was resumed: they must not make
 * the good ones go. */
static void rotate(const char *folder, int64_t saved)
{
    char name[FILES_NAME_BYTES];
    int64_t step = saved;

    for (int i = 1; i < KEPT; i++)
        step = find_below(folder, step, name);
    remove_before(folder, step);
}

/* ---- writing ---- */

/* A file that is written, with the CRC-32 of what it has. */
struct writer {
    FILE *file;
    uint32_t crc;
};

static int write_bytes(struct writer *writer, const void *bytes, size_t count)
{
    writer->crc = crc32_add(writer->crc, bytes, count);
    return fwrite(bytes, 1, count, writer->file) == count ? 0 : -1;
}

/* Numbers of `size` bytes each. */
static int write_numbers(struct writer *writer, const void *numbers, size_t bytes, size_t size)
{
    char block[BLOCK];

    for (const char *from = numbers; bytes > 0;) {
        const size_t n = bytes < sizeof block ? bytes : sizeof block;

        memcpy(block, from, n);
        byte_order_turn(block, n, size);
        if (write_bytes(writer, block, n))
            return -1;
        from += n;
        bytes -= n;
    }
    return 0;
}

/* A checkpoint alone is enough to go on from: an epoch that was the best may never be reached
 * again. */
static int write_best(struct writer *writer, FILE *best, uint64_t bytes)
{
    char block[BLOCK];

    while (bytes > 0) {
        size_t n = bytes < sizeof block ? (size_t)bytes : sizeof block;

        if (fread(block, 1, n, best) != n || write_bytes(writer, block, n))
            return -1;
        bytes -= n;
    }
    return 0;
}

static int write_all(FILE *file, const struct run_state *checkpoint, FILE *best,
                     uint64_t best_bytes)
{
    struct writer writer = {.file = file};
    struct header header;
    int result;
    const struct model_state *state = MODEL(states);

    fill_header(&header, checkpoint);
    header.best_bytes = best_bytes;
    turn_header(&header);
    result = write_bytes(&writer, &header, sizeof header);
    for (int i = 0; result == 0 && i < MODEL_STATES; i++)
        result = write_numbers(&writer, MODEL(at)(context, state[i].place), state[i].bytes,
                               state[i].number);
    if (result || write_best(&writer, best, best_bytes))
        return -1;
    byte_order_turn(&writer.crc, CRC_BYTES, CRC_BYTES);
    return fwrite(&writer.crc, CRC_BYTES, 1, file) == 1 ? 0 : -1;
}

static int save(const char *path, const struct run_state *checkpoint, FILE *best,
                uint64_t best_bytes, struct error *error)
{
    static struct files_aside aside; /* one at a time; its paths are too much for a small stack */

    if (files_open_aside(&aside, path, error))
        return -1;
    errno = 0;
    if (write_all(aside.file, checkpoint, best, best_bytes)) {
        int cause = errno ? errno : EIO;

        files_abandon(&aside);
        return error_set(error, "%s: cannot write: %s; older checkpoints stay", path,
                         strerror(cause));
    }
    return files_commit(&aside, error);
}

int checkpoint_save(const char *folder, const struct run_state *checkpoint, const char *best,
                    struct error *error)
{
    char path[FILES_PATH_BYTES];
    uint64_t best_bytes = 0;
    FILE *file = NULL;
    int result;

    if (make_path(path, folder, checkpoint->step, error) ||
        (checkpoint->best_epoch && !(file = files_open(best, &best_bytes, error))))
        return -1;
    result = save(path, checkpoint, file, best_bytes, error);
    if (file)
        fclose(file);
    if (result)
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
    byte_order_turn(&crc, CRC_BYTES, CRC_BYTES);
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
    if (header->model == model_crc())
        return 0;
    describe_differences(differences, header);
    return error_set(error,
                     "is of another model: %s; to go on make the trainer as it was, or begin "
                     "a new run with another --out (its weights: --init last.safetensors)",
                     differences);
}

/* Of this model. What its texts and sizes say is known, then. */
static int check_known(const struct header *header, uint64_t bytes, struct error *error)
{
    const struct run_state *at = &header->checkpoint;
    struct header known;

    fill_header(&known, at);
    if (memcmp(header->name, known.name, NAME_BYTES) ||
        memcmp(header->options, known.options, OPTIONS_BYTES) ||
        memcmp(header->version, known.version, VERSION_BYTES) ||
        memcmp(header->spec, known.spec, SPEC_BYTES))
        return error_set(error, "its name, options, version or spec are not its model's");
    if (header->state_bytes != known.state_bytes)
        return error_set(error, "its state_bytes is %" PRIu64 ", where this model has %" PRIu64,
                         header->state_bytes, known.state_bytes);
    if (header->best_bytes > bytes || !header->best_bytes != !at->best_epoch)
        return error_set(error, "its best_bytes is %" PRIu64 ", with best_epoch %" PRId64,
                         header->best_bytes, at->best_epoch);
    if (bytes != sizeof *header + header->state_bytes + header->best_bytes + CRC_BYTES)
        return error_set(error, "holds another number of bytes than its header says");
    return 0;
}

/* No value of `bytes` at that place of the file is below 0. */
static int check_floats(FILE *file, uint64_t at, uint64_t bytes, const char *name,
                        struct error *error)
{
    float block[1024];

    if (files_seek(file, at))
        return error_set(error, "cannot read it");
    while (bytes > 0) {
        size_t n = bytes < sizeof block ? (size_t)bytes : sizeof block;

        if (fread(block, 1, n, file) != n)
            return error_set(error, "cannot read it");
        byte_order_turn(block, n, sizeof *block);
        for (size_t i = 0; i < n / sizeof *block; i++)
            if (block[i] < 0)
                return error_set(error, "its %s has %g, where a run has no value below 0", name,
                                 (double)block[i]);
        bytes -= n;
    }
    return 0;
}

/* Where in the file the bytes at a place of the network are; 0: they are not saved. */
static uint64_t place_of(size_t place)
{
    const struct model_state *state = MODEL(states);
    uint64_t at = sizeof(struct header);

    for (int i = 0; i < MODEL_STATES; at += state[i++].bytes) {
        if (place - state[i].place < state[i].bytes)
            return at + (place - state[i].place);
    }
    return 0;
}

static int check_count(FILE *file, uint64_t at, const char *name, struct error *error)
{
    int64_t value;

    if (files_seek(file, at) || fread(&value, sizeof value, 1, file) != 1)
        return error_set(error, "cannot read it");
    byte_order_turn(&value, sizeof value, sizeof value);
    return value < 0
               ? error_set(error, "its %s is %" PRId64 ", where a run counts from 0", name, value)
               : 0;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), end = strlen(ending);

    return length >= end && strcmp(name + length - end, ending) == 0;
}

/* Variances, means of squares and counters are no negative numbers; of others any may come out. */
static int check_state(FILE *file, struct error *error)
{
    const struct model_tensor *tensors = MODEL(tensors);
    const struct model_state *state = MODEL(states);
    uint64_t at = sizeof(struct header);

    for (int i = 0; i < MODEL_STATES; at += state[i++].bytes)
        if ((ends_with(state[i].name, "exp_avg_sq") || ends_with(state[i].name, "square_avg")) &&
            check_floats(file, at, state[i].bytes, state[i].name, error))
            return -1;
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const char *name = tensors[i].name;

        if (!(at = place_of(tensors[i].value)))
            continue;
        if (tensors[i].type == MODEL_I64 ? check_count(file, at, name, error)
            : ends_with(name, "running_var")
                ? check_floats(file, at, (uint64_t)tensors[i].dims[0] * sizeof(float), name, error)
                : 0)
            return -1;
    }
    return 0;
}

/* The best weights are a file of their own that must be whole, too. */
static int check_best(FILE *file, const struct header *header, struct error *error)
{
    unsigned char first[SAFETENSORS_LENGTH_BYTES];
    struct safetensors table;
    size_t length;
    char *text;
    int result;

    if (!header->best_bytes)
        return 0;
    if (files_seek(file, sizeof *header + header->state_bytes) ||
        header->best_bytes < sizeof first || fread(first, sizeof first, 1, file) != 1 ||
        safetensors_header_length(first, header->best_bytes, &length, error))
        return error_set(error, "its best weights are no safetensors file");
    text = malloc(length + 1);
    if (!text)
        return error_set(error, "no memory for %zu bytes", length);
    result = fread(text, 1, length, file) == length
                 ? safetensors_parse(&table, text, length,
                                     header->best_bytes - sizeof first - length, error)
                 : -1;
    if (result == 0)
        safetensors_free(&table);
    free(text);
    return result ? error_set(error, "its best weights are no safetensors file") : 0;
}

static int check_file(FILE *file, uint64_t bytes, struct header *header, struct error *error)
{
    if (read_header(file, header) || memcmp(header->magic, magic, sizeof magic) ||
        check_crc(file, bytes)) {
        error_set(error, "is cut short or damaged, its checksum does not fit");
        return DAMAGED;
    }
    if (check_header(header, error))
        return FOREIGN;
    return run_state_check(&header->checkpoint, error) || check_known(header, bytes, error) ||
                   check_state(file, error) || check_best(file, header, error)
               ? DAMAGED
               : WHOLE;
}

/* Whether the name of a file is that of its step. */
static int check_name(const char *path, const struct header *header, struct error *error)
{
    const char *slash = strrchr(path, '/');
    int64_t step = -1;

    checkpoint_is_name(slash ? slash + 1 : path, &step);
    return step == header->checkpoint.step
               ? 0
               : error_set(error, "its step is %" PRId64 ", not that of its name",
                           header->checkpoint.step);
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
    if (worth == WHOLE && check_name(path, header, &cause))
        worth = DAMAGED;
    if (worth != WHOLE)
        error_set(error, "%s: %s", path, cause.text);
    return worth;
}

int checkpoint_offer_older(const char *folder, int64_t step, const uint64_t *data,
                           struct error *error)
{
    char name[FILES_NAME_BYTES], path[FILES_PATH_BYTES];
    const struct error refused = *error;
    struct header header;

    while ((step = find_below(folder, step, name)) >= 0 &&
           files_join(path, folder, name, error) == 0)
        if (examine(path, &header, error) == WHOLE && (!data || header.checkpoint.data == *data))
            return error_set(error, "%s; %s is of this one: move the newer away to go on from it",
                             refused.text, name);
    *error = refused;
    return -1;
}

int checkpoint_find(const char *folder, struct run_state *checkpoint, char path[FILES_PATH_BYTES],
                    struct error *error)
{
    char name[FILES_NAME_BYTES];
    struct header header;
    struct error damage = {""}; /* of the newest, if it is damaged */
    int64_t step = INT64_MAX;

    if (files_is_taken(folder) && folders_each(folder, NULL, NULL, error))
        return -1;
    while ((step = find_below(folder, step, name)) >= 0) {
        if (files_join(path, folder, name, error))
            return -1;
        switch (examine(path, &header, error)) {
        case FOREIGN:
            return checkpoint_offer_older(folder, step, NULL, error);
        case WHOLE:
            *checkpoint = header.checkpoint;
            if (damage.text[0])
                error_tell("%s; using the one before, %s", damage.text, path);
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

static int restore_state(FILE *file)
{
    const struct model_state *state = MODEL(states);

    if (files_seek(file, sizeof(struct header)))
        return -1;
    for (int i = 0; i < MODEL_STATES; i++) {
        void *numbers = MODEL(at)(context, state[i].place);

        if (fread(numbers, 1, state[i].bytes, file) != state[i].bytes)
            return -1;
        byte_order_turn(numbers, state[i].bytes, state[i].number);
    }
    return 0;
}

/* The file's next bytes. A kill after an epoch's evaluation may have left weights there that the
 * run, going on from before it, does not know of. */
static int restore_best(FILE *file, uint64_t bytes, const char *best, struct error *error)
{
    struct files_aside aside = {0};
    struct writer writer = {0};

    if (files_open_aside(&aside, best, error))
        return -1;
    writer.file = aside.file;
    if (write_best(&writer, file, bytes) == 0)
        return files_commit(&aside, error);
    files_abandon(&aside);
    return error_set(error, "%s: cannot write the best weights of the checkpoint", best);
}

int checkpoint_restore(const char *path, const char *best, struct error *error)
{
    uint64_t bytes;
    FILE *file = files_open(path, &bytes, error);
    struct header header;
    int result;

    if (!file)
        return -1;
    if (read_header(file, &header) || restore_state(file))
        result = error_set(error, "%s: cannot read", path);
    else
        result = header.best_bytes ? restore_best(file, header.best_bytes, best, error) : 0;
    fclose(file);
    return result;
}
