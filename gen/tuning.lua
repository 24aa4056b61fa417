-- Files of choices, which `make tune` writes and --tuning reads: which algorithm does each shape of a network, in place of what
-- costs say (kernels/init.lua). Choices change how sums round, so a digest of them is among the options that a result tells.
--
--   # where it was measured: lines that begin with # are for people
--   castnet 0.1.0
--   options --target avx512 --batch 128
--   conv3x3_16c64_16c64_forward f4
--
-- Behind two lines of what they were made with, each choice has one: what kernels.choice calls the shape, then the algorithm. They
-- are sorted, and there are those that several algorithms take, all of them and no others. Such a file may come from anywhere: one
-- that is not as said here, or was made for another network, other options or another castnet, is refused.
local kernels = require "kernels"
local sandbox = require "sandbox"
local sha256 = require "sha256"
local version = require "version"

local tuning = {}

local longest = 2000 -- bytes of a line
local digits = 12    -- of a digest

local function refuse(path, line, format, ...)
  local place = sandbox.one_line(path) .. (line and ":" .. line or "")
  error("castnet: " .. place .. ": " .. string.format(format, ...), 0)
end

local function refuse_here(file, line, format, ...) refuse(file.path, line, format .. "; make tune makes one that fits", ...) end

local function show(text) return sandbox.one_line(sandbox.show(text)) end

-- ---- a file ----

