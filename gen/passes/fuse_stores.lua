-- Lets a layer of fixed weights do what follows it where its outputs are at hand: add a residual, then apply a function of
-- each value. Which of both an algorithm can do on store, its file says (kernels/init.lua).
local activations = require "activations"
local functions = require "kernels.functions"
local kernels = require "kernels"

-- The only node that reads what `node` makes, or nil.
local function only_reader(readers, node)
  local list = readers[node:tensor("out")]
  return list and #list == 1 and list[1] or nil
end

-- What the sum `add` adds to the layer's output. (One that has it twice reads it twice, and so is no only reader.)
local function other_side(add, out)
  local left, right = add:tensor("left"), add:tensor("right")
  return left == out and right or left
end

local function take_over(node, next)
  node:replace(node:tensor("out"), next:tensor("out"))
  node.fused = node.fused or {}
  node.fused[#node.fused + 1] = next.op .. " " .. next.name
end

-- Whether `node` now also does `next`.
local function absorb(graph, node, next)
  local attributes = node.attributes
  if attributes.activation then return false end
  local function take_function()
    for key, value in pairs(activations.of(next) or {}) do attributes[key] = value end
  end
  if functions[next.op] and kernels.stores(node, graph.target).functions then
    take_function()
    take_over(node, next)
    return true
  end
  local residual = next.op == "add" and not node:tensor("residual") and other_side(next, node:tensor("out"))
  local stores = kernels.stores(node, graph.target)
  if not residual or not stores.sums or next.attributes.activation and not stores.functions then return false end
  take_function()
  node:add("residual", residual, "r", 3)
  take_over(node, next)
  return true
end

-- The layer stands where the last of what it took over stood. Of two layers whose outputs are added the later one takes the
-- sum, so that the other side is there.
return function(graph)
  local readers, nodes = graph:readers(), {}
  local position = {}
  for i, node in ipairs(graph.nodes) do nodes[i], position[node] = node, i end
  for i = #nodes, 1, -1 do
    local node = nodes[i]
    local next = node and node.op:find("_fixed$") and only_reader(readers, node)
    while next and absorb(graph, node, next) do
      nodes[position[node]], nodes[position[next]], position[node] = false, node, position[next]
      for _, tensor in ipairs(next:reads()) do
        for j, reader in ipairs(readers[tensor]) do
          if reader == next then readers[tensor][j] = node end
        end
      end
      next = only_reader(readers, node)
    end
  end
  graph:keep_nodes(nodes)
  graph:drop_unused_tensors(function() return false end)
end
