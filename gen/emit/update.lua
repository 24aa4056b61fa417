-- What the optimiser runs over: stretches of memory where values, gradients and states lie alike.
local context = require "context"
local layout = require "layout"
local roles = require "roles"
local text = require "emit.text"

local update = {}

-- C names of the states as parameters of update_stretch.
local state_parameters = { momentum = "b", exp_avg = "m", exp_avg_sq = "v", average = "ema" }

-- { pointers: value, gradient, states; count, decays }
function update.stretches(graph)
  local list = {}
  for i, stretch in ipairs(graph.stretches) do
    local pointers = {}
    for _, tensor in ipairs { stretch.entry.tensor, stretch.entry.gradient, table.unpack(stretch.entry.states) } do
      local struct = context.struct_of(graph, tensor)
      local offset = stretch.offset // layout.bytes(tensor.type)
      pointers[#pointers + 1] = layout.flattened(tensor, not struct and text.reach(tensor)
        or "c->" .. struct .. (offset > 0 and " + " .. offset or ""))
    end
    list[i] = { pointers = pointers, count = stretch.count, decays = stretch.decays }
  end
  return list
end

-- The parameters of the C function update_stretch.
local function parameters(graph)
  local list, first = { string.format("const struct %s_host *host", graph.prefix) }, graph.update_order[1]
  list[2], list[3] = layout.flat(first.tensor, "weight"), layout.flat(first.gradient, "gradient", true)
  for _, state in ipairs(first.states) do list[#list + 1] = layout.flat(state, state_parameters[state.state]) end
  list[#list + 1] = "int count"
  list[#list + 1] = string.format("const struct %s_hyper *hyper", graph.prefix)
  if graph.update.spares then list[#list + 1] = "double weight_decay" end
  if graph.update.clip then list[#list + 1] = layout.c_type "f32" .. " scale" end
  return table.concat(list, ", ")
end

-- The arguments of one call: `pointers` and `count` of a stretch, and whether it decays.
local function arguments(graph, pointers, count, decays)
  local list = table.move(pointers, 1, #pointers, 2, { "&c->host" })
  list[#list + 1] = tostring(count)
  list[#list + 1] = "hyper"
  if graph.update.spares then list[#list + 1] = decays and "hyper->weight_decay" or "0" end
  if graph.update.clip then list[#list + 1] = "scale" end
  return table.concat(list, ", ")
end

-- Pairs of value and average, with their count: what is exchanged before an evaluation and after it.
local function averages(graph)
  local list = {}
  local function add(value, average, count) list[#list + 1] = { value = value, average = average, count = count } end
  for _, s in ipairs(update.stretches(graph)) do add(s.pointers[1], s.pointers[#s.pointers], s.count) end
  for _, d in ipairs(update.dead(graph)) do
    if #d.states > 0 then add(d.symbol, d.states[#d.states], d.count) end
  end
  return list
end

-- The stores of dead parameters: { symbol, count, states }.
function update.dead(graph)
  local list = {}
  for _, entry in ipairs(graph.parameters) do
    if entry.dead and entry.trainable then
      local states = {}
      for i, state in ipairs(entry.dead_states or {}) do states[i] = layout.flattened(state, text.reach(state)) end
      list[#list + 1] = { symbol = layout.flattened(entry.dead, text.reach(entry.dead)), count = entry.dead.count, states = states }
    end
  end
  return list
end

-- The same as stretches to update, without a gradient: weight decay alone moves them.
local function dead_stretches(graph)
  local list = {}
  for i, dead in ipairs(update.dead(graph)) do
    list[i] = { pointers = { dead.symbol, "0", table.unpack(dead.states) }, count = dead.count, decays = true }
  end
  return list
end

-- What a checkpoint must hold: { name, place, bytes, number: bytes of each of its numbers } of each stretch.
function update.states(graph)
  local list = {}
  local function add(name, place, bytes, type)
    list[#list + 1] = { name = name, place = place, bytes = bytes, number = layout.bytes(type) }
  end
  if graph.memory == "separate" then
    for _, tensor in ipairs(graph.tensors) do
      if tensor:is("saved") then add(tensor.name, tensor.offset, tensor.bytes, tensor.type or "f32") end
    end
  else
    for _, role in ipairs(roles.in_order) do
      local region = graph.regions[role]
      if roles[role].saved and region.bytes > 0 then add(role, region.offset, region.bytes, "f32") end
    end
  end
  for _, member in ipairs(context.members(graph)) do
    if member.saved then add(member.name, string.format("offsetof(struct %s, %s)", graph.prefix, member.name), member.bytes, "i64") end
  end
  return list
end

-- A call's arguments, and what clipping asks of the stretch.
local function calls(graph, list)
  local out = {}
  for i, s in ipairs(list) do
    out[i] = { arguments = arguments(graph, s.pointers, s.count, s.decays), gradient = s.pointers[2], count = s.count }
  end
  return out
end

-- Running statistics with their averages.
local function running(graph)
  local list = {}
  for i, pair in ipairs(graph.update.running) do
    list[i] = { value = text.reach(pair.value), average = text.reach(pair.average), count = pair.value.count }
  end
  return list
end

function update.values(graph)
  local ema = graph.update.ema or false
  local v = { states = {}, ema = ema, ema_flag = ema and 1 or 0, dead_factors = false }
  if not graph.output.trains then return v end
  local of, dead_list = graph.update, update.dead(graph)
  return {
    states = update.states(graph), ema = ema, ema_flag = v.ema_flag, clip = of.clip or false,
    decoupled = of.decoupled, decays = of.decays, decays_gradient = of.decays and not of.decoupled, spares = of.spares,
    is_sgd = of.template == "sgd", momentum = of.momentum, nesterov = of.nesterov,
    weight_decay = of.spares and "weight_decay" or "hyper->weight_decay", piece = context.piece,
    parameters_of_update = parameters(graph), stretches = calls(graph, update.stretches(graph)),
    dead_stretches = calls(graph, dead_stretches(graph)), averages = averages(graph), running = running(graph),
    dead_factors = graph.dead_decay == "factors", dead_state = graph.dead_decay == "state",
    dead_pointers = text.join(dead_list, "symbol"), dead_counts = text.join(dead_list, "count"),
  }
end

return update
