/* Weights in memory: any bytes given to a network that only infers, as a safetensors file or as
 * packed weights, and to one that trains. What is refused must have changed nothing; with what is
 * taken images can be classified. */
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "inferred.h"
#include "learner.h"

enum { ROOM = 1 << 17 };

static alignas(64) unsigned char arena[INFERRED_ARENA_BYTES], memory[LEARNER_BYTES],
    before[LEARNER_BYTES];
static alignas(64) unsigned char weights[INFERRED_WEIGHTS_BYTES], untouched[INFERRED_WEIGHTS_BYTES],
    bytes[ROOM];
static struct inferred *network;
static struct learner *learner;
static float logits[INFERRED_CLASSES];
static const uint8_t image[INFERRED_IMAGE_BYTES];

/* The corpus begins with what the network that trains writes, and with that packed. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static unsigned char file[LEARNER_FILE_BYTES];
    (void)argc, (void)argv;
    learner = learner_init(memory, 1, NULL);
    network = inferred_init(arena, NULL);
    fuzz_require(learner_save(learner, file, sizeof file) == LEARNER_OK, "weights can be saved");
    fuzz_require(inferred_load(network, weights, file, sizeof file) == INFERRED_OK,
                 "what was saved can be loaded");
    fuzz_write("corpus/saved.safetensors", file, sizeof file);
    fuzz_write("corpus/packed", weights, sizeof weights);
    memset(untouched, 0x5a, sizeof untouched);
    return 0;
}

static void predict(void)
{
    fuzz_require(inferred_predict(network, image, 1, logits) == INFERRED_OK,
                 "images can be classified");
}

static void load(const uint8_t *data, size_t size)
{
    memset(weights, 0x5a, sizeof weights);
    if (inferred_load(network, weights, data, size) == INFERRED_OK)
        predict();
    else
        fuzz_require(memcmp(weights, untouched, sizeof weights) == 0,
                     "a refused file writes nothing");
}

static void attach(const uint8_t *data, size_t size)
{
    memcpy(bytes, data, size < ROOM ? size : ROOM);
    if (inferred_attach(network, bytes, size) == INFERRED_OK)
        predict();
}

static void learn(const uint8_t *data, size_t size)
{
    memcpy(before, memory, sizeof memory);
    if (learner_load(learner, data, size) != LEARNER_OK)
        fuzz_require(memcmp(before, memory, sizeof memory) == 0, "a refused file changes nothing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    load(data, size);
    attach(data, size);
    learn(data, size);
    return 0;
}
