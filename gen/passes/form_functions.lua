-- Cuts the programs into C functions, graph.functions: one for each run of nodes of one scope, in each phase.
local graph_module = require "graph"
local names = require "names"

-- Top-level nodes are told apart by where they stand; a backward program that frozen layers cut short may
-- be the head alone.
local function name_of(f, position, count, is_cut)
  if f.scope ~= "" then return names.identifier(f.scope) end
  local backward = f.phase == "backward"
  if count == 1 then return backward and is_cut and "head" or "network" end
  if position == 1 then return backward and "head" or "stem" end
  if position == count then return backward and "stem" or "head" end
  return "part" .. (backward and count + 1 - position or position)
end

local function functions_of(graph, phase)
  local list = {}
  for _, node in ipairs(graph.nodes) do
    if node.phase == phase then
      local last = list[#list]
      if not last or last.scope ~= node.scope then
        last = graph_module.function_of { phase = phase, scope = node.scope, nodes = {} }
        list[#list + 1] = last
      end
      last.nodes[#last.nodes + 1] = node
    end
  end
  local taken = {}
  for i, f in ipairs(list) do
    local name = name_of(f, i, #list, #graph.freeze > 0) .. "_" .. phase
    taken[name] = (taken[name] or 0) + 1
    f.name = taken[name] > 1 and name .. "_" .. taken[name] or name
  end
  return list
end

return function(graph)
  graph.functions = {}
  for _, phase in ipairs { "forward", "backward", "evaluate" } do
    for _, f in ipairs(functions_of(graph, phase)) do graph.functions[#graph.functions + 1] = f end
  end
end
