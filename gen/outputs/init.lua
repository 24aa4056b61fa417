-- What a spec can become, by name. Each file here returns one output:
--
--   name       as --as takes it                     trains    whether it has a training step
--   passes     in the order in which they run       files     { file, template }: as the file is called, if that is all
--                                                   NAME: the model's; PREFIX;
--                                                   phase: which program of calls it is;
--                                                   kernels: all kernels follow its text;
--                                                   values: (graph) -> what its template sees beside emit/values.lua
--   values     the parts of emit/values.lua that its templates see; absent: those of a program that trains or has labels
--   weights    "apart": packed, in memory of their own, which may be read only; else they lie in the arena as training has
--              them
--   state      "apart": weights, the optimiser's state and all else that stays from step to step may lie in memory of its own;
--              else it is the front of the arena
--   wide       the type of sums and constants that kernels may choose: "double", if it isn't said, or "float"
--   math       "own": functions of math.h come along (templates/mathematics.h); absent: they are the C library's
--   batch      images of a call where nobody says how many; absent: the spec's
--   bundle     { file, template, beside } ... that there are too where it goes to other people (--form); beside: not joined to
--              the others in one file
--   reports    texts of emit/report.lua             programs  runtime/NAME.c that are made with it
--   rooms      runtime/NAME/ that they are made of
local fields = require "fields"

local outputs = { names = {} }

local make, fault = fields.declare("output",
  "name! trains passes! files! values weights state wide math batch bundle reports! programs! rooms")
outputs.fault = fault

function outputs.add(output)
  outputs[output.name] = make(output)
  outputs.names[#outputs.names + 1] = output.name
end

for _, name in ipairs { "trainer", "evaluator", "library", "inference" } do outputs.add(require("outputs." .. name)) end

return outputs
