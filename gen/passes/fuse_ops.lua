-- Joins forward nodes that would only stream the same tensor through memory once more:
--
--   bn, f               -> bn { f }, where f is relu or another function of each value
--   bn, add [, f]       -> bn { residual [, f] }, if f's gradient can do with its result
--   add, f              -> add { f }, the same
--   conv, bn            -> conv also leaves the batch statistics of its output, of all positions and images
-- A bn that is frozen, here bn_evaluate, joins as others do, but needs no statistics.
local activations = require "activations"
local fields = require "fields"
local functions = require "kernels.functions"
local positions = require "kernels.positions"

-- Who writes and reads each tensor, and where each node stands; kept up to date by absorb.
local function look_up(graph)
  local known = { producers = graph:producers "forward", readers = graph:readers(), position = {} }
  for i, node in ipairs(graph.nodes) do known.position[node] = i end
  return known
end

-- The only node that reads `tensor`, or nil.
local function only_reader(known, tensor)
  local readers = known.readers[tensor]
  if readers and #readers == 1 then return readers[1] end
end

local function is_norm(node) return node.op == "bn" or node.op == "bn_evaluate" end

-- Lets `node` write what its only reader `next` wrote, and leaves a hole (false) in the program in place of one of them:
-- the joined node stands where `next` stood, as all its inputs exist there.
local function absorb(graph, known, node, next)
  node:replace(node:tensor("out"), next:tensor("out"))
  known.producers[next:tensor("out")] = node
  for _, tensor in ipairs(next:reads()) do
    local readers = known.readers[tensor]
    for i, reader in ipairs(readers) do
      if reader == next then readers[i] = node end
    end
  end
  local position = known.position
  graph.nodes[position[next]], graph.nodes[position[node]] = node, false
  position[node] = position[next]
  node.fused = node.fused or {}
  node.fused[#node.fused + 1] = next.op .. " " .. next.name
end

local function close_holes(graph)
  local kept = {}
  for _, node in ipairs(graph.nodes) do
    if node then kept[#kept + 1] = node end
  end
  graph.nodes = kept
end

-- bn, add: of two batch norms the later one takes the sum, for then the other side is there already. One that
-- would get its own input as the residual stays apart: both gradients would go into one tensor from one node.
local function fuse_residuals(graph)
  local known = look_up(graph)
  for _, add in ipairs(graph:phase("forward")) do
    if add.op == "add" then
      local best, residual
      for _, key in ipairs { "left", "right" } do
        local side = add:tensor(key)
        local producer = known.producers[side]
        local other = add:tensor(key == "left" and "right" or "left")
        if is_norm(producer) and producer:tensor("x") ~= other and not producer:tensor("residual") and not producer.attributes.activation
          and only_reader(known, side) == add and add:tensor("left") ~= add:tensor("right")
          and (not best or known.position[producer] > known.position[best]) then
          best = producer
          residual = other
        end
      end
      if best then
        absorb(graph, known, best, add)
        best:add("residual", residual, "r", 3)
      end
    end
  end
  close_holes(graph)
end

-- What a function's gradient asks for must be there on the way back: its result, or what a trained batch norm makes again.
local function may_join(before, of)
  if not is_norm(before) and before.op ~= "add" or before.attributes.activation then return false end
  return of.kept ~= "x" or before.op == "bn" and not before:tensor("residual")
end

local function fuse_functions(graph)
  local known = look_up(graph)
  for _, node in ipairs(graph:phase("forward")) do
    local of = functions[node.op]
    local before = of and known.producers[node:tensor("x")]
    if before and may_join(before, of) and only_reader(known, node:tensor("x")) == node then
      before.attributes = fields.copy(before.attributes, activations.of(node))
      absorb(graph, known, before, node)
    end
  end
  close_holes(graph)
end

-- The statistics of a convolution's output are cheap while its block is still in cache. Where a batch has so few images that
-- positions share a partial sum, it is the batch norm that makes it.
local function fuse_statistics(graph)
  local producers = graph:producers "forward"
  for _, bn in ipairs(graph:phase("forward")) do
    local producer = bn.op == "bn" and positions.sums(bn:tensor("x").shape, graph).each == 1 and producers[bn:tensor("x")]
    if producer and producer.op == "conv" and not producer:tensor("statistics") then
      local statistics = graph:tensor {
        name = bn.name .. ".statistics", role = "statistic", dims = { 2, bn:tensor("x").shape.channels },
      }
      producer:add("statistics", statistics, "w")
      bn:add("statistics", statistics, "r")
    end
  end
end

return function(graph)
  fuse_residuals(graph)
  fuse_functions(graph)
  fuse_statistics(graph)
  graph:drop_unused_tensors()
end
