-- How the learning rate and slow weights move, in words.
local words = require "words"

local schedules = {}

local function plain(name) return (string.gsub(name, "_", " ")) end

local function show(value) return string.format(math.type(value) == "integer" and "%d" or "%.14g", value) end

local is_number = { integer = true, number = true }

-- "gamma 0.2, ..." of a part, or "".
local function numbers(part)
  local list = {}
  for _, option in ipairs(words.by_name[part.kind].options) do
    if is_number[option.type] and option.name ~= "warmup" then
      list[#list + 1] = plain(option.name) .. " " .. show(part[option.name])
    end
  end
  return table.concat(list, ", ")
end

local function milestones(part)
  if #part.milestones == 0 then return "" end
  local list = {}
  for i, milestone in ipairs(part.milestones) do list[i] = show(milestone) end
  return " at " .. table.concat(list, ", ")
end

-- "multi step at 60, 120 (gamma 0.2) each epoch"
function schedules.part(part)
  local inside = numbers(part)
  return string.format("%s%s%s each %s", plain(part.kind), milestones(part), inside == "" and "" or " (" .. inside .. ")", part.per)
end

-- The whole schedule, but for the warm-up and what a command line may change: the numbers of a schedule of one part.
function schedules.describe(schedule)
  local first = schedule.parts[1]
  if #schedule.parts == 1 then return string.format("%s%s each %s", plain(first.kind), milestones(first), first.per) end
  local list = {}
  for i, part in ipairs(schedule.parts) do
    list[i] = (i == 1 and "" or string.format("after %s epochs ", show(part.begins))) .. schedules.part(part)
  end
  return table.concat(list, ", ")
end

-- A line for each part: when it begins, in epochs of the training, and what it does.
function schedules.lines(schedule)
  local list = {}
  local function add(begins, what) list[#list + 1] = string.format("from epoch %-6s %s", show(begins), what) end
  if schedule.warmup > 0 then add(0, "a straight line from 0 each step") end
  for _, part in ipairs(schedule.parts) do add(schedule.warmup + part.begins, schedules.part(part)) end
  return list
end

-- "every 5 steps, alpha 0.5"; "" where there is no lookahead.
function schedules.lookahead(lookahead)
  if not lookahead then return "" end
  return string.format("every %d steps, alpha %s%s%s", lookahead.every, show(lookahead.alpha),
    lookahead.power > 0 and ", power " .. show(lookahead.power) or "", lookahead.statistics and "" or ", without running statistics")
end

return schedules
