-- Appends the backward program: the forward nodes upside down, each through its op's own gradient rule.
--
-- A tensor read by several nodes gets the sum of their gradients: whoever comes first writes, the others add.
-- Nothing flows to a tensor that is fixed (freeze_layers), and a frozen parameter gets no gradient. Of one that is frozen later
-- the program says from when on which nodes are idle (freeze_later.lua).
local fields = require "fields"
local freeze_later = require "freeze_later"
local graph_module = require "graph"
local ops = require "ops"

local Tape = {}
Tape.__index = Tape

-- The finished gradient of a tensor: in backward order all that read the tensor have run.
function Tape:gradient(tensor)
  return self.gradients[tensor]
end

-- Where to put one contribution to the gradient of `tensor`: the gradient and the mode of access,
-- "w" for the first contribution, "rw" for those that must add to what is there. Nil: nowhere.
function Tape:into(tensor)
  if tensor.is_fixed then return nil end
  if self.gradients[tensor] then return self.gradients[tensor], "rw" end
  self.gradients[tensor] = self.graph:tensor {
    name = "d." .. tensor.name, role = "gradient", shape = tensor.shape, of = tensor,
  }
  return self.gradients[tensor], "w"
end

-- The gradient of a parameter; each parameter belongs to one node, so it is written once. Nil: it has none.
function Tape:parameter(tensor)
  if tensor:is("constant") then return nil end
  local gradient = self.graph:tensor {
    name = "d." .. tensor.name, role = "parameter_gradient", dims = tensor.dims, of = tensor,
    entry = tensor.entry,
  }
  tensor.entry.gradient = gradient
  return gradient
end

local function writes_any(arguments)
  for _, argument in ipairs(graph_module.arguments(arguments)) do
    if argument.mode ~= "r" then return true end
  end
  return false
end

-- Appends a backward node of the forward node being differentiated, if it has anything to write.
function Tape:emit(op, arguments, attributes)
  if not writes_any(arguments) then return end
  local forward = self.node
  return self.graph:append {
    op = op, phase = "backward", name = forward.name, scope = forward.scope, line = forward.line,
    attributes = fields.copy(forward.attributes, attributes or {}), arguments = arguments, forward = forward,
  }
end

return function(graph)
  local tape = setmetatable({ graph = graph, gradients = {} }, Tape)
  local forward = graph:phase("forward")
  for i = #forward, 1, -1 do
    local node = forward[i]
    local rule = ops[node.op].backward
    if rule and (node.op == "cross_entropy" or tape.gradients[node:tensor("out")]) then
      tape.node = node
      rule(node, tape)
    end
  end
  freeze_later.mark(graph)
end
