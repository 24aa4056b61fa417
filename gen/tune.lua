-- What make tune asks of the compiler: files of choices (tuning.lua) to time, and the one that follows from the times.
local sandbox = require "sandbox"
local tuning = require "tuning"

local tune = {}

local worth = 0.97 -- of the times of one that costs less, at most, or that one stays: less is noise

-- Whether the group is of a batch norm that what reads it may apply. What that takes shows in its readers' times alone, so that it has
-- a candidate of its own, the last, in which all else is as in the first.
local function is_norm(group) return #group.loaders > 0 end

-- What candidate i has the group done by. Between the first and the last readers change, and batch norms make what they read.
local function algorithm_in(group, i, last)
  if not is_norm(group) then return i < last and group.algorithms[i] or group.algorithms[1] end
  return i == 1 and group.algorithms[1] or i == last and group.algorithms[2] or "plain"
end

-- Texts of files that together choose each algorithm of each shape; the first, what costs choose. A shape of few algorithms is
-- done by that one in the others.
function tune.candidates(graph)
  local groups, texts, most, norms = tuning.groups(graph), {}, 1, 0
  for _, group in ipairs(groups) do
    if is_norm(group) then norms = 1 else most = math.max(most, #group.algorithms) end
  end
  for i = 1, most + norms do
    local choices = {}
    for j, group in ipairs(groups) do choices[j] = { key = group.key, algorithm = algorithm_in(group, i, most + 1) } end
    texts[i] = tuning.text(graph, "A candidate of make tune.", choices)
  end
  return texts
end

-- Lines `candidate I`, and behind each `machine ...`, `step SECONDS`, of what costs choose, and `KEY ALGORITHM SECONDS`. runs: of each
-- candidate's turn the seconds by key; of: all those by "KEY ALGORITHM", a list each; last: the last candidate.
local function read_times(path)
  local text = sandbox.read(path)
  local times = { machine = "an unknown machine", step = {}, of = {}, runs = {}, last = 1 }
  local run = nil
  for line in (text or ""):gmatch("[^\n]+") do
    local key, algorithm, seconds = line:match("^([%w_]+) ([%w_]+) ([%d.]+)$")
    local candidate = tonumber(line:match("^candidate (%d+)$"))
    if candidate then
      run = { candidate = candidate }
      times.runs[#times.runs + 1], times.last = run, math.max(times.last, candidate)
    elseif key and tonumber(seconds) then
      local id = key .. " " .. algorithm
      times.of[id] = times.of[id] or {}
      table.insert(times.of[id], tonumber(seconds))
      if run then run[key] = tonumber(seconds) end
    elseif line:find("^step [%d.]+$") then
      table.insert(times.step, tonumber(line:match("[%d.]+$")))
    end
    times.machine = line:match("^machine (.+)$") or times.machine
  end
  return times
end

-- The times of the group's i-th algorithm; of a batch norm with those of its readers, which the first candidate and the last have.
local function times_of(times, group, i)
  if not is_norm(group) then return times.of[group.key .. " " .. group.algorithms[i]] or {} end
  local list = {}
  for _, run in ipairs(times.runs) do
    if run.candidate == (i == 1 and 1 or times.last) and run[group.key] then
      local seconds = run[group.key]
      for _, key in ipairs(group.loaders) do seconds = seconds + (run[key] or 0) end
      list[#list + 1] = seconds
    end
  end
  return list
end

local function median(list)
  table.sort(list)
  local middle = #list // 2
  return #list % 2 == 1 and list[middle + 1] or (list[middle] + list[middle + 1]) / 2
end

-- The algorithm that is faster than those of less cost in the middle of its times and at its best, since other programs at work
-- lengthen some of them: its name and the middle, and that of what costs choose.
local function fastest(path, group, times)
  local best, middle, least, first
  for i, algorithm in ipairs(group.algorithms) do
    local list = times_of(times, group, i)
    if #list == 0 then error(string.format("castnet: %s: no time of %s by %s; run make tune again", path, group.key, algorithm), 0) end
    local seconds, shortest = median(list), math.min(table.unpack(list))
    first = first or seconds
    if i == 1 or seconds < worth * middle and shortest < worth * least then best, middle, least = algorithm, seconds, shortest end
  end
  return best, middle, first
end

local function own_time(times, group, algorithm)
  local list = times.of[group.key .. " " .. algorithm]
  return list and median(list) or 0
end

-- Other algorithms of its readers can't apply a batch norm, which then makes what they read. They are taken if that gains more than
-- what is best for the norm with those that costs choose.
local function settle(group, of, times)
  local gain, changed = 0, {}
  for _, key in ipairs(group.loaders) do
    local choice = of[key]
    if choice and choice.algorithm ~= choice.costs then gain, changed[#changed + 1] = gain + choice.first - choice.seconds, choice end
  end
  if #changed == 0 then return end
  local norm, seconds, first = of[group.key], own_time(times, group, "plain"), own_time(times, group, group.algorithms[1])
  if gain + first - seconds > norm.first - norm.seconds then
    norm.algorithm, norm.seconds, norm.first = "plain", seconds, first
  else
    for _, choice in ipairs(changed) do choice.algorithm, choice.seconds = choice.costs, choice.first end
  end
end

-- What each group is done by, by its key: { algorithm, costs: what these choose, seconds and first: what both take }.
local function choices_of(path, groups, times)
  local of = {}
  for _, group in ipairs(groups) do
    local algorithm, seconds, first = fastest(path, group, times)
    of[group.key] = { algorithm = algorithm, costs = group.algorithms[1], seconds = seconds, first = first }
  end
  for _, group in ipairs(groups) do
    if is_norm(group) then settle(group, of, times) end
  end
  return of
end

-- The file that follows from the times at `path`, and what is told of it: what changed, and what it gives.
function tune.choose(graph, path)
  local times, groups = read_times(path), tuning.groups(graph)
  local of, choices, report, changed, gain = choices_of(path, groups, times), {}, {}, 0, 0
  for i, group in ipairs(groups) do
    local choice = of[group.key]
    choices[i] = { key = group.key, algorithm = choice.algorithm }
    if choice.algorithm ~= choice.costs then
      changed, gain = changed + 1, gain + choice.first - choice.seconds
      report[#report + 1] = string.format("  %-44s %9s %8.3f ms -> %-9s %8.3f ms", group.key, choice.costs, 1e3 * choice.first,
        choice.algorithm, 1e3 * choice.seconds)
    end
  end
  local step = #times.step > 0 and median(times.step) or 0
  report[#report + 1] = string.format("%d of %d choices are not what costs choose: %.2f ms of the %.2f that a step's kernels take, %.1f %%",
    changed, #groups, 1e3 * gain, 1e3 * step, step > 0 and 100 * gain / step or 0)
  local about = string.format("Algorithms of %s that were fastest on %s (make tune).", graph.name, times.machine)
  return tuning.text(graph, about, choices), table.concat(report, "\n") .. "\n"
end

return tune
