//- network.h: what a program that uses the network sees of it; becomes PREFIX.h.
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
    @(PREFIX)_BATCH = @(batch), /* images a call may have */
    @(PREFIX)_LEAST_IMAGES = @(least_images), /* of a training step; 2: a batch norm has one value an image */
    @(PREFIX)_CHANNELS = @(channels),
    @(PREFIX)_HEIGHT = @(height),
    @(PREFIX)_WIDTH = @(width),
    @(PREFIX)_CLASSES = @(classes),
    @(PREFIX)_TENSORS = @(#tensors), /* entries of PyTorch's state_dict */
    @(PREFIX)_STATES = @(#states),
    @(PREFIX)_ALIGNMENT = 64
};
#define @(PREFIX)_PARAMETERS @(trainable) /* trainable values, dead ones included */
#define @(PREFIX)_FROZEN @(frozen) /* values of parameters that stay as they are */
#define @(PREFIX)_BYTES @(bytes) /* all the memory that the network takes */
//: if has_state_apart then
#define @(PREFIX)_STATE_BYTES @(state_bytes) /* of them at the front: what stays from step to step, weights, optimiser, context */
#define @(PREFIX)_WORK_BYTES @(work_bytes) /* the rest: gradients, activations, scratch */
//: end
#define @(PREFIX)_SCRATCH_BYTES @(scratch_bytes) /* of each thread that runs units for a host */

/* The network and all it has in memory: as many may be open as there is memory for. */
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

//: if trains then
/* What one step may vary. */
struct @(prefix)_hyper {
//: for _, member in ipairs(hyper_members) do
    @(member.type) @(member.name); /* @(member.note) */
//: end
};

//: end
struct @(prefix)_result {
    double loss; /* mean over the images */
    int correct; /* images whose largest logit is where the target is largest */
};

/* @(PREFIX)_NORMAL: standard deviation `scale`; @(PREFIX)_UNIFORM: in [-scale, scale); @(PREFIX)_DIRAC: of each group the
 * first filters, as many as dims[1], are 1 at the middle of one input channel each and else 0, the rest uniform so. */
enum @(prefix)_init { @(PREFIX)_ZEROS, @(PREFIX)_ONES, @(PREFIX)_NORMAL, @(PREFIX)_UNIFORM, @(PREFIX)_DIRAC };

/* What a value is: @(real), or int64_t, as one num_batches_tracked of rank 0. */
enum @(prefix)_type { @(PREFIX)_F32, @(PREFIX)_I64 };

/* One entry of PyTorch's state_dict. */
struct @(prefix)_tensor {
    const char *name;
    enum @(prefix)_type type;
    int trainable;  /* else a buffer, or a parameter that is frozen */
    int rank;
    int dims[4];
    enum @(prefix)_init init;
    @(real) scale;
    size_t strides[4]; /* values from an output of a group, a group, an input and a tap to the next */
    int groups;        /* parts of dims[0] */
    const int *taps;   /* for each tap of dims [out][in][height][width], row by row, i: place i in value; ~i: place i
                        * in dead; NULL: the tensor lies as PyTorch has it, all of it in value */
    /* Places, for @(prefix)_at. */
    size_t value;
    size_t dead;     /* taps that meet padding at every output; 0: none */
    size_t gradient; /* as value; 0 where not trainable; that of a dead tap is 0 */
};

/* In the spec's order. */
extern const struct @(prefix)_tensor @(prefix)_tensors[@(PREFIX)_TENSORS];

/* SHA-256 of the text of the spec, in hexadecimal. */
extern const char @(prefix)_spec_sha256[];

/* Makes a network of @(PREFIX)_BYTES of memory, aligned to @(PREFIX)_ALIGNMENT and all zero, as static arrays and fresh
 * pages are. It lies at their front and has no other resource. host NULL: units run one after the other in the
 * caller, with scratch at its end. NULL where the memory is NULL or not aligned. All parameters are 0 yet. */
struct @(prefix) *@(prefix)_open(void *memory, const struct @(prefix)_host *host);

//: if has_state_apart then
/* The same of memory in two pieces, both aligned and all zero: @(PREFIX)_STATE_BYTES at `state` and @(PREFIX)_WORK_BYTES at `work`,
 * which may lie in another section of RAM. Both are the network's as long as it is used. */
struct @(prefix) *@(prefix)_open_apart(void *state, void *work, const struct @(prefix)_host *host);

//: end
/* What lies at a place that the tables have; NULL for 0. */
void *@(prefix)_at(struct @(prefix) *network, size_t place);

//: if #batches > 0 then
/* Room for two batches, which = 0 or 1: one for the step that runs, one being made ready. Steps take their images
 * from anywhere; these are for the program's use. */
uint8_t *@(prefix)_batch_images(struct @(prefix) *network, int which);
@(real) *@(prefix)_batch_targets(struct @(prefix) *network, int which);

//: end
//: if trains then
/* Loss and gradients of n images, @(PREFIX)_LEAST_IMAGES <= n <= @(PREFIX)_BATCH: the forward and the backward program.
 * images [n][channels][height][width]: the data set's bytes, already augmented; normalised here. targets
 * [n][classes]: each row sums to 1. Running statistics move, but for those of frozen layers. Where the loss is not
 * finite, the backward program does not run. */
struct @(prefix)_result @(prefix)_gradients(struct @(prefix) *network, const uint8_t *images, const @(real) *targets, int n,
                                            const struct @(prefix)_hyper *hyper);

/* One step of the optimiser with the gradients that are there. */
void @(prefix)_update(struct @(prefix) *network, const struct @(prefix)_hyper *hyper);

/* gradients, then update; no update where the loss is not finite. */
struct @(prefix)_result @(prefix)_step(struct @(prefix) *network, const uint8_t *images, const @(real) *targets, int n,
                                       const struct @(prefix)_hyper *hyper);

//: end
/* Loss and hits of n images, 1 <= n <= @(PREFIX)_BATCH, with running statistics; nothing changes but activations. */
struct @(prefix)_result @(prefix)_evaluate(struct @(prefix) *network, const uint8_t *images, const @(real) *targets, int n);

/* [n][classes] of the last of the calls above. */
const @(real) *@(prefix)_logits(const struct @(prefix) *network);

//: if is_library then
@(include "library/network.h")

//: end
//: if trains then
/* After a loss that is not finite: the first of parameters, then activations in forward order, then running
 * statistics, with an infinity or NaN in it; NULL if there is none. Activations whose memory others have
 * taken over are not looked at. */
const char *@(prefix)_first_nonfinite(const struct @(prefix) *network, int n);

/* Everything that training changes, as stretches of memory: parameters, the optimiser's state, running
 * statistics, counters, what is owed to dead parameters. Saved after a step and put back before the next,
 * training goes on with the same bits. */
struct @(prefix)_state {
    const char *name;
    size_t place; /* for @(prefix)_at */
    size_t bytes;
    size_t number; /* bytes of each number in it */
};
extern const struct @(prefix)_state @(prefix)_states[@(PREFIX)_STATES];

//: end
/* Brings dead parameters up to date with the weight decay of the steps so far. Before reading values, and before
 * others take their place once steps were made. */
void @(prefix)_settle(struct @(prefix) *network);
//: if ema then

/* Exchanges weights, running statistics and counters with their moving averages, which there are from the first
 * update on. Evaluation and everything that reads values then sees the averages, until the next exchange;
 * training must not go on before that. */
void @(prefix)_swap_average(struct @(prefix) *network);
//: end

#ifdef __cplusplus
}
#endif

#endif
