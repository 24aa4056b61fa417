-- Gathers what kernels take as one struct: graph.gatherings has one for each layer, of the tensors of all its nodes.
local graph_module = require "graph"
local structs = require "kernels.structs"

local function is_member(struct, key)
  for _, name in ipairs(structs[struct].members) do
    if name == key then return true end
  end
  return false
end

local function gather(gathering, argument)
  local tensor = argument.tensor
  if tensor.gathering then return end
  tensor.gathering, tensor.key = gathering, argument.key
  gathering.count = gathering.count or tensor.count
  assert(#tensor.dims == 1 and tensor.count == gathering.count, tensor.name)
  gathering.members[#gathering.members + 1] = { key = argument.key, tensor = tensor }
end

return function(graph)
  local of_layer = {}
  graph.gatherings = {}
  for _, node in ipairs(graph.nodes) do
    local struct = node.instance and node.instance.kernel.struct
    if struct then
      if not of_layer[node.name] then
        of_layer[node.name] = graph_module.gathering { layer = node.name, struct = struct, members = {} }
        graph.gatherings[#graph.gatherings + 1] = of_layer[node.name]
      end
      for _, argument in ipairs(node.arguments) do
        if is_member(struct, argument.key) then gather(of_layer[node.name], argument) end
      end
    end
  end
end
