-- All that a pickle may name: what torch.load(weights_only=True) knows. Nothing else exists for the reader, so
-- nothing else can run. Each: what calling it makes of its arguments (a list with the count in n). What has
-- no part in a state_dict, such as a torch.Size, becomes one value that says nothing: inert.
local dtypes = require "convert.dtypes"
local fail = require "convert.fail"

local globals = {}

globals.inert = { kind = "inert" }

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
local function tensor(arguments, dtype)
  local storage, offset = arguments[1], arguments[2]
  if not is(storage, "storage") or math.type(offset) ~= "integer" or offset < 0 then
    fail.damaged("a tensor without storage or offset")
  end
  local shape, stride = whole_numbers(arguments[3], "shape"), whole_numbers(arguments[4], "strides")
  if #shape ~= #stride then fail.damaged("a tensor's shape and strides differ in length") end
  return { kind = "tensor", storage = storage, dtype = dtype or storage.dtype, offset = offset, shape = shape,
    stride = stride }
end

local function tensor_v2(arguments) return tensor(arguments) end

-- (storage, offset, shape, strides, requires_grad, hooks, type): a type that has no storages of its own.
local function tensor_v3(arguments)
  return tensor(arguments, is(arguments[7], "global") and arguments[7].of_tensor or { name = "of another type" })
end

-- The tensor that stands first among the arguments; one without values here, as of a sparse parameter, is inert.
local function first_tensor(arguments)
  local first = arguments[1]
  if not is(first, "tensor") and not is(first, "odd") then fail.damaged("a parameter without tensor") end
  return first
end

-- (function, class, its arguments, attributes): a tensor that Python hung attributes on.
local function with_attributes(arguments)
  local rebuild, inner = arguments[1], arguments[3]
  if not is(rebuild, "global") or not rebuild.rebuilds or not is(inner, "tuple") then
    fail.damaged("a tensor with attributes, but no tensor")
  end
  return rebuild.call(inner)
end

local function inert() return globals.inert end

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
  ["torch._utils._rebuild_tensor"] = { call = tensor_v2, rebuilds = true },
  ["torch._utils._rebuild_tensor_v2"] = { call = tensor_v2, rebuilds = true },
  ["torch._utils._rebuild_tensor_v3"] = { call = tensor_v3, rebuilds = true },
  ["torch._utils._rebuild_parameter"] = { call = first_tensor, rebuilds = true },
  ["torch._utils._rebuild_parameter_with_state"] = { call = first_tensor, rebuilds = true },
  ["torch._utils._rebuild_device_tensor_from_cpu_tensor"] = { call = first_tensor, rebuilds = true },
  ["torch._tensor._rebuild_from_type_v2"] = { call = with_attributes },
  ["torch.storage.UntypedStorage"] = { dtype = dtypes.bytes },
}
for name, dtype in pairs(dtypes.by_storage) do known["torch." .. name] = { dtype = dtype } end

-- Tensors that are no rows of numbers: a state_dict may hold them, safetensors may not.
for kind in ("qtensor sparse_tensor nested_tensor meta_tensor_no_storage wrapper_subclass device_tensor_from_numpy")
  :gmatch "%S+" do
  local odd = { kind = "odd", name = (kind:gsub("_.*", "")) }
  known["torch._utils._rebuild_" .. kind] = { call = function() return odd end, rebuilds = true }
end

for name in ("collections.Counter torch.Size torch.device torch.serialization._get_layout _codecs.encode"
  .. " builtins.set builtins.complex builtins.bytearray __builtin__.set __builtin__.complex __builtin__.bytearray")
  :gmatch "%S+" do
  known[name] = { call = inert }
end
for name in ("float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 bool complex128 complex64 complex32"
  .. " qint8 qint32 quint8 quint4x2 quint2x4 bits8 bits16 bits1x8 bits2x4 bits4x2 float4_e2m1fn_x2"
  .. " per_tensor_affine per_tensor_symmetric per_channel_affine per_channel_symmetric per_channel_affine_float_qparams"
  .. " Tensor nn.parameter.Parameter"):gmatch "%S+" do
  known["torch." .. name] = {}
end
for _, dtype in pairs(dtypes.by_name) do
  if dtype.torch then known["torch." .. dtype.torch] = { of_tensor = dtype } end
end
for name, global in pairs(known) do
  global.kind, global.name = "global", name
end

-- The global `module`.`name`; an unknown one is refused.
function globals.find(module, name)
  local full = module .. "." .. name
  local global = known[full]
  if not global then
    fail.because("save model.state_dict() alone, which needs none of it",
      "holds %s, and only tensors, dicts, lists, strings, numbers and the like are read", full)
  end
  return global
end

return globals
