//- evaluate.c: the network, forward in evaluation.
@(header)
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The network with running statistics. */
//: for _, f in ipairs(layers.functions(graph, "evaluate")) do

/* @(layers.comment(graph, f)) */
static void @(f.name)(int n)
{
//:   for _, line in ipairs(f.statements) do
    @(text.wrap(line, 8))
//:   end
}
//: end

void run_evaluate(int n)
{
//: for _, f in ipairs(layers.functions(graph, "evaluate")) do
    @(f.name)(n);
//: end
}
