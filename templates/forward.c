//- forward.c: the network, forward in training.
@(header)
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network, as the spec tells it: one function for each of its blocks. */
//: for _, f in ipairs(layers.functions(graph, "forward")) do

/* @(layers.comment(graph, f)) */
static void @(f.name)(int n)
{
//:   for _, line in ipairs(f.statements) do
    @(text.wrap(line, 8))
//:   end
}
//: end

void run_forward(int n)
{
//: for _, f in ipairs(layers.functions(graph, "forward")) do
    @(f.name)(n);
//: end
}
