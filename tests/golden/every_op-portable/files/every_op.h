/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef EVERY_OP_H
#define EVERY_OP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of castnet. */
#define EVERY_OP_VERSION_MAJOR 0
#define EVERY_OP_VERSION_MINOR 1
#define EVERY_OP_VERSION_PATCH 0

enum {
    EVERY_OP_BATCH = 2, /* images a call may have */
    EVERY_OP_LEAST_IMAGES = 1, /* of a training step; 2: a batch norm has one value an image */
    EVERY_OP_CHANNELS = 3,
    EVERY_OP_HEIGHT = 12,
    EVERY_OP_WIDTH = 10,
    EVERY_OP_CLASSES = 6,
    EVERY_OP_TENSORS = 24, /* entries of PyTorch's state_dict */
    EVERY_OP_STATES = 4,
    EVERY_OP_ALIGNMENT = 64
};
#define EVERY_OP_PARAMETERS 2354 /* trainable values, dead ones included */
#define EVERY_OP_FROZEN 0 /* values of parameters that stay as they are */
#define EVERY_OP_BYTES 57728 /* all the memory that the network takes */
#define EVERY_OP_SCRATCH_BYTES 10592 /* of each thread that runs units for a host */

/* The network and all it has in memory: as many may be open as there is memory for. */
struct every_op;

/* A part of a call's work. scratch: EVERY_OP_SCRATCH_BYTES, aligned to EVERY_OP_ALIGNMENT, which
 * are this unit's alone while it runs; what it leaves there, the next may write over. */
typedef void every_op_unit(const void *arguments, int index, void *scratch);

/* How the work of a call is shared out: run does unit(arguments, i, scratch) for each i in 0 ..
 * units - 1, in any order, on any threads, and returns when all are done. `pool` is the host's own.
 * threads: how many of them there are, which some work is cut for; results don't depend on it.
 * NULL: one. */
struct every_op_host {
    void (*run)(void *pool, int units, every_op_unit *unit, const void *arguments);
    void *pool;
    int (*threads)(void *pool);
};

/* What one step may vary. */
struct every_op_hyper {
    double lr; /* learning rate */
    double weight_decay; /* of the gradient or of the weight, as the optimiser has it */
    double momentum; /* SGD's, Muon's, RMSprop's */
    double dampening; /* SGD's */
    double beta1; /* Adam's, Lion's */
    double beta2; /* Adam's, Lion's */
    double eps; /* Adam's, Muon's, RMSprop's */
    double alpha; /* RMSprop's */
    double clip_norm; /* read where the spec has it */
    double ema_decay; /* read where the spec has it */
    int64_t step; /* 1 for the first update */
    int64_t steps; /* of the whole training, for lookahead; 0: not known */
    int64_t frozen; /* how many stages of the spec's freeze_after have begun: their parameters
                     * stay */
    uint64_t seed; /* of dropout */
};

struct every_op_result {
    double loss; /* mean over the images */
    int correct; /* images whose largest logit is where the target is largest */
};

/* EVERY_OP_NORMAL: standard deviation `scale`; EVERY_OP_UNIFORM: in [-scale, scale);
 * EVERY_OP_DIRAC: of each group the first filters, as many as dims[1], are 1 at the middle of one
 * input channel each and else 0, the rest uniform so. */
enum every_op_init { EVERY_OP_ZEROS, EVERY_OP_ONES, EVERY_OP_NORMAL, EVERY_OP_UNIFORM,
                    EVERY_OP_DIRAC };

/* What a value is: float, or int64_t, as one num_batches_tracked of rank 0. */
enum every_op_type { EVERY_OP_F32, EVERY_OP_I64 };

/* One entry of PyTorch's state_dict. */
struct every_op_tensor {
    const char *name;
    enum every_op_type type;
    int trainable;  /* else a buffer, or a parameter that is frozen */
    int rank;
    int dims[4];
    enum every_op_init init;
    float scale;
    size_t strides[4]; /* values from an output of a group, a group, an input and a tap to the
                        * next */
    int groups;        /* parts of dims[0] */
    const int *taps;   /* for each tap of dims [out][in][height][width], row by row, i: place i in
                        * value; ~i: place i in dead; NULL: the tensor lies as PyTorch has it, all
                        * of it in value */
    /* Places, for every_op_at. */
    size_t value;
    size_t dead;     /* taps that meet padding at every output; 0: none */
    size_t gradient; /* as value; 0 where not trainable; that of a dead tap is 0 */
};

/* In the spec's order. */
extern const struct every_op_tensor every_op_tensors[EVERY_OP_TENSORS];

/* SHA-256 of the text of the spec, in hexadecimal. */
extern const char every_op_spec_sha256[];

/* Makes a network of EVERY_OP_BYTES of memory, aligned to EVERY_OP_ALIGNMENT and all zero, as
 * static arrays and fresh pages are. It lies at their front and has no other resource. host NULL:
 * units run one after the other in the caller, with scratch at its end. NULL where the memory is
 * NULL or not aligned. All parameters are 0 yet. */
struct every_op *every_op_open(void *memory, const struct every_op_host *host);

/* What lies at a place that the tables have; NULL for 0. */
void *every_op_at(struct every_op *network, size_t place);

/* Room for two batches, which = 0 or 1: one for the step that runs, one being made ready. Steps
 * take their images from anywhere; these are for the program's use. */
uint8_t *every_op_batch_images(struct every_op *network, int which);
float *every_op_batch_targets(struct every_op *network, int which);

/* Loss and gradients of n images, EVERY_OP_LEAST_IMAGES <= n <= EVERY_OP_BATCH: the forward and the
 * backward program.
 * images [n][channels][height][width]: the data set's bytes, already augmented; normalised here.
 * targets [n][classes]: each row sums to 1. Running statistics move, but for those of frozen
 * layers. Where the loss is not finite, the backward program does not run. */
struct every_op_result every_op_gradients(struct every_op *network, const uint8_t *images,
                                          const float *targets, int n,
                                          const struct every_op_hyper *hyper);

/* One step of the optimiser with the gradients that are there. */
void every_op_update(struct every_op *network, const struct every_op_hyper *hyper);

/* gradients, then update; no update where the loss is not finite. */
struct every_op_result every_op_step(struct every_op *network, const uint8_t *images,
                                     const float *targets, int n,
                                     const struct every_op_hyper *hyper);

/* Loss and hits of n images, 1 <= n <= EVERY_OP_BATCH, with running statistics; nothing changes but
 * activations. */
struct every_op_result every_op_evaluate(struct every_op *network, const uint8_t *images,
                                         const float *targets, int n);

/* [n][classes] of the last of the calls above. */
const float *every_op_logits(const struct every_op *network);

/* After a loss that is not finite: the first of parameters, then activations in forward order, then
 * running statistics, with an infinity or NaN in it; NULL if there is none. Activations whose
 * memory others have taken over are not looked at. */
const char *every_op_first_nonfinite(const struct every_op *network, int n);

/* Everything that training changes, as stretches of memory: parameters, the optimiser's state,
 * running statistics, counters, what is owed to dead parameters. Saved after a step and put back
 * before the next, training goes on with the same bits. */
struct every_op_state {
    const char *name;
    size_t place; /* for every_op_at */
    size_t bytes;
    size_t number; /* bytes of each number in it */
};
extern const struct every_op_state every_op_states[EVERY_OP_STATES];

/* Brings dead parameters up to date with the weight decay of the steps so far. Before reading
 * values, and before others take their place once steps were made. */
void every_op_settle(struct every_op *network);

#ifdef __cplusplus
}
#endif

#endif
