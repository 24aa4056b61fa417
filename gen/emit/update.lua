-- What the optimiser runs over, group by group: stretches of memory where values, gradients and states lie alike.
local context = require "context"
local hyper = require "hyper"
local layout = require "layout"
local roles = require "roles"
local text = require "emit.text"
local words = require "words"

local update = {}

-- The address of what lies `offset` bytes into the parameters' structs, or of the tensor itself.
local function pointer(graph, tensor, offset)
  local struct = context.struct_of(graph, tensor)
  offset = offset // layout.bytes(tensor.type)
  return layout.flattened(tensor, struct and "c->" .. struct .. (offset > 0 and " + " .. offset or "") or text.reach(tensor))
end

-- Pointers to states, by name.
local function states_of(list, reach)
  local pointers = {}
  for _, state in ipairs(list) do pointers[state.state] = reach(state) end
  return pointers
end

-- { entry: the first, group, weight, gradient, states: pointers, the last by name; count }
function update.stretches(graph)
  local list = {}
  for i, stretch in ipairs(graph.stretches) do
    local entry = stretch.entry
    local function reach(tensor) return pointer(graph, tensor, stretch.offset) end
    list[i] = {
      entry = entry, group = stretch.group, count = stretch.count, weight = reach(entry.tensor),
      gradient = reach(entry.gradient), states = states_of(entry.states, reach),
    }
  end
  return list
end

-- The stores of dead parameters as such stretches, without a gradient; states are those that they have.
function update.dead(graph)
  local list = {}
  for _, entry in ipairs(graph.parameters) do
    if entry.dead and entry.trainable then
      local function reach(tensor) return layout.flattened(tensor, text.reach(tensor)) end
      list[#list + 1] = {
        entry = entry, group = entry.group, weight = reach(entry.dead), gradient = "0", states = states_of(entry.dead_states or {}, reach),
        count = entry.dead.count,
      }
    end
  end
  return list
end

