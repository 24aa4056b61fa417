-- Where products are of bf16, what layers make and its gradients are kept in bf16, too, if all kernels that touch them take it:
-- half the memory, and half of what passes between it and the processor. What runs is chosen by choose_kernels, which comes next,
-- whatever the types of tensors are; which arguments an algorithm takes so, its file says (kernels/init.lua).
--
-- Sums stay floats: batch norms' statistics, gradients of parameters, and what an algorithm adds up before it stores. A gradient
-- to which several kernels add is rounded by each.
local kernels = require "kernels"

local function takes(kernel, node, key)
  local narrow = kernel and kernel.narrow
  return narrow == true or narrow and narrow(node, key)
end

-- The tensors that a kernel reads or writes as floats alone.
local function wide_ones(graph)
  local wide = {}
  for _, logits in ipairs { graph.logits or graph.evaluated_logits, graph.evaluated_logits } do wide[logits] = true end
  for _, node in ipairs(graph.nodes) do
    local kernel = node.phase ~= "update" and kernels.chosen(node, graph.target)
    for _, argument in ipairs(node.arguments) do
      if not takes(kernel, node, argument.key) then wide[argument.tensor] = true end
    end
  end
  return wide
end

return function(graph)
  if graph.target.precision == "float32" then return end
  local wide = wide_ones(graph)
  for _, tensor in ipairs(graph.tensors) do
    if tensor:is("narrow") and not wide[tensor] then tensor:retype("bf16") end
  end
end
