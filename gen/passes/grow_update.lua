-- Appends the optimiser: one node over all parameters that have a gradient, group by group, in each in the order in which
-- the backward program finishes them (so that gradients can leave the machine while it still runs).
-- Says what the update does, graph.update: the groups, those that the spec names and the rest, what weight decay spares apart,
-- and the formula by which each moves. Beside the states of that a parameter has one more, "slow", where the spec says
-- lookahead, and one more, "average", where values are averaged; so do running statistics.
local graph_module = require "graph"
local optimizers = require "optimizers"
local parameter_groups = require "parameter_groups"

local function entries_in_order(graph)
  local order = {}
  for _, node in ipairs(graph:phase("backward")) do
    for _, tensor in ipairs(node:writes()) do
      if tensor:is("moves") then order[#order + 1] = tensor.entry end
    end
  end
  return order
end

-- What tells formulas apart, as text.
local function identity(of, flags, decays)
  local list = {}
  for key, value in pairs(flags) do list[#list + 1] = key .. " " .. tostring(value) end
  table.sort(list)
  return string.format("%s, %s, %s, %s", of.template, of.decay, decays, table.concat(list, ", "))
end

-- A name for the next rule: that of its template, with a number where another rule has that.
local function name_of(rules, template)
  local count = 1
  for _, rule in ipairs(rules) do count = count + (rule.of.template == template and 1 or 0) end
  return count == 1 and template or template .. "_" .. count
end

-- Optimisers of one formula share its rule, which is added to the list, and to it by its identity, where it is new.
local function rule_of(rules, optimizer)
  local of = optimizers[optimizer.kind]
  local flags, decays = of.flags(optimizer), optimizer.weight_decay ~= 0
  local key = identity(of, flags, decays)
  if not rules[key] then
    rules[key] = graph_module.rule {
      optimizer = optimizer, of = of, name = name_of(rules, of.template), decays = decays, flags = flags,
    }
    rules[#rules + 1] = rules[key]
  end
  return rules[key]
end

-- The rest as a group like those of the spec.
local the_rest = { lr_factor = 1, weight_decay_factor = 1, momentum_factor = 1 }

-- The entries apart that stay from some stage of freezing on, the others first: lists, by stage where there is one.
local function by_stage(entries, stages)
  local lists = {}
  for stage = 0, stages do
    lists[stage] = {}
    for _, entry in ipairs(entries) do
      if (entry.stage or 0) == stage then table.insert(lists[stage], entry) end
    end
  end
  return lists
end

-- Groups of the entries: biases and norms, of rank 1, apart where weight decay spares them, and those apart that are frozen
-- later.
local function split(list, entries, given, train, rules, stages)
  local optimizer = given.optimizer or train.optimizer
  local text = given.patterns and parameter_groups.text(given, train) or ""
  local function add(some, spared, stage)
    if #some > 0 then
      list[#list + 1] = graph_module.group {
        entries = some, rule = rule_of(rules, optimizer), lr = parameter_groups.lr_factor(given, train),
        weight_decay = spared and 0 or given.weight_decay_factor, momentum = given.momentum_factor,
        text = spared and text .. (text == "" and "" or ", ") .. "no weight decay" or text,
        optimizer = given.optimizer, stage = stage > 0 and stage or nil,
      }
    end
  end
  for _, spared in ipairs { false, true } do
    local some = {}
    for _, entry in ipairs(entries) do
      if (optimizer.decay == "weights" and #entry.dims == 1) == spared then some[#some + 1] = entry end
    end
    local lists = by_stage(some, stages)
    for stage = 0, stages do add(lists[stage], spared, stage) end
  end
end

-- The rest comes first, then the spec's groups in their order.
local function groups_of(order, train, rules, stages)
  local of, members, list = {}, {}, {}
  for i, given in ipairs(train.groups) do
    for _, name in ipairs(given.parameters) do of[name] = i end
  end
  for i = 0, #train.groups do members[i] = {} end
  for _, entry in ipairs(order) do table.insert(members[of[entry.name] or 0], entry) end
  for i = 0, #train.groups do split(list, members[i], train.groups[i] or the_rest, train, rules, stages) end
  return list
end

local function state_names(rule, train)
  local names = rule.of.states(rule.optimizer)
  if train.lookahead then names[#names + 1] = "slow" end
  if train.ema_decay then names[#names + 1] = "average" end
  return names
end

-- The running statistics that the forward program moves, each with a tensor for its average and its slow one, as there are.
local function follow_running(graph, average, slow)
  local list = {}
  local function follower(name, buffer)
    return graph:tensor { name = name .. "." .. buffer.name, role = "average", dims = buffer.dims }
  end
  for _, node in ipairs(graph:phase("forward")) do
    for _, buffer in ipairs(node:writes()) do
      if buffer:is("followed") and (average or slow) then
        list[#list + 1] = {
          value = buffer, average = average and follower("average", buffer) or nil, slow = slow and follower("slow", buffer) or nil,
        }
      end
    end
  end
  return list
end

local function notes(train, groups)
  local list = {}
  if #train.groups > 0 then list[1] = string.format("%d groups", #groups) end
  if train.clip_norm then list[#list + 1] = "clipped by norm" end
  if train.optimizer.decay == "weights" then list[#list + 1] = "decay of weights alone" end
  if train.lookahead then list[#list + 1] = "lookahead" end
  if train.ema_decay then list[#list + 1] = "averaged" end
  return list
end

-- The states that every entry has, by name.
local function common_states(entries)
  local counts, common = {}, {}
  for _, entry in ipairs(entries) do
    for _, state in ipairs(entry.states) do counts[state.state] = (counts[state.state] or 0) + 1 end
  end
  for name, count in pairs(counts) do common[name] = count == #entries or nil end
  return common
end

local function add_states(graph, entry, arguments)
  entry.states = {}
  for _, name in ipairs(state_names(entry.group.rule, graph.record.train)) do
    local state = graph:tensor {
      name = name .. "." .. entry.name, role = "state", dims = entry.tensor.dims, entry = entry, state = name,
    }
    entry.states[#entry.states + 1] = state
    arguments[#arguments + 1] = { name, state, "rw" }
  end
end

return function(graph)
  local train, rules, arguments = graph.record.train, {}, {}
  local groups = groups_of(entries_in_order(graph), train, rules, #graph.freezes)
  local update = graph_module.update {
    clip = train.clip_norm ~= nil, ema = train.ema_decay ~= nil, groups = groups, rules = table.move(rules, 1, #rules, 1, {}),
  }
  update.lookahead = train.lookahead
  update.running = follow_running(graph, update.ema, train.lookahead and train.lookahead.statistics)
  graph.update, graph.update_order = update, {}
  for _, group in ipairs(groups) do
    for _, entry in ipairs(group.entries) do
      entry.group = group
      graph.update_order[#graph.update_order + 1] = entry
      arguments[#arguments + 1] = { "parameter", entry.tensor, "rw" }
      arguments[#arguments + 1] = { "gradient", entry.gradient, "r" }
      add_states(graph, entry, arguments)
    end
  end
  update.common = common_states(graph.update_order)
  for _, pair in ipairs(update.running) do
    arguments[#arguments + 1] = { "running", pair.value, pair.slow and "rw" or "r" }
    if pair.slow then arguments[#arguments + 1] = { "slow", pair.slow, "rw" } end
    if pair.average then arguments[#arguments + 1] = { "average", pair.average, "rw" } end
  end
  graph:append {
    op = train.optimizer.kind, phase = "update", name = "update", scope = "", line = 0,
    attributes = train.optimizer, arguments = arguments, notes = notes(train, groups),
  }
end
