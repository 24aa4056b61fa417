//- memory.h: where each tensor lies.
@(header)
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "model.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Images a step can hold: an extent of every activation, [height][width][BATCH][channel]. A step of n
 * images uses the first n. */
enum { BATCH = @(batch) };

/* A whole cache line to itself. INDEPENDENT: a loop whose turns don't touch each other's elements,
 * though its arrays may be the same one. */
#if defined(__clang__)
#define ALIGNED __attribute__((aligned(64)))
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define ALIGNED __attribute__((aligned(64)))
#define INDEPENDENT _Pragma("GCC ivdep")
#else
#define ALIGNED
#define INDEPENDENT
#endif

/* One tap of a convolution's kernel: its place in the weight, its offset from output * stride to the
 * input it reads, and the outputs y0 <= y < y1, x0 <= x < x1 where that input exists. */
struct tap {
    int place, dy, dx, y0, y1, x0, x1;
};

/* What the step now running was called with. */
struct step {
    const uint8_t *images;
    const float *targets;
    const struct model_hyper *hyper;
    struct model_result result;
};
extern struct step step;

//: if memory.mode(graph) ~= "separate" then
/* The parameters, in the order in which the backward program finishes their gradients: w are the
 * values, g the gradients, the rest the optimiser's state. */
struct parameters {
//:   for _, line in ipairs(memory.members(graph)) do
    @(line)
//:   end
};

//:   if memory.mode(graph) == "mapped" then
extern float *arena; /* @(graph.plan.total) bytes */
//:   else
extern float arena[@(graph.plan.total // 4)]; /* @(graph.plan.total) bytes; plan.txt says who lies where and when */
//:   end

//: end
//: for _, line in ipairs(memory.declarations(graph)) do
@(line)
//: end

#endif
