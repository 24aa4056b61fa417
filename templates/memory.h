//- memory.h: the context, and where each tensor lies.
@(header)
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"
//: if graph.memory == "separate" then

#include <sanitizer/asan_interface.h>
//: end

//: if #memory.structs(graph) > 0 then
/* The parameters, in the order in which the backward program finishes their gradients: w are the
 * values, g the gradients, the rest the optimiser's state. */
struct parameters {
//:   for _, line in ipairs(memory.parameters(graph)) do
    @(line)
//:   end
};

//: end
/* All that the network has in memory: this at the front of @(PREFIX)_BYTES bytes, and what it points to behind it;
 * plan.txt says what lies where and when. */
struct @(prefix) {
//: for _, member in ipairs(memory.members(graph)) do
//:   if member.note then
    /* @(text.wrap_comment(member.note, 4)) */
//:   end
    @(member.text);
//: end

//: if #memory.structs(graph) > 0 then
    struct parameters *@(table.concat(memory.structs(graph), ", *"));
//: end
//: for _, line in ipairs(memory.pointers(graph)) do
    @(line)
//: end
};
//: if graph.memory == "poison" then

/* Fills a dead tensor with NaN. */
static inline void poison(void *tensor, size_t bytes) { memset(tensor, 0xff, bytes); }
//: end

#endif
