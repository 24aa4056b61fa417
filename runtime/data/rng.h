/* rng.h - counter-based random numbers, Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011). What a generator returns is a pure function of (seed,
 * stream, index): nothing depends on threads or on how much another generator was used. */
#ifndef RNG_H
#define RNG_H

#include <stdint.h>

enum rng_stream {
    RNG_INIT,
    RNG_SHUFFLE,
    RNG_AUGMENT,
    RNG_SYNTHETIC,
    RNG_FLIP,
    RNG_MIXUP,
    RNG_SPLIT,
    RNG_TRIVIAL,
    RNG_JITTER,
    RNG_ERASING,
    RNG_CUTMIX
};

struct rng {
    uint32_t key[2];
    uint32_t counter[4]; /* block number, stream, index (low, high) */
    uint32_t block[4];
    int used; /* values of block already handed out, 0..4 */
};

/* One Philox4x32 block of ten rounds. */
void rng_philox(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2]);

/* A generator of its own for every (seed, stream, index), good for 2^34 values. */
struct rng rng_at(uint64_t seed, uint32_t stream, uint64_t index);

/* The index of what is drawn for an image, or a batch, of an epoch. */
static inline uint64_t rng_image(int epoch, int image)
{
    return (uint64_t)(uint32_t)epoch << 32 | (uint32_t)image;
}

uint32_t rng_u32(struct rng *rng);
uint32_t rng_below(struct rng *rng, uint32_t bound); /* in [0, bound), unbiased; bound >= 1 */
float rng_uniform(struct rng *rng);                  /* in [0, 1), multiples of 2^-24 */
float rng_normal(struct rng *rng);                   /* mean 0, standard deviation 1 */
double rng_beta(struct rng *rng,
                double alpha); /* of Beta(alpha, alpha), in [0, 1]; alpha >= 1e-300 */

/* order := 0 .. n - 1 in an order that is as likely as any other. */
void rng_permutation(struct rng *rng, int *order, int n);

#endif
