-- The C name of every tensor: the spec's name with dots as underscores. A tensor is a member of the context, so that it
-- can't clash with functions and variables, or there of what kernels take as one (gather_arguments); parameters are
-- members of structs of their own, one for values (w), one for gradients (g) and one for each state of the optimiser,
-- which have the same members. And of the maps of taps, which are arrays beside the table of weights.
local context = require "context"
local graph_module = require "graph"
local names = require "names"
local structs = require "kernels.structs"

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

-- Those of one kind lie in a struct of their own.
local function name_gatherings(graph, taken)
  local members = {}
  for _, gathering in ipairs(graph.gatherings) do
    local group = structs[gathering.struct].parameter
    taken[group], members[group] = true, members[group] or {}
    gathering.symbol = group .. "." .. unique(names.identifier(gathering.layer), members[group])
  end
end

-- The maps of taps of all weights that are read, each once and called after the first convolution that has it.
local function name_tap_maps(graph)
  local entries, by_text = graph.parameters, {}
  if graph.packed then
    entries = {}
    for i, packed in ipairs(graph.packed) do entries[i] = packed.weight end
  end
  graph.tap_maps = {}
  for _, entry in ipairs(entries) do
    local text = entry.groups and table.concat(entry.taps, " ")
    if text and not by_text[text] then
      by_text[text] = "taps_" .. names.identifier((entry.name:gsub("%.weight$", "")))
      table.insert(graph.tap_maps, graph_module.tap_map { symbol = by_text[text], taps = entry.taps })
    end
    entry.map = by_text[text]
  end
end

return function(graph)
  local members, taken, member_of = {}, {}, {}
  for _, member in ipairs(context.members(graph)) do taken[member.name] = true end
  for _, struct in ipairs(context.structs(graph)) do taken[struct.name] = true end
  name_gatherings(graph, taken)
  name_tap_maps(graph)
  for _, entry in ipairs(graph.update_order) do member_of[entry] = unique(names.identifier(entry.name), members) end
  for _, tensor in ipairs(graph.tensors) do
    tensor.struct = context.struct_of(graph, tensor)
    if tensor:is("caller") then
      tensor.symbol = tensor.name
    elseif tensor.struct then
      tensor.symbol = member_of[tensor.entry]
    elseif tensor.gathering then
      tensor.symbol = tensor.gathering.symbol .. "." .. tensor.key
    else
      tensor.symbol = unique(names.identifier(tensor.name), taken)
    end
  end
end
