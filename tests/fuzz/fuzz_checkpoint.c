/* Checkpoints: any bytes under a checkpoint's name. Their checksum is mended first, or no change
 * would ever come further than to its test; as they are given they are tried, too. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "files/crc32.h"
#include "fuzz.h"
#include "training/checkpoint.h"
#include "training/recipe.h"

enum { CRC_BYTES = 4 };

const struct model_recipe MODEL(recipe) = {.epochs = 20, .lr = 1e-3};

static float weights[5];
static int64_t counter;

struct model_tensor MODEL(tensors)[MODEL_TENSORS] = {{.name = "weight"}, {.name = "weight"},
                                                     {.name = "weight"}, {.name = "weight"},
                                                     {.name = "weight"}, {.name = "weight"}};
const struct model_state MODEL(states)[MODEL_STATES] = {
    {"parameter", 1, sizeof weights, 4}, {"counter", 2, sizeof counter, 8}, {"nothing", 2, 0, 4}};

void *MODEL(at)(struct model_context *context, size_t place)
{
    (void)context;
    return place == 1 ? (void *)weights : &counter;
}

/* The corpus begins with what the trainer itself writes. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const char best[] = "\x40\0\0\0\0\0\0\0"
                               "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
                               "              \0\0\0\0";
    struct run_state checkpoint = {.step = 7,
                                   .epoch = 2,
                                   .batches = 1,
                                   .images = 128,
                                   .best_accuracy = 0.5,
                                   .best_test_accuracy = 0.5,
                                   .best_epoch = 2,
                                   .final_accuracy = 0.5,
                                   .final_test_accuracy = 0.5,
                                   .final_epoch = 2,
                                   .seed = 1,
                                   .evaluate = 1,
                                   .train_images = 300,
                                   .test_images = 100};
    struct error error;

    (void)argc, (void)argv;
    recipe_save(&MODEL(recipe), checkpoint.numbers);
    fuzz_write("best.safetensors", (const uint8_t *)best, sizeof best - 1);
    fuzz_require(checkpoint_save("corpus", &checkpoint, "best.safetensors", &error) == 0,
                 "a checkpoint can be saved");
    return 0;
}

/* Said here in other words than where it is checked. */
static void require_possible(const struct run_state *at)
{
    const int64_t an_epoch = (at->train_images - at->val_split + MODEL_BATCH - 1) / MODEL_BATCH;

    fuzz_require(at->step == 7 && at->epoch >= 0 && at->epoch <= at->numbers[0] &&
                     at->step == at->epoch * an_epoch + at->batches,
                 "a checkpoint that is found is of a place in its run");
    fuzz_require(isfinite(at->loss) && isfinite(at->seconds) && isfinite(at->run_seconds) &&
                     isfinite(at->last_lr) && at->correct <= at->images,
                 "its sums can be gone on with");
    fuzz_require(at->best_epoch <= at->epoch && at->best_accuracy <= 1 && at->final_accuracy <= 1 &&
                     at->best_test_accuracy <= 1 && at->final_test_accuracy <= 1 &&
                     at->best_accuracy >= (at->best_epoch ? at->final_accuracy : -1),
                 "its results can be said");
}

static void try(const uint8_t *data, size_t size)
{
    struct run_state checkpoint;
    struct error error;
    char path[FILES_PATH_BYTES];

    fuzz_write("run/checkpoint-00000007.castnet", data, size);
    fuzz_memory_begin(fuzz_memory_of(size));
    if (checkpoint_find("run", &checkpoint, path, &error) == CHECKPOINT_FOUND) {
        require_possible(&checkpoint);
        fuzz_require(checkpoint_restore(path, "run/best.safetensors", &error) == 0,
                     "a checkpoint that is found is whole");
    }
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
