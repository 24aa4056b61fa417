/* Checkpoints: any bytes under a checkpoint's name. Their checksum is mended first, or no change
 * would ever come further than to its test; as they are given they are tried, too. */
#include <stdlib.h>
#include <string.h>

#include "checkpoint.h"
#include "crc32.h"
#include "fuzz.h"

enum { CRC_BYTES = 4 };

const struct model_recipe MODEL(recipe) = {.epochs = 20, .lr = 1e-3};

static float weights[5];
static int64_t counter;
static struct model_tensor tensors[MODEL_TENSORS];

struct model_tensor *MODEL(tensors)(void)
{
    for (int i = 0; i < MODEL_TENSORS; i++)
        tensors[i].name = "weight";
    return tensors;
}

const struct model_state *MODEL(state)(int *count)
{
    static const struct model_state list[] = {{"parameter", weights, sizeof weights},
                                              {"counter", &counter, sizeof counter}};

    *count = 2;
    return list;
}

/* The corpus begins with what the trainer itself writes. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const struct checkpoint checkpoint = {.step = 7, .epoch = 1, .seed = 1, .numbers = {20}};
    struct error error;

    (void)argc, (void)argv;
    fuzz_require(checkpoint_save("corpus", &checkpoint, &error) == 0, "a checkpoint can be saved");
    return 0;
}

static void try(const uint8_t *data, size_t size)
{
    struct checkpoint checkpoint;
    struct error error;
    char path[FILES_PATH_BYTES];

    fuzz_write("run/checkpoint-00000007.castnet", data, size);
    fuzz_memory_begin(fuzz_memory_of(size));
    if (checkpoint_find("run", &checkpoint, path, &error) == CHECKPOINT_FOUND)
        fuzz_require(checkpoint_restore(path, &error) == 0, "a checkpoint that is found is whole");
    fuzz_memory_end();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *mended;
    uint32_t crc;

    try(data, size);
    if (size < CRC_BYTES)
        return 0;
    mended = malloc(size);
    fuzz_require(mended != NULL, "the harness has memory");
    memcpy(mended, data, size);
    crc = crc32_add(0, data, size - CRC_BYTES);
    memcpy(mended + size - CRC_BYTES, &crc, CRC_BYTES);
    try(mended, size);
    free(mended);
    return 0;
}
