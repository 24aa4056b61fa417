#include "network.h"

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARTS = 5 };

struct tensor {
    char name[128];
    int count, is_parameter, node;
    real *value, *gradient, *average, *slow, *state[3];
};

struct node {
    const struct network_node *spec;
    struct shape shape; /* for a full batch; shape_of() for n images */
    int is_needed;
    real *y, *dy;
    int *argmax;             /* max_pool */
    real *mean, *var;        /* bn: of the batch */
    int tensors[MOST_PARTS]; /* indices of its tensors, in the order of its parameters */
};

struct reference {
    const struct network *network;
    struct node *nodes;
    struct tensor *tensors;
    int tensor_count;
    int n; /* images of the last run */
};

enum { WEIGHT, BIAS, RUNNING_MEAN, RUNNING_VAR, TRACKED };

/* --- questions about a network --------------------------------------------------------------- */

static int count_of(struct shape s)
{
    return s.n * s.c * s.h * s.w;
}

static struct shape shape_after(const struct network_node *node, struct shape in,
                                const struct network *network)
{
    switch (node->op) {
    case NETWORK_INPUT:
        return (struct shape){network->batch, network->channels, network->height, network->width};
    case NETWORK_CONV:
        return window_output(in, node->window, node->out);
    case NETWORK_MAX_POOL:
    case NETWORK_AVG_POOL:
        return window_output(in, node->window, in.c);
    case NETWORK_ADAPTIVE_AVG_POOL:
    case NETWORK_ADAPTIVE_MAX_POOL:
        return (struct shape){in.n, in.c, node->window.kernel[0], node->window.kernel[1]};
    case NETWORK_PAD_CHANNELS:
        return (struct shape){in.n, node->before + in.c + node->after,
                              (in.h + node->window.stride[0] - 1) / node->window.stride[0],
                              (in.w + node->window.stride[1] - 1) / node->window.stride[1]};
    case NETWORK_MEAN_POOL:
        return (struct shape){in.n, in.c, 1, 1};
    case NETWORK_FLATTEN:
        return (struct shape){in.n, in.c * in.h * in.w, 1, 1};
    case NETWORK_LINEAR:
        return (struct shape){in.n, node->out, 1, 1};
    case NETWORK_CROSS_ENTROPY:
        return (struct shape){1, 1, 1, 1};
    case NETWORK_BN:
    case NETWORK_GROUP_NORM:
    case NETWORK_FUNCTION:
    case NETWORK_ADD:
    case NETWORK_MUL:
    case NETWORK_CONCAT:
    case NETWORK_DROPOUT:
        break;
    }
    return in;
}

static int inputs_of(const struct network_node *node)
{
    switch (node->op) {
    case NETWORK_INPUT:
        return 0;
    case NETWORK_ADD:
    case NETWORK_MUL:
        return 2;
    case NETWORK_CONCAT:
        return node->input_count;
    default:
        return 1;
    }
}

static int is_norm(const struct network_node *node)
{
    return node->op == NETWORK_BN || node->op == NETWORK_GROUP_NORM;
}

static int count_of_plane(struct shape s)
{
    return s.h * s.w;
}

/* Of ops with several inputs: of the larger one; all channels of all. */
static struct shape shape_of_all(const struct network_node *node, const struct node *nodes)
{
    struct shape shape = nodes[node->inputs[0]].shape;
    for (int k = 1; k < inputs_of(node); k++) {
        struct shape other = nodes[node->inputs[k]].shape;
        if (node->op == NETWORK_CONCAT) {
            shape.c += other.c;
        } else if (count_of_plane(other) > count_of_plane(shape)) {
            shape = other;
        }
    }
    return shape;
}

int network_is_random(const struct network *network)
{
    for (int i = 0; i < network->count; i++) {
        if (network->nodes[i].op == NETWORK_DROPOUT && network->nodes[i].p > 0) {
            return 1;
        }
    }
    return 0;
}

int network_smallest_batch(const struct network *network)
{
    struct reference *r = reference_open(network);
    int smallest = 1;
    for (int i = 0; i < network->count; i++) {
        struct shape s = r->nodes[i].shape;
        if (r->nodes[i].is_needed && network->nodes[i].op == NETWORK_BN &&
            !network->nodes[i].is_frozen && s.h * s.w == 1) {
            smallest = 2;
        }
    }
    reference_close(r);
    return smallest;
}

/* --- opening and closing --------------------------------------------------------------------- */

static void *allocate(int count, size_t size)
{
    void *memory = calloc((size_t)count + !count, size);
    if (!memory) {
        fprintf(stderr, "reference: out of memory\n");
        exit(1);
    }
    return memory;
}

