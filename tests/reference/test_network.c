/* A whole network through the reference: gradients that add up where tensors part and meet again,
 * against finite differences; names, updates and what a branch that misses the loss must not do. */
#include "network.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#define WINDOW(k, s, p)                                                                            \
    {                                                                                              \
        .kernel = {k, k}, .stride = {s, s}, .padding = { p, p }                                    \
    }

/* A residual block, a branch that nobody reads, pools, two linear layers. */
static const struct network_node nodes[] = {
    {.op = NETWORK_INPUT, .name = "image"},
    {.op = NETWORK_CONV, .name = "a", .window = WINDOW(3, 1, 1), .out = 4, .groups = 1, .bias = 1},
    {.op = NETWORK_BN, .name = "b", .inputs = {1}, .eps = 1e-5, .momentum = 0.1},
    {.op = NETWORK_FUNCTION, .function = RELU, .name = "c", .inputs = {2}},
    {.op = NETWORK_CONV,
     .name = "d",
     .inputs = {3},
     .window = WINDOW(3, 1, 1),
     .out = 4,
     .groups = 2},
    {.op = NETWORK_BN, .name = "unused", .inputs = {3}, .eps = 1e-5, .momentum = 0.1},
    {.op = NETWORK_ADD, .name = "e", .inputs = {4, 3}},
    {.op = NETWORK_ADD, .name = "f", .inputs = {6, 6}},
    {.op = NETWORK_MAX_POOL, .name = "g", .inputs = {7}, .window = WINDOW(3, 2, 1)},
    {.op = NETWORK_AVG_POOL, .name = "h", .inputs = {8}, .window = WINDOW(2, 1, 1)},
    {.op = NETWORK_FLATTEN, .name = "i", .inputs = {9}},
    {.op = NETWORK_LINEAR, .name = "j", .inputs = {10}, .out = 6, .bias = 1},
    {.op = NETWORK_LINEAR, .name = "k", .inputs = {11}, .out = 3},
    {.op = NETWORK_CROSS_ENTROPY, .name = "loss", .inputs = {12}, .label_smoothing = 0.1},
};

static const double mean[] = {0.5, 0.4}, std[] = {0.25, 0.2};

static const struct network network = {
    .name = "small",
    .batch = 4,
    .channels = 2,
    .height = 5,
    .width = 6,
    .classes = 3,
    .mean = mean,
    .std = std,
    .nodes = nodes,
    .count = sizeof nodes / sizeof *nodes,
    .optimizer = {.rule = NETWORK_SGD, .sgd = {.lr = 0.01, .momentum = 0.9, .weight_decay = 0.01}},
};

enum { IMAGES = 3, MOST = 1024 };

static uint8_t images[IMAGES * 2 * 5 * 6];
static float targets[IMAGES * 3];

static float next_random(void)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (float)(state >> 40) / 8388608.0f - 1;
}

static struct reference *open_network(void)
{
    struct reference *r = reference_open(&network);
    for (int i = 0; i < reference_tensors(r); i++) {
        float values[MOST];
        float shift = strstr(reference_name(r, i), "running_var") ? 1 : 0;
        cr_assert(reference_count(r, i) <= MOST);
        for (int k = 0; k < reference_count(r, i); k++) {
            values[k] = 0.5f * next_random() + shift;
        }
        reference_set(r, i, REFERENCE_VALUE, values);
    }
    for (size_t i = 0; i < sizeof images; i++) {
        images[i] = (uint8_t)(127.5f * (next_random() + 1));
    }
    for (int i = 0; i < IMAGES; i++) {
        targets[i * 3 + i] = 0.75f;
        targets[i * 3 + (i + 1) % 3] = 0.25f;
    }
    return r;
}

/* The loss with `change` added to one value of a tensor. */
static double loss_with(struct reference *r, int tensor, int at, float change)
{
    double kept[MOST];
    float values[MOST];
    reference_get(r, tensor, REFERENCE_VALUE, kept);
    for (int i = 0; i < reference_count(r, tensor); i++) {
        values[i] = (float)kept[i];
    }
    values[at] += change;
    reference_set(r, tensor, REFERENCE_VALUE, values);
    double loss = reference_gradients(r, images, targets, IMAGES);
    values[at] = (float)kept[at];
    reference_set(r, tensor, REFERENCE_VALUE, values);
    return loss;
}

