-- What stretches of memory are taken at what times, and where the lowest free one is.
--
-- A tree of spans of time: the root spans all, each node halves its span, leaves span one time. A stretch that is
-- taken over a range of times is `whole` at the largest spans that the range covers, and `some` at these and all that
-- have one of them within. What is taken at any time of a range is then `some` of the spans that make the range up and
-- `whole` of the spans around these: some two dozen lists, each of disjoint stretches in order that grow together where
-- they touch, so that they stay short however many tensors there are.
local occupancy = {}

local Occupancy = {}
Occupancy.__index = Occupancy

-- times: times are 1 to this.
function occupancy.new(times)
  return setmetatable({ times = times, some = {}, whole = {} }, Occupancy)
end

-- A list of stretches: from[i] <= address < to[i], in order, none touching the next.
-- The first stretch from number `low` on that ends above `address`.
local function first_above(list, address, low)
  local to = list.to
  local high = #to + 1
  while low < high do
    local middle = (low + high) // 2
    if to[middle] > address then high = middle else low = middle + 1 end
  end
  return low
end

local function add(lists, node, from, to)
  local list = lists[node]
  if not list then
    lists[node] = { from = { from }, to = { to } }
    return
  end
  local first = first_above(list, from - 1, 1) -- one that ends at `from` grows
  local last = first
  while list.from[last] and list.from[last] <= to do last = last + 1 end
  if last == first then
    table.insert(list.from, first, from)
    table.insert(list.to, first, to)
    return
  end
  list.from[first] = math.min(list.from[first], from)
  list.to[first] = math.max(list.to[last - 1], to)
  for i = last - 1, first + 1, -1 do
    table.remove(list.from, i)
    table.remove(list.to, i)
  end
end

-- Marks addresses from <= address < to as taken at the times first to last.
function Occupancy:occupy(first, last, from, to)
  local function visit(node, low, high)
    if last < low or high < first then return end
    add(self.some, node, from, to)
    if first <= low and high <= last then
      add(self.whole, node, from, to)
      return
    end
    local middle = (low + high) // 2
    visit(2 * node, low, middle)
    visit(2 * node + 1, middle + 1, high)
  end
  visit(1, 1, self.times)
end

-- The lists of all that is taken at any time from first to last.
local function lists_of(self, first, last)
  local found = {}
  local function visit(node, low, high)
    if last < low or high < first then return end
    local is_within = first <= low and high <= last
    found[#found + 1] = is_within and self.some[node] or self.whole[node]
    if is_within then return end
    local middle = (low + high) // 2
    visit(2 * node, low, middle)
    visit(2 * node + 1, middle + 1, high)
  end
  visit(1, 1, self.times)
  return found
end

-- The lowest address from `base` on that is free, with `bytes` behind it, at the times first to last.
function Occupancy:lowest_free(first, last, bytes, base)
  local lists, address = lists_of(self, first, last), base
  local unmoved, i, places = 0, 1, {} -- in each list, which is looked at next: the address only grows
  while unmoved < #lists do -- until no list objects
    local list = lists[i]
    local from, to, at = list.from, list.to, places[i] or 1
    if to[at] and to[at] <= address then at = first_above(list, address, at + 1) end
    local before = address
    while from[at] and from[at] < address + bytes do
      address = to[at]
      at = at + 1
    end
    places[i] = at
    unmoved = address == before and unmoved + 1 or 1
    i = i % #lists + 1
  end
  return address
end

return occupancy
