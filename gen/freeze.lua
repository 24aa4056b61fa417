-- What a list of names freezes: each name stands for the layer of that name and for every layer whose name begins with it
-- and a dot (layer1 for layer1.0.conv1), or for a parameter alone (layer1.0.conv1.weight).
--
-- Called while a spec runs, when strings have no methods (sandbox.lua), hence string.format(...) and the like.
local nearest = require "nearest"
local ops = require "ops"
local sandbox = require "sandbox"

local freeze = {}

-- Whether the list, of freeze.resolve, freezes the layer or the parameter of this name: at the cost of its dots, not of the
-- list.
function freeze.has(list, name)
  local ends = 0
  while ends do
    ends = string.find(name, ".", ends + 1, true)
    if list[string.sub(name, 1, (ends or 0) - 1)] then return true end
  end
  return false
end

-- Names of layers with parameters, those that begin them up to a dot, and those of parameters: all of them, the
-- shortest, and those of parameters that are trained.
local function known_names(nodes)
  local all, shortest, seen, trained = {}, {}, {}, {}
  local function add(name)
    if seen[name] then return end
    seen[name] = true
    all[#all + 1] = name
    if not string.find(name, ".", 1, true) then shortest[#shortest + 1] = name end
  end
  for _, node in ipairs(nodes) do
    local ends = ops[node.op].parameters and 0 or nil
    while ends do
      ends = string.find(node.name, ".", ends + 1, true)
      add(string.sub(node.name, 1, (ends or 0) - 1))
    end
    for _, parameter in ipairs(ops.parameters_of(node)) do
      add(parameter.name)
      if parameter.trains then trained[#trained + 1] = parameter.name end
    end
  end
  return all, shortest, seen, trained
end

local function unknown(name, all, shortest)
  local near = nearest.find(name, all)
  return string.format("no layer and no parameter is called %s; %s", sandbox.show(name),
    near and "did you mean " .. near .. "?" or "layers are: " .. table.concat(shortest, ", "))
end

-- The names of `list` in the order of the recorded nodes, without those that another one covers, and each as a key
-- with the value true; or nil and what is wrong: a name of nothing that has parameters, or nothing left to train.
function freeze.resolve(nodes, list)
  local all, shortest, known, trained = known_names(nodes)
  local wanted, result, trains = {}, {}, false
  for _, name in ipairs(list) do
    if not known[name] then return nil, unknown(name, all, shortest) end
    wanted[name] = true
  end
  for _, name in ipairs(all) do
    if wanted[name] and not freeze.has(result, name) then result[#result + 1], result[name] = name, true end
  end
  for _, name in ipairs(trained) do
    if not freeze.has(result, name) then trains = true end
  end
  if not trains then return nil, "nothing is left to train" end
  return result
end

-- The names of `given`, {name, epochs} ..., as stages {epochs, names: list and set} in the order of epochs; or nil and what is
-- wrong: a name of nothing that is trained, with `frozen` as resolve returns it, or two names of one parameter.
function freeze.resolve_later(nodes, given, frozen)
  local all, shortest, known, trained = known_names(nodes)
  local stages, by_epochs, taken = {}, {}, {}
  for _, entry in ipairs(given) do
    local name, found = entry.name, false
    if not known[name] then return nil, unknown(name, all, shortest) end
    for _, parameter in ipairs(trained) do
      if freeze.has({ [name] = true }, parameter) and not freeze.has(frozen, parameter) then
        if taken[parameter] then
          return nil, string.format("%s and %s both name %s; leave one out", taken[parameter], name, parameter)
        end
        taken[parameter], found = name, true
      end
    end
    if not found then return nil, string.format("%s has nothing that is trained", name) end
    if not by_epochs[entry.epochs] then
      by_epochs[entry.epochs] = { epochs = entry.epochs, names = {} }
      stages[#stages + 1] = by_epochs[entry.epochs]
    end
    local names = by_epochs[entry.epochs].names
    names[#names + 1], names[name] = name, true
  end
  table.sort(stages, function(a, b) return a.epochs < b.epochs end)
  return stages
end

return freeze
