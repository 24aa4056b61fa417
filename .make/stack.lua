-- The most stack that a call of a network takes, of gcc's call graph of PREFIX.c (-fcallgraph-info=su): prints bytes.
--
--   lua5.4 .make/stack.lua GRAPH.ci PREFIX
--
-- Three calls are of functions that only their callers know: a kernel's of the host, which is run_alone; run_alone's, of units, or
-- plain_unit's of those without scratch; and a unit's of tiles. The graph has no other, and no recursion.
local file = assert(io.open(arg[1]))
local prefix = arg[2]
local bytes, callees, is_called = {}, {}, {}

local function plain(title) return title:match("[^:]*$"):gsub("%..*", "") end

for line in file:lines() do
  local title, label = line:match('^node: { title: "([^"]*)" label: "(.-)"')
  if title then
    bytes[plain(title)] = tonumber(label:match("\\n(%d+) bytes")) or 0
    if label:find("%(dynamic%)") then error(title .. " takes room of no fixed size") end
  end
  local from, to = line:match('^edge: { sourcename: "([^"]*)" targetname: "([^"]*)"')
  if from then
    from, to = plain(from), plain(to)
    callees[from] = callees[from] or {}
    table.insert(callees[from], to)
    is_called[to] = true
  end
end
file:close()

local is_api = {}
for name in pairs(bytes) do is_api[name] = name:sub(1, #prefix + 1) == prefix .. "_" end

local depth, known = nil, {}

local function deepest(wanted)
  local most = 0
  for name in pairs(bytes) do
    if wanted(name) then most = math.max(most, depth(name)) end
  end
  return most
end

local function is_tile(name) return name:find("^tile_") ~= nil end
local function is_unit(name)
  return not is_called[name] and not is_api[name] and not is_tile(name) and name ~= "run_alone" and name ~= "plain_unit"
end

-- All that units call themselves.
local within = {}
local function mark(name)
  if within[name] then return end
  within[name] = true
  for _, callee in ipairs(callees[name] or {}) do mark(callee) end
end
for name in pairs(bytes) do
  if is_unit(name) then mark(name) end
end

local function indirect(name)
  if name == "run_alone" then return math.max(depth "plain_unit", deepest(is_unit)) end
  if name == "plain_unit" then return deepest(is_unit) end
  return within[name] and deepest(is_tile) or depth "run_alone"
end

-- 8 bytes a call for where it returns to.
function depth(name)
  if not bytes[name] then return 0 end
  if not known[name] then
    known[name] = 0
    local most = 0
    for _, callee in ipairs(callees[name] or {}) do
      most = math.max(most, callee == "__indirect_call" and indirect(name) or depth(callee))
    end
    known[name] = bytes[name] + 8 + most
  end
  return known[name]
end

print(deepest(function(name) return is_api[name] end))
