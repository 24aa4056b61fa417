-- Which dict of a checkpoint holds the weights.
--
-- What torch.save wrote may be a state_dict, or have one somewhere inside, beside epochs and the state of an
-- optimiser. A candidate is a dict with a tensor under a name. Its path is made of the keys that lead to it, with
-- dots between them and numbers from 0 for places in a list, such as `nets.0`; the value itself has the path `.`.
local fail = require "convert.fail"

local state_dict = {}

-- Keys that scripts save weights under. Where there are several, the first one is taken.
local known = { "state_dict", "model", "model_state_dict", "net", "weights", "params", "state_dict_ema", "ema" }

local deepest = 4    -- keys of a path
local most_named = 8 -- candidates that a message names
local top = "."

local function is(value, kind)
  return type(value) == "table" and value.kind == kind
end

-- How many tensors stand under names.
local function count_tensors(dict)
  local count = 0
  for key, value in pairs(dict.values) do
    if type(key) == "string" and (is(value, "tensor") or is(value, "odd")) then count = count + 1 end
  end
  return count
end

-- An optimiser keeps tensors, too, but they are no weights.
local function is_optimizer(dict)
  return dict.values.param_groups ~= nil and dict.values.state ~= nil
end

-- Calls visit(key, value) for what may lead to weights: names of a dict, places of a list.
local function each_inside(value, visit)
  if is(value, "dict") and not is_optimizer(value) then
    for _, key in ipairs(value.keys) do
      if type(key) == "string" then visit(key, value.values[key]) end
    end
  elseif is(value, "list") or is(value, "tuple") then
    for i = 1, value.n do visit(tostring(i - 1), value[i]) end
  end
end

-- All candidates, the nearest to the top first: {path, depth, dict, count, also}. A value that stands in several places
-- is visited once; `also` has the other paths to it.
local function find_all(value)
  local first = { value = value, path = top, depth = 0, also = {} }
  local found, seen, level = {}, { [value] = first }, { first }
  while #level > 0 do
    local below = {}
    for _, at in ipairs(level) do
      local count = is(at.value, "dict") and not is_optimizer(at.value) and count_tensors(at.value) or 0
      if count > 0 then found[#found + 1] = { path = at.path, depth = at.depth, dict = at.value, count = count, also = at.also } end
      if at.depth < deepest then
        each_inside(at.value, function(key, inner)
          local path = at.depth == 0 and key or #at.path + #key < 200 and at.path .. "." .. key
          if type(inner) ~= "table" or not path then return end
          if seen[inner] then
            seen[inner].also[path] = true
            return
          end
          seen[inner] = { value = inner, path = path, depth = at.depth + 1, also = {} }
          below[#below + 1] = seen[inner]
        end)
      end
    end
    level = below
  end
  return found
end

-- Whether a tensor is called as a module calls its parameters: "conv1.weight", "weight".
local function has_parameters(candidate)
  for key, value in pairs(candidate.dict.values) do
    local is_tensor = type(key) == "string" and (is(value, "tensor") or is(value, "odd"))
    if is_tensor and (key:find(".", 1, true) or key == "weight" or key == "bias") then return true end
  end
  return false
end

-- All but the file's own dict where what lies loose in it has no parameter's name and there are others: the state of a random
-- generator, say.
local function likely(candidates)
  if #candidates > 1 and candidates[1].path == top and not has_parameters(candidates[1]) then
    return table.move(candidates, 2, #candidates, 1, {})
  end
  return candidates
end

-- "net (62 tensors), ema (62 tensors)"
local function describe(candidates)
  local parts = {}
  for i = 1, math.min(#candidates, most_named) do
    parts[i] = string.format("%s (%d tensors)", fail.printable(candidates[i].path), candidates[i].count)
  end
  if #candidates > most_named then parts[#parts + 1] = "..." end
  return table.concat(parts, ", ")
end

local function by_path(candidates, path)
  for _, candidate in ipairs(candidates) do
    if candidate.path == path or candidate.also[path] then return candidate end
  end
end

-- A known name; else the only candidate, or the only one of those nearest to the top.
local function choose(candidates)
  for _, name in ipairs(known) do
    local candidate = by_path(candidates, name)
    if candidate then return candidate end
  end
  if #candidates == 1 or candidates[1].depth > 0 and candidates[2].depth > candidates[1].depth then
    return candidates[1]
  end
end

-- The dict of weights in `value`: that of the path `key`, if it is given. The second result is a line about what
-- was left beside it, or nil.
function state_dict.find(value, key)
  local candidates = type(value) == "table" and find_all(value) or {}
  if #candidates == 0 then fail.because("save model.state_dict()", "holds no tensors") end
  local chosen
  if key then
    chosen = by_path(candidates, key)
    if not chosen then
      fail.listing("give --key one of these", "holds no dict of tensors under %s, but ", key, describe(candidates))
    end
    return chosen.dict
  end
  candidates = likely(candidates)
  chosen = choose(candidates)
  if not chosen then
    fail.listing("choose one with --key NAME", "holds several dicts of tensors%s: ", "", describe(candidates))
  end
  local others = {}
  for _, candidate in ipairs(candidates) do
    if candidate ~= chosen then others[#others + 1] = candidate end
  end
  if #others == 0 then return chosen.dict end
  return chosen.dict, string.format("took %s of it, not %s; --key NAME takes another", fail.printable(chosen.path),
    describe(others))
end

return state_dict
