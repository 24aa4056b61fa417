/* weights.c - see weights.h */

#include "files/weights.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "files/byte_order.h"
#include "files/dtypes.h"
#include "files/layout.h"
#include "files/prefixes.h"
#include "files/safetensors.h"
#include "model.h"
#include "platform/files.h"

enum { SHAPE_TEXT = 160 };

/* Of a value: what safetensors calls it, and its bytes. */
static const struct {
    const char *name;
    size_t bytes;
} types[] = {[MODEL_F32] = {"F32", sizeof(float)}, [MODEL_I64] = {"I64", sizeof(int64_t)}};

static size_t tensor_bytes(const struct model_tensor *tensor)
{
    return layout_count(tensor) * types[tensor->type].bytes;
}

/* Room for the largest tensor in PyTorch's order. NULL: out of memory. */
static float *allocate_scratch(void)
{
    const struct model_tensor *tensors = MODEL(tensors);
    size_t largest = sizeof(int64_t);

    for (int i = 0; i < MODEL_TENSORS; i++)
        if (tensor_bytes(&tensors[i]) > largest)
            largest = tensor_bytes(&tensors[i]);
    return malloc(largest);
}

/* ---- writing ---- */

/* The tensors of one file, in the order of their data. */
struct selection {
    const struct model_tensor *tensors[MODEL_TENSORS];
    int count;
    bool gradients; /* their gradients, not their values */
};

/* The larger values come first, so that every tensor is aligned to its own size. */
static void select_tensors(struct selection *selection, bool gradients)
{
    const struct model_tensor *tensors = MODEL(tensors);

    selection->count = 0;
    selection->gradients = gradients;
    for (size_t bytes = sizeof(int64_t); bytes > 0; bytes /= 2)
        for (int i = 0; i < MODEL_TENSORS; i++)
            if (types[tensors[i].type].bytes == bytes && (!gradients || tensors[i].gradient))
                selection->tensors[selection->count++] = &tensors[i];
}

static void write_header_text(FILE *out, const struct selection *selection)
{
    size_t offset = 0;

    fputs("{\"__metadata__\":{\"format\":\"pt\"}", out);
    for (int i = 0; i < selection->count; i++) {
        const struct model_tensor *tensor = selection->tensors[i];
        size_t end = offset + tensor_bytes(tensor);

        fprintf(out, ",\"%s\":{\"dtype\":\"%s\",\"shape\":[", tensor->name,
                types[tensor->type].name);
        for (int d = 0; d < tensor->rank; d++)
            fprintf(out, "%s%d", d ? "," : "", tensor->dims[d]);
        fprintf(out, "],\"data_offsets\":[%zu,%zu]}", offset, end);
        offset = end;
    }
    fputc('}', out);
}

static int write_header(FILE *file, const struct selection *selection)
{
    char *text = NULL;
    size_t length = 0, padded;
    FILE *memory = files_open_memory(&text, &length);

    if (!memory)
        return -1;
    write_header_text(memory, selection);
    if (fclose(memory)) {
        free(text);
        return -1;
    }
    padded = (length + 7) / 8 * 8;
    for (int i = 0; i < SAFETENSORS_LENGTH_BYTES; i++)
        fputc((int)((uint64_t)padded >> 8 * i & 255), file);
    fwrite(text, 1, length, file);
    for (size_t i = length; i < padded; i++)
        fputc(' ', file);
    free(text);
    return ferror(file) ? -1 : 0;
}

static int write_tensor(FILE *file, const struct model_tensor *tensor, bool gradient,
                        float *scratch)
{
    void *data = gradient ? context_gradient(tensor) : context_value(tensor);
    size_t bytes = tensor_bytes(tensor);

    if (tensor->taps) {
        layout_export(tensor, data, gradient ? NULL : context_dead(tensor), scratch);
        data = scratch;
    }
    if (!byte_order_is_files()) {
        if (data != scratch)
            memcpy(scratch, data, bytes);
        data = scratch;
        byte_order_turn(data, bytes, types[tensor->type].bytes);
    }
    return fwrite(data, 1, bytes, file) == bytes ? 0 : -1;
}

static int write_all(FILE *file, const struct selection *selection)
{
    float *scratch = allocate_scratch();
    int result = scratch ? write_header(file, selection) : -1;

    for (int i = 0; result == 0 && i < selection->count; i++)
        result = write_tensor(file, selection->tensors[i], selection->gradients, scratch);
    free(scratch);
    return result;
}

