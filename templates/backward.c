//- backward.c: the network, backward.
@(header)
#include "layers.h"

#include "kernels.h"
#include "memory.h"

/* The forward program upside down. Each function takes the gradients of what its forward twin made and
 * leaves those of what it was given, and of its parameters. */
//: for _, f in ipairs(layers.functions(graph, "backward")) do

/* @(layers.comment(graph, f)) */
static void @(f.name)(int n)
{
//:   for _, line in ipairs(f.statements) do
    @(text.wrap(line, 8))
//:   end
}
//: end

void run_backward(int n)
{
//: for _, f in ipairs(layers.functions(graph, "backward")) do
    @(f.name)(n);
//: end
}