-- Values with that state, dead ones too: { value, state, count } ...
local function with_state(graph, name)
  local list = {}
  for _, stretches in ipairs { update.stretches(graph), update.dead(graph) } do
    for _, s in ipairs(stretches) do
      if s.states[name] then list[#list + 1] = { value = s.weight, state = s.states[name], count = s.count } end
    end
  end
  return list
end

-- The same of running statistics, whose states these are: average, slow.
local function running_with(graph, name)
  local list = {}
  for _, running in ipairs(graph.update.running) do
    local state = running[name]
    if state then
      list[#list + 1] = { value = text.reach(running.value), state = text.reach(state), count = running.value.count }
    end
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

-- A stretch as C; one of no values where it is nil.
local function literal(s, names)
  local list = { s and s.weight or "0", s and s.gradient or "0" }
  for i, name in ipairs(names) do list[i + 2] = s and s.states[name] or "0" end
  list[#list + 1] = tostring(s and s.count or 0)
  return "(struct stretch){" .. table.concat(list, ", ") .. "}"
end

-- What the step of a matrix of so many rows and columns is multiplied by.
local adjusts = {
  none = function() return 1.0 end,
  original = function(rows, columns) return math.sqrt(math.max(1, rows / columns)) end,
  match_rms_adamw = function(rows, columns) return 0.2 * math.sqrt(math.max(rows, columns)) end,
}

-- A matrix as struct RULE_shape.
local function shape(group, entry)
  local large, small, turned, groups, inputs, width = layout.matrix(entry.tensor)
  local rows, columns = entry.dims[1], 1
  for i = 2, #entry.dims do columns = columns * entry.dims[i] end
  local optimizer = group.optimizer or group.rule.optimizer
  return string.format("(struct %s_shape){%d, %d, %d, %d, %d, %d, %d, %s}", group.rule.name, width, groups, inputs, large, small,
    turned and 1 or 0, rows, text.number(adjusts[optimizer.adjust_lr](rows, columns)))
end

-- The first arguments of the calls that move the group: of each of these stretches.
local function arguments(stretches, group, names, dead)
  local list, dead_of, rule = {}, {}, group.rule
  for _, s in ipairs(dead) do dead_of[s.entry] = s end
  for _, s in ipairs(stretches) do
    if s.group == group then
      local parts = { literal(s, names) }
      if rule.flags.normalizes then parts[2] = literal(dead_of[s.entry], names) end
      if rule.of.matrices then parts[#parts + 1] = shape(group, s.entry) end
      list[#list + 1] = table.concat(parts, ", ")
    end
  end
  return list
end

-- The numbers by which the group moves where they are not those of the step: assignments to members of a struct hyper.
local function rates(group)
  local list, own = {}, group.optimizer
  local function set(name, value) list[#list + 1] = string.format("%s = %s;", name, value) end
  local function scale(name, factor)
    if factor == 0 then
      set(name, "0")
    elseif factor ~= 1 then
      set(name, string.format("%s * hyper->%s", text.number(factor), name))
    end
  end
  scale("lr", group.lr)
  if own then
    for _, option in ipairs(words.by_name[own.kind].options) do
      if option.type == "number" and option.name ~= "lr" then
        set(option.name, option.name == "weight_decay" and group.weight_decay == 0 and "0" or text.number(own[option.name]))
      end
    end
  elseif group.rule.decays then
    scale("weight_decay", group.weight_decay)
  end
  if not own then scale(group.rule.of.momentum, group.momentum) end
  return list
end

-- Where a group's factors begin.
local function factors(graph, group)
  return "c->dead_decay" .. (group.slot > 0 and " + " .. group.slot * context.dead_factors(graph) or "")
end

-- What the update does to a group's parameters. shrink: the C function that shrinks its dead parameters' factors, or "".
local function group_values(graph, group, all, dead, names)
  local own_rates = rates(group)
  local shrinks = { none = "", state = "", factor = "shrink_dead", factors = group.rule.name .. "_dead" }
  local followed = {}
  for _, stretches in ipairs { all, group.dead == "state" and dead or {} } do
    for _, s in ipairs(stretches) do
      if s.group == group then followed[#followed + 1] = { stretch = literal(s, names), count = s.count } end
    end
  end
  return {
    stage = group.stage or 0, indent = group.stage and "    " or "", followed = followed,
    text = group.text, rates = own_rates, hyper = #own_rates > 0 and "&rates" or "hyper", rule = group.rule.name,
    stretches = arguments(all, group, names, dead),
    dead_stretches = group.dead == "state" and not group.rule.of.matrices and arguments(dead, group, names, {}) or {},
    factors = group.slot and factors(graph, group) or "", shrink = shrinks[group.dead],
  }
end

-- Groups whose dead parameters shrink alike: a number of their own, where their factors begin, and the stores.
local function slots(graph, dead)
  local list = {}
  for _, group in ipairs(graph.update.groups) do
    if group.slot then
      local stores, counts = {}, {}
      for _, s in ipairs(dead) do
        if s.group == group then stores[#stores + 1], counts[#counts + 1] = s.weight, s.count end
      end
      list[#list + 1] = {
        number = group.slot, factors = factors(graph, group), count = #stores, stores = table.concat(stores, ", "),
        counts = table.concat(counts, ", "),
      }
    end
  end
  return list
end

-- What the template of a formula sees of it, beside its own flags.
local function rule_values(graph, rule)
  local v = {
    name = rule.name, template = rule.of.template, decays = rule.decays, decoupled = rule.of.decay == "weight",
    gradient = "s->of.gradient[start + i]", dead_factors = false,
  }
  for _, group in ipairs(graph.update.groups) do
    if group.rule == rule then
      if group.dead == "state" then v.gradient = "(s->of.gradient ? s->of.gradient[start + i] : 0)" end -- none reaches those
      v.dead_factors = v.dead_factors or group.dead == "factors"
    end
  end
  for key, value in pairs(rule.flags) do v[key] = value end
  return v
end

-- Places of the factors that are 1 before the first step: all but those of momentum.
local function first_factors(graph)
  local list, size = {}, (context.dead_factors(graph))
  for slot = 0, context.dead_slots(graph) - 1 do
    for i = 0, size - 1 do
      if i ~= 1 then list[#list + 1] = slot * size + i end
    end
  end
  return list
end

-- Lookahead: `part`, of the way that slow weights go, as C.
local function lookahead_values(graph, v)
  local of = graph.update.lookahead
  v.lookahead, v.slow_running = of ~= nil, running_with(graph, "slow")
  if not of then return end
  v.every, v.rises, v.alpha, v.power = of.every, of.power > 0, text.number(of.alpha), text.number(of.power)
  v.slow = with_state(graph, "slow")
end

local function gradients(stretches)
  local list = {}
  for i, s in ipairs(stretches) do list[i] = { gradient = s.gradient, count = s.count, stage = s.group.stage or 0 } end
  return list
end

-- What an optimiser of matrices works in, as members of the context.
local function workspace(graph)
  local node = graph:phase("update")[1]
  local function symbol(key)
    local tensor = node:tensor(key)
    return tensor and tensor.symbol or ""
  end
  return { from = symbol "from", to = symbol "to", gram = symbol "gram", polynomial = symbol "polynomial" }
end

local function of_all(graph, v)
  local of = graph.update
  v.clip, v.piece, v.has_sums, v.state_names = of.clip, context.piece, context.has_sums(graph), context.state_names(graph)
  v.has_common = of.clip or v.ema or v.lookahead
  v.scaled = of.clip and "scale * " or ""
  v.common_parameter = v.has_common and ", const struct common *common" or ""
  v.common_argument = v.has_common and ", &common" or ""
  v.dead_factors, v.slow_factor, v.average_factor = context.dead_factors(graph)
  v.first_factors, v.averages, v.running = first_factors(graph), with_state(graph, "average"), running_with(graph, "average")
  v.follows, v.muon = v.ema or v.lookahead, workspace(graph)
  v.has_products = v.muon.from ~= ""
end

-- Members of struct PREFIX_hyper.
local function hyper_members()
  local list = {}
  for i, member in ipairs(hyper) do list[i] = { type = layout.c_type(member.type), name = member.name, note = member.note } end
  return list
end

function update.values(graph)
  local ema = graph.update.ema or false
  local v = { states = {}, ema = ema, ema_flag = ema and 1 or 0, first_factors = {}, slow_running = {} }
  if not graph.output.trains then return v end
  local all, dead = update.stretches(graph), update.dead(graph)
  lookahead_values(graph, v)
  of_all(graph, v)
  v.hyper_members = hyper_members()
  v.states, v.rules, v.groups, v.slots, v.gradients = update.states(graph), {}, {}, slots(graph, dead), gradients(all)
  v.has_rates, v.shrinks_dead = false, false
  for i, rule in ipairs(graph.update.rules) do v.rules[i] = rule_values(graph, rule) end
  for i, group in ipairs(graph.update.groups) do
    v.groups[i] = group_values(graph, group, all, dead, v.state_names)
    v.has_rates = v.has_rates or #v.groups[i].rates > 0
    v.shrinks_dead = v.shrinks_dead or group.dead == "factor"
  end
  return v
end

return update