static int write_file(const char *path, bool gradients, struct error *error)
{
    struct selection selection;
    struct files_aside aside = {0};

    select_tensors(&selection, gradients);
    if (files_open_aside(&aside, path, error))
        return -1;
    errno = 0;
    if (write_all(aside.file, &selection)) {
        int cause = errno ? errno : EIO;

        files_abandon(&aside);
        return error_set(error, "%s: cannot write: %s", path, strerror(cause));
    }
    return files_commit(&aside, error);
}

int weights_save(const char *path, struct error *error)
{
    MODEL(settle)(context);
    return write_file(path, false, error);
}

int weights_dump_gradients(const char *path, struct error *error)
{
    return write_file(path, true, error);
}

/* ---- reading: which entry of the file is which tensor ---- */

struct matching {
    const struct safetensors_entry *entries[MODEL_TENSORS]; /* NULL: nothing to read */
    struct transfer *transfer; /* what may stay away is noted here; NULL: nothing may */
};

static int find_tensor(const char *name)
{
    const struct model_tensor *tensors = MODEL(tensors);

    for (int i = 0; i < MODEL_TENSORS; i++)
        if (strcmp(tensors[i].name, name) == 0)
            return i;
    return -1;
}

static bool is_tensor(const char *name)
{
    return find_tensor(name) >= 0;
}

/* Where every value must come from the file, all that it has must be the model's: it may be another
 * network's. But what no network multiplies by, such as AveragedModel's n_averaged, may be there.
 */
static int check_extra(const struct safetensors_entry *entry, struct error *error)
{
    char name[TRANSFER_NAME_BYTES];

    if (!dtype_is_float(entry->dtype))
        return 0;
    safetensors_printable(name, sizeof name, entry->name);
    return error_set(error, "tensor %s is not one of " MODEL_NAME, name);
}

/* Which prefix, if any, is taken off the names: length and, for the one who reads, text. */
static size_t choose_prefix(struct matching *matching, const struct safetensors *file,
                            const char **prefix)
{
    size_t length = prefixes_choose(file, is_tensor, prefix);
    char text[TRANSFER_NAME_BYTES];

    snprintf(text, sizeof text, "%.*s", (int)length, *prefix);
    if (matching->transfer)
        memcpy(matching->transfer->prefix, text, sizeof text);
    else if (length > 0)
        error_tell("the names of the weights are taken without %s", text);
    return length;
}

static int match_names(struct matching *matching, const struct safetensors *file,
                       struct error *error)
{
    struct transfer *transfer = matching->transfer;
    const char *prefix;
    size_t length = choose_prefix(matching, file, &prefix);

    if (transfer && file->count > 0 &&
        !(transfer->ignored = calloc(file->count, sizeof *transfer->ignored)))
        return error_set(error, "out of memory for %zu names", file->count);
    for (size_t i = 0; i < file->count; i++) {
        const struct safetensors_entry *entry = &file->entries[i];
        bool has_prefix = strncmp(entry->name, prefix, length) == 0;
        int found = has_prefix ? find_tensor(entry->name + length) : -1;

        if (found >= 0)
            matching->entries[found] = entry;
        else if (transfer)
            safetensors_printable(transfer->ignored[transfer->ignored_count++], TRANSFER_NAME_BYTES,
                                  entry->name);
        else if (check_extra(entry, error))
            return -1;
    }
    return 0;
}

/* The table's last matrix with a row a class, the weight of the final linear layer; -1 if none. */
static int find_head(void)
{
    const struct model_tensor *tensors = MODEL(tensors);

    for (int i = MODEL_TENSORS - 1; i >= 0; i--)
        if (tensors[i].rank == 2)
            return tensors[i].trainable && tensors[i].dims[0] == MODEL_CLASSES ? i : -1;
    return -1;
}

/* Index of the bias that belongs to the head, -1 if it has none. */
static int find_head_bias(int head)
{
    const struct model_tensor *tensors = MODEL(tensors);
    const char *dot = strrchr(tensors[head].name, '.');
    size_t stem = dot ? (size_t)(dot - tensors[head].name) + 1 : 0;

    if (head + 1 < MODEL_TENSORS && tensors[head + 1].rank == 1 &&
        strncmp(tensors[head].name, tensors[head + 1].name, stem) == 0)
        return head + 1;
    return -1;
}

