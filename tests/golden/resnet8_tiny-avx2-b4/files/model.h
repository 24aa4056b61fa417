/* Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
 * This file belongs to whoever made it. */
#ifndef MODEL_H
#define MODEL_H

#include <stddef.h>
#include <stdint.h>

#define MODEL(name) resnet8_tiny_##name
#define MODEL_NAME "resnet8_tiny"
#define MODEL_DATASET "cifar10" /* in names of files */
#define MODEL_VERSION "0.1.0"
#define MODEL_OPTIONS "--target avx2 --batch 4"
#define MODEL_BLAS 0 /* 1: kernels call CBLAS, 0: products are castnet's own */
#define MODEL_TARGET "avx2"
#define MODEL_EMA 0 /* 1: weights are averaged, see MODEL(swap_average) */
/* What the processor must have, for runtime/platform/processor.c. */
#define MODEL_INSTRUCTIONS(each) each("avx2") each("fma") each("bmi2")

enum {
    MODEL_BATCH = 4,
    MODEL_LEAST_IMAGES = 1, /* of a training step; 2: a batch norm has one value an image */
    MODEL_CHANNELS = 3,
    MODEL_HEIGHT = 32,
    MODEL_WIDTH = 32,
    MODEL_CLASSES = 10,
    MODEL_TENSORS = 56,
    MODEL_NUMBERS = 10,
    MODEL_COMPILED_IN = 13
};
#define MODEL_PARAMETERS 19954L /* trainable values, dead ones included */
#define MODEL_FROZEN 0L /* values of parameters that stay as they are */
#define MODEL_ARENA_BYTES 2493504L
#define MODEL_SCRATCH_BYTES 16384 /* of each thread that runs units, beside the arena */

enum model_optimizer { MODEL_SGD, MODEL_ADAM, MODEL_ADAMW };
enum model_schedule { MODEL_CONSTANT, MODEL_STEP, MODEL_COSINE, MODEL_ONE_CYCLE };

/* What is done to training images, in this order. All 0: nothing. */
enum model_border { MODEL_BORDER_BLACK, MODEL_BORDER_REFLECT };
enum { MODEL_FLIP_ALTERNATING = 2 };
struct model_augment {
    int crop_padding;             /* random crop out of the image with a border of so many pixels */
    enum model_border border;     /* MODEL_BORDER_REFLECT: mirrored at the edge, whose pixels are not repeated */
    double flip;                  /* probability of mirroring left and right; or MODEL_FLIP_ALTERNATING: half
                                   * of the images in the first epoch, then each image in every other epoch */
    int cutout;                   /* side of a square around a random pixel, which is set to `fill` */
    uint8_t fill[MODEL_CHANNELS]; /* bytes nearest to the mean: at most half a grey level from 0 as normalised */
    double mixup;                 /* alpha: images are mixed in parts of Beta(alpha, alpha) */
};

/* The train table of the spec: the trainer's defaults. Terms and meanings are PyTorch's. */
struct model_recipe {
    int epochs;
    enum model_optimizer optimizer;
    double lr, momentum, beta1, beta2, eps, weight_decay, dampening;
    int nesterov;
    int decay_weights_only;       /* 1: weight decay spares biases and the parameters of batch norms */
    double clip_norm;             /* bound on the norm of all gradients; 0: the spec has no such word */
    double ema_decay;             /* of the moving average of weights; 0: the spec has no such word */
    enum model_schedule schedule;
    int per_step;                 /* 1: the schedule moves every step, 0: every epoch */
    double warmup_epochs;         /* linear rise of lr before the schedule; 0: none */
    int step_size;                /* MODEL_STEP: lr *= gamma every step_size epochs (or steps) */
    double gamma;
    double lr_min;                /* MODEL_COSINE: eta_min; T_max is the whole run */
    double pct_start, div_factor, final_div_factor, base_momentum, max_momentum;
    int cycle_momentum;           /* MODEL_ONE_CYCLE; lr is max_lr */
    struct model_augment augment;
};
extern const struct model_recipe MODEL(recipe);

/* SHA-256 of the text of the spec, in hexadecimal. */
extern const char MODEL(spec_sha256)[];

/* The class of an image, from 0 to MODEL_CLASSES - 1. */
typedef uint8_t model_label;

/* The data set. A file is records of label_bytes bytes and an image [channels][height][width]. */
struct model_data {
    const char *name;             /* "CIFAR-10" */
    const char *variable;         /* of the environment: may name the folder of the files */
    const char *folder;           /* theirs where it doesn't */
    int label_bytes;
    int label;                    /* where in them the class begins, from 0 */
    int label_size;               /* bytes of the class: 1, or 2, the lower first */
    int records;                  /* in each file; 0: as many as its size says */
    int train_files, test_files;
    const char *const *train, *const *test;
    const char *names_file;       /* a class name a line; NULL: none */
    const char *const *names;     /* [MODEL_CLASSES]; NULL: none */
};
extern const struct model_data MODEL(data);

/* A number of the recipe that the trainer's command line may change: --lr X. Those that the code is compiled
 * for are not among them. */
