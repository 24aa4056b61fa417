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

-- How often that algorithm loads what the node reads of `tensor`, if it can apply a batch norm to it; else false.
local function times_of(kernel, node, tensor, target)
  local times = kernel and kernel.loads and 0 or false
  for _, argument in ipairs(node.arguments) do
    local more = times and (argument.tensor ~= tensor and 0 or kernel.loads(node, argument.key, target))
    times = more and math.max(times, more)
  end
  return times
end

-- What graph.lua says of loaders; nil: there are none. They don't depend on a file of choices: for what it may choose does.
local function loaders_of(node, readers, target)
  local out = node:tensor("out")
  if node:tensor("residual") or node.attributes.activation ~= "relu" or not readers then return nil end
  local most, can = 0, true
  for _, reader in ipairs(readers) do
    local times = reader.phase ~= "update" and not reader.loads and times_of(kernels.cheapest(reader, target), reader, out, target)
    if not times then return nil end
    most, can = math.max(most, times), can and times_of(kernels.chosen(reader, target), reader, out, target) ~= false
  end
  return graph_module.loaders { nodes = readers, times = most, can = can }
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
        if not node.loaders.can then tuning.refuse_on_load(graph, kernels.choice(kernel, node)) end
        hand_over(graph, node)
      end
    end
  end
  graph:drop_unused_tensors()
end
