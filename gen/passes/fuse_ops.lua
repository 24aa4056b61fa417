-- Joins forward nodes that would only stream the same tensor through memory once more:
--
--   bn, relu            -> bn { relu }
--   bn, add [, relu]    -> bn { residual [, relu] }
--   add, relu           -> add { relu }
--   conv, bn            -> conv also leaves the batch statistics of its output, one partial a position
-- A bn that is frozen, here bn_evaluate, joins as others do, but needs no statistics.
-- The only node that reads `tensor`, or nil.
local function only_reader(graph, tensor)
  local readers = graph:readers(tensor)
  if #readers == 1 then return readers[1] end
end

local function is_norm(node) return node.op == "bn" or node.op == "bn_evaluate" end

local function index_of(graph, node)
  for i, other in ipairs(graph.nodes) do
    if other == node then return i end
  end
end

-- Lets `node` write what its only reader `next` wrote, and removes `next`.
-- The joined node stands where `next` stood: all its inputs exist there.
local function absorb(graph, node, next)
  node:replace(node:tensor("out"), next:tensor("out"))
  graph.nodes[index_of(graph, next)] = node
  table.remove(graph.nodes, index_of(graph, node))
  node.fused = node.fused or {}
  node.fused[#node.fused + 1] = next.op .. " " .. next.name
end

-- bn, add: of two batch norms the later one takes the sum, for then the other side is there already. One that
-- would get its own input as the residual stays apart: both gradients would go into one tensor from one node.
local function fuse_residuals(graph)
  for _, add in ipairs(graph:phase("forward")) do
    if add.op == "add" then
      local best, residual
      for _, key in ipairs { "left", "right" } do
        local side = add:tensor(key)
        local producer = graph:producer(side, "forward")
        local other = add:tensor(key == "left" and "right" or "left")
        if is_norm(producer) and producer:tensor("x") ~= other and not producer:tensor("residual") and not producer.attributes.relu
          and only_reader(graph, side) == add and add:tensor("left") ~= add:tensor("right")
          and (not best or index_of(graph, producer) > index_of(graph, best)) then
          best = producer
          residual = other
        end
      end
      if best then
        absorb(graph, best, add)
        table.insert(best.arguments, 3, { key = "residual", tensor = residual, mode = "r" })
      end
    end
  end
end

local function fuse_relus(graph)
  for _, relu in ipairs(graph:phase("forward")) do
    if relu.op == "relu" then
      local before = graph:producer(relu:tensor("x"), "forward")
      if (is_norm(before) or before.op == "add") and not before.attributes.relu
        and only_reader(graph, relu:tensor("x")) == relu then
        local attributes = {}
        for key, value in pairs(before.attributes) do attributes[key] = value end
        attributes.relu = true
        before.attributes = attributes
        absorb(graph, before, relu)
      end
    end
  end
end

-- The statistics of a convolution's output are cheap while its block is still in cache.
local function fuse_statistics(graph)
  for _, bn in ipairs(graph:phase("forward")) do
    local producer = bn.op == "bn" and graph:producer(bn:tensor("x"), "forward")
    if producer and producer.op == "conv" and not producer:tensor("partial") then
      local partial = graph:tensor {
        name = bn.name .. ".partial", role = "statistic",
        dims = { bn:tensor("x").shape.height * bn:tensor("x").shape.width, 2, bn:tensor("x").shape.channels },
      }
      producer.arguments[#producer.arguments + 1] = { key = "partial", tensor = partial, mode = "w" }
      bn.arguments[#bn.arguments + 1] = { key = "partial", tensor = partial, mode = "r" }
    end
  end
end

return function(graph)
  fuse_residuals(graph)
  fuse_relus(graph)
  fuse_statistics(graph)
  graph:drop_unused_tensors()
end
