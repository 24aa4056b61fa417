//- inference.h: all that a program sees of a network that only infers; becomes PREFIX.h.
@(header)
#ifndef @(PREFIX)_H
#define @(PREFIX)_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of castnet. */
//: for _, part in ipairs(version_parts) do
#define @(PREFIX)_VERSION_@(part.name) @(part.value)
//: end

enum {
    @(PREFIX)_BATCH = @(batch), /* images that are worked on at once */
    @(PREFIX)_CHANNELS = @(channels),
    @(PREFIX)_HEIGHT = @(height),
    @(PREFIX)_WIDTH = @(width),
    @(PREFIX)_CLASSES = @(classes),
    @(PREFIX)_ALIGNMENT = 64 /* of memory and weights */
};
#define @(PREFIX)_IMAGE_BYTES @(channels * height * width)
#define @(PREFIX)_ARENA_BYTES @(bytes) /* all the memory that changes: context, activations, scratch */
#define @(PREFIX)_WEIGHTS_BYTES @(weight_bytes) /* weights as packed, which are only read */
#define @(PREFIX)_STACK_BYTES @(stack_bytes) /* no call takes more, compiled with optimisation; without it three times that */
#define @(PREFIX)_SCRATCH_BYTES @(scratch_bytes) /* of each thread that runs units for a host */

@(include "library/status.h")

/* A network: its context lies at the front of the memory that it was given, and there is nothing of it elsewhere. As many
 * may be open as there is memory for, and each may be used by one thread at a time. */
struct @(prefix);

/* A part of a call's work. scratch: @(PREFIX)_SCRATCH_BYTES, aligned to @(PREFIX)_ALIGNMENT, which are this unit's alone while
 * it runs; what it leaves there, the next may write over. */
typedef void @(prefix)_unit(const void *arguments, int index, void *scratch);

/* How the work of a call is shared out: run does unit(arguments, i, scratch) for each i in 0 .. units - 1, in any order,
 * on any threads, and returns when all are done. `pool` is the host's own. threads: how many of them there are, which some
 * work is cut for; results don't depend on it. NULL: one. */
struct @(prefix)_host {
    void (*run)(void *pool, int units, @(prefix)_unit *unit, const void *arguments);
    void *pool;
    int (*threads)(void *pool);
};

/* Makes a network of @(PREFIX)_ARENA_BYTES of memory, aligned to @(PREFIX)_ALIGNMENT, whatever is in them: a static array,
 * or memory of the caller's. host NULL: units run one after the other in the caller. NULL where the memory is NULL or not
 * aligned. */
struct @(prefix) *@(prefix)_init(void *memory, const struct @(prefix)_host *host);

/* Reads a safetensors file of PyTorch's state_dict, `bytes` bytes at `file`, aligned or not: packs its values into `weights`,
 * @(PREFIX)_WEIGHTS_BYTES aligned to @(PREFIX)_ALIGNMENT, which then belong to the network, and may be kept for `attach`. The
 * file is needed no more. All of it is checked before the first byte is written; a safetensors file has no checksum, so
 * that a number which became another number is not seen. network NULL: only packs. */
enum @(prefix)_status @(prefix)_load(struct @(prefix) *network, void *weights, const void *file, size_t bytes);

/* Uses packed weights where they lie, in flash for one, aligned to @(PREFIX)_ALIGNMENT, as long as the network is used. Their
 * checksum is taken once, here. */
enum @(prefix)_status @(prefix)_attach(struct @(prefix) *network, const void *weights, size_t bytes);

/* Packed weights that are linked into the program: those of @(prefix)_weights.c, where it is part of it. */
extern const unsigned char @(prefix)_weights[@(PREFIX)_WEIGHTS_BYTES];

/* The logits of n images, n at least 1, @(PREFIX)_BATCH at a time. images [n][channels][height][width]: bytes, as the data set
 * has them, normalised here. logits [n][@(PREFIX)_CLASSES]. */
enum @(prefix)_status @(prefix)_predict(struct @(prefix) *network, const uint8_t *images, int n, @(real) *logits);

#ifdef __cplusplus
}
#endif

#endif
