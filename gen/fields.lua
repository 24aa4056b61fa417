-- Tables that have the fields they declare and no others: a misspelt or undeclared one is an error, to write
-- and to read.
--
--   local make = fields.declare("node", "op phase name", methods)
--   make { op = "conv", ... }
--
-- A declared field that is not set reads as nil.
local fields = {}

-- A constructor of `kind` with the fields named in `names` (words) and the functions of `methods`. The
-- constructor takes a table over, checks what is in it, and returns it.
function fields.declare(kind, names, methods)
  local declared = {}
  for name in names:gmatch("%S+") do declared[name] = true end
  local function refuse(key)
    error(string.format("internal error: a %s has no field %s", kind, tostring(key)), 3)
  end
  local meta = {
    __index = function(_, key)
      local method = methods and methods[key]
      if method == nil and not declared[key] then refuse(key) end
      return method
    end,
    __newindex = function(object, key, value)
      if not declared[key] then refuse(key) end
      rawset(object, key, value)
    end,
  }
  return function(object)
    for key in pairs(object) do
      if not declared[key] then refuse(key) end
    end
    return setmetatable(object, meta)
  end
end

return fields
