/* A network as its spec records it, run node by node with the reference library.
 *
 * Nothing of the compiler's is in here, neither its graph nor its passes: the nodes come from the
 * record, forward goes through them in order, backward in reverse with gradients that add up, and
 * every tensor has its PyTorch name, shape and layout. Values cross this interface as float (in)
 * and double (out) whatever `real` is, so that one program can use both builds. */
#ifndef REFERENCE_NETWORK_H
#define REFERENCE_NETWORK_H

#include "ops.h"

#ifdef REFERENCE_SINGLE
#define reference_open single_open
#define reference_close single_close
#define reference_tensors single_tensors
#define reference_find single_find
#define reference_name single_name
#define reference_count single_count
#define reference_is_trained single_is_trained
#define reference_is_frozen single_is_frozen
#define reference_set single_set
#define reference_get single_get
#define reference_gradients single_gradients
#define reference_evaluate single_evaluate
#define reference_logits single_logits
#define reference_update single_update
#define reference_scale single_scale
#define reference_margin single_margin
#define reference_dropout_moments single_dropout_moments
#define network_smallest_batch single_smallest_batch
#define network_is_random single_is_random
#define network_last_dropout single_last_dropout
#endif

enum network_op {
    NETWORK_INPUT,
    NETWORK_CONV,
    NETWORK_BN,
    NETWORK_GROUP_NORM,
    NETWORK_FUNCTION, /* of one value */
    NETWORK_ADD,
    NETWORK_MUL, /* one side may be 1x1 */
    NETWORK_CONCAT,
    NETWORK_PAD_CHANNELS,
    NETWORK_ADAPTIVE_AVG_POOL,
    NETWORK_ADAPTIVE_MAX_POOL,
    NETWORK_MAX_POOL,
    NETWORK_AVG_POOL,
    NETWORK_MEAN_POOL,
    NETWORK_FLATTEN,
    NETWORK_LINEAR,
    NETWORK_DROPOUT,
    NETWORK_CROSS_ENTROPY
};

/* What each draw of a dropout is for. */
enum network_drop { DROP_VALUES, DROP_CHANNELS, DROP_IMAGES };

struct network_node {
    enum network_op op;
    const char *name;     /* parameters are NAME.weight, ... */
    int inputs[8];        /* indices of earlier nodes */
    int input_count;      /* concat */
    struct window window; /* conv, pools */
    int out, groups, bias;
    double eps, momentum;                 /* norms */
    int has_no_affine;                    /* norms: without weight and bias */
    int has_fixed_weight, has_fixed_bias; /* not trained, alone */
    enum function function;
    double number; /* slope or factor of that */
    double p;      /* dropout */
    enum network_drop drop;
    int before, after; /* pad_channels; its stride is the window's, as is size of adaptive pools its
                          kernel */
    double label_smoothing;
    const double *class_weights; /* of the loss, one a class; NULL: all are 1 */
    int is_frozen;               /* not trained; bn by running statistics */
};

enum network_rule {
    NETWORK_SGD,
    NETWORK_ADAM,
    NETWORK_ADAMW,
    NETWORK_LION,
    NETWORK_MUON,
    NETWORK_RMSPROP
};

struct network_optimizer {
    enum network_rule rule;
    struct sgd sgd;
    struct adam adam;
    struct lion lion;
    struct muon muon;
    struct rmsprop rmsprop;
    int decay_weights_only; /* weight decay spares all but weights of convolutions and linear layers
                             */
};

/* Parameters that move by factors of the network's numbers, or by an optimiser of their own, whose
 * learning rate moves as the network's does. */
struct network_group {
    const char *const *parameters;
    int count;
    double lr_factor, weight_decay_factor, momentum_factor;
    const struct network_optimizer *optimizer; /* NULL: the network's */
};

struct network {
    const char *name;
    int batch, channels, height, width, classes;
    const double *mean, *std; /* by channel */
    const struct network_node *nodes;
    int count;
    struct network_optimizer optimizer;
    const struct network_group *groups;
    int group_count;
    double clip_norm, ema_decay; /* 0: none */
    int lookahead;               /* slow weights follow every so many steps; 0: there are none */
    double alpha, power;         /* by this part, or more the less of the training is done */
};

