/* Philox against its published vectors, and what the distributions look like. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "data/rng.h"

/* Random123 1.14.0, tests/kat_vectors, "philox4x32 10". */
static const struct {
    uint32_t counter[4], key[2], expected[4];
} known[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

Test(rng, matches_the_published_vectors)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t out[4];
        rng_philox(out, known[i].counter, known[i].key);
        for (int word = 0; word < 4; word++)
            cr_assert_eq(out[word], known[i].expected[word], "vector %zu, word %d: %08x", i, word,
                         out[word]);
    }
}

Test(rng, values_are_the_blocks_of_seed_stream_and_index)
{
    const uint64_t seed = 0x0123456789abcdef, index = 0xfedcba9876543210;
    const uint32_t key[2] = {0x89abcdef, 0x01234567};
    struct rng rng = rng_at(seed, RNG_AUGMENT, index);

    for (uint32_t block = 0; block < 3; block++) {
        const uint32_t counter[4] = {block, RNG_AUGMENT, 0x76543210, 0xfedcba98};
        uint32_t expected[4];
        rng_philox(expected, counter, key);
        for (int word = 0; word < 4; word++)
            cr_assert_eq(rng_u32(&rng), expected[word], "block %u, word %d", block, word);
    }
}

static uint32_t first(uint64_t seed, uint32_t stream, uint64_t index)
{
    struct rng rng = rng_at(seed, stream, index);
    return rng_u32(&rng);
}

Test(rng, seed_stream_and_index_all_matter)
{
    uint32_t value = first(1, RNG_INIT, 0);
    cr_assert_eq(first(1, RNG_INIT, 0), value);
    cr_assert_neq(first(2, RNG_INIT, 0), value);
    cr_assert_neq(first(1 + (UINT64_C(1) << 32), RNG_INIT, 0), value);
    cr_assert_neq(first(1, RNG_SHUFFLE, 0), value);
    cr_assert_neq(first(1, RNG_INIT, 1), value);
    cr_assert_neq(first(1, RNG_INIT, UINT64_C(1) << 32), value);
}

Test(rng, below_is_uniform)
{
    enum { BOUND = 10, DRAWS = 100000 };
    struct rng rng = rng_at(1, 0, 0);
    int seen[BOUND] = {0};
    double chi_square = 0.0, expected = (double)DRAWS / BOUND;

    for (int i = 0; i < DRAWS; i++) {
        uint32_t value = rng_below(&rng, BOUND);
        cr_assert_lt(value, (uint32_t)BOUND);
        seen[value]++;
    }
    for (int i = 0; i < BOUND; i++)
        chi_square += (seen[i] - expected) * (seen[i] - expected) / expected;
    cr_assert_lt(chi_square, 27.88, "99.9 %% of samples are below, this one: %g", chi_square);
}

/* Without rejection, 3 * 2^30 would see every third value twice as often. */
Test(rng, below_is_unbiased_for_a_large_bound)
{
    enum { DRAWS = 30000 };
    const uint32_t bound = UINT32_C(3) << 30;
    struct rng rng = rng_at(2, 0, 0);
    int residues[3] = {0};

    for (int i = 0; i < DRAWS; i++) {
        uint32_t value = rng_below(&rng, bound);
        cr_assert_lt(value, bound);
        residues[value % 3]++;
    }
    for (int i = 0; i < 3; i++) /* four standard deviations */
        cr_assert_lt(fabs(residues[i] - DRAWS / 3.0), 4.0 * sqrt(DRAWS * 2.0 / 9.0));
}

Test(rng, below_one_is_zero)
{
    struct rng rng = rng_at(3, 0, 0);
    for (int i = 0; i < 100; i++)
        cr_assert_eq(rng_below(&rng, 1), 0u);
}

Test(rng, uniform_has_the_moments_of_0_to_1)
{
    enum { DRAWS = 1000000 };
    struct rng rng = rng_at(4, 0, 0);
    double sum = 0.0, squares = 0.0;

    for (int i = 0; i < DRAWS; i++) {
        double value = rng_uniform(&rng);
        cr_assert(value >= 0.0 && value < 1.0);
        sum += value;
        squares += value * value;
    }
    cr_assert_float_eq(sum / DRAWS, 0.5, 4.0 * sqrt(1.0 / 12.0 / DRAWS));
    cr_assert_float_eq(squares / DRAWS, 1.0 / 3.0, 4.0 * sqrt(4.0 / 45.0 / DRAWS));
}

Test(rng, normal_has_the_moments_of_a_normal)
{
    enum { DRAWS = 1000000 };
    struct rng rng = rng_at(5, 0, 0);
    double moments[5] = {0};
    int beyond_two = 0;

    for (int i = 0; i < DRAWS; i++) {
        double value = rng_normal(&rng), power = 1.0;
        cr_assert(isfinite(value));
        beyond_two += fabs(value) > 2.0;
        for (int k = 1; k <= 4; k++)
            moments[k] += (power *= value) / DRAWS;
    }
    /* four standard deviations of each moment's estimate */
    cr_assert_float_eq(moments[1], 0.0, 4.0 * sqrt(1.0 / DRAWS));
    cr_assert_float_eq(moments[2], 1.0, 4.0 * sqrt(2.0 / DRAWS));
    cr_assert_float_eq(moments[3], 0.0, 4.0 * sqrt(15.0 / DRAWS));
    cr_assert_float_eq(moments[4], 3.0, 4.0 * sqrt(96.0 / DRAWS));
    cr_assert_float_eq((double)beyond_two / DRAWS, erfc(sqrt(2.0)), 4.0 * sqrt(0.0455 / DRAWS));
}
