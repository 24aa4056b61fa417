-- Lets convolutions apply a batch norm with relu to their inputs as they load them, on the way forward and again for the weight's
-- gradient: then the normalised tensor is never stored, and what is kept for the way back is what the norm read.
--
-- Of each batch norm this pass gives that edge to the side that is cheaper, if all that read the norm's output can do it (loads,
-- kernels/init.lua): kernels/bn says when it is cheaper, a file of choices may say otherwise. What stays of the norm makes the
-- statistics and the factors.
local graph_module = require "graph"
local kernels = require "kernels"
local tuning = require "tuning"

local function is_norm(node) return node.op == "bn" or node.op == "bn_evaluate" end

-- Whether that algorithm can apply it to what the node reads of `tensor`.
local function can_load(kernel, node, tensor, target)
  if not kernel or not kernel.loads then return false end
  for _, argument in ipairs(node.arguments) do
    if argument.tensor == tensor and not kernel.loads(node, argument.key, target) then return false end
  end
  return true
end

local function any_can(node, tensor, target)
  for _, kernel in ipairs(kernels.takers(node, target)) do
    if can_load(kernel, node, tensor, target) then return true end
  end
  return false
end

-- What graph.lua says of loaders; nil: there are none.
local function loaders_of(node, readers, target)
  local out = node:tensor("out")
  if node:tensor("residual") or node.attributes.activation ~= "relu" or not readers then return nil end
  local all_load = true
  for _, reader in ipairs(readers) do
    if reader.phase == "update" or reader.loads or not any_can(reader, out, target) then return nil end
    all_load = all_load and can_load(kernels.chosen(reader, target), reader, out, target)
  end
  return graph_module.loaders { nodes = readers, all_load = all_load }
end

local function hand_over(graph, node)
  local out, x = node:tensor("out"), node:tensor("x")
  local prefix = node.phase == "evaluate" and "eval." or ""
  local factors = graph:tensor { name = prefix .. node.name .. ".factors", role = "statistic", dims = { 2, x.shape.channels } }
  node:remove(out)
  node:add("factors", factors, "w", 1)
  for _, reader in ipairs(node.loaders.nodes) do
    reader:replace(out, x)
    reader:add("factors", factors, "r")
    reader.loads = node
  end
end

return function(graph)
  local readers = graph:readers()
  for _, node in ipairs(graph.nodes) do
    if is_norm(node) then
      node.loaders = loaders_of(node, readers[node:tensor("out")], graph.target)
      local kernel = kernels.chosen(node, graph.target)
      if kernel.algorithm == "on_load" then
        if not node.loaders.all_load then tuning.refuse_on_load(graph, kernels.choice(kernel, node)) end
        hand_over(graph, node)
      end
    end
  end
  graph:drop_unused_tensors()
end
