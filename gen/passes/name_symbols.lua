-- The C name of every tensor: the spec's name with dots as underscores. A tensor is a member of the context, so that it
-- can't clash with functions and variables; parameters are members of structs of their own, one for values (w), one for
-- gradients (g) and one for each state of the optimiser, which have the same members.
local context = require "context"
local names = require "names"

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
  local members, taken, member_of = {}, {}, {}
  for _, member in ipairs(context.members(graph)) do taken[member.name] = true end
  for _, struct in ipairs(context.structs(graph)) do taken[struct.name] = true end
  for _, entry in ipairs(graph.update_order) do member_of[entry] = unique(names.identifier(entry.name), members) end
  for _, tensor in ipairs(graph.tensors) do
    tensor.struct = context.struct_of(graph, tensor)
    if tensor:is("caller") then
      tensor.symbol = tensor.name
    elseif tensor.struct then
      tensor.symbol = member_of[tensor.entry]
    else
      tensor.symbol = unique(names.identifier(tensor.name), taken)
    end
  end
end
