/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
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
    RESNET8_TINY_BATCH = 4, /* images a call may have */
    RESNET8_TINY_LEAST_IMAGES = 1, /* of a training step; 2: a batch norm has one value an image */
    RESNET8_TINY_CHANNELS = 3,
    RESNET8_TINY_HEIGHT = 32,
    RESNET8_TINY_WIDTH = 32,
    RESNET8_TINY_CLASSES = 10,
    RESNET8_TINY_TENSORS = 56, /* entries of PyTorch's state_dict */
    RESNET8_TINY_STATES = 4,
    RESNET8_TINY_ALIGNMENT = 64
};
#define RESNET8_TINY_PARAMETERS 19954 /* trainable values, dead ones included */
#define RESNET8_TINY_FROZEN 0 /* values of parameters that stay as they are */
#define RESNET8_TINY_BYTES 2100160 /* all the memory that the network takes */
#define RESNET8_TINY_SCRATCH_BYTES 207616 /* of each thread that runs units for a host */

/* The network and all it has in memory: as many may be open as there is memory for. */
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

/* What one step may vary. */
struct resnet8_tiny_hyper {
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

struct resnet8_tiny_result {
    double loss; /* mean over the images */
    int correct; /* images whose largest logit is where the target is largest */
};

/* RESNET8_TINY_NORMAL: standard deviation `scale`; RESNET8_TINY_UNIFORM: in [-scale, scale);
 * RESNET8_TINY_DIRAC: of each group the first filters, as many as dims[1], are 1 at the middle of
 * one input channel each and else 0, the rest uniform so. */
enum resnet8_tiny_init { RESNET8_TINY_ZEROS, RESNET8_TINY_ONES, RESNET8_TINY_NORMAL,
                        RESNET8_TINY_UNIFORM, RESNET8_TINY_DIRAC };

/* What a value is: float, or int64_t, as one num_batches_tracked of rank 0. */
enum resnet8_tiny_type { RESNET8_TINY_F32, RESNET8_TINY_I64 };

/* One entry of PyTorch's state_dict. */
struct resnet8_tiny_tensor {
    const char *name;
    enum resnet8_tiny_type type;
    int trainable;  /* else a buffer, or a parameter that is frozen */
    int rank;
    int dims[4];
    enum resnet8_tiny_init init;
    float scale;
    size_t strides[4]; /* values from an output of a group, a group, an input and a tap to the
                        * next */
    int groups;        /* parts of dims[0] */
    const int *taps;   /* for each tap of dims [out][in][height][width], row by row, i: place i in
                        * value; ~i: place i in dead; NULL: the tensor lies as PyTorch has it, all
                        * of it in value */
    /* Places, for resnet8_tiny_at. */
    size_t value;
    size_t dead;     /* taps that meet padding at every output; 0: none */
    size_t gradient; /* as value; 0 where not trainable; that of a dead tap is 0 */
};

/* In the spec's order. */
extern const struct resnet8_tiny_tensor resnet8_tiny_tensors[RESNET8_TINY_TENSORS];

/* SHA-256 of the text of the spec, in hexadecimal. */
extern const char resnet8_tiny_spec_sha256[];

/* Makes a network of RESNET8_TINY_BYTES of memory, aligned to RESNET8_TINY_ALIGNMENT and all zero,
 * as static arrays and fresh pages are. It lies at their front and has no other resource. host
 * NULL: units run one after the other in the caller, with scratch at its end. NULL where the memory
 * is NULL or not aligned. All parameters are 0 yet. */
struct resnet8_tiny *resnet8_tiny_open(void *memory, const struct resnet8_tiny_host *host);

/* What lies at a place that the tables have; NULL for 0. */
void *resnet8_tiny_at(struct resnet8_tiny *network, size_t place);

/* Room for two batches, which = 0 or 1: one for the step that runs, one being made ready. Steps
 * take their images from anywhere; these are for the program's use. */
uint8_t *resnet8_tiny_batch_images(struct resnet8_tiny *network, int which);
float *resnet8_tiny_batch_targets(struct resnet8_tiny *network, int which);

/* Loss and gradients of n images, RESNET8_TINY_LEAST_IMAGES <= n <= RESNET8_TINY_BATCH: the forward
 * and the backward program.
 * images [n][channels][height][width]: the data set's bytes, already augmented; normalised here.
 * targets [n][classes]: each row sums to 1. Running statistics move, but for those of frozen
 * layers. Where the loss is not finite, the backward program does not run. */
struct resnet8_tiny_result resnet8_tiny_gradients(struct resnet8_tiny *network,
                                                  const uint8_t *images, const float *targets,
                                                  int n, const struct resnet8_tiny_hyper *hyper);

/* One step of the optimiser with the gradients that are there. */
void resnet8_tiny_update(struct resnet8_tiny *network, const struct resnet8_tiny_hyper *hyper);

/* gradients, then update; no update where the loss is not finite. */
struct resnet8_tiny_result resnet8_tiny_step(struct resnet8_tiny *network, const uint8_t *images,
                                             const float *targets, int n,
                                             const struct resnet8_tiny_hyper *hyper);

/* Loss and hits of n images, 1 <= n <= RESNET8_TINY_BATCH, with running statistics; nothing changes
 * but activations. */
struct resnet8_tiny_result resnet8_tiny_evaluate(struct resnet8_tiny *network,
                                                 const uint8_t *images, const float *targets,
                                                 int n);

/* [n][classes] of the last of the calls above. */
const float *resnet8_tiny_logits(const struct resnet8_tiny *network);

/* After a loss that is not finite: the first of parameters, then activations in forward order, then
 * running statistics, with an infinity or NaN in it; NULL if there is none. Activations whose
 * memory others have taken over are not looked at. */
const char *resnet8_tiny_first_nonfinite(const struct resnet8_tiny *network, int n);

/* Everything that training changes, as stretches of memory: parameters, the optimiser's state,
 * running statistics, counters, what is owed to dead parameters. Saved after a step and put back
 * before the next, training goes on with the same bits. */
struct resnet8_tiny_state {
    const char *name;
    size_t place; /* for resnet8_tiny_at */
    size_t bytes;
    size_t number; /* bytes of each number in it */
};
extern const struct resnet8_tiny_state resnet8_tiny_states[RESNET8_TINY_STATES];

/* Brings dead parameters up to date with the weight decay of the steps so far. Before reading
 * values, and before others take their place once steps were made. */
void resnet8_tiny_settle(struct resnet8_tiny *network);

#ifdef __cplusplus
}
#endif

#endif
