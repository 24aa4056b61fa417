-- What wrappers of PyTorch put before the names of a network's tensors, taken off where the network is known. The rule is
-- that of the runtime (runtime/files/prefixes.h).
local fail = require "convert.fail"

local prefixes = {}

local known = { "module.", "_orig_mod.", "model.", "backbone." }
local deepest = 8 -- prefixes in a row

-- Length of the prefix that a name begins with, or nil.
local function length_of(name)
  for _, prefix in ipairs(known) do
    if name:sub(1, #prefix) == prefix then return #prefix end
  end
end

-- Of the prefixes, alone or in a row, after which names of the list are the network's: the one with most such names;
-- of several the shortest, "" if none does better than none. network: names -> true.
local function choose(list, network)
  local counts, best = { [""] = 0 }, ""
  for _, tensor in ipairs(list) do
    local at, length = 1, 0
    for _ = 0, deepest do
      at = at + length
      if network[tensor.name:sub(at)] then
        local prefix = tensor.name:sub(1, at - 1)
        counts[prefix] = (counts[prefix] or 0) + 1
      end
      length = length_of(tensor.name:sub(at))
      if not length then break end
    end
  end
  for prefix, count in pairs(counts) do
    local is_even = count == counts[best] and best ~= ""
    if count > counts[best] or is_even and (#prefix < #best or #prefix == #best and prefix < best) then best = prefix end
  end
  return best
end

-- The tensors of the list with the network's names, and a line that says so, or nil where nothing changed. A tensor that
-- has a name of the network without the prefix is another one's, and is left out.
function prefixes.strip(list, network)
  local prefix = choose(list, network)
  if prefix == "" then return list end
  local result = {}
  for _, tensor in ipairs(list) do
    if tensor.name:sub(1, #prefix) == prefix then
      tensor.name = tensor.name:sub(#prefix + 1)
      result[#result + 1] = tensor
    elseif not network[tensor.name] then
      result[#result + 1] = tensor
    end
  end
  return result, "the names of the weights are taken without " .. fail.printable(prefix)
end

return prefixes
