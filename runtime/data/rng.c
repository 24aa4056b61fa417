/* rng.c - see rng.h */
#include "data/rng.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 10 };
static const uint32_t multiplier[2] = {0xD2511F53U, 0xCD9E8D57U};
static const uint32_t weyl[2] = {0x9E3779B9U, 0xBB67AE85U}; /* added to the key every round */

void rng_philox(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2])
{
    uint32_t c[4] = {counter[0], counter[1], counter[2], counter[3]};
    uint32_t k[2] = {key[0], key[1]};

    for (int round = 0; round < ROUNDS; round++) {
        uint64_t even = (uint64_t)multiplier[0] * c[0];
        uint64_t odd = (uint64_t)multiplier[1] * c[2];
        c[0] = (uint32_t)(odd >> 32) ^ c[1] ^ k[0];
        c[1] = (uint32_t)odd;
        c[2] = (uint32_t)(even >> 32) ^ c[3] ^ k[1];
        c[3] = (uint32_t)even;
        k[0] += weyl[0];
        k[1] += weyl[1];
    }
    memcpy(out, c, sizeof c);
}

struct rng rng_at(uint64_t seed, uint32_t stream, uint64_t index)
{
    struct rng rng = {
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
        .counter = {0, stream, (uint32_t)index, (uint32_t)(index >> 32)},
        .used = 4,
    };
    return rng;
}

uint32_t rng_u32(struct rng *rng)
{
    if (rng->used == 4) {
        rng_philox(rng->block, rng->counter, rng->key);
        rng->counter[0]++;
        rng->used = 0;
    }
    return rng->block[rng->used++];
}

/* Lemire, "Fast random integer generation in an interval", 2019: the high word of a product, and
 * the few low words that would favour some results are drawn again. */
uint32_t rng_below(struct rng *rng, uint32_t bound)
{
    uint64_t product = (uint64_t)rng_u32(rng) * bound;
    if ((uint32_t)product < bound) {
        uint32_t threshold = (0U - bound) % bound; /* 2^32 mod bound */
        while ((uint32_t)product < threshold)
            product = (uint64_t)rng_u32(rng) * bound;
    }
    return (uint32_t)(product >> 32);
}

/* Fisher and Yates. */
void rng_permutation(struct rng *rng, int *order, int n)
{
    for (int i = 0; i < n; i++)
        order[i] = i;
    for (int i = n - 1; i > 0; i--) {
        int j = (int)rng_below(rng, (uint32_t)i + 1U);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
    }
}

float rng_uniform(struct rng *rng)
{
    return (float)(rng_u32(rng) >> 8) * 0x1p-24F;
}

static double uniform_above_0(struct rng *rng)
{
    return (rng_u32(rng) + 1.0) * 0x1p-32; /* of (0, 1] */
}

/* Box and Muller 1958; the second of the pair is dropped to keep the state a position only. */
float rng_normal(struct rng *rng)
{
    const double two_pi = 6.283185307179586;
    double radius = sqrt(-2.0 * log(uniform_above_0(rng)));
    double angle = two_pi * (rng_u32(rng) * 0x1p-32);
    return (float)(radius * cos(angle));
}

/* The logarithm of a Gamma(shape, 1) number, which itself can be too small for a double. Marsaglia
 * and Tsang, "A simple method for generating gamma variables", 2000; a shape below 1 is brought
 * above it as they say there: Gamma(a) is Gamma(a + 1) times U^(1 / a). */
static double log_gamma_variate(struct rng *rng, double shape)
{
    double boost = shape < 1 ? log(uniform_above_0(rng)) / shape : 0;
    double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3.0, c = 1 / sqrt(9 * d);

    for (;;) {
        double x = rng_normal(rng), v = 1 + c * x;

        v = v * v * v;
        if (v > 0 && log(uniform_above_0(rng)) < 0.5 * x * x + d - d * v + d * log(v))
            return log(d * v) + boost;
    }
}

/* X / (X + Y) of two gamma numbers. */
double rng_beta(struct rng *rng, double alpha)
{
    double x = log_gamma_variate(rng, alpha), y = log_gamma_variate(rng, alpha);

    return 1 / (1 + exp(y - x));
}