static void expect_gradient(struct reference *r, int tensor)
{
    const float h = 1.0f / 65536; /* the values are multiples of 2^-24: sums are exact */
    double gradient[MOST];
    reference_gradients(r, images, targets, IMAGES);
    reference_get(r, tensor, REFERENCE_GRADIENT, gradient);
    for (int i = 0; i < reference_count(r, tensor); i++) {
        double rise = loss_with(r, tensor, i, h) - loss_with(r, tensor, i, -h);
        double expected = rise / (2 * (double)h);
        cr_expect(fabs(gradient[i] - expected) < 1e-6 * (1 + fabs(expected)),
                  "%s[%d] is %.9g, differences say %.9g", reference_name(r, tensor), i, gradient[i],
                  expected);
    }
}

Test(network, gradients)
{
    struct reference *r = open_network();
    cr_assert(network_smallest_batch(&network) == 1 && !network_is_random(&network));
    reference_gradients(r, images, targets, IMAGES);
    cr_assert(reference_margin(r) > 1e-4, "choose other values: a kink is %g away",
              reference_margin(r));
    for (int i = 0; i < reference_tensors(r); i++) {
        if (reference_is_trained(r, i)) {
            expect_gradient(r, i);
        }
    }
    reference_close(r);
}

Test(network, names_as_in_a_state_dict)
{
    static const char *const names[] = {"a.weight",
                                        "a.bias",
                                        "b.weight",
                                        "b.bias",
                                        "b.running_mean",
                                        "b.running_var",
                                        "b.num_batches_tracked",
                                        "d.weight",
                                        "unused.weight",
                                        "unused.bias",
                                        "unused.running_mean",
                                        "unused.running_var",
                                        "unused.num_batches_tracked",
                                        "j.weight",
                                        "j.bias",
                                        "k.weight"};
    struct reference *r = reference_open(&network);
    cr_assert(reference_tensors(r) == sizeof names / sizeof *names);
    for (int i = 0; i < reference_tensors(r); i++) {
        cr_expect_str_eq(reference_name(r, i), names[i]);
        cr_expect(reference_find(r, names[i]) == i);
    }
    cr_expect(reference_find(r, "d.bias") == -1);
    reference_close(r);
}

static double first_of(struct reference *r, const char *name)
{
    double values[MOST];
    reference_get(r, reference_find(r, name), REFERENCE_VALUE, values);
    return values[0];
}

Test(network, update_leaves_alone_what_misses_the_loss)
{
    struct reference *r = open_network();
    double used = first_of(r, "b.weight"), unused = first_of(r, "unused.weight");
    double tracked = first_of(r, "b.num_batches_tracked");
    double idle = first_of(r, "unused.running_mean");
    reference_gradients(r, images, targets, IMAGES);
    reference_update(r, 1, 9, 0.01, 0.9);
    cr_expect(first_of(r, "b.weight") != used);
    cr_expect(first_of(r, "unused.weight") == unused);
    cr_expect(first_of(r, "b.num_batches_tracked") == tracked + 1);
    cr_expect(first_of(r, "unused.running_mean") == idle);
    reference_close(r);
}

Test(network, training_lowers_the_loss_and_evaluation_changes_nothing)
{
    struct reference *r = open_network();
    double first = reference_gradients(r, images, targets, IMAGES), last = first;
    for (int step = 1; step <= 30; step++) {
        last = reference_gradients(r, images, targets, IMAGES);
        reference_update(r, step, 9, 0.01, 0.9);
    }
    cr_expect(last < 0.8 * first, "%g, then %g", first, last);
    double before = reference_evaluate(r, images, targets, IMAGES);
    cr_expect(reference_evaluate(r, images, targets, IMAGES) == before);
    reference_close(r);
}
