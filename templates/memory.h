//- memory.h: where each tensor lies.
@(header)
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"

//: if graph.plan.mode ~= "separate" then
//:   if #graph.update_order > 0 then
/* The parameters, in the order in which the backward program finishes their gradients: w are the
 * values, g the gradients, the rest the optimiser's state. */
struct parameters {
//:   for _, line in ipairs(memory.members(graph)) do
    @(line)
//:   end
};

//:   end
//:   if graph.plan.mode == "mapped" then
extern float *arena; /* @(graph.plan.total) bytes */
//:   else
extern float arena[@(graph.plan.total // 4)]; /* @(graph.plan.total) bytes; plan.txt says who lies where and when */
//:   end

//: end
//: for _, line in ipairs(memory.declarations(graph)) do
@(line)
//: end

#endif
