//- memory.h: the context, and where each tensor lies.
@(header)
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"
//: if is_separate then

#include <sanitizer/asan_interface.h>
//: end

//: if #parameter_structs > 0 then
/* The parameters, in the order in which the backward program finishes their gradients: w are the
 * values, g the gradients, the rest the optimiser's state. */
struct parameters {
//:   for _, line in ipairs(parameters) do
    @(line)
//:   end
};

//: end
/* All that the network has in memory: this at the front of @(PREFIX)_BYTES bytes, and what it points to behind it;
 * plan.txt says what lies where and when. */
struct @(prefix) {
//: for _, member in ipairs(members) do
//:   if member.note ~= "" then
    /* @(member.note) */
//:   end
    @(member.text);
//: end

//: if #parameter_structs > 0 then
    struct parameters @(struct_pointers);
//: end
//: for _, gathered in ipairs(gatherings) do
    struct {
//:   for _, one in ipairs(gathered.all) do
        struct @(gathered.struct) @(one.name); /* @(one.count) each */
//:   end
    } @(gathered.name);
//: end
//: for _, line in ipairs(pointers) do
    @(line)
//: end
};

static inline void *place(void *memory, size_t bytes) { return (char *)memory + bytes; }
//: if is_poisoned then

/* Fills a dead tensor with NaN. */
static inline void poison(void *tensor, size_t bytes) { memset(tensor, 0xff, bytes); }
//: end

#endif
