-- Things that a spec holds but cannot look into or change: values of the model and what words make.
local sandbox = require "sandbox"

local fail, show = sandbox.fail, sandbox.show

local readable = { channels = true, height = true, width = true }
local refused = {
  "sub", "div", "mod", "pow", "unm", "idiv", "band", "bor", "bxor", "bnot", "shl", "shr", "concat", "len", "lt",
  "le", "call",
}

-- Two functions, wrap and made: wrap(kind, content) returns a thing, made(thing) its kind and content, or nil for
-- anything else. The content of kind "value" is a node. operators: {add, mul}, what a + b and a * b do.
return function(operators)
  local contents = setmetatable({}, { __mode = "k" })

  local function index(thing, key)
    local entry = contents[thing]
    if entry.kind == "value" and readable[key] then return entry.content.shape[key] end
    if entry.kind == "value" then
      fail("%s has channels, height and width, but no %s", entry.content.name, show(key))
    end
    fail("what net.%s makes has nothing to read, no %s", entry.kind, show(key))
  end

  local metatable = {
    __metatable = false,
    __index = index,
    __add = operators.add,
    __mul = operators.mul,
    __newindex = function() fail("values of the model and what net.* makes cannot be changed") end,
  }
  for _, event in ipairs(refused) do
    metatable["__" .. event] = function()
      fail("values of the model can be added, a + b, multiplied, a * b, and given to words of net; Lua can do nothing else "
        .. "with them")
    end
  end

  local function wrap(kind, content)
    local thing = setmetatable({}, metatable)
    contents[thing] = { kind = kind, content = content }
    return thing
  end

  local function made(thing)
    local entry = thing ~= nil and contents[thing]
    if entry then return entry.kind, entry.content end
  end

  return wrap, made
end
