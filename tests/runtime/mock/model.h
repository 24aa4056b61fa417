/* A model.h written by hand, so that the runtime can be tested without generated code: what
 * castnet writes for a network of 3x32x32 images, ten classes and batches of 128. */
#ifndef MODEL_H
#define MODEL_H

#include <stddef.h>
#include <stdint.h>

#define MODEL(name) mock_##name
#define MODEL_NAME "mock"
#define MODEL_DATASET "cifar10"
#define MODEL_VERSION "0.1.0"
#define MODEL_OPTIONS "--batch 128"
#ifndef MODEL_BLAS
#define MODEL_BLAS 0
#define MODEL_TARGET "mock"
#endif
#ifndef MOCK_TENSORS
#define MOCK_TENSORS 6
#endif

#define MODEL_EMA 0
#define MODEL_FROZEN 0

enum {
    MODEL_BATCH = 128,
    MODEL_LEAST_IMAGES = 1,
    MODEL_CHANNELS = 3,
    MODEL_HEIGHT = 32,
    MODEL_WIDTH = 32,
    MODEL_CLASSES = 10,
    MODEL_TENSORS = MOCK_TENSORS,
    MODEL_STATES = 3,
    MODEL_ALIGNMENT = 64,
    MODEL_NUMBERS = 8,
    MODEL_COMPILED_IN = 3,
    MODEL_PARTS = 3,
    MODEL_TRIVIAL_AUGMENT = 1,
    MODEL_COLOR_JITTER = 1,
    MODEL_WHITENING = 0
};
#define MODEL_PARAMETERS 1234
#define MODEL_BYTES 123456
#define MODEL_SCRATCH_BYTES 64

enum model_optimizer { MODEL_SGD, MODEL_ADAM, MODEL_ADAMW, MODEL_LION, MODEL_MUON, MODEL_RMSPROP };
enum model_schedule {
    MODEL_CONSTANT,
    MODEL_STEP,
    MODEL_MULTI_STEP,
    MODEL_EXPONENTIAL,
    MODEL_LINEAR_LR,
    MODEL_POLYNOMIAL,
    MODEL_COSINE,
    MODEL_COSINE_RESTARTS,
    MODEL_ONE_CYCLE
};

enum model_border { MODEL_BORDER_BLACK, MODEL_BORDER_REFLECT };
enum { MODEL_FLIP_ALTERNATING = 2 };
struct model_augment {
    int crop_padding;
    enum model_border border;
    double flip;
    int trivial_augment;
    double brightness, contrast, saturation, hue;
    int cutout;
    double random_erasing;
    double erasing_scale[2], erasing_ratio[2];
    uint8_t fill[MODEL_CHANNELS];
    double mixup;
    double cutmix;
};

struct model_part {
    enum model_schedule schedule;
    int per_step;
    double begins;
    int step_size;
    const double *milestones;
    int milestone_count;
    double gamma;
    double start_factor, end_factor;
    double power;
    int total_iters;
    double lr_min;
    int period, period_factor;
    double pct_start, div_factor, final_div_factor, base_momentum, max_momentum;
    int cycle_momentum;
};

struct model_freeze {
    double epochs;
    const char *names;
};

struct model_recipe {
    double epochs;
    enum model_optimizer optimizer;
    int has_beta1;
    double lr, momentum, beta1, beta2, alpha, eps, weight_decay, dampening;
    int nesterov;
    int decay_weights_only;
    const char *groups, *lookahead;
    double clip_norm;
    double ema_decay;
    const struct model_freeze *freeze_after;
    int freezes;
    int drop_last;
    int patience;
    double warmup_epochs;
    const char *schedule;
    const char *const *fixed;
    struct model_part parts[MODEL_PARTS];
    struct model_augment augment;
    double label_smoothing;
    const double *class_weights;
    double mean[MODEL_CHANNELS], std[MODEL_CHANNELS];
};
extern const struct model_recipe MODEL(recipe);
extern const char MODEL(spec_sha256)[];

struct model_whitening {
    int tensor;
    int images;
    double eps;
    int dilation[2];
};
extern const struct model_whitening MODEL(whitening);

typedef uint8_t model_label;

struct model_data {
    const char *name;
    const char *variable;
    const char *folder;
    int label_bytes;
    int label;
    int label_size;
    int records;
    int train_files, test_files;
    const char *const *train, *const *test;
    const char *names_file;
    const char *const *names;
};
extern const struct model_data MODEL(data);

struct model_number {
    const char *option;
    const char *about, *unit, *takes;
    size_t offset;
    int is_int;
    double low, high;
    const char *word;
    double word_value;
};
extern const struct model_number MODEL(numbers)[MODEL_NUMBERS];
extern const char *const MODEL(compiled_in)[MODEL_COMPILED_IN];

struct model_context;

typedef void model_unit(const void *arguments, int index, void *scratch);

struct model_host {
    void (*run)(void *pool, int units, model_unit *unit, const void *arguments);
    void *pool;
    int (*threads)(void *pool);
};

struct model_hyper {
    double lr, weight_decay;
    double momentum, dampening;
    double beta1, beta2, eps;
    double alpha;
    double clip_norm, ema_decay;
    int64_t step, steps, frozen;
    uint64_t seed;
};

struct model_result {
    double loss;
    int correct;
};

enum model_init { MODEL_ZEROS, MODEL_ONES, MODEL_NORMAL, MODEL_UNIFORM, MODEL_DIRAC };

enum model_type { MODEL_F32, MODEL_I64 };

struct model_tensor {
    const char *name;
    enum model_type type;
    int trainable;
    int rank;
    int dims[4];
    enum model_init init;
    float scale;
    size_t strides[4];
    int groups;
    const int *taps;
    size_t value;
    size_t dead;
    size_t gradient;
};
extern struct model_tensor MODEL(tensors)[MODEL_TENSORS]; /* tests change it */

struct model_state {
    const char *name;
    size_t place;
    size_t bytes;
    size_t number;
};
extern const struct model_state MODEL(states)[MODEL_STATES];

struct model_context *MODEL(open)(void *memory, const struct model_host *host);
void *MODEL(at)(struct model_context *context, size_t place);
uint8_t *MODEL(batch_images)(struct model_context *context, int which);
float *MODEL(batch_targets)(struct model_context *context, int which);
struct model_result MODEL(gradients)(struct model_context *context, const uint8_t *images,
                                     const float *targets, int n, const struct model_hyper *hyper);
void MODEL(update)(struct model_context *context, const struct model_hyper *hyper);
struct model_result MODEL(step)(struct model_context *context, const uint8_t *images,
                                const float *targets, int n, const struct model_hyper *hyper);
struct model_result MODEL(evaluate)(struct model_context *context, const uint8_t *images,
                                    const float *targets, int n);
const float *MODEL(logits)(const struct model_context *context);
const char *MODEL(first_nonfinite)(const struct model_context *context, int n);
void MODEL(settle)(struct model_context *context);

#endif
