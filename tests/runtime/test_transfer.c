/* What the console and the log say about weights that a run starts from. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files/transfer.h"
#include "weights_model.h"

/* What the log says, to be freed; the console says its first lines. */
static char *printed(const struct transfer *transfer)
{
    enum { MOST = 1 << 16 };
    FILE *file = tmpfile();
    struct append log = {.file = file};
    const struct console console = {.log = &log, .quiet = true};
    char *text = calloc(1, MOST);

    cr_assert(file && text);
    transfer_print(transfer, &console);
    rewind(file);
    cr_assert(fread(text, 1, MOST - 1, file) > 0);
    fclose(file);
    return text;
}

static void expect(const char *text, const char *line)
{
    cr_expect(strstr(text, line) != NULL, "no '%s' in:\n%s", line, text);
}

Test(transfer, counts_and_layers_then_each_tensor)
{
    char ignored[2][TRANSFER_NAME_BYTES] = {"aux.weight", "aux.bias"};
    struct transfer transfer = {.other_classes = 1000, .ignored = ignored, .ignored_count = 2};
    char *text;

    transfer.fates[CONV] = transfer.fates[BN_WEIGHT] = TRANSFER_TAKEN;
    transfer.fates[BN_COUNT] = TRANSFER_ZEROED;
    strcpy(transfer.prefix, "module.");
    text = printed(&transfer);
    expect(text, "  names    without their prefix module.\n");
    expect(text, "  taken    2 of 6 tensors: conv, bn (1 of 3)\n");
    expect(text, "  counters 1 of num_batches_tracked begin at 0: the file has none\n");
    expect(text,
           "  afresh   3, initialised as without a file: bn (1 of 3), fc (1000 classes in the "
           "file, 10 in mock)\n");
    expect(text, "  ignored  2 of the file, not in mock: aux\n");
    expect(text, "    conv.weight: taken\n");
    expect(text, "    bn.running_mean: afresh\n");
    expect(text, "    bn.num_batches_tracked: begins at 0\n");
    expect(text, "    aux.bias: ignored\n");
    free(text);
}

Test(transfer, says_nothing_of_what_is_not)
{
    struct transfer transfer = {.ignored_count = 0};
    char *text;

    for (int i = 0; i < MODEL_TENSORS; i++)
        transfer.fates[i] = TRANSFER_TAKEN;
    text = printed(&transfer);
    expect(text, "  taken    6 of 6 tensors: conv, bn, fc\n");
    cr_expect_null(strstr(text, "afresh"));
    cr_expect_null(strstr(text, "ignored"));
    cr_expect_null(strstr(text, "prefix"));
    cr_expect_null(strstr(text, "counters"));
    free(text);
}

Test(transfer, complains_of_frozen_layers_that_are_new)
{
    struct transfer transfer = {.ignored_count = 0};
    char *text;

    transfer.fates[BN_COUNT] = TRANSFER_ZEROED;
    table[CONV].trainable = 0;
    text = printed(&transfer);
    table[CONV].trainable = 1;
    expect(text, "castnet: 1 of these are frozen and stay as they are");
    free(text);
}

Test(transfer, names_a_dozen_layers_at_most)
{
    enum { MANY = 40 };
    struct transfer transfer = {.ignored_count = MANY};
    char *text;

    transfer.ignored = calloc(MANY, sizeof *transfer.ignored);
    cr_assert_not_null(transfer.ignored);
    for (int i = 0; i < MANY; i++)
        snprintf(transfer.ignored[i], TRANSFER_NAME_BYTES, "%d%060d.w", i, i);
    text = printed(&transfer);
    expect(text, "  ignored  40 of the file");
    expect(text, ", ...\n");
    free(text);
    transfer_free(&transfer);
}
