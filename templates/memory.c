//- memory.c: the memory itself.
@(header)
#include "memory.h"

struct step step;

//: for _, line in ipairs(memory.definitions(graph)) do
@(line)
//: end