/* Takes a final layer of another number of classes out of the matching. Returns that number, 0 if
 * there is no such layer. */
static uint64_t keep_other_head(struct matching *matching)
{
    const struct model_tensor *tensors = MODEL(tensors);
    const struct safetensors_entry *weight, *bias;
    int head = find_head(), head_bias;

    if (head < 0 || !(weight = matching->entries[head]))
        return 0;
    if (weight->rank != 2 || weight->shape[1] != (uint64_t)tensors[head].dims[1] ||
        weight->shape[0] == MODEL_CLASSES)
        return 0;
    head_bias = find_head_bias(head);
    if (head_bias >= 0) {
        bias = matching->entries[head_bias];
        if (!bias || bias->rank != 1 || bias->shape[0] != weight->shape[0])
            return 0;
        matching->entries[head_bias] = NULL;
    }
    matching->entries[head] = NULL;
    return weight->shape[0];
}

/* ---- reading: shapes ---- */

static void append_dim(char text[SHAPE_TEXT], uint64_t dim)
{
    size_t length = strlen(text);

    snprintf(text + length, SHAPE_TEXT - length, "%s%" PRIu64, text[1] ? "," : "", dim);
}

static int wrong_shape(const struct model_tensor *tensor, const struct safetensors_entry *entry,
                       struct error *error)
{
    char found[SHAPE_TEXT] = "[", wanted[SHAPE_TEXT] = "[";

    for (int i = 0; i < entry->rank; i++)
        append_dim(found, entry->shape[i]);
    for (int i = 0; i < tensor->rank; i++)
        append_dim(wanted, (uint64_t)tensor->dims[i]);
    return error_set(error, "tensor %s has shape %s], " MODEL_NAME " needs %s]", tensor->name,
                     found, wanted);
}

static int check_tensor(const struct model_tensor *tensor, const struct safetensors_entry *entry,
                        struct error *error)
{
    bool is_count = tensor->type == MODEL_I64;

    if (is_count ? !dtype_is_count(entry->dtype) : !dtype_is_float(entry->dtype))
        return error_set(error, "tensor %s has dtype %s, " MODEL_NAME " needs %s", tensor->name,
                         entry->dtype,
                         is_count ? "an integer or a float" : "F32, F16, BF16 or F64");
    if (entry->rank != tensor->rank)
        return wrong_shape(tensor, entry, error);
    for (int i = 0; i < tensor->rank; i++)
        if (entry->shape[i] != (uint64_t)tensor->dims[i])
            return wrong_shape(tensor, entry, error);
    return 0;
}

/* At least one tensor that is more than a counter must come from the file. */
static int check_shared(const struct transfer *transfer, struct error *error)
{
    const struct model_tensor *tensors = MODEL(tensors);

    for (int i = 0; i < MODEL_TENSORS; i++)
        if (transfer->fates[i] == TRANSFER_TAKEN && tensors[i].type != MODEL_I64)
            return 0;
    return error_set(
        error, "shares no tensor with " MODEL_NAME ": it has %s, the model %s; names must be equal",
        transfer->ignored_count ? transfer->ignored[0] : "no other name", tensors[0].name);
}

/* Shapes and dtypes, and what becomes of each tensor. */
static int check_matching(const struct matching *matching, struct error *error)
{
    const struct model_tensor *tensors = MODEL(tensors);
    struct transfer *transfer = matching->transfer;

    for (int i = 0; i < MODEL_TENSORS; i++) {
        if (matching->entries[i] && check_tensor(&tensors[i], matching->entries[i], error))
            return -1;
        if (!matching->entries[i] && !transfer && tensors[i].type != MODEL_I64)
            return error_set(error, "tensor %s of " MODEL_NAME " is missing", tensors[i].name);
        if (transfer)
            transfer->fates[i] = matching->entries[i]           ? TRANSFER_TAKEN
                                 : tensors[i].type == MODEL_I64 ? TRANSFER_ZEROED
                                                                : TRANSFER_AFRESH;
    }
    return transfer ? check_shared(transfer, error) : 0;
}

/* ---- reading: values ---- */

/* values[count] := the next of the file. */
static int read_floats(FILE *file, const char *dtype, size_t count, float *values)
{
    unsigned char block[4096];
    size_t bytes = dtype_bytes(dtype);

    while (count > 0) {
        size_t n = count < sizeof block / bytes ? count : sizeof block / bytes;

        if (fread(block, bytes, n, file) != n)
            return -1;
        dtype_to_float(dtype, block, n, values);
        values += n;
        count -= n;
    }
    return 0;
}

