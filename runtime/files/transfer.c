/* transfer.c - see transfer.h */
#include "files/transfer.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 12 /* named on the console; more are only hinted at */, TEXT_BYTES = 1536 };

/* Layers that tensors belong to: the part of a name before its first dot, each once. */
struct groups {
    const char *names[GROUPS];
    int tensors[GROUPS]; /* how many there are of each */
    int count;
    bool more;
};

static size_t group_length(const char *name)
{
    return strcspn(name, ".");
}

static bool same_group(const char *one, const char *other)
{
    size_t length = group_length(one);

    return group_length(other) == length && memcmp(one, other, length) == 0;
}

static void add_name(struct groups *groups, const char *name)
{
    int i = 0;

    while (i < groups->count && !same_group(groups->names[i], name))
        i++;
    if (i == GROUPS) {
        groups->more = true;
        return;
    }
    groups->names[i] = name;
    groups->tensors[i]++;
    if (i == groups->count)
        groups->count++;
}

static int count_group(const char *name)
{
    int count = 0;

    for (int i = 0; i < MODEL_TENSORS; i++)
        count += same_group(MODEL(tensors)[i].name, name);
    return count;
}

/* Of the model's layers it says where there are but some of a layer's tensors. */
static void describe(char text[TEXT_BYTES], const struct groups *groups, bool of_model)
{
    size_t length = 0;

    text[0] = '\0';
    for (int i = 0; i < groups->count && length < TEXT_BYTES; i++) {
        const char *name = groups->names[i];
        int all = of_model ? count_group(name) : 0;

        length += (size_t)snprintf(text + length, TEXT_BYTES - length, "%s%.*s", i ? ", " : "",
                                   (int)group_length(name), name);
        if (groups->tensors[i] < all && length < TEXT_BYTES)
            length += (size_t)snprintf(text + length, TEXT_BYTES - length, " (%d of %d)",
                                       groups->tensors[i], all);
    }
    if (groups->more && length < TEXT_BYTES)
        snprintf(text + length, TEXT_BYTES - length, ", ...");
}

static void describe_fate(char text[TEXT_BYTES], const struct transfer *transfer,
                          enum transfer_fate fate)
{
    struct groups groups = {.count = 0};

    for (int i = 0; i < MODEL_TENSORS; i++)
        if (transfer->fates[i] == fate)
            add_name(&groups, MODEL(tensors)[i].name);
    describe(text, &groups, true);
}

static void describe_ignored(char text[TEXT_BYTES], const struct transfer *transfer)
{
    struct groups groups = {.count = 0};

    for (int i = 0; i < transfer->ignored_count; i++)
        add_name(&groups, transfer->ignored[i]);
    describe(text, &groups, false);
}

int transfer_count(const struct transfer *transfer, enum transfer_fate fate)
{
    int count = 0;

    for (int i = 0; i < MODEL_TENSORS; i++)
        count += transfer->fates[i] == fate;
    return count;
}

bool transfer_is_whitened(int tensor)
{
    return MODEL_WHITENING && tensor == MODEL(whitening).tensor;
}

/* Parameters that no step will move from their random values. */
static int count_frozen_afresh(const struct transfer *transfer)
{
    const struct model_tensor *tensors = MODEL(tensors);
    int count = 0;

    for (int i = 0; i < MODEL_TENSORS; i++)
        count += transfer->fates[i] == TRANSFER_AFRESH && !tensors[i].trainable &&
                 !strstr(tensors[i].name, ".running_") && !transfer_is_whitened(i);
    return count;
}

static void print_counts(const struct transfer *transfer, const struct console *console)
{
    int taken = transfer_count(transfer, TRANSFER_TAKEN);
    int afresh = transfer_count(transfer, TRANSFER_AFRESH);
    int zeroed = transfer_count(transfer, TRANSFER_ZEROED);
    char text[TEXT_BYTES], classes[80] = "";

    if (transfer->prefix[0])
        console_print(console, CONSOLE_NEWS, "  names    without their prefix %s",
                      transfer->prefix);
    describe_fate(text, transfer, TRANSFER_TAKEN);
    console_print(console, CONSOLE_NEWS, "  taken    %d of %d tensors: %s", taken, MODEL_TENSORS,
                  text);
    if (zeroed)
        console_print(console, CONSOLE_NEWS,
                      "  counters %d of num_batches_tracked begin at 0: the file has none", zeroed);
    if (transfer->other_classes)
        snprintf(classes, sizeof classes,
                 " (%" PRIu64 " classes in the file, %d in " MODEL_NAME ")",
                 transfer->other_classes, MODEL_CLASSES);
    describe_fate(text, transfer, TRANSFER_AFRESH);
    if (afresh)
        console_print(console, CONSOLE_NEWS, "  afresh   %d, initialised as without a file: %s%s",
                      afresh, text, classes);
    if (count_frozen_afresh(transfer))
        console_print(console, CONSOLE_COMPLAINT,
                      "%d of these are frozen and stay as they are: is this the right file?",
                      count_frozen_afresh(transfer));
    describe_ignored(text, transfer);
    if (transfer->ignored_count)
        console_print(console, CONSOLE_NEWS, "  ignored  %d of the file, not in " MODEL_NAME ": %s",
                      transfer->ignored_count, text);
}

void transfer_print(const struct transfer *transfer, const struct console *console)
{
    static const char *const words[] = {
        [TRANSFER_AFRESH] = "afresh",
        [TRANSFER_TAKEN] = "taken",
        [TRANSFER_ZEROED] = "begins at 0",
    };

    print_counts(transfer, console);
    for (int i = 0; i < MODEL_TENSORS; i++)
        console_print(console, CONSOLE_NOTE, "    %s: %s", MODEL(tensors)[i].name,
                      words[transfer->fates[i]]);
    for (int i = 0; i < transfer->ignored_count; i++)
        console_print(console, CONSOLE_NOTE, "    %s: ignored", transfer->ignored[i]);
}

void transfer_free(struct transfer *transfer)
{
    free(transfer->ignored);
    transfer->ignored = NULL;
    transfer->ignored_count = 0;
}
