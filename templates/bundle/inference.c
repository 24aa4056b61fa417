//- bundle/inference.c: a complete caller of a network that infers; becomes PREFIX_example.c.
@(header)
/* Reads images and prints the class of each.
 *
 *   @(prefix)_example WEIGHTS.bin IMAGES       WEIGHTS.bin as @(prefix)_pack writes it; IMAGES: @(PREFIX)_IMAGE_BYTES bytes each,
 *                                   [channels][height][width] */
#include "@(prefix).h"

#include <stdio.h>
#include <stdlib.h>

/* Whole lines of both, wherever a compiler puts them. */
static unsigned char arena_room[@(PREFIX)_ARENA_BYTES + @(PREFIX)_ALIGNMENT], weights_room[@(PREFIX)_WEIGHTS_BYTES + @(PREFIX)_ALIGNMENT];
static uint8_t image[@(PREFIX)_IMAGE_BYTES];

static void *aligned(unsigned char *room) { return room + (@(PREFIX)_ALIGNMENT - (uintptr_t)room % @(PREFIX)_ALIGNMENT) % @(PREFIX)_ALIGNMENT; }

static int fail(const char *what)
{
    fprintf(stderr, "@(prefix)_example: %s\n", what);
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct @(prefix) *const network = @(prefix)_init(aligned(arena_room), NULL);
    void *const weights = aligned(weights_room);
    FILE *const weights_file = argc == 3 ? fopen(argv[1], "rb") : NULL, *const images = argc == 3 ? fopen(argv[2], "rb") : NULL;
    @(real) logits[@(PREFIX)_CLASSES];
    if (!weights_file || !images)
        return fail("give WEIGHTS.bin and IMAGES");
    if (@(prefix)_attach(network, weights, fread(weights, 1, @(PREFIX)_WEIGHTS_BYTES, weights_file)) != @(PREFIX)_OK)
        return fail("these are not the network's weights");
    while (fread(image, 1, sizeof image, images) == sizeof image) {
        int best = 0;
        @(prefix)_predict(network, image, 1, logits);
        for (int c = 1; c < @(PREFIX)_CLASSES; c++)
            best = logits[c] > logits[best] ? c : best;
        printf("class %d, logit %g\n", best, (double)logits[best]);
    }
    fclose(images);
    fclose(weights_file);
    return EXIT_SUCCESS;
}
