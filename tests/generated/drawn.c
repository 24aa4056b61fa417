/* Writes the weights that the trainer begins with.
 *
 *   drawn FILE.safetensors SEED */
#include <stdio.h>
#include <stdlib.h>

#include "context.h"
#include "files/weights.h"
#include "platform/pool.h"
#include "training/initial_weights.h"

int main(int argc, char **argv)
{
    struct error error = {"give a file and a seed"};
    if (argc != 3 || pool_start(1, &error) || context_open(&error)) {
        fprintf(stderr, "drawn: %s\n", error.text);
        return EXIT_FAILURE;
    }
    initial_weights_draw(strtoull(argv[2], NULL, 10));
    if (weights_save(argv[1], &error)) {
        fprintf(stderr, "drawn: %s\n", error.text);
        return EXIT_FAILURE;
    }
    pool_stop();
    return EXIT_SUCCESS;
}
