/* Weight files: any bytes given to --init or --weights. A file that is refused must have changed
 * nothing of the model. */
#include <stdlib.h>
#include <string.h>

#include "files/weights.h"
#include "fuzz.h"
#include "weights_model.h"

static char before[sizeof conv_value + sizeof fc_weight];

static void values(char to[sizeof before])
{
    memcpy(to, conv_value, sizeof conv_value);
    memcpy(to + sizeof conv_value, fc_weight, sizeof fc_weight);
}

/* The corpus begins with what the trainer itself writes. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct error error;

    (void)argc, (void)argv;
    for (int i = 0; i < CONV_VALUES; i++)
        conv_value[i] = (float)i;
    fuzz_require(weights_save("corpus/saved.safetensors", &error) == 0, "weights can be saved");
    return 0;
}

static void load(int (*how)(const char *path, struct error *error), size_t size)
{
    struct error error;
    char after[sizeof before];

    values(before);
    fuzz_memory_begin(fuzz_memory_of(size));
    if (how("input", &error)) {
        values(after);
        fuzz_require(memcmp(before, after, sizeof after) == 0, "a refused file changes nothing");
    }
    fuzz_memory_end();
}

static int load_start(const char *path, struct error *error)
{
    struct transfer transfer;
    int result = weights_load(path, &transfer, error);

    transfer_free(&transfer);
    return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_write("input", data, size);
    load(load_start, size);
    load(weights_load_exact, size);
    return 0;
}
