-- Fixes the weights, for outputs that only evaluate: they are packed once, when they are read, and nothing writes them.
--
--   conv, linear          become conv_fixed and linear_fixed, whose algorithms say how their weights lie
--   conv, bn_evaluate     a batch norm with running statistics is a factor and a summand a channel: where it alone reads what
--                         a convolution or linear layer makes, both go into that one's weight and bias, and what fuse_ops
--                         joined to the norm, residual and relu, goes along
--
-- Says what is packed of which entries of the state_dict: graph.packed, in the order of the program.
local activations = require "activations"
local fields = require "fields"
local graph_module = require "graph"
local kernels = require "kernels"

local fixed = { conv = "conv_fixed", linear = "linear_fixed" }

local function entry_of(node, key)
  local tensor = node:tensor(key)
  return tensor and tensor.entry
end

-- Makes the layer one of fixed weights.
local function fix(node)
  node.op, node.attributes = fixed[node.op], fields.copy(node.attributes, {})
  return graph_module.packed {
    weight = entry_of(node, "weight"), bias = entry_of(node, "bias"), to_weight = node:tensor("weight"),
    to_bias = node:tensor("bias"),
  }
end

-- Whether the layer's algorithm does on store what fuse_ops joined to the norm.
local function takes_over(graph, node, bn)
  local stores = kernels.stores(node, graph.target)
  return (stores.sums or not bn:tensor("residual")) and (stores.functions or not bn.attributes.activation)
end

-- Lets the layer `node` make what the norm `bn` made of its output.
local function fold(graph, node, bn, packed)
  packed.norm = graph_module.norm {
    gamma = entry_of(bn, "gamma"), beta = entry_of(bn, "beta"), mean = entry_of(bn, "running_mean"),
    variance = entry_of(bn, "running_var"), eps = bn.attributes.eps,
  }
  node:replace(node:tensor("out"), bn:tensor("out"))
  if bn:tensor("residual") then node:add("residual", bn:tensor("residual"), "r", 3) end
  for key, value in pairs(activations.of(bn) or {}) do node.attributes[key] = value end
  if not packed.to_bias then
    packed.to_bias = graph:tensor { name = node.name .. ".bias", role = "fixed", dims = bn:tensor("running_mean").dims }
    node:add("bias", packed.to_bias, "r")
  end
  node.fused = { bn.op .. " " .. bn.name }
end

-- Fixes all layers, and folds what may be. A layer with a norm stands where that stood: its residual is there by then.
local function fix_layers(graph)
  local readers, layers, nodes, at = graph:readers(), {}, {}, {}
  for i, node in ipairs(graph.nodes) do
    local layer = node.op == "bn_evaluate" and layers[node:tensor("x")]
    if layer and #readers[node:tensor("x")] == 1 and takes_over(graph, layer.node, node) then
      fold(graph, layer.node, node, layer.packed)
      nodes[at[layer.node]], node = false, layer.node
    elseif fixed[node.op] then
      local packed = fix(node)
      layers[node:tensor("out")] = { node = node, packed = packed }
      graph.packed[#graph.packed + 1] = packed
    end
    nodes[i], at[node] = node, i
  end
  graph:keep_nodes(nodes)
end

-- Other parameters stay as PyTorch has them.
local function copy_others(graph)
  local seen = {}
  for _, packed in ipairs(graph.packed) do
    seen[packed.to_weight] = true
    if packed.to_bias then seen[packed.to_bias] = true end
  end
  for _, node in ipairs(graph.nodes) do
    for _, tensor in ipairs(node:reads()) do
      if tensor.role == "frozen" and not seen[tensor] then
        seen[tensor] = true
        graph.packed[#graph.packed + 1] = graph_module.packed { weight = tensor.entry, to_weight = tensor }
      end
    end
  end
end

return function(graph)
  graph.packed = {}
  fix_layers(graph)
  copy_others(graph)
  graph:drop_unused_tensors(function() return false end)
  for _, tensor in ipairs(graph.tensors) do
    if tensor.role == "frozen" then tensor.role = "fixed" end
  end
end
