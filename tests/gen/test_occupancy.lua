-- The lowest free place among stretches of memory that are taken for a while, against trying every address.
local harness = require "harness"
local occupancy = require "occupancy"
local test, equal = harness.test, harness.equal

local function is_free(taken, first, last, from, to)
  for _, t in ipairs(taken) do
    if t.first <= last and first <= t.last and t.from < to and from < t.to then return false end
  end
  return true
end

test("lowest_free finds what trying every address finds", function()
  math.randomseed(7)
  for _ = 1, 40 do
    local times = math.random(1, 40)
    local space, taken = occupancy.new(times), {}
    for _ = 1, 60 do
      local first = math.random(times)
      local last = math.random(3) == 1 and times or math.random(first, times)
      local bytes, base = math.random(1, 9), math.random(0, 3)
      local expected = base
      while not is_free(taken, first, last, expected, expected + bytes) do expected = expected + 1 end
      equal(space:lowest_free(first, last, bytes, base), expected)
      space:occupy(first, last, expected, expected + bytes)
      taken[#taken + 1] = { first = first, last = last, from = expected, to = expected + bytes }
    end
  end
end)
