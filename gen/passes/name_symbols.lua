-- The C name of every tensor: the spec's name with dots as underscores. A tensor is a member of the context, so that it
-- can't clash with functions and variables; parameters are members of structs of their own, reached through w (values),
-- g (gradients) and one pointer for each state of the optimiser.
local context = require "context"

-- What means something else whatever stands before it: macros, in capitals.
local function identifier(name)
  local symbol = name:gsub("%.", "_")
  return symbol:match("^[A-Z][A-Z%d_]*$") and "net_" .. symbol or symbol
end

-- Two names of the spec may meet in one identifier (a.b and a_b): the later one gets a number.
local function unique(symbol, taken)
  local candidate, number = symbol, 1
  while taken[candidate] do
    number = number + 1
    candidate = symbol .. "_" .. number
  end
  taken[candidate] = true
  return candidate
end

return function(graph)
  local members, taken = {}, {}
  for _, member in ipairs(context.members(graph)) do taken[member.name] = true end
  for _, struct in ipairs(context.structs(graph)) do taken[struct.name] = true end
  for _, entry in ipairs(graph.update_order) do entry.member = unique(identifier(entry.name), members) end
  for _, tensor in ipairs(graph.tensors) do
    local struct = context.struct_of(graph, tensor)
    if tensor:is("caller") then
      tensor.symbol = tensor.name
    elseif struct then
      tensor.symbol = struct .. "->" .. tensor.entry.member
    else
      tensor.symbol = unique(identifier(tensor.name), taken)
    end
  end
  for _, node in ipairs(graph.nodes) do
    node.scope_symbol = node.scope ~= "" and identifier(node.scope) or ""
  end
end