local function take_choice(file, line, number)
  local key, algorithm = line:match("^([%w_]+) ([%w_]+)$")
  if not key then refuse_here(file, number, "%s is not a shape and an algorithm with a blank between them", show(line)) end
  local last = file.choices[#file.choices]
  if last and key <= last.key then
    refuse_here(file, number, key == last.key and "%s has a line already" or "%s belongs further up: lines are sorted", show(key))
  end
  file.choices[#file.choices + 1] = { key = key, algorithm = algorithm, line = number }
  file.by_key[key] = algorithm
end

local function take(file, line, number)
  if not file.version then
    file.version, file.version_line = line:match("^castnet (%d+%.%d+%.%d+)$"), number
    if not file.version then refuse_here(file, number, "this line must be `castnet VERSION`, not %s", show(line)) end
  elseif not file.options then
    file.options, file.options_line = line:match("^options (%-%-[%w_.,%- ]+)$"), number
    if not file.options then refuse_here(file, number, "this line must be `options --target ...`, not %s", show(line)) end
  else
    take_choice(file, line, number)
  end
end

-- Of the choices alone: who measured them where doesn't matter to what they compute.
local function digest(choices)
  local lines = {}
  for i, choice in ipairs(choices) do lines[i] = choice.key .. " " .. choice.algorithm .. "\n" end
  return sha256(table.concat(lines)):sub(1, digits)
end

-- The file at `path`: its choices in order and by_key, each with its line, and their digest.
function tuning.read(path)
  local text, why = sandbox.read(path)
  if not text then refuse(path, nil, "can't read it: %s; make tune writes such a file", why) end
  local file, number = { path = path, choices = {}, by_key = {} }, 0
  for line, feed in text:gmatch("([^\n]*)(\n?)") do
    if line ~= "" or feed ~= "" then
      number = number + 1
      if feed == "" then refuse_here(file, number, "the file ends within this line") end
      if #line > longest then refuse_here(file, number, "this line is longer than %d bytes", longest) end
      if line:sub(1, 1) ~= "#" then take(file, line, number) end
    end
  end
  if not file.options then refuse_here(file, nil, "has no line `%s`", file.version and "options --target ..." or "castnet VERSION") end
  file.digest = digest(file.choices)
  return file
end

-- Refuses one that was made by another castnet or with other options than those, as compiler.lua tells them.
function tuning.check_head(file, options)
  if file.version ~= version then
    refuse_here(file, file.version_line, "was made by castnet %s, and this is castnet %s", file.version, version)
  end
  if file.options ~= options then
    refuse_here(file, file.options_line, "was made for %s, and this is for %s", sandbox.one_line(file.options), sandbox.one_line(options))
  end
end

-- ---- a network's choices ----

local function has(list, value)
  for _, entry in ipairs(list) do
    if entry == value then return true end
  end
  return false
end

-- What its readers do of a batch norm that they may apply: the keys, too, whose times change with it.
local function join_loaders(group, node, target)
  for _, loader in ipairs(node.loaders and node.loaders.nodes or {}) do
    local key = kernels.choice(kernels.chosen(loader, target), loader)
    if not has(group.loaders, key) then group.loaders[#group.loaders + 1] = key end
  end
end

-- Takes the node into its group: the algorithms that take all nodes of one, and what they cost together.
local function join(group, takers, node, target)
  group.nodes = group.nodes + 1
  for i, kernel in ipairs(takers) do
    local entry = group.by_name[kernel.algorithm]
    if not entry then
      entry = { name = kernel.algorithm, place = i, cost = 0, nodes = 0 }
      group.by_name[kernel.algorithm], group.entries[#group.entries + 1] = entry, entry
    end
    entry.cost, entry.nodes = entry.cost + kernels.cost(kernel, node, target), entry.nodes + 1
  end
end

-- Names of those that take all nodes, the cheapest first; nil where two bear one name.
local function algorithms_of(group)
  local list, names = {}, {}
  for _, entry in ipairs(group.entries) do
    if entry.nodes > group.nodes then return nil end
    if entry.nodes == group.nodes then list[#list + 1] = entry end
  end
  table.sort(list, function(a, b) return a.cost < b.cost or a.cost == b.cost and a.place < b.place end)
  for i, entry in ipairs(list) do names[i] = entry.name end
  return names
end

-- What there is to choose in a network after the pass load_norms: { key, algorithms = { what costs choose, others ... }, loaders =
-- keys } ..., sorted by key; loaders of a batch norm that what reads it may apply: of those.
function tuning.groups(graph)
  local by_key, keys, list = {}, {}, {}
  for _, node in ipairs(graph.nodes) do
    local takers = node.phase == "update" and {} or kernels.takers(node, graph.target)
    if #takers > 0 then
      local key = kernels.choice(takers[1], node)
      if not by_key[key] then by_key[key], keys[#keys + 1] = { nodes = 0, entries = {}, by_name = {}, loaders = {} }, key end
      join_loaders(by_key[key], node, graph.target)
      join(by_key[key], takers, node, graph.target)
    end
  end
  table.sort(keys)
  for _, key in ipairs(keys) do
    local algorithms = algorithms_of(by_key[key])
    if algorithms and #algorithms > 1 then list[#list + 1] = { key = key, algorithms = algorithms, loaders = by_key[key].loaders } end
  end
  return list
end

-- Refuses graph.tuning where it doesn't fit the graph. A program that only evaluates has a part of the trainer's shapes.
function tuning.check(graph)
  local file, known = graph.tuning, {}
  for _, group in ipairs(tuning.groups(graph)) do
    known[group.key] = group
    if not file.by_key[group.key] then refuse_here(file, nil, "has no line for %s, which this network has", group.key) end
  end
  for _, choice in ipairs(file.choices) do
    local group = known[choice.key]
    if not group and graph.output.trains then
      refuse_here(file, choice.line, "this network has nothing to choose for %s", show(choice.key))
    end
    if group and not has(group.algorithms, choice.algorithm) then
      refuse_here(file, choice.line, "%s is done by %s here, not by %s", choice.key, table.concat(group.algorithms, " or "),
        show(choice.algorithm))
    end
  end
end

-- A batch norm that what reads it shall apply, and can't by the algorithms of the same file.
function tuning.refuse_on_load(graph, key)
  local line
  for _, choice in ipairs(graph.tuning.choices) do line = choice.key == key and choice.line or line end
  refuse_here(graph.tuning, line, "%s is not done on_load where the algorithms of what reads it can't", key)
end

-- The text of a file: about, for people; choices: { key, algorithm } ... in order.
function tuning.text(graph, about, choices)
  local lines = { "# " .. sandbox.one_line(about), "castnet " .. version, "options " .. graph.conditions }
  for _, choice in ipairs(choices) do lines[#lines + 1] = choice.key .. " " .. choice.algorithm end
  return table.concat(lines, "\n") .. "\n"
end

return tuning