/* The fewest images a training step can have: two where a batch norm sees one value an image. */
int network_smallest_batch(const struct network *network);
/* Whether training draws random numbers (dropout), which the reference can't follow. */
int network_is_random(const struct network *network);

struct reference; /* a network with its values */

struct reference *reference_open(const struct network *network);
void reference_close(struct reference *r);

/* Tensors in the order of the nodes: parameters, running statistics, num_batches_tracked (a
 * tensor of one value). find returns -1 for an unknown name. */
int reference_tensors(const struct reference *r);
int reference_find(const struct reference *r, const char *name);
const char *reference_name(const struct reference *r, int tensor);
int reference_count(const struct reference *r, int tensor);
/* Whether a gradient of the loss reaches it; PyTorch leaves others alone, decay included. */
int reference_is_trained(const struct reference *r, int tensor);
/* Whether it belongs to a frozen layer. */
int reference_is_frozen(const struct reference *r, int tensor);

enum reference_part { REFERENCE_VALUE, REFERENCE_GRADIENT, REFERENCE_AVERAGE };
void reference_set(struct reference *r, int tensor, enum reference_part part, const float *from);
void reference_get(const struct reference *r, int tensor, enum reference_part part, double *to);

/* Forward, loss and backward over n images. Returns the mean loss. Nodes that the loss does not
 * depend on do not run. */
double reference_gradients(struct reference *r, const uint8_t *images, const float *targets, int n);
/* Forward and loss by running statistics. */
double reference_evaluate(struct reference *r, const uint8_t *images, const float *targets, int n);
/* [n][classes] of the last of the two. */
void reference_logits(const struct reference *r, double *to);

/* One step of the network's optimiser with what is in the gradients, clipped first; then the moving
 * averages of what is trained take it in. step is 1 for the first of `steps`.
 * lr and momentum (Adam's beta1) are those of this step, as a schedule moves them. */
void reference_update(struct reference *r, int64_t step, int64_t steps, double lr, double momentum);

/* A bound on the norm of a parameter's gradient, |dy| |x|, from the terms that add up to it in the
 * last backward run. Where they cancel, this times the unit of rounding is what float leaves. dy is
 * measured before a batch norm behind the node took averages away. */
double reference_scale(const struct reference *r, int tensor);

/* How near the last forward run came to a kink, where another rounding gives another gradient:
 * the smallest distance of a relu's input from 0, or of a pool's winner from a smaller value,
 * relative to the root mean square of the node's input. */
double reference_margin(const struct reference *r);

/* Mean and variance over all masks of the logits [n][classes] of the last run, where the network
 * ends with a dropout, perhaps a flatten, and a linear layer: x stays, as x / (1 - p), with
 * probability 1 - p. */
/* That dropout, or -1. */
int network_last_dropout(const struct network *network);
void reference_dropout_moments(const struct reference *r, double *mean, double *variance);

/* All of it in one table, of which each build has its own. */
struct reference_library {
    struct reference *(*open)(const struct network *network);
    void (*close)(struct reference *r);
    int (*tensors)(const struct reference *r);
    int (*find)(const struct reference *r, const char *name);
    const char *(*name)(const struct reference *r, int tensor);
    int (*count)(const struct reference *r, int tensor);
    int (*is_trained)(const struct reference *r, int tensor);
    int (*is_frozen)(const struct reference *r, int tensor);
    void (*set)(struct reference *r, int tensor, enum reference_part part, const float *from);
    void (*get)(const struct reference *r, int tensor, enum reference_part part, double *to);
    double (*gradients)(struct reference *r, const uint8_t *images, const float *targets, int n);
    double (*evaluate)(struct reference *r, const uint8_t *images, const float *targets, int n);
    void (*logits)(const struct reference *r, double *to);
    void (*update)(struct reference *r, int64_t step, int64_t steps, double lr, double momentum);
    double (*scale)(const struct reference *r, int tensor);
    double (*margin)(const struct reference *r);
    void (*dropout_moments)(const struct reference *r, double *mean, double *variance);
};
extern const struct reference_library reference_double, reference_single;

#endif
