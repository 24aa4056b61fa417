-- One place for every tensor, in one piece of memory, before anything runs.
--
-- At its front lies the context, which points to the rest, at its end the scratch of units that run in the caller.
-- Persistent tensors (parameters, optimiser state, buffers, then gradients and batches) come next, one after the other. Where
-- those end that are saved, what stays from step to step ends: an output may give it memory of its own. The
-- rest share what follows: a tensor lives from the node that first writes it to the last that touches it, and two tensors
-- may overlap only if they never live at once. They are placed one by one, each at the lowest free offset (first fit).
-- Which order is best depends on the network, so a few are tried and the one that needs least is kept: with largest first
-- alone, some need a third more.
--
-- A node may write over one of its inputs where its kernel allows that and the input ends there: the two
-- tensors then form one block.
local context = require "context"
local graph_module = require "graph"
local layout = require "layout"
local occupancy = require "occupancy"
local roles = require "roles"

local align = 64

local function round(bytes) return (bytes + align - 1) // align * align end

-- What a tensor takes. With --memory separate there is a line between it and the next one that nobody may touch.
local function room(graph, bytes) return round(bytes) + (graph.memory == "separate" and align or 0) end

-- The tensors of a role in the order in which they lie. What each trained parameter has lies kind by kind in the order of the
-- update, so that w, g and the states are the same struct.
local function in_order(graph, role)
  local list, is = {}, roles[role]
  local function add(tensors, state)
    for _, tensor in ipairs(tensors) do
      if tensor.role == role and (not state or tensor.state == state) then list[#list + 1] = tensor end
    end
  end
  if not is.each then
    add(graph.tensors)
    return list
  end
  for _, state in ipairs(is.member and { false } or context.state_names(graph)) do
    for _, entry in ipairs(graph.update_order) do add(context.tensors_of(entry), state) end
  end
  return list
end

-- Returns where those end that are saved, and where all end.
local function place_persistent(graph, offset)
  local saved = offset
  graph.regions = {}
  for _, role in ipairs(roles.in_order) do
    local start = offset
    for _, tensor in ipairs(in_order(graph, role)) do tensor.offset, offset = offset, offset + room(graph, tensor.bytes) end
    graph.regions[role] = { offset = start, bytes = offset - start }
    if roles[role].saved then saved = offset end
  end
  return saved, offset
end

-- What fills up a parameter in its struct, and so its gradient and each state, in elements.
local function fill_up(graph)
  for _, entry in ipairs(graph.update_order) do
    local bytes = entry.tensor.bytes
    entry.fill = (round(bytes) - bytes) // layout.bytes(entry.tensor.type)
  end
end

-- Places what is apart from the arena, behind a line of its own that says what it is. Returns where it ends.
local function place_apart_from_arena(graph)
  local offset = align
  for _, tensor in ipairs(graph.tensors) do
    if tensor:is("apart") then tensor.offset, offset = offset, offset + room(graph, tensor.bytes) end
  end
  return offset
end

local function lifetimes(graph)
  local list = {}
  for time, node in ipairs(graph.nodes) do
    for _, argument in ipairs(node.arguments) do
      local tensor = argument.tensor
      if not tensor:is("persistent") and not tensor:is("caller") then
        if not tensor.first then
          tensor.first = time
          list[#list + 1] = tensor
        end
        tensor.last = time
      end
    end
  end
  -- What the caller may read after a step stays until its phase ends.
  for _, kept in ipairs { graph.logits, graph.evaluated_logits } do
    for time, node in ipairs(graph.nodes) do
      local phase = kept == graph.logits and "update" or "evaluate"
      if node.phase == phase and kept.last < time then kept.last = time end
    end
  end
  return list
end

-- Joins tensors that one node may lay over each other.
local function form_blocks(graph, list)
  local block_of = {}
  for _, tensor in ipairs(list) do
    block_of[tensor] = graph_module.block {
      tensors = { tensor }, bytes = tensor.bytes, first = tensor.first, last = tensor.last,
    }
  end
  for time, node in ipairs(graph.nodes) do
    for _, pair in ipairs(node.inplace or {}) do
      local out, input = node:tensor(pair[1]), node:tensor(pair[2])
      local a, b = block_of[input], block_of[out]
      if a and b and a ~= b and a.last == time and b.first == time and out.bytes == input.bytes
        and not node.shared then
        for _, tensor in ipairs(b.tensors) do
          a.tensors[#a.tensors + 1] = tensor
          block_of[tensor] = a
        end
        a.last = b.last
        node.shared = { pair[1], pair[2] }
      end
    end
  end
  local blocks, seen = {}, {}
  for _, tensor in ipairs(list) do
    local block = block_of[tensor]
    if not seen[block] then
      seen[block] = true
      blocks[#blocks + 1] = block
      block.index = #blocks
    end
  end
  return blocks
end

local function life(block) return block.last - block.first + 1 end

-- What comes first in each order that is tried; blocks that tie go by size, then as they are listed.
local orders = {
  function(block) return block.bytes end,
  function(block) return block.bytes * math.sqrt(life(block)) end,
  function(block) return block.bytes * life(block) end,
  function(block) return -block.first end,
  function(block) return block.last end,
}

local function sorted(blocks, weight)
  local order = table.move(blocks, 1, #blocks, 1, {})
  table.sort(order, function(a, b)
    local weight_a, weight_b = weight(a), weight(b)
    if weight_a ~= weight_b then return weight_a > weight_b end
    if a.bytes ~= b.bytes then return a.bytes > b.bytes end
    return a.index < b.index
  end)
  return order
end

-- First fit in this order from `base` on: the offset of each block, and where the last one ends; nil if that isn't below `most`.
local function first_fit(order, base, times, most)
  local taken, top, offsets = occupancy.new(times), base, {}
  for _, block in ipairs(order) do
    local bytes = round(block.bytes)
    local offset = taken:lowest_free(block.first, block.last, bytes, base)
    taken:occupy(block.first, block.last, offset, offset + bytes)
    offsets[block], top = offset, math.max(top, offset + bytes)
    if top >= most then return nil end
  end
  return offsets, top
end

-- In the best of the orders; the first that ends at `bound` is as good as any.
local function place_shared(graph, blocks, base, bound)
  local best, best_top = {}, math.huge
  for _, weight in ipairs(orders) do
    local offsets, top = first_fit(sorted(blocks, weight), base, #graph.nodes, best_top)
    if offsets then best, best_top = offsets, top end
    if best_top <= bound then break end
  end
  for _, block in ipairs(blocks) do
    block.offset = best[block]
    for _, tensor in ipairs(block.tensors) do tensor.offset = block.offset end
  end
  return best_top
end

-- The most that is alive at once: no plan can do with less.
local function lower_bound(graph, blocks, persistent)
  local change = {} -- of what is alive, at each time
  for _, block in ipairs(blocks) do
    local bytes = round(block.bytes)
    change[block.first] = (change[block.first] or 0) + bytes
    change[block.last + 1] = (change[block.last + 1] or 0) - bytes
  end
  local most, when, alive = 0, 1, 0
  for time = 1, #graph.nodes do
    alive = alive + (change[time] or 0)
    if alive > most then most, when = alive, time end
  end
  return persistent + most, when
end

-- Each by itself, for --memory separate. Returns where the last one ends.
local function place_apart(graph, blocks, offset)
  for _, block in ipairs(blocks) do
    for _, tensor in ipairs(block.tensors) do
      tensor.offset = offset
      offset = offset + room(graph, tensor.bytes)
    end
    block.offset = block.tensors[1].offset
  end
  return offset
end

-- Each group of parameters is one stretch, padding included (it stays zero); with --memory separate, each parameter, and so
-- where the optimiser moves matrices.
local function stretches(graph)
  local list, offset = {}, 0
  for _, group in ipairs(graph.update.groups) do
    local last = list[#list]
    for i, entry in ipairs(group.entries) do
      local bytes, is_alone = entry.tensor.bytes, graph.memory == "separate" or group.rule.of.matrices
      if i == 1 or is_alone then
        last = graph_module.stretch { entry = entry, offset = offset, count = 0, group = group }
        list[#list + 1] = last
      end
      last.count = last.count + (is_alone and bytes or round(bytes)) // layout.bytes(entry.tensor.type)
      offset = offset + (graph.memory == "separate" and bytes or round(bytes))
    end
  end
  return list
end

-- With --memory separate what nobody may touch, { from, bytes } behind each tensor.
local function gaps(graph)
  local out = {}
  if graph.memory ~= "separate" then return out end
  for _, tensor in ipairs(context.pointed(graph)) do
    local from = tensor.offset + tensor.bytes
    if not tensor:is("apart") then out[#out + 1] = { from = from, bytes = align + -from % align } end
  end
  return out
end

-- The counters of batch norms: those that a step moves lie before those of frozen layers.
local function number_counters(graph)
  local moving, still = 0, select(2, context.counters(graph))
  for _, entry in ipairs(graph.parameters) do
    if entry.counter then
      entry.index = entry.frozen and still or moving
      if entry.frozen then still = still + 1 else moving = moving + 1 end
    end
  end
end

-- Where what is dead is filled with NaN: the blocks that end with each node but those of logits, which the caller may read
-- after the last node, too.
local function bury(graph)
  for _, block in ipairs(graph.blocks) do
    local is_read = false
    for _, tensor in ipairs(block.tensors) do
      is_read = is_read or tensor == graph.logits or tensor == graph.evaluated_logits
    end
    if not is_read then
      local node = graph.nodes[block.last]
      node.dead = node.dead or {}
      table.insert(node.dead, block)
    end
  end
end

-- When a loss is not finite: parameters, the activations that are whole then, running statistics.
local function suspects(graph)
  local list, statistics, loss_time = {}, {}, 0
  for time, node in ipairs(graph.nodes) do
    if node.phase == "forward" then loss_time = time end
  end
  for _, entry in ipairs(graph.parameters) do
    if entry.tensor then table.insert(entry.is_parameter and list or statistics, entry.tensor) end
  end
  for _, tensor in ipairs(graph.tensors) do
    if tensor.first and tensor.first <= loss_time and tensor.last >= loss_time and tensor:is("value") then
      list[#list + 1] = tensor
    end
  end
  return table.move(statistics, 1, #statistics, #list + 1, list)
end

return function(graph)
  graph.stretches = stretches(graph)
  local front = round(context.bytes(graph))
  fill_up(graph)
  local state, persistent = place_persistent(graph, front)
  local blocks = form_blocks(graph, lifetimes(graph))
  local place = graph.memory == "separate" and place_apart or place_shared
  local bound, when = lower_bound(graph, blocks, persistent)
  local total = place(graph, blocks, persistent, bound)
  graph.blocks, graph.suspects = blocks, suspects(graph)
  number_counters(graph)
  if graph.memory == "poison" then bury(graph) end
  graph.plan = graph_module.plan {
    weights = place_apart_from_arena(graph), context = front, state = state, persistent = persistent, scratch = total,
    total = total + round(graph.scratch_bytes), lower_bound = bound + round(graph.scratch_bytes), peak = when,
  }
  graph.gaps = gaps(graph)
end
