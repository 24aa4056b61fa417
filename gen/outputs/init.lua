-- What a spec can become, by name. Each file here returns one output:
--
--   name       as --as takes it                     trains    whether it has a training step
--   passes     in the order in which they run       files     { file, template }: as the file is called, if that is all
--                                                   NAME: the model's; PREFIX; OPTIMIZER: adam or sgd;
--                                                   phase: which program of calls it is;
--                                                   kernels: all kernels follow its text;
--                                                   values: (graph) -> what its template sees beside emit/values.lua
--   reports    texts of emit/report.lua             programs  runtime/NAME.c that are made with it
--   rooms      runtime/NAME/ that they are made of
local fields = require "fields"

local outputs = { names = {} }

local make, fault = fields.declare("output", "name! trains passes! files! reports! programs! rooms")
outputs.fault = fault

function outputs.add(output)
  outputs[output.name] = make(output)
  outputs.names[#outputs.names + 1] = output.name
end

for _, name in ipairs { "trainer", "evaluator" } do outputs.add(require("outputs." .. name)) end

return outputs
