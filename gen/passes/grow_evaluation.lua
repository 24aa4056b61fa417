-- Appends the evaluation program: the forward program again, with running statistics instead of the
-- batch's, without dropout, and with nothing kept for a backward program. Its tensors are its own;
-- the memory plan lays them where training's are dead.
local ops = require "ops"

return function(graph)
  local twin = {}
  local function evaluated(tensor)
    if not tensor:is("value") then return tensor end
    twin[tensor] = twin[tensor] or graph:tensor {
      name = "eval." .. tensor.name, role = tensor.role, shape = tensor.shape,
    }
    return twin[tensor]
  end
  for _, node in ipairs(graph:phase("forward")) do
    local rule = ops[node.op].evaluate
    if rule == "skip" then
      twin[node:tensor("out")] = evaluated(node:tensor("x"))
    else
      local op, keys = node.op, nil
      if rule then op, keys = rule(node) end
      local arguments = {}
      for _, argument in ipairs(node.arguments) do
        if not keys or keys[argument.key] then
          arguments[#arguments + 1] = { argument.key, evaluated(argument.tensor), keys and keys[argument.key] or argument.mode }
        end
      end
      graph:append {
        op = op, phase = "evaluate", name = node.name, scope = node.scope, line = node.line,
        attributes = node.attributes, arguments = arguments, forward = node,
      }
    end
  end
  graph.evaluated_logits = twin[graph.logits]
end
