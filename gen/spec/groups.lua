-- Groups of parameters: which of the network's their patterns stand for, and whether their numbers are factors of anything.
--
-- A resolved group: {parameters, patterns, lr_factor, weight_decay_factor, momentum_factor, optimizer, line}; parameters: names
-- in the network's order, optimizer: as that of the train table, or nil where it is the train table's.
local fields = require "fields"
local glob = require "glob"
local nearest = require "nearest"
local ops = require "ops"
local optimizers = require "optimizers"
local sandbox = require "sandbox"

local groups = {}
local fail_at, show = sandbox.fail_at, sandbox.show

local make = fields.declare("group of parameters",
  "parameters! patterns! lr_factor! weight_decay_factor! momentum_factor! optimizer line")

local function parameters_of(nodes)
  local list = {}
  for _, node in ipairs(nodes) do
    for _, parameter in ipairs(ops.parameters_of(node)) do list[#list + 1] = parameter end
  end
  return list
end

local function fail_unknown(line, pattern, known)
  local names = {}
  for i, parameter in ipairs(known) do names[i] = parameter.name end
  local near = nearest.find(pattern, names)
  fail_at(line, "group: no parameter is called %s%s", show(pattern), near and "; did you mean " .. near .. "?"
    or string.format("; the first is %s, the last %s", names[1], names[#names]))
end

-- The names that the patterns stand for. taken: by name, the pattern that had it before.
local function names_of(given, known, taken)
  local list, ours = {}, {}
  for _, pattern in ipairs(given.parameters) do
    local found = false
    for _, parameter in ipairs(known) do
      local name = parameter.name
      if glob.matches(pattern, name) then
        found = true
        if taken[name] then
          fail_at(given.line, "group: %s is both %s and %s of a group before; each parameter has one group", name, show(pattern),
            show(taken[name]))
        end
        ours[name] = ours[name] or pattern
      end
    end
    if not found then fail_unknown(given.line, pattern, known) end
  end
  for _, parameter in ipairs(known) do
    if ours[parameter.name] then
      list[#list + 1], taken[parameter.name] = parameter.name, ours[parameter.name]
    end
  end
  return list
end

-- A factor of nothing would change nothing.
local function check_factors(given, optimizer)
  local momentum = optimizers[optimizer.kind].momentum
  if given.weight_decay_factor ~= 1 and optimizer.weight_decay == 0 then
    fail_at(given.line, "group: weight_decay_factor is of the model's weight_decay, which is 0")
  elseif given.momentum_factor ~= 1 and optimizer[momentum] == 0 then
    fail_at(given.line, "group: momentum_factor is of the model's %s, which is 0", momentum)
  elseif given.optimizer and optimizer.lr == 0 then
    fail_at(given.line, "group: the schedule moves a part of the model's lr, which is 0; give that a number")
  end
end

-- What moves matrices moves no vectors.
local function check_matrices(known, list, optimizer)
  local of = {}
  for _, group in ipairs(list) do
    for _, name in ipairs(group.parameters) do of[name] = group.optimizer end
  end
  for _, parameter in ipairs(known) do
    local its = of[parameter.name] or optimizer
    if #parameter.dims == 1 and optimizers[its.kind].matrices then
      fail_at(its.line, "%s: moves matrices, but %s is a vector; give it a group with another optimizer", its.kind, parameter.name)
    end
  end
end

-- The groups of a train table over recorded nodes, resolved. complete(optimizer): it with all options.
function groups.resolve(given, optimizer, nodes, complete)
  local known, taken, list = parameters_of(nodes), {}, {}
  for i, group in ipairs(given) do
    if #group.parameters == 0 then fail_at(group.line, "group: parameters is an empty list") end
    check_factors(group, optimizer)
    list[i] = make {
      parameters = names_of(group, known, taken), patterns = group.parameters, lr_factor = group.lr_factor,
      weight_decay_factor = group.weight_decay_factor, momentum_factor = group.momentum_factor,
      optimizer = group.optimizer and complete(group.optimizer), line = group.line,
    }
  end
  check_matrices(known, list, optimizer)
  return list
end

return groups