static real *values(int count)
{
    return allocate(count, sizeof(real));
}

static void add_tensor(struct reference *r, int node, int part, const char *suffix, int count)
{
    struct tensor *tensor = &r->tensors[r->tensor_count];
    snprintf(tensor->name, sizeof tensor->name, "%s.%s", r->nodes[node].spec->name, suffix);
    tensor->count = count;
    tensor->node = node;
    tensor->is_parameter = part <= BIAS;
    tensor->value = values(count);
    tensor->gradient = values(count);
    tensor->average = values(count);
    tensor->slow = values(count);
    tensor->state[0] = values(count);
    tensor->state[1] = values(2 * count); /* Adam's largest means behind it */
    tensor->state[2] = values(count);
    r->nodes[node].tensors[part] = r->tensor_count++;
}

static void add_tensors(struct reference *r, int node, struct shape in)
{
    const struct network_node *spec = r->nodes[node].spec;
    for (int part = 0; part < MOST_PARTS; part++) {
        r->nodes[node].tensors[part] = -1;
    }
    if (spec->op == NETWORK_CONV) {
        int taps = spec->window.kernel[0] * spec->window.kernel[1];
        add_tensor(r, node, WEIGHT, "weight", spec->out * (in.c / spec->groups) * taps);
    } else if (spec->op == NETWORK_LINEAR) {
        add_tensor(r, node, WEIGHT, "weight", spec->out * in.c);
    }
    if (is_norm(spec) && !spec->has_no_affine) {
        add_tensor(r, node, WEIGHT, "weight", in.c);
        add_tensor(r, node, BIAS, "bias", in.c);
    }
    if (spec->op == NETWORK_BN) {
        add_tensor(r, node, RUNNING_MEAN, "running_mean", in.c);
        add_tensor(r, node, RUNNING_VAR, "running_var", in.c);
        add_tensor(r, node, TRACKED, "num_batches_tracked", 1);
    } else if (spec->bias) {
        add_tensor(r, node, BIAS, "bias", spec->out);
    }
}

static void mark_needed(struct reference *r)
{
    r->nodes[r->network->count - 1].is_needed = 1;
    for (int i = r->network->count - 1; i >= 0; i--) {
        for (int k = 0; k < inputs_of(r->nodes[i].spec) && r->nodes[i].is_needed; k++) {
            r->nodes[r->nodes[i].spec->inputs[k]].is_needed = 1;
        }
    }
}

struct reference *reference_open(const struct network *network)
{
    struct reference *r = allocate(1, sizeof *r);
    r->network = network;
    r->nodes = allocate(network->count, sizeof *r->nodes);
    r->tensors = allocate(network->count * MOST_PARTS, sizeof *r->tensors);
    for (int i = 0; i < network->count; i++) {
        struct node *node = &r->nodes[i];
        node->spec = &network->nodes[i];
        struct shape in = r->nodes[node->spec->inputs[0]].shape;
        node->shape = shape_after(
            node->spec, inputs_of(node->spec) > 1 ? shape_of_all(node->spec, r->nodes) : in,
            network);
        int count = count_of(node->shape);
        node->y = values(count);
        node->dy = values(count);
        node->argmax = allocate(count, sizeof *node->argmax);
        node->mean = values(node->shape.c);
        node->var = values(node->shape.c);
        add_tensors(r, i, in);
    }
    mark_needed(r);
    return r;
}

void reference_close(struct reference *r)
{
    for (int i = 0; i < r->network->count; i++) {
        struct node *node = &r->nodes[i];
        free(node->y);
        free(node->dy);
        free(node->argmax);
        free(node->mean);
        free(node->var);
    }
    for (int i = 0; i < r->tensor_count; i++) {
        struct tensor *tensor = &r->tensors[i];
        free(tensor->value);
        free(tensor->gradient);
        free(tensor->average);
        free(tensor->slow);
        for (int k = 0; k < 3; k++) {
            free(tensor->state[k]);
        }
    }
    free(r->nodes);
    free(r->tensors);
    free(r);
}

/* --- tensors --------------------------------------------------------------------------------- */

int reference_tensors(const struct reference *r)
{
    return r->tensor_count;
}

