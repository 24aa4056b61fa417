-- Removes what can never matter:
--
--   nodes      whose results nobody reads (the image's gradient, branches that miss the loss)
--   taps       of a convolution that meet padding at every output position: they get no arithmetic, no
--              gradient and no optimiser state, and wait in a store of their own to be written back
--   outputs    that a tap can't reach: each live tap carries the range of outputs that it does reach
--
-- What was removed is summed up in graph.pruned: nodes, count of parameters, bytes of gradients and states.
local graph_module = require "graph"
local ops = require "ops"
local taps = require "taps"

-- One walk from the end: a node lives if something alive needs what it writes.
local function prune_nodes(graph)
  local wanted, kept = {}, {}
  wanted[graph.logits], wanted[graph.evaluated_logits] = true, true
  for i = #graph.nodes, 1, -1 do
    local node = graph.nodes[i]
    local alive = false
    for _, tensor in ipairs(node:writes()) do
      if wanted[tensor] or tensor:is("wanted") then alive = true end
    end
    if alive then
      local optional = ops.optional[node.op] or {}
      for j = #node.arguments, 1, -1 do
        local argument = node.arguments[j]
        if optional[argument.key] and not wanted[argument.tensor] then table.remove(node.arguments, j) end
      end
      for _, tensor in ipairs(node:reads()) do wanted[tensor] = true end
      kept[#kept + 1] = node
    elseif node.phase ~= "evaluate" then
      graph.pruned.nodes[#graph.pruned.nodes + 1] = node
    end
  end
  graph.nodes = {}
  for i = #kept, 1, -1 do graph.nodes[#graph.nodes + 1] = kept[i] end
end

-- Shrinks the tensors of a convolution's weight to its live taps and gives the dead ones a store.
local function shrink_weight(graph, entry, live, dead)
  local tensors = { entry.tensor, entry.gradient }
  for _, state in ipairs(entry.states or {}) do tensors[#tensors + 1] = state end
  for _, tensor in ipairs(tensors) do
    tensor:resize { live, tensor.dims[2], tensor.dims[3], tensor.dims[4] }
  end
  entry.dead = graph:tensor {
    name = entry.name .. ".dead", role = entry.frozen and "frozen" or "dead", entry = entry,
    dims = { dead, entry.tensor.dims[2], entry.tensor.dims[3], entry.tensor.dims[4] },
  }
  if entry.frozen then return end
  graph.pruned.parameters = graph.pruned.parameters + entry.dead.count
  graph.pruned.bytes = graph.pruned.bytes + entry.dead.bytes * (#tensors - 1)
end

-- Whether the group has dead parameters.
local function has_dead(group)
  for _, entry in ipairs(group.entries) do
    if entry.dead then return true end
  end
  return false
end

-- What weight decay does to the group's dead parameters: "none", or as optimizers.lua has it: nothing but a factor or two for
-- all of them, or "state": each moves on its own, as where Adam with L2 decay feeds weight * decay through its moments.
local function dead_decay(group)
  if not has_dead(group) then return "none" end
  return group.rule.of.dead(group.rule.optimizer, group.rule.decays and group.weight_decay ~= 0)
end

-- The groups' ways, and a place for the factors of those that have some.
local function plan_decay(graph)
  local slots = 0
  for _, group in ipairs(graph.update.groups) do
    group.dead = dead_decay(group)
    if group.dead == "factor" or group.dead == "factors" then group.slot, slots = slots, slots + 1 end
  end
end

-- What moves matrices scales dead taps and no more: they need none of its own states.
local function keep_dead_state(graph, entry)
  local own = entry.group.rule.of.matrices and #entry.group.rule.of.states(entry.group.rule.optimizer) or 0
  entry.dead_states = {}
  for i = own + 1, #entry.states do
    local name = entry.states[i].state
    entry.dead_states[#entry.dead_states + 1] = graph:tensor {
      name = name .. "." .. entry.name .. ".dead", role = "dead_state", dims = entry.dead.dims,
      entry = entry, state = name,
    }
    graph.pruned.bytes = graph.pruned.bytes - entry.dead.bytes
  end
end

-- What follows for a convolution's taps, the same tables for all of one geometry: `all` of them, those that live in the
-- order of computation, the map of a weight.
local function analyse(known, attributes, input, output)
  local name = taps.name(attributes, input, output)
  if not known[name] then
    local list = taps.analyse(attributes, input, output)
    local map, live, dead = taps.map(list)
    local ordered = taps.order(list, output)
    ordered.name = name
    known[name] = { all = #list, ordered = ordered, map = map, live = live, dead = dead, pairs = taps.pairs(ordered) }
  end
  return known[name]
end

local function prune_taps(graph, node, known)
  local x, out, entry = node:tensor("x"), node:tensor("out"), node:tensor("weight").entry
  local found = analyse(known, node.attributes, x.shape, out.shape)
  if found.live == 0 then
    error(string.format("%s:%d: conv: no tap of %s ever meets its input; use less padding", graph.record.path,
      node.line, node.name), 0)
  end
  entry.taps, node.taps = found.map, found.ordered
  local outputs = out.shape.height * out.shape.width
  local flop = 2 * graph.batch * (x.shape.channels // node.attributes.groups) * out.shape.channels
  node.flop, node.flop_live_taps = flop * found.pairs, flop * found.live * outputs
  node.flop_unpruned = flop * found.all * outputs
  if found.dead > 0 then shrink_weight(graph, entry, found.live, found.dead) end
end

-- Backward and evaluation nodes see the taps of their forward node, even where the output no longer has that.
local function share_taps(graph)
  local known = {}
  for _, nodes in ipairs { graph.nodes, graph.pruned.nodes } do
    for _, node in ipairs(nodes) do
      if node.op:find("^conv") then
        local forward = node.forward or node
        if not forward.taps then prune_taps(graph, forward, known) end
        for _, key in ipairs { "taps", "flop", "flop_live_taps", "flop_unpruned" } do node[key] = forward[key] end
      end
    end
  end
end

return function(graph)
  graph.pruned = graph_module.pruned { nodes = {}, parameters = 0, bytes = 0 }
  prune_nodes(graph)
  share_taps(graph)
  plan_decay(graph)
  for _, entry in ipairs(graph.parameters) do
    if entry.dead and entry.group and entry.group.dead == "state" then keep_dead_state(graph, entry) end
  end
  graph:drop_unused_tensors()
end
