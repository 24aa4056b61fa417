-- All that a pickle of tensors may name. Nothing else exists for the reader, so nothing else can run.
-- Each: what calling it makes of its arguments (a list with the count in n).
local dtypes = require "convert.dtypes"
local fail = require "convert.fail"

local globals = {}

local function is(value, kind)
  return type(value) == "table" and value.kind == kind
end

local most_dimensions = 8  -- the trainer reads no more

local function whole_numbers(value, what)
  if not is(value, "tuple") and not is(value, "list") then fail.damaged("a tensor's %s is not a tuple", what) end
  if value.n > most_dimensions then fail.because("leave it out", "a tensor of more than %d dimensions", most_dimensions) end
  for i = 1, value.n do
    if math.type(value[i]) ~= "integer" or value[i] < 0 then
      fail.damaged("a tensor's %s holds something else than whole numbers from 0", what)
    end
  end
  return table.move(value, 1, value.n, 1, {})
end

-- Bounds are checked by tensors.lua, once the sizes of storages are known.
local function tensor(arguments)
  local storage, offset = arguments[1], arguments[2]
  if not is(storage, "storage") or math.type(offset) ~= "integer" or offset < 0 then
    fail.damaged("a tensor without storage or offset")
  end
  local shape, stride = whole_numbers(arguments[3], "shape"), whole_numbers(arguments[4], "strides")
  if #shape ~= #stride then fail.damaged("a tensor's shape and strides differ in length") end
  return { kind = "tensor", storage = storage, offset = offset, shape = shape, stride = stride }
end

local function parameter(arguments)
  if not is(arguments[1], "tensor") then fail.damaged("a parameter without tensor") end
  return arguments[1]
end

-- OrderedDict(), or OrderedDict(pairs) as Python 2 writes it. A list serves once: repeated copies of one
-- long list would take more memory than its text.
local function ordered_dict(arguments, new_dict, set)
  local dict = new_dict()
  if arguments.n == 0 then return dict end
  local list = arguments[1]
  if arguments.n ~= 1 or not is(list, "list") or list.taken then
    fail.damaged("an OrderedDict of something else than pairs")
  end
  list.taken = true
  for i = 1, list.n do
    local pair = list[i]
    if not (is(pair, "list") or is(pair, "tuple")) or pair.n ~= 2 then
      fail.damaged("an OrderedDict of something else than pairs")
    end
    set(dict, pair[1], pair[2])
  end
  return dict
end

local known = {
  ["collections.OrderedDict"] = { call = ordered_dict },
  ["torch._utils._rebuild_tensor"] = { call = tensor },
  ["torch._utils._rebuild_tensor_v2"] = { call = tensor },
  ["torch._utils._rebuild_parameter"] = { call = parameter },
}
for name, dtype in pairs(dtypes.by_storage) do known["torch." .. name] = { dtype = dtype } end
for name, global in pairs(known) do
  global.kind, global.name = "global", name
end

-- The global `module`.`name`; an unknown one is refused.
function globals.find(module, name)
  local full = module .. "." .. name
  local global = known[full]
  if not global then
    fail.because("save model.state_dict() alone, which needs none of it",
      "holds %s, and only tensors, dicts, lists, strings and numbers are read", full)
  end
  return global
end

return globals
