-- The nearest right word to a misspelt one.
local nearest = {}

-- Edits (insert, remove, replace, swap neighbours) that turn `a` into `b`.
local function distance(a, b)
  local before, previous = {}, {}
  for j = 0, #b do previous[j] = j end
  for i = 1, #a do
    local current = { [0] = i }
    local x = string.byte(a, i)
    for j = 1, #b do
      local y = string.byte(b, j)
      local best = math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (x == y and 0 or 1))
      if i > 1 and j > 1 and x == string.byte(b, j - 1) and y == string.byte(a, i - 1) then
        best = math.min(best, before[j - 2] + 1)
      end
      current[j] = best
    end
    before, previous = previous, current
  end
  return previous[#b]
end

-- The first of the list with the least edits, or nil if none is close enough to be what was meant.
function nearest.find(word, list)
  if #word > 40 then return nil end
  local best, least
  for _, candidate in ipairs(list) do
    local edits = distance(string.lower(word), string.lower(candidate))
    if not least or edits < least then best, least = candidate, edits end
  end
  if best and least <= math.max(1, math.max(#word, #best) // 3) then return best end
end

-- How names are compared: MaxPool2d, max_pool_2d and maxpool2d are one.
local function plain(name) return (string.gsub(string.lower(name), "_", "")) end

-- The words of a text as a set.
function nearest.set(text)
  local set = {}
  for word in string.gmatch(text, "%S+") do set[plain(word)] = true end
  return set
end

-- { ours = "theirs theirs" ... } as a map from theirs to ours.
function nearest.names(list)
  local names = {}
  for ours, text in next, list do -- the order does not reach the result
    for theirs in next, nearest.set(text) do names[theirs] = ours end
  end
  return names
end

local function same(word, list, elsewhere)
  for _, name in ipairs(list) do
    if plain(name) == plain(word) or elsewhere.same[plain(word)] == name then return name end
  end
end

-- "; did you mean relu?" where the word means one of the list or is a slip of one; else "; <label>: a, b, c".
-- elsewhere: { same = names that others have for those of the list (nearest.names), others = right words that mean
-- another thing, such as celu (nearest.set) }.
function nearest.hint(word, list, label, elsewhere)
  local found
  if #word <= 40 then
    found = same(word, list, elsewhere) or not elsewhere.others[plain(word)] and nearest.find(word, list)
  end
  if found then return string.format("; did you mean %s?", found) end
  return string.format("; %s: %s", label, table.concat(list, ", "))
end

return nearest
