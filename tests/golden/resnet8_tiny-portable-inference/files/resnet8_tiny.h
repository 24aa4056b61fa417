/* Made by castnet 0.1.0 from resnet8_tiny.lua --as inference --target portable --batch 1.
 * This file belongs to whoever made it. */
#ifndef RESNET8_TINY_H
#define RESNET8_TINY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of castnet. */
#define RESNET8_TINY_VERSION_MAJOR 0
#define RESNET8_TINY_VERSION_MINOR 1
#define RESNET8_TINY_VERSION_PATCH 0

enum {
    RESNET8_TINY_BATCH = 1, /* images that are worked on at once */
    RESNET8_TINY_CHANNELS = 3,
    RESNET8_TINY_HEIGHT = 32,
    RESNET8_TINY_WIDTH = 32,
    RESNET8_TINY_CLASSES = 10,
    RESNET8_TINY_ALIGNMENT = 64 /* of memory and weights */
};
#define RESNET8_TINY_IMAGE_BYTES 3072
/* all the memory that changes: context, activations, scratch */
#define RESNET8_TINY_ARENA_BYTES 74048
#define RESNET8_TINY_WEIGHTS_BYTES 80128 /* weights as packed, which are only read */
/* no call takes more, compiled with optimisation; without it three times that */
#define RESNET8_TINY_STACK_BYTES 8640
#define RESNET8_TINY_SCRATCH_BYTES 8192 /* of each thread that runs units for a host */

/* What became of a call. Where it is not RESNET8_TINY_OK, nothing has changed. */
enum resnet8_tiny_status {
    RESNET8_TINY_OK = 0,
    RESNET8_TINY_NO_WEIGHTS = 1,   /* none were loaded or attached */
    RESNET8_TINY_BAD_ARGUMENT = 2, /* NULL, not aligned, or fewer than one image */
    RESNET8_TINY_TOO_SHORT = 3,    /* fewer bytes than their own beginning says */
    RESNET8_TINY_NOT_WEIGHTS = 4,  /* no safetensors file; no packed weights, or of the other byte
                                    * order */
    RESNET8_TINY_OTHER_MODEL = 5,  /* names, shapes, types or layout are not this network's */
    RESNET8_TINY_DAMAGED = 6       /* a checksum is wrong; a value is infinite or no number, a
                                    * variance not above -eps */
};

/* A network: its context lies at the front of the memory that it was given, and there is nothing of
 * it elsewhere. As many may be open as there is memory for, and each may be used by one thread at a
 * time. */
struct resnet8_tiny;

/* A part of a call's work. scratch: RESNET8_TINY_SCRATCH_BYTES, aligned to RESNET8_TINY_ALIGNMENT,
 * which are this unit's alone while it runs; what it leaves there, the next may write over. */
typedef void resnet8_tiny_unit(const void *arguments, int index, void *scratch);

/* How the work of a call is shared out: run does unit(arguments, i, scratch) for each i in 0 ..
 * units - 1, in any order, on any threads, and returns when all are done. `pool` is the host's own.
 * threads: how many of them there are, which some work is cut for; results don't depend on it.
 * NULL: one. */
struct resnet8_tiny_host {
    void (*run)(void *pool, int units, resnet8_tiny_unit *unit, const void *arguments);
    void *pool;
    int (*threads)(void *pool);
};

/* Makes a network of RESNET8_TINY_ARENA_BYTES of memory, aligned to RESNET8_TINY_ALIGNMENT,
 * whatever is in them: a static array, or memory of the caller's. host NULL: units run one after
 * the other in the caller. NULL where the memory is NULL or not aligned. */
struct resnet8_tiny *resnet8_tiny_init(void *memory, const struct resnet8_tiny_host *host);

/* Reads a safetensors file of PyTorch's state_dict, `bytes` bytes at `file`, aligned or not: packs
 * its values into `weights`, RESNET8_TINY_WEIGHTS_BYTES aligned to RESNET8_TINY_ALIGNMENT, which
 * then belong to the network, and may be kept for `attach`. The file is needed no more. All of it
 * is checked before the first byte is written; a safetensors file has no checksum, so that a number
 * which became another number is not seen. network NULL: only packs. */
enum resnet8_tiny_status resnet8_tiny_load(struct resnet8_tiny *network, void *weights,
                                           const void *file, size_t bytes);

/* Uses packed weights where they lie, in flash for one, aligned to RESNET8_TINY_ALIGNMENT, as long
 * as the network is used. Their checksum is taken once, here. */
enum resnet8_tiny_status resnet8_tiny_attach(struct resnet8_tiny *network, const void *weights,
                                             size_t bytes);

/* Packed weights that are linked into the program: those of resnet8_tiny_weights.c, where it is
 * part of it. */
extern const unsigned char resnet8_tiny_weights[RESNET8_TINY_WEIGHTS_BYTES];

/* The logits of n images, n at least 1, RESNET8_TINY_BATCH at a time. images
 * [n][channels][height][width]: bytes, as the data set has them, normalised here. logits
 * [n][RESNET8_TINY_CLASSES]. */
enum resnet8_tiny_status resnet8_tiny_predict(struct resnet8_tiny *network, const uint8_t *images,
                                              int n, float *logits);

#ifdef __cplusplus
}
#endif

#endif
