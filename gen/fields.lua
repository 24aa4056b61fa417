-- Tables that have the fields they declare and no others: a misspelt or undeclared one is an error, to write
-- and to read.
--
--   local make = fields.declare("node", "op! phase name", methods)
--   make { op = "conv", ... }
--
-- A declared field that is not set reads as nil; one with a ! must be set from the start.
local nearest = require "nearest"

local fields = {}

-- A constructor of `kind` with the fields named in `names` (words) and the functions of `methods`. The
-- constructor takes a table over, checks what is in it, and returns it. Beside it, a function that says what is wrong
-- with a table that others made, such as "has no field costt; did you mean cost?", or nil.
function fields.declare(kind, names, methods)
  local declared, list, needed = {}, {}, {}
  for name, mark in string.gmatch(names, "([%w_]+)(!?)") do
    declared[name], list[#list + 1] = true, name
    if mark == "!" then needed[#needed + 1] = name end
  end

  local function missing(key)
    local near = nearest.find(tostring(key), list)
    return string.format("has no field %s%s", tostring(key), near and "; did you mean " .. near .. "?" or "")
  end
  local function fault(object)
    local unknown
    for key in next, object do
      if not declared[key] and (not unknown or tostring(key) < tostring(unknown)) then unknown = key end
    end
    if unknown ~= nil then return missing(unknown) end
    for _, name in ipairs(needed) do
      if object[name] == nil then return "needs the field " .. name end
    end
  end
  local function refuse(what) error(string.format("internal error: a %s %s", kind, what), 3) end

  local meta = {
    __index = function(_, key)
      local method = methods and methods[key]
      if method == nil and not declared[key] then refuse(missing(key)) end
      return method
    end,
    __newindex = function(object, key, value)
      if not declared[key] then refuse(missing(key)) end
      rawset(object, key, value)
    end,
  }
  return function(object)
    local what = fault(object)
    if what then refuse(what) end
    return setmetatable(object, meta)
  end, fault
end

-- The field of a table of some kind, nil if there is none such: for what looks at tables of several kinds.
function fields.get(object, name) return rawget(object, name) end

-- Another table of its kind, with these fields changed.
function fields.copy(object, changes)
  local copy = setmetatable({}, getmetatable(object))
  for name, value in next, object do rawset(copy, name, value) end
  for name, value in next, changes do copy[name] = value end
  return copy
end

-- Makes a finished table one that has the fields it has now, and no others.
function fields.seal(kind, object)
  local names = {}
  for name in next, object do names[#names + 1] = name end
  return (fields.declare(kind, table.concat(names, " ")))(object)
end

return fields