int reference_find(const struct reference *r, const char *name)
{
    for (int i = 0; i < r->tensor_count; i++) {
        if (strcmp(r->tensors[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

const char *reference_name(const struct reference *r, int tensor)
{
    return r->tensors[tensor].name;
}

int reference_count(const struct reference *r, int tensor)
{
    return r->tensors[tensor].count;
}

int reference_is_trained(const struct reference *r, int tensor)
{
    const struct node *node = &r->nodes[r->tensors[tensor].node];
    return r->tensors[tensor].is_parameter && node->is_needed && !reference_is_frozen(r, tensor);
}

int reference_is_frozen(const struct reference *r, int tensor)
{
    const struct node *node = &r->nodes[r->tensors[tensor].node];
    return node->spec->is_frozen ||
           (node->spec->has_fixed_weight && tensor == node->tensors[WEIGHT]) ||
           (node->spec->has_fixed_bias && tensor == node->tensors[BIAS]);
}

static real *part_of(const struct reference *r, int tensor, enum reference_part part)
{
    const struct tensor *t = &r->tensors[tensor];
    return part == REFERENCE_VALUE      ? t->value
           : part == REFERENCE_GRADIENT ? t->gradient
                                        : t->average;
}

void reference_set(struct reference *r, int tensor, enum reference_part part, const float *from)
{
    real *to = part_of(r, tensor, part);
    for (int i = 0; i < r->tensors[tensor].count; i++) {
        to[i] = from[i];
    }
}

void reference_get(const struct reference *r, int tensor, enum reference_part part, double *to)
{
    const real *from = part_of(r, tensor, part);
    for (int i = 0; i < r->tensors[tensor].count; i++) {
        to[i] = from[i];
    }
}

/* --- running --------------------------------------------------------------------------------- */

static struct shape shape_of(const struct reference *r, int node)
{
    struct shape shape = r->nodes[node].shape;
    shape.n = r->network->nodes[node].op == NETWORK_CROSS_ENTROPY ? 1 : r->n;
    return shape;
}

/* The value (or gradient) of a node's WEIGHT, BIAS, ...; NULL if it has none. */
static real *value_of(const struct reference *r, const struct node *node, int part)
{
    return node->tensors[part] < 0 ? NULL : r->tensors[node->tensors[part]].value;
}

static real *gradient_of(const struct reference *r, const struct node *node, int part)
{
    return node->tensors[part] < 0 ? NULL : r->tensors[node->tensors[part]].gradient;
}

#ifdef REFERENCE_SINGLE
/* Uniform in [-1, 1), always the same sequence. */
static real next_random(void)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (real)(state >> 40) / 8388608 - 1;
}
#endif

/* As float, moves a batch's statistics by up to one unit of rounding, as other orders of summation
 * would: with few values a channel the naive sums are right by chance, and what hangs on them
 * looks better than it is. */
static void jitter_statistics(struct node *node)
{
#ifdef REFERENCE_SINGLE
    for (int c = 0; c < node->shape.c; c++) {
        real size = fabsf(node->mean[c]) + sqrtf(node->var[c]);
        node->mean[c] += FLT_EPSILON * size * next_random();
        node->var[c] *= 1 + FLT_EPSILON * next_random();
    }
#else
    (void)node;
#endif
}

/* The same for probability less target, where little is left if an answer is sure. */
static void jitter_answers(real *dlogits, const float *targets, int n, int classes)
{
#ifdef REFERENCE_SINGLE
    for (int i = 0; i < n * classes; i++) {
        dlogits[i] += FLT_EPSILON * targets[i] / (real)n * next_random();
    }
#else
    (void)dlogits, (void)targets, (void)n, (void)classes;
#endif
}

static void forward_bn(struct reference *r, struct node *node, const real *x, struct shape in,
                       int is_training)
{
    const struct network_node *spec = node->spec;
    real *weight = value_of(r, node, WEIGHT), *bias = value_of(r, node, BIAS);
    real *mean = value_of(r, node, RUNNING_MEAN), *var = value_of(r, node, RUNNING_VAR);
    if (!is_training || spec->is_frozen) {
        memcpy(node->var, var, (size_t)in.c * sizeof *var); /* for largest_factor() */
        bn_evaluate(node->y, x, weight, bias, mean, var, in, spec->eps);
        return;
    }
    bn_forward(node->y, node->mean, node->var, mean, var, x, weight, bias, in, spec->eps,
               spec->momentum);
    jitter_statistics(node);
    bn_evaluate(node->y, x, weight, bias, node->mean, node->var, in, spec->eps);
    value_of(r, node, TRACKED)[0] += 1;
}

/* Either side may be the factor of all positions. */
static void mul_nodes(struct reference *r, int i, int is_backward)
{
    struct node *node = &r->nodes[i];
    const struct node *a = &r->nodes[node->spec->inputs[0]], *b = &r->nodes[node->spec->inputs[1]];
    if (count_of_plane(a->shape) < count_of_plane(b->shape)) {
        const struct node *other = a;
        a = b;
        b = other;
    }
    int is_factor = count_of_plane(a->shape) > count_of_plane(b->shape);
    if (is_backward) {
        mul_backward(a->dy, b->dy, node->dy, a->y, b->y, shape_of(r, i), is_factor);
    } else {
        mul_forward(node->y, a->y, b->y, shape_of(r, i), is_factor);
    }
}

static void concat_nodes(struct reference *r, int i, int is_backward)
{
    struct node *node = &r->nodes[i];
    int first = 0;
    for (int k = 0; k < inputs_of(node->spec); k++) {
        const struct node *input = &r->nodes[node->spec->inputs[k]];
        struct shape in = shape_of(r, node->spec->inputs[k]);
        if (is_backward) {
            concat_backward(input->dy, node->dy, in, first, node->shape.c);
        } else {
            concat_forward(node->y, input->y, in, first, node->shape.c);
        }
        first += in.c;
    }
}

static void forward(struct reference *r, int i, const uint8_t *images, const float *targets,
                    int is_training)
{
    struct node *node = &r->nodes[i];
    const struct network_node *spec = node->spec;
    const real *x = r->nodes[spec->inputs[0]].y;
    struct shape in = shape_of(r, spec->inputs[0]);
    const real *weight = value_of(r, node, WEIGHT), *bias = value_of(r, node, BIAS);
    switch (spec->op) {
    case NETWORK_INPUT:
        input_forward(node->y, images, shape_of(r, i), r->network->mean, r->network->std);
        break;
    case NETWORK_CONV:
        conv_forward(node->y, x, weight, bias, in, spec->out, spec->window, spec->groups);
        break;
    case NETWORK_BN:
        forward_bn(r, node, x, in, is_training);
        break;
    case NETWORK_GROUP_NORM:
        node->mean[0] = group_norm_forward(node->y, x, weight, bias, in, spec->groups, spec->eps);
        break;
    case NETWORK_FUNCTION:
        function_forward(node->y, x, count_of(in), spec->function, spec->number);
        break;
    case NETWORK_ADD:
        add_forward(node->y, x, r->nodes[spec->inputs[1]].y, count_of(in));
        break;
    case NETWORK_MUL:
        mul_nodes(r, i, 0);
        break;
    case NETWORK_CONCAT:
        concat_nodes(r, i, 0);
        break;
    case NETWORK_PAD_CHANNELS:
        pad_channels_forward(node->y, x, in, spec->before, node->shape.c, spec->window.stride);
        break;
    case NETWORK_ADAPTIVE_AVG_POOL:
        adaptive_pool_forward(node->y, NULL, x, in, spec->window.kernel);
        break;
    case NETWORK_ADAPTIVE_MAX_POOL:
        adaptive_pool_forward(node->y, node->argmax, x, in, spec->window.kernel);
        break;
    case NETWORK_MAX_POOL:
        max_pool_forward(node->y, node->argmax, x, in, spec->window);
        break;
    case NETWORK_AVG_POOL:
        avg_pool_forward(node->y, x, in, spec->window);
        break;
    case NETWORK_MEAN_POOL:
        mean_pool_forward(node->y, x, in);
        break;
    case NETWORK_FLATTEN:
    case NETWORK_DROPOUT: /* p = 0, or evaluation */
        memcpy(node->y, x, (size_t)count_of(in) * sizeof *x);
        break;
    case NETWORK_LINEAR:
        linear_forward(node->y, x, weight, bias, r->n, in.c, spec->out);
        break;
    case NETWORK_CROSS_ENTROPY:
        node->y[0] = cross_entropy_forward(x, targets, r->n, in.c, spec->label_smoothing,
                                           spec->class_weights);
        break;
    }
}

static void backward(struct reference *r, int i, const float *targets)
{
    struct node *node = &r->nodes[i];
    const struct network_node *spec = node->spec;
    const real *x = r->nodes[spec->inputs[0]].y, *dy = node->dy;
    real *dx = r->nodes[spec->inputs[0]].dy;
    struct shape in = shape_of(r, spec->inputs[0]);
    const real *weight = value_of(r, node, WEIGHT);
    real *dweight = gradient_of(r, node, WEIGHT), *dbias = gradient_of(r, node, BIAS);
    switch (spec->op) {
    case NETWORK_INPUT:
        break;
    case NETWORK_CONV:
        conv_backward(dx, dweight, dbias, dy, x, weight, in, spec->out, spec->window, spec->groups);
        break;
    case NETWORK_BN:
        if (spec->is_frozen) {
            bn_evaluate_backward(dx, dy, weight, value_of(r, node, RUNNING_VAR), in, spec->eps);
            break;
        }
        bn_backward(dx, dweight, dbias, dy, x, node->mean, node->var, weight, in, spec->eps);
        break;
    case NETWORK_GROUP_NORM:
        group_norm_backward(dx, dweight, dbias, dy, x, weight, in, spec->groups, spec->eps);
        break;
    case NETWORK_FUNCTION:
        function_backward(dx, dy, x, count_of(in), spec->function, spec->number);
        break;
    case NETWORK_ADD:
        add_backward(dx, r->nodes[spec->inputs[1]].dy, dy, count_of(in));
        break;
    case NETWORK_MUL:
        mul_nodes(r, i, 1);
        break;
    case NETWORK_CONCAT:
        concat_nodes(r, i, 1);
        break;
    case NETWORK_PAD_CHANNELS:
        pad_channels_backward(dx, dy, in, spec->before, node->shape.c, spec->window.stride);
        break;
    case NETWORK_ADAPTIVE_AVG_POOL:
        adaptive_avg_pool_backward(dx, dy, in, spec->window.kernel);
        break;
    case NETWORK_ADAPTIVE_MAX_POOL:
    case NETWORK_MAX_POOL:
        max_pool_backward(dx, dy, node->argmax, in, shape_of(r, i));
        break;
    case NETWORK_AVG_POOL:
        avg_pool_backward(dx, dy, in, spec->window);
        break;
    case NETWORK_MEAN_POOL:
        mean_pool_backward(dx, dy, in);
        break;
    case NETWORK_FLATTEN:
    case NETWORK_DROPOUT:
        for (int k = 0; k < count_of(in); k++) {
            dx[k] += dy[k];
        }
        break;
    case NETWORK_LINEAR:
        linear_backward(dx, dweight, dbias, dy, x, weight, r->n, in.c, spec->out);
        break;
    case NETWORK_CROSS_ENTROPY:
        cross_entropy_backward(dx, x, targets, r->n, in.c, spec->label_smoothing,
                               spec->class_weights);
        jitter_answers(dx, targets, r->n, in.c);
        break;
    }
}

static double run_forward(struct reference *r, const uint8_t *images, const float *targets, int n,
                          int is_training)
{
    r->n = n;
    for (int i = 0; i < r->network->count; i++) {
        if (r->nodes[i].is_needed) {
            forward(r, i, images, targets, is_training);
        }
    }
    return (double)r->nodes[r->network->count - 1].y[0];
}

static void clear_gradients(struct reference *r)
{
    for (int i = 0; i < r->network->count; i++) {
        memset(r->nodes[i].dy, 0, (size_t)count_of(r->nodes[i].shape) * sizeof(real));
    }
    for (int i = 0; i < r->tensor_count; i++) {
        memset(r->tensors[i].gradient, 0, (size_t)r->tensors[i].count * sizeof(real));
    }
}

double reference_gradients(struct reference *r, const uint8_t *images, const float *targets, int n)
{
    double loss = run_forward(r, images, targets, n, 1);
    clear_gradients(r);
    for (int i = r->network->count - 1; i >= 0; i--) {
        if (r->nodes[i].is_needed) {
            backward(r, i, targets);
        }
    }
    return loss;
}

double reference_evaluate(struct reference *r, const uint8_t *images, const float *targets, int n)
{
    return run_forward(r, images, targets, n, 0);
}

void reference_logits(const struct reference *r, double *to)
{
    int logits = r->network->nodes[r->network->count - 1].inputs[0];
    for (int i = 0; i < r->n * r->network->classes; i++) {
        to[i] = r->nodes[logits].y[i];
    }
}

/* Scales the gradients so that the norm of all of them is at most clip_norm. */
static void clip_gradients(struct reference *r)
{
    double squares = 0;
    for (int i = 0; i < r->tensor_count; i++) {
        const struct tensor *t = &r->tensors[i];
        for (int k = 0; k < t->count && reference_is_trained(r, i); k++) {
            squares += (double)t->gradient[k] * (double)t->gradient[k];
        }
    }
    double scale = fmin(1, r->network->clip_norm / (sqrt(squares) + 1e-6));
    for (int i = 0; i < r->tensor_count; i++) {
        for (int k = 0; k < r->tensors[i].count; k++) {
            r->tensors[i].gradient[k] *= (real)scale;
        }
    }
}

static void average(struct tensor *t, double decay, int64_t step)
{
    for (int i = 0; i < t->count; i++) {
        real after = (real)decay * t->average[i] + (real)(1 - decay) * t->value[i];
        t->average[i] = step == 1 ? t->value[i] : after;
    }
}

static int is_spared(const struct reference *r, int tensor,
                     const struct network_optimizer *optimizer)
{
    const struct node *node = &r->nodes[r->tensors[tensor].node];
    return optimizer->decay_weights_only &&
           (is_norm(node->spec) || tensor != node->tensors[WEIGHT]);
}

/* The group that names the parameter; NULL: none does. */
static const struct network_group *group_of(const struct reference *r, int tensor)
{
    for (int i = 0; i < r->network->group_count; i++) {
        const struct network_group *group = &r->network->groups[i];
        for (int k = 0; k < group->count; k++) {
            if (strcmp(group->parameters[k], reference_name(r, tensor)) == 0) {
                return group;
            }
        }
    }
    return NULL;
}

/* All optimisers of one are given the same learning rate and so on: one of them counts. */
static double lr_of(const struct network_optimizer *o)
{
    return fmax(fmax(o->sgd.lr, o->adam.lr), fmax(fmax(o->lion.lr, o->muon.lr), o->rmsprop.lr));
}

static void scale_decay(struct network_optimizer *o, double factor)
{
    o->sgd.weight_decay *= factor;
    o->adam.weight_decay *= factor;
    o->lion.weight_decay *= factor;
    o->muon.weight_decay *= factor;
    o->rmsprop.weight_decay *= factor;
}

static void set_momentum(struct network_optimizer *o, double momentum)
{
    o->sgd.momentum = o->muon.momentum = o->rmsprop.momentum = momentum;
    o->adam.beta1 = o->lion.beta1 = momentum;
}

/* The optimiser of a parameter with its numbers of this step. */
static struct network_optimizer optimizer_of(const struct reference *r, int tensor, double lr,
                                             double momentum)
{
    const struct network_group *group = group_of(r, tensor);
    struct network_optimizer o = r->network->optimizer;
    double factor = group ? group->lr_factor : 1;
    if (group && group->optimizer) {
        factor = lr_of(group->optimizer) / lr_of(&o);
        o = *group->optimizer;
    } else {
        set_momentum(&o, momentum * (group ? group->momentum_factor : 1));
        scale_decay(&o, group ? group->weight_decay_factor : 1);
    }
    o.sgd.lr = o.adam.lr = o.lion.lr = o.muon.lr = o.rmsprop.lr = lr * factor;
    if (is_spared(r, tensor, &o)) {
        scale_decay(&o, 0);
    }
    return o;
}

/* outputs: of a weight. */
static void move(struct tensor *t, const struct network_optimizer *o, int outputs, int64_t step)
{
    real *const *state = t->state;
    switch (o->rule) {
    case NETWORK_SGD:
        sgd_update(t->value, state[0], t->gradient, t->count, o->sgd, step);
        break;
    case NETWORK_ADAM:
        adam_update(t->value, state[0], state[1], t->gradient, t->count, o->adam, step);
        break;
    case NETWORK_ADAMW:
        adamw_update(t->value, state[0], state[1], t->gradient, t->count, o->adam, step);
        break;
    case NETWORK_LION:
        lion_update(t->value, state[0], t->gradient, t->count, o->lion);
        break;
    case NETWORK_MUON:
        muon_update(t->value, state[0], t->gradient, outputs, t->count, o->muon);
        break;
    case NETWORK_RMSPROP:
        rmsprop_update(t->value, state[0], state[1], state[2], t->gradient, t->count, o->rmsprop);
        break;
    }
}

/* The part of the way that slow weights go in a step; -1: they stay, and so do the others. */
static double slow_part(const struct network *network, int64_t step, int64_t steps)
{
    double done = fmin((double)step / (double)steps, 1);
    if (step % network->lookahead != 0) {
        return step == steps ? 0 : -1;
    }
    return network->power > 0 ? 1 - (1 - network->alpha) * pow(done, network->power)
                              : network->alpha;
}

static void follow_slowly(struct tensor *t, double part)
{
    for (int i = 0; i < t->count && part >= 0; i++) {
        t->slow[i] += (real)part * (t->value[i] - t->slow[i]);
        t->value[i] = t->slow[i];
    }
}

void reference_update(struct reference *r, int64_t step, int64_t steps, double lr, double momentum)
{
    if (r->network->clip_norm > 0) {
        clip_gradients(r);
    }
    for (int i = 0; i < r->tensor_count; i++) {
        if (reference_is_trained(r, i)) {
            const struct network_optimizer o = optimizer_of(r, i, lr, momentum);
            if (step == 1) {
                memcpy(r->tensors[i].slow, r->tensors[i].value,
                       (size_t)r->tensors[i].count * sizeof(real));
            }
            move(&r->tensors[i], &o, r->nodes[r->tensors[i].node].spec->out, step);
            if (r->network->lookahead > 0) {
                follow_slowly(&r->tensors[i], slow_part(r->network, step, steps));
            }
            average(&r->tensors[i], r->network->ema_decay, step);
        }
    }
}

/* --- size of terms, kinks
 * ----------------------------------------------------------------------------------- */

static double root_mean_square(const real *x, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += (double)x[i] * (double)x[i];
    }
    return sqrt(sum / count) + 1e-30;
}

/* What a norm multiplies gradients with at most: weight / sqrt(var + eps). */
static double largest_factor(const struct reference *r, const struct node *bn)
{
    const real *weight = value_of(r, bn, WEIGHT);
    double largest = 0;
    for (int c = 0; c < bn->shape.c; c++) {
        double factor = bn->spec->op == NETWORK_GROUP_NORM
                            ? (double)bn->mean[0]
                            : 1 / sqrt((double)bn->var[c] + bn->spec->eps);
        largest = fmax(largest, factor * (weight ? fabs((double)weight[c]) : 1));
    }
    return largest;
}

/* At most what a function multiplies gradients with. */
static double largest_slope(const struct network_node *spec)
{
    return spec->function == SCALE || spec->function == LEAKY_RELU ? fmax(1, fabs(spec->number))
                                                                   : 1.2;
}

static double largest_value(const struct reference *r, int node)
{
    double largest = 0;
    for (int i = 0; i < count_of(shape_of(r, node)); i++) {
        largest = fmax(largest, fabs((double)r->nodes[node].y[i]));
    }
    return largest;
}

/* The norm of a node's dy before batch norms behind it subtract averages, which may leave nothing.
 */
static double size_of_terms(const struct reference *r, int index)
{
    double size = 0;
    for (int i = index + 1; i < r->network->count; i++) {
        const struct network_node *reader = &r->network->nodes[i];
        for (int k = 0; k < inputs_of(reader) && r->nodes[i].is_needed; k++) {
            if (reader->inputs[k] == index && is_norm(reader)) {
                size += largest_factor(r, &r->nodes[i]) * size_of_terms(r, i);
            } else if (reader->inputs[k] == index && reader->op == NETWORK_FUNCTION) {
                size += largest_slope(reader) * size_of_terms(r, i);
            } else if (reader->inputs[k] == index && reader->op == NETWORK_MUL) {
                size += largest_value(r, reader->inputs[1 - k]) * size_of_terms(r, i);
            } else if (reader->inputs[k] == index && reader->op != NETWORK_CONV &&
                       reader->op != NETWORK_LINEAR && reader->op != NETWORK_CROSS_ENTROPY) {
                size += size_of_terms(r, i);
            }
        }
    }
    int count = count_of(shape_of(r, index));
    return fmax(size, root_mean_square(r->nodes[index].dy, count) * sqrt(count));
}

double reference_scale(const struct reference *r, int tensor)
{
    int index = r->tensors[tensor].node, count = count_of(shape_of(r, index));
    const struct node *node = &r->nodes[index];
    double dy = size_of_terms(r, index);
    if (is_norm(node->spec) || tensor == node->tensors[BIAS]) {
        return dy * sqrt((double)count / node->shape.c);
    }
    int inputs = count_of(shape_of(r, node->spec->inputs[0]));
    return dy * root_mean_square(r->nodes[node->spec->inputs[0]].y, inputs) * sqrt(inputs);
}

/* Distance from the kinks that the function has: at 0, and at 6. */
static double function_margin(const struct network_node *spec, const real *x, int count)
{
    double smallest = INFINITY;
    if (spec->function > LEAKY_RELU) {
        return smallest;
    }
    for (int i = 0; i < count; i++) {
        if (x[i] != 0) {
            smallest = fmin(smallest, fabs((double)x[i]));
        }
        if (spec->function == RELU6 && x[i] != 6) {
            smallest = fmin(smallest, fabs((double)x[i] - 6));
        }
    }
    return smallest;
}

/* The gap at output position (h, w) of one plane; equal values tie in any precision. */
static double gap_at(const real *plane, real best, struct shape in, const struct window *window,
                     int h, int w)
{
    double smallest = INFINITY;
    for (int k = 0; k < window->kernel[0] * window->kernel[1]; k++) {
        int ih = h * window->stride[0] - window->padding[0] + k / window->kernel[1];
        int iw = w * window->stride[1] - window->padding[1] + k % window->kernel[1];
        if (ih >= 0 && ih < in.h && iw >= 0 && iw < in.w && plane[ih * in.w + iw] < best) {
            smallest = fmin(smallest, (double)(best - plane[ih * in.w + iw]));
        }
    }
    return smallest;
}

static double max_pool_margin(const struct node *node, const real *x, struct shape in,
                              struct shape to)
{
    double smallest = INFINITY;
    for (int i = 0; i < count_of(to); i++) {
        const real *plane = x + (ptrdiff_t)(i / (to.h * to.w)) * in.h * in.w;
        smallest = fmin(smallest, gap_at(plane, node->y[i], in, &node->spec->window,
                                         i / to.w % to.h, i % to.w));
    }
    return smallest;
}

static double adaptive_margin(const struct node *node, const real *x, struct shape in,
                              struct shape to)
{
    double smallest = INFINITY;
    for (int i = 0; i < count_of(to); i++) {
        const real *plane = x + (ptrdiff_t)(i / (to.h * to.w)) * in.h * in.w;
        int rows[2], columns[2];
        adaptive_part(rows, i / to.w % to.h, to.h, in.h);
        adaptive_part(columns, i % to.w, to.w, in.w);
        for (int h = rows[0]; h < rows[1]; h++) {
            for (int w = columns[0]; w < columns[1]; w++) {
                if (plane[h * in.w + w] < node->y[i]) {
                    smallest = fmin(smallest, (double)(node->y[i] - plane[h * in.w + w]));
                }
            }
        }
    }
    return smallest;
}

double reference_margin(const struct reference *r)
{
    double smallest = INFINITY;
    for (int i = 0; i < r->network->count; i++) {
        const struct node *node = &r->nodes[i];
        struct shape in = shape_of(r, node->spec->inputs[0]);
        const real *x = r->nodes[node->spec->inputs[0]].y;
        double margin = INFINITY;
        if (node->is_needed && node->spec->op == NETWORK_FUNCTION) {
            margin = function_margin(node->spec, x, count_of(in));
        } else if (node->is_needed && node->spec->op == NETWORK_MAX_POOL) {
            margin = max_pool_margin(node, x, in, shape_of(r, i));
        } else if (node->is_needed && node->spec->op == NETWORK_ADAPTIVE_MAX_POOL) {
            margin = adaptive_margin(node, x, in, shape_of(r, i));
        }
        smallest = fmin(smallest, margin / root_mean_square(x, count_of(in)));
    }
    return smallest;
}

/* --- dropout --------------------------------------------------------------------------------- */

int network_last_dropout(const struct network *network)
{
    const struct network_node *nodes = network->nodes;
    int linear = nodes[network->count - 1].inputs[0], from = nodes[linear].inputs[0], dropouts = 0;
    if (nodes[from].op == NETWORK_FLATTEN) {
        from = nodes[from].inputs[0];
    }
    for (int i = 0; i < network->count; i++) {
        dropouts += nodes[i].op == NETWORK_DROPOUT;
    }
    int is_last = dropouts == 1 && nodes[linear].op == NETWORK_LINEAR &&
                  nodes[from].op == NETWORK_DROPOUT && nodes[from].p > 0;
    return is_last ? from : -1;
}

/* Features of an image that one draw is for. */
static int drawn_together(const struct node *dropout)
{
    struct shape s = dropout->shape;
    return dropout->spec->drop == DROP_VALUES     ? 1
           : dropout->spec->drop == DROP_CHANNELS ? s.h * s.w
                                                  : s.c * s.h * s.w;
}

void reference_dropout_moments(const struct reference *r, double *mean, double *variance)
{
    const struct network_node *nodes = r->network->nodes;
    const struct node *linear = &r->nodes[nodes[r->network->count - 1].inputs[0]];
    const struct node *dropout = &r->nodes[network_last_dropout(r->network)];
    double p = dropout->spec->p;
    int features = dropout->shape.c * dropout->shape.h * dropout->shape.w;
    int classes = linear->spec->out, together = drawn_together(dropout);
    const real *weight = value_of(r, linear, WEIGHT);
    for (int i = 0; i < r->n * classes; i++) {
        mean[i] = linear->y[i];
        variance[i] = 0;
        for (int first = 0; first < features; first += together) {
            double term = 0;
            for (int k = first; k < first + together; k++) {
                term += (double)(weight[i % classes * features + k] *
                                 dropout->y[i / classes * features + k]);
            }
            variance[i] += term * term * p / (1 - p);
        }
    }
}

#ifdef REFERENCE_SINGLE
const struct reference_library reference_single = {
#else
const struct reference_library reference_double = {
#endif
    .open = reference_open,
    .close = reference_close,
    .tensors = reference_tensors,
    .find = reference_find,
    .name = reference_name,
    .count = reference_count,
    .is_trained = reference_is_trained,
    .is_frozen = reference_is_frozen,
    .set = reference_set,
    .get = reference_get,
    .gradients = reference_gradients,
    .evaluate = reference_evaluate,
    .logits = reference_logits,
    .update = reference_update,
    .scale = reference_scale,
    .margin = reference_margin,
    .dropout_moments = reference_dropout_moments,
};