static int read_tensor(FILE *file, const struct model_tensor *tensor, const char *dtype,
                       float *scratch)
{
    if (tensor->type == MODEL_I64) {
        unsigned char bytes[8];

        if (fread(bytes, dtype_bytes(dtype), 1, file) != 1)
            return -1;
        *(int64_t *)context_value(tensor) = dtype_to_count(dtype, bytes);
        return 0;
    }
    if (read_floats(file, dtype, layout_count(tensor), scratch))
        return -1;
    layout_import(tensor, scratch);
    return 0;
}

static int read_values(FILE *file, const struct matching *matching, uint64_t data_start,
                       struct error *error)
{
    const struct model_tensor *tensors = MODEL(tensors);
    float *scratch = allocate_scratch();

    if (!scratch)
        return error_set(error, "out of memory");
    for (int i = 0; i < MODEL_TENSORS; i++) {
        const struct safetensors_entry *entry = matching->entries[i];

        if (!entry) {
            if (tensors[i].type == MODEL_I64)
                *(int64_t *)context_value(&tensors[i]) = 0;
            continue;
        }
        if (files_seek(file, data_start + entry->begin) ||
            read_tensor(file, &tensors[i], entry->dtype, scratch)) {
            free(scratch);
            return error_set(error, "cannot read tensor %s", tensors[i].name);
        }
    }
    free(scratch);
    return 0;
}

static int read_matching(FILE *file, char *text, size_t length, uint64_t file_bytes,
                         struct transfer *transfer, struct error *error)
{
    uint64_t data_start = SAFETENSORS_LENGTH_BYTES + (uint64_t)length;
    struct safetensors table;
    struct matching matching = {.transfer = transfer};
    int result;

    if (safetensors_parse(&table, text, length, file_bytes - data_start, error))
        return -1;
    result = match_names(&matching, &table, error);
    if (result == 0 && transfer)
        transfer->other_classes = keep_other_head(&matching);
    if (result == 0)
        result = check_matching(&matching, error);
    if (result == 0)
        result = read_values(file, &matching, data_start, error);
    safetensors_free(&table);
    return result;
}

/* What torch.save writes: a zip file or, before PyTorch 1.6, a pickle. As the length of a header
 * these bytes would be far beyond the file. */
static bool is_from_torch(const unsigned char prefix[SAFETENSORS_LENGTH_BYTES])
{
    return memcmp(prefix, "PK\3\4", 4) == 0 || memcmp(prefix, "\x80\2\x8a\n", 4) == 0;
}

static int read_file(FILE *file, uint64_t bytes, const char *path, struct transfer *transfer,
                     struct error *error)
{
    unsigned char prefix[SAFETENSORS_LENGTH_BYTES] = {0};
    size_t length = 0;
    char *text;
    int result;

    if (bytes >= SAFETENSORS_LENGTH_BYTES && fread(prefix, 1, sizeof prefix, file) != sizeof prefix)
        return error_set(error, "cannot read its first bytes");
    if (safetensors_header_length(prefix, bytes, &length, error))
        return is_from_torch(prefix)
                   ? error_set(error,
                               "a PyTorch file; gen/castnet convert %s weights.safetensors makes "
                               "of it what is read here",
                               path)
                   : -1;
    text = malloc(length + 1);
    if (!text)
        return error_set(error, "out of memory for a header of %zu bytes", length);
    result = fread(text, 1, length, file) != length
                 ? error_set(error, "cannot read its header")
                 : read_matching(file, text, length, bytes, transfer, error);
    free(text);
    return result;
}

static int load(const char *path, struct transfer *transfer, struct error *error)
{
    struct error cause;
    uint64_t bytes;
    FILE *file = files_open(path, &bytes, error);
    int result;

    if (!file)
        return -1;
    result = read_file(file, bytes, path, transfer, &cause);
    fclose(file);
    return result ? error_set(error, "%s: %s", path, cause.text) : 0;
}

int weights_load(const char *path, struct transfer *transfer, struct error *error)
{
    *transfer = (struct transfer){.ignored_count = 0};
    if (load(path, transfer, error) == 0)
        return 0;
    transfer_free(transfer);
    return -1;
}

int weights_load_exact(const char *path, struct error *error)
{
    return load(path, NULL, error);
}
