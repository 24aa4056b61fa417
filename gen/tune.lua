-- What make tune asks of the compiler: files of choices (tuning.lua) to time, and the one that follows from the times.
local sandbox = require "sandbox"
local tuning = require "tuning"

local tune = {}

local worth = 0.97 -- of the times of one that costs less, at most, or that one stays: less is noise

-- Texts of files that together choose each algorithm of each shape; the first, what costs choose. A shape of few algorithms is
-- done by that one in the others.
function tune.candidates(graph)
  local groups, texts, most = tuning.groups(graph), {}, 1
  for _, group in ipairs(groups) do most = math.max(most, #group.algorithms) end
  for i = 1, most do
    local choices = {}
    for j, group in ipairs(groups) do choices[j] = { key = group.key, algorithm = group.algorithms[i] or group.algorithms[1] } end
    texts[i] = tuning.text(graph, "A candidate of make tune.", choices)
  end
  return texts
end

-- Lines `machine ...`, `step SECONDS`, of what costs choose, and `KEY ALGORITHM SECONDS`; there are several of each but the first.
local function read_times(path)
  local text = sandbox.read(path)
  local times = { machine = "an unknown machine", step = {}, of = {} }
  for line in (text or ""):gmatch("[^\n]+") do
    local key, algorithm, seconds = line:match("^([%w_]+) ([%w_]+) ([%d.]+)$")
    if key and tonumber(seconds) then
      local id = key .. " " .. algorithm
      times.of[id] = times.of[id] or {}
      table.insert(times.of[id], tonumber(seconds))
    elseif line:find("^step [%d.]+$") then
      table.insert(times.step, tonumber(line:match("[%d.]+$")))
    end
    times.machine = line:match("^machine (.+)$") or times.machine
  end
  return times
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
    local list = times.of[group.key .. " " .. algorithm]
    if not list then error(string.format("castnet: %s: no time of %s by %s; run make tune again", path, group.key, algorithm), 0) end
    local seconds, shortest = median(list), math.min(table.unpack(list))
    first = first or seconds
    if i == 1 or seconds < worth * middle and shortest < worth * least then best, middle, least = algorithm, seconds, shortest end
  end
  return best, middle, first
end

-- The file that follows from the times at `path`, and what is told of it: what changed, and what it gives.
function tune.choose(graph, path)
  local times, groups = read_times(path), tuning.groups(graph)
  local choices, report, changed, gain = {}, {}, 0, 0
  for i, group in ipairs(groups) do
    local algorithm, seconds, first = fastest(path, group, times)
    choices[i] = { key = group.key, algorithm = algorithm }
    if algorithm ~= group.algorithms[1] then
      changed, gain = changed + 1, gain + first - seconds
      report[#report + 1] = string.format("  %-44s %9s %8.3f ms -> %-9s %8.3f ms", group.key, group.algorithms[1], 1e3 * first, algorithm,
        1e3 * seconds)
    end
  end
  local step = #times.step > 0 and median(times.step) or 0
  report[#report + 1] = string.format("%d of %d choices are not what costs choose: %.2f ms of the %.2f that a step's kernels take, %.1f %%",
    changed, #groups, 1e3 * gain, 1e3 * step, step > 0 and 100 * gain / step or 0)
  local about = string.format("Algorithms of %s that were fastest on %s (make tune).", graph.name, times.machine)
  return tuning.text(graph, about, choices), table.concat(report, "\n") .. "\n"
end

return tune
