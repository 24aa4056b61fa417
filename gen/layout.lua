-- How a tensor lies in memory: the type of its elements and the order of its extents, as C tells them. Nothing
-- else spells a type's name or size. What type a tensor has follows from its role (roles.lua), unless whoever makes it
-- says another.
--
-- An activation or gradient of one image's shape lies as [height][width][image][channel]; everything else as its
-- dims say.
local layout = {}

local types = {
  bf16 = { c = "bf16", bytes = 2 }, f32 = { c = "float", bytes = 4 }, f64 = { c = "double", bytes = 8 }, i64 = { c = "int64_t", bytes = 8 },
  u64 = { c = "uint64_t", bytes = 8 },
  u8 = { c = "uint8_t", bytes = 1 }, u16 = { c = "uint16_t", bytes = 2 }, u32 = { c = "uint32_t", bytes = 4 },
}

local function known(type) return types[type] or error("internal error: no type " .. tostring(type)) end

function layout.bytes(type) return known(type).bytes end
function layout.c_type(type) return known(type).c end

-- Of a pointer of any type, as plans count it.
layout.pointer_bytes = 8

-- The smallest type that holds the whole numbers from 0 to `largest`.
function layout.unsigned(largest)
  for _, type in ipairs { "u8", "u16", "u32" } do
    if largest < 1 << 8 * types[type].bytes then return type end
  end
  error(string.format("internal error: no type holds %d", largest))
end

-- Extents of a tensor as its C type has them; the image dimension is the constant BATCH.
function layout.extents(tensor)
  local s = tensor.shape
  if s then return { s.height, s.width, "BATCH", s.channels } end
  if tensor.role == "batch" then return { "BATCH", table.unpack(tensor.dims, 2) } end
  return tensor.dims
end

-- The same for tensors that are alike to a kernel, and for those alone.
function layout.key(tensor)
  return tensor.type .. table.concat(layout.extents(tensor), "x") .. (tensor:is("caller") and tensor.role or "")
end

-- What the caller of a step brings is a pointer to its elements.
local function brought(tensor, name)
  if tensor.role == "result" then return "struct PREFIX_result *" .. name end
  return layout.flat(tensor, name, true)
end

-- float NAME[16][16][BATCH][64]
function layout.declare(tensor, name)
  if tensor:is("caller") then return brought(tensor, name) end
  return string.format("%s %s[%s]", layout.c_type(tensor.type), name, table.concat(layout.extents(tensor), "]["))
end

-- float (*NAME)[16][BATCH][64]: the same as a pointer, which is what the declarator above decays to.
function layout.pointer(tensor, name)
  if tensor:is("caller") then return brought(tensor, name) end
  local list, type = layout.extents(tensor), layout.c_type(tensor.type)
  if #list == 1 then return type .. " *" .. name end
  return string.format("%s (*%s)[%s]", type, name, table.concat(list, "][", 2))
end

-- float *NAME, to its first element; const float *NAME where it is only read.
function layout.flat(tensor, name, is_read)
  return string.format("%s%s *%s", is_read and "const " or "", layout.c_type(tensor.type), name)
end

-- (float *)TEXT: the same of an expression.
function layout.flattened(tensor, expression, is_read) return "(" .. layout.flat(tensor, "", is_read) .. ")" .. expression end

-- How a parameter of PyTorch's dims lies. A convolution's weight, [out][in / groups][height][width] there, lies as
-- [tap][group][in / groups][out / groups], so that each tap is a matrix; an algorithm that wants it otherwise packs it
-- for itself. Other parameters, without
-- groups, lie as in PyTorch.
local function weight_dims(dims, groups) return { dims[3] * dims[4], groups, dims[2], dims[1] // groups } end

function layout.parameter_dims(dims, groups) return groups and weight_dims(dims, groups) or dims end

-- Elements from one output of a group, one group, one input and one tap to the next.
function layout.parameter_strides(dims, groups)
  if groups then
    local _, _, inputs, outputs = table.unpack(weight_dims(dims, groups))
    return { 1, inputs * outputs, outputs, groups * inputs * outputs }
  end
  local taps = (dims[3] or 1) * (dims[4] or 1)
  return { (dims[2] or 1) * taps, 0, taps, 1 }
end

-- A weight as a matrix of outputs and all else, which has as many values as the tensor: its larger and its lesser extent, and
-- whether it has more outputs than what else there is; and how it lies, as [taps][groups][inputs][width].
function layout.matrix(tensor)
  local dims = tensor.dims
  local taps, groups, inputs, width = 1, 1, dims[1], dims[2]
  if #dims == 4 then taps, groups, inputs, width = table.unpack(dims) end
  local rows, columns = taps * inputs, groups * width
  return math.max(rows, columns), math.min(rows, columns), columns > rows, groups, inputs, width
end

-- What a weight of PyTorch's dims has: outputs of a group, groups, inputs of a group, taps.
function layout.weight_extents(dims, groups)
  groups = groups or 1
  return dims[1] // groups, groups, dims[2] or 1, (dims[3] or 1) * (dims[4] or 1)
end

-- How a packed weight lies: columns of a panel, and elements from one output in it, one panel, group, input and tap to the next.
-- panel: { rows, columns, groups, width } of its algorithm (kernels/init.lua); nil: as parameter_dims says, all outputs one panel.
function layout.packed_strides(dims, groups, panel)
  local outputs, _, inputs = layout.weight_extents(dims, groups)
  if not panel then
    local s = layout.parameter_strides(dims, groups)
    return { outputs, s[1], 0, s[2], s[3], s[4] }
  end
  local width, rows = panel.width, panel.rows
  return { width, 1, rows * width, -(-panel.columns // width) * rows * width, width, inputs * width }
end

-- Elements from one image to the next and from one position to the next, as C tells them, of what has these extents and
-- lies as [...][image][channel]; channels lie side by side.
function layout.strides(list)
  local images, channels = list[#list - 1], list[#list]
  return { image = channels, position = images and string.format("%s * %s", images, channels) }
end

-- What a kernel's template knows of one of its arguments, whose struct is `a`: name, shape (height, width, channels), the C
-- type of its elements, its strides, how many extents it has, whether it is only read, and
--   assign   "+=" where the kernel adds to it, else "="
--   is_bf16  whether its elements are, and what the names of functions then end in that load and store vectors of them
function layout.view(argument)
  local tensor = argument.tensor
  local shape, extents = tensor.shape or {}, layout.extents(tensor)
  return {
    name = argument.key, height = shape.height, width = shape.width, channels = shape.channels, type = layout.c_type(tensor.type),
    stride = layout.strides(extents), rank = #extents, is_read = argument.mode == "r",
    assign = argument.mode == "rw" and "+=" or "=", is_bf16 = tensor.type == "bf16", suffix = tensor.type == "bf16" and "_bf16" or "",
  }
end

-- Declares a pointer to a place in what a view shows, " + 8" elements on, or "[y][x]", called `as` or as it is.
function layout.pointer_to(view, place, as, qualifier)
  local is_row = select(2, place:gsub("%[", "")) == view.rank - 1
  return string.format("%s%s *%sconst %s = %sa->%s%s", view.is_read and "const " or "", view.type, qualifier or "",
    as or view.name, is_row and "" or "(" .. view.type .. " *)", view.name, place)
end

-- Elements before that position.
function layout.start_of(view, position) return string.format("(ptrdiff_t)%s * %s", position, view.stride.position) end

return layout
