/* How much stack a call of a network takes at most: a painted stack of its own, and what of the
 * paint is left.
 *
 * NETWORK is the prefix (learner where nobody says), UPPER the same in capitals, NETWORK_H its
 * header; INFERS or not. Prints bytes.
 *
 *   painted [FILE.safetensors]       weights that a network which infers reads */
#ifndef NETWORK
#define NETWORK learner
#define UPPER LEARNER
#define NETWORK_H "learner.h"
#endif
#include NETWORK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define CALL(name) JOIN(NETWORK, name)
#define THE(name) JOIN(UPPER, name)
#ifdef INFERS
#define MEMORY THE(_ARENA_BYTES)
#define FILE_ROOM (1 << 20)
#else
#define MEMORY THE(_BYTES)
#define FILE_ROOM THE(_FILE_BYTES)
#endif

enum {
    STACK = 1 << 20,
    PAINT = 0xa5,
    IMAGES = THE(_BATCH),
    IMAGE = THE(_CHANNELS) * THE(_HEIGHT) * THE(_WIDTH)
};

static unsigned char stack[STACK];
static unsigned char *memory, *file;
#ifdef INFERS
static unsigned char *weights;
#endif
static size_t file_bytes;
static uint8_t *images;
static float *logits;
static ucontext_t outside, inside;

static void *line(size_t bytes)
{
    return aligned_alloc(64, (bytes + 63) / 64 * 64);
}

static void calls(void)
{
#ifdef INFERS
    struct NETWORK *network = CALL(_init)(memory, NULL);
    if (CALL(_load)(network, weights, file, file_bytes) ||
        CALL(_attach)(network, weights, THE(_WEIGHTS_BYTES)))
        abort();
#else
    static const unsigned char labels[IMAGES];
    double loss;
    struct NETWORK *network = CALL(_init)(memory, 1, NULL);
    if (CALL(_train_step)(network, images, labels, IMAGES, 1e-3, &loss) ||
        CALL(_save)(network, file, file_bytes) || CALL(_load)(network, file, file_bytes))
        abort();
#endif
    if (CALL(_predict)(network, images, IMAGES, logits))
        abort();
}

int main(int argc, char **argv)
{
    static size_t untouched; /* static: swapcontext returns twice, for all that a compiler knows */
    FILE *from = argc > 1 ? fopen(argv[1], "rb") : NULL;
    memory = line(MEMORY);
    file = line(FILE_ROOM);
    file_bytes = from ? fread(file, 1, FILE_ROOM, from) : FILE_ROOM;
#ifdef INFERS
    weights = line(THE(_WEIGHTS_BYTES));
#endif
    images = calloc(IMAGES, IMAGE);
    logits = line(sizeof(float) * IMAGES * THE(_CLASSES));
    memset(stack, PAINT, sizeof stack);
    getcontext(&inside);
    inside.uc_stack.ss_sp = stack;
    inside.uc_stack.ss_size = sizeof stack;
    inside.uc_link = &outside;
    makecontext(&inside, calls, 0);
    swapcontext(&outside, &inside);
    while (stack[untouched] == PAINT)
        untouched++;
    printf("%zu\n", sizeof stack - untouched);
    return EXIT_SUCCESS;
}
