-- Groups of parameters, as spec/groups.lua resolves them, in numbers and words.
local parameter_groups = {}

-- What the group's learning rate is in parts of the train table's.
function parameter_groups.lr_factor(group, train)
  return group.optimizer and group.optimizer.lr / train.optimizer.lr or group.lr_factor
end

-- "learning rate x 64, weight decay x 0"
local function factors(group)
  local list = {}
  local function add(name, factor)
    if factor ~= 1 then list[#list + 1] = string.format("%s x %.14g", name, factor) end
  end
  add("learning rate", group.lr_factor)
  add("weight decay", group.weight_decay_factor)
  add("momentum", group.momentum_factor)
  return table.concat(list, ", ")
end

-- "*.bias, fc.weight: learning rate x 64"; "conv*: sgd, learning rate x 200".
function parameter_groups.text(group, train)
  local how = factors(group)
  if group.optimizer then
    how = string.format("%s, learning rate x %.6g", group.optimizer.kind, parameter_groups.lr_factor(group, train))
  end
  return table.concat(group.patterns, ", ") .. ": " .. how
end

-- All of them: texts joined by semicolons; "" where there are none.
function parameter_groups.describe(train)
  local list = {}
  for i, group in ipairs(train.groups) do list[i] = parameter_groups.text(group, train) end
  return table.concat(list, "; ")
end

return parameter_groups
