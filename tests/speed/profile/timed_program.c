//- timed_program.c: one of the three programs of calls, the time of each taken.
@(header)
#include "layers.h"

#include "kernels.h"
#include "memory.h"
#include "profile.h"

/* @(program.title) */
//: for _, f in ipairs(program.functions) do

/* @(f.comment) */
static void @(f.name)(struct @(prefix) *c, int n)
{
//:   for _, line in ipairs(f.lines) do
    @(line)
//:   end
}
//: end

void run_@(program.phase)(struct @(prefix) *c, int n)
{
//: for _, f in ipairs(program.functions) do
    @(f.name)(c, n);
//: end
}