struct model_number {
    const char *option; /* without the dashes */
    const char *about, *unit, *takes; /* "learning rate", "" for none, "a number at least 0" */
    size_t offset;      /* of the member of struct model_recipe */
    int is_int;         /* else it is a double */
    double low, high;   /* limits, both allowed */
    const char *word;   /* may stand for word_value; NULL: none */
    double word_value;
};
extern const struct model_number MODEL(numbers)[MODEL_NUMBERS];

/* What the options of all other numbers would be called: the spec alone says them. */
extern const char *const MODEL(compiled_in)[MODEL_COMPILED_IN];

/* What one step may vary. */
struct model_hyper {
    double lr, momentum, beta2, eps, weight_decay, dampening; /* momentum: SGD's, or Adam's beta1 */
    double clip_norm, ema_decay;                              /* read where the recipe has them */
    int64_t step;                                             /* 1 for the first update */
    uint64_t seed;                                            /* of dropout */
};

struct model_result {
    double loss; /* mean over the images */
    int correct; /* images whose largest logit is where the target is largest */
};

/* MODEL_PLAIN: in PyTorch's order. MODEL_CONV: [live taps][groups][in / groups][out / groups] of
 * dims [out][in / groups][height][width]. */
enum model_layout { MODEL_PLAIN, MODEL_CONV };
/* MODEL_NORMAL: standard deviation `scale`; MODEL_UNIFORM: in [-scale, scale). */
enum model_init { MODEL_ZEROS, MODEL_ONES, MODEL_NORMAL, MODEL_UNIFORM };

/* One entry of PyTorch's state_dict. */
struct model_tensor {
    const char *name;
    int is_int64;   /* num_batches_tracked: value is one int64_t, rank 0 */
    int trainable;  /* else a buffer, or a parameter that is frozen */
    int rank;
    int dims[4];
    enum model_init init;
    float scale;
    enum model_layout layout;
    int groups;
    const int *taps; /* MODEL_CONV: for each tap, row by row, i: place i in value; ~i: place i in dead */
    void *value;
    float *dead;     /* taps that meet padding at every output; NULL: none */
    float *gradient; /* as value; NULL where not trainable; that of a dead tap is 0 */
};

/* Readies memory; once, before anything else. 0, or -1 where the system gives none. */
int MODEL(open)(void);

/* The MODEL_TENSORS entries, in the spec's order. */
struct model_tensor *MODEL(tensors)(void);

/* Room for two batches in the memory plan, which = 0 or 1: one for the step that runs, one being made ready.
 * Steps take their images from anywhere; these are for the program's use. */
uint8_t *MODEL(batch_images)(int which);
float *MODEL(batch_targets)(int which);

/* Loss and gradients of n images, MODEL_LEAST_IMAGES <= n <= MODEL_BATCH: the forward and the backward program.
 * images [n][channels][height][width]: the data set's bytes, already augmented; normalised
 * here. targets [n][classes]: each row sums to 1. Running statistics move, but for those of frozen
 * layers. Where the loss is not
 * finite, the backward program does not run. */
struct model_result MODEL(gradients)(const uint8_t *images, const float *targets, int n,
                                     const struct model_hyper *hyper);

/* One step of the optimiser with the gradients that are there. */
void MODEL(update)(const struct model_hyper *hyper);

/* gradients, then update; no update where the loss is not finite. */
struct model_result MODEL(step)(const uint8_t *images, const float *targets, int n,
                                const struct model_hyper *hyper);

/* Loss and hits of n images with running statistics; nothing changes but activations. */
struct model_result MODEL(evaluate)(const uint8_t *images, const float *targets, int n);

/* [n][classes] of the last of the calls above. */
const float *MODEL(logits)(void);

/* After a loss that is not finite: the first of parameters, then activations in forward order, then running
 * statistics, with an infinity or NaN in it; NULL if there is none. Activations whose memory others have
 * taken over are not looked at. */
const char *MODEL(first_nonfinite)(int n);

/* Everything that training changes, as stretches of memory: parameters, the optimiser's state, running
 * statistics, counters, what is owed to dead parameters. Saved after a step and put back before the next,
 * training goes on with the same bits. Sets *count; the list lives as long as the program. */
struct model_state {
    const char *name;
    void *data;
    uint64_t bytes;
};
const struct model_state *MODEL(state)(int *count);

/* Brings dead parameters up to date with the weight decay of the steps so far. Before reading values, and before
 * others take their place once steps were made. */
void MODEL(settle)(void);

/* The program supplies these.
 * model_run: unit(arguments, i) for each i in 0 .. units - 1, in any order, on any threads; returns
 * when all are done. model_scratch: MODEL_SCRATCH_BYTES, aligned to 64 bytes, that the running thread has of its own;
 * what a unit leaves there, the next may write over. model_map: zeroed memory, aligned to 64 bytes, once, for arenas
 * above 1 GiB; NULL: none. */
void model_run(int units, void (*unit)(const void *arguments, int index), const void *arguments);
void *model_scratch(void);
void *model_map(uint64_t bytes);

#endif
