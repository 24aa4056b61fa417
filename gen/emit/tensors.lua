-- The table of weights as the outside sees it: PyTorch's names and shapes.
local context = require "context"
local layout = require "layout"
local text = require "emit.text"

local tensors = {}

-- Numbers in lines of their own, sixteen each.
local function in_rows(list)
  local rows = {}
  for i = 1, #list, 16 do rows[#rows + 1] = table.concat(list, ", ", i, math.min(i + 15, #list)) end
  return "\n    " .. table.concat(rows, ",\n    ") .. "\n"
end

-- The maps of taps: {symbol, text} ...
function tensors.tap_maps(graph)
  local list = {}
  for i, map in ipairs(graph.tap_maps) do
    local numbers = table.concat(map.taps, ", ")
    list[i] = { symbol = map.symbol, text = #numbers < 60 and numbers or in_rows(map.taps) }
  end
  return list
end

-- Where the value lies.
local function place_of(graph, entry)
  if not entry.counter then return entry.tensor.offset end
  return string.format("offsetof(struct %s, num_batches_tracked[%d])", graph.prefix, entry.index)
end

-- One initialiser a tensor.
local function rows_of(graph)
  local rows = {}
  local function constant(name) return string.upper(graph.prefix .. "_" .. name) end
  for i, entry in ipairs(graph.parameters) do
    local dims = {}
    for j = 1, 4 do dims[j] = entry.dims[j] or (#entry.dims == 0 and 0 or 1) end
    rows[i] = string.format('{"%s", %s, %d, %d, {%s}, %s, %s, {%s}, %d, %s, %s, %d, %d}', entry.name, constant(entry.type),
      entry.trainable and 1 or 0, #entry.dims, table.concat(dims, ", "), constant(entry.init),
      text.f32(entry.scale), table.concat(layout.parameter_strides(entry.dims, entry.groups), ", "), entry.groups or 1,
      entry.map or "0", place_of(graph, entry),
      entry.dead and entry.dead.offset or 0, entry.gradient and entry.gradient.offset or 0)
  end
  return rows
end

-- Values of a parameter, dead ones included.
function tensors.count(entry)
  return entry.tensor.count + (entry.dead and entry.dead.count or 0)
end

-- Trainable values as PyTorch counts them, dead ones included; and frozen ones.
function tensors.parameters(graph)
  local trainable, frozen = 0, 0
  for _, entry in ipairs(graph.parameters) do
    if entry.is_parameter then
      if entry.trainable then trainable = trainable + tensors.count(entry) else frozen = frozen + tensors.count(entry) end
    end
  end
  return trainable, frozen
end

local function has_init(graph, init)
  for _, entry in ipairs(graph.parameters) do
    if entry.init == init then return true end
  end
  return false
end

local function suspect(tensor)
  local images, name = tensor:is("value"), tensor.name
  return string.format('if (!all_finite%s(%s, %d, %d, %s)) return "%s";', tensor.type == "bf16" and "_bf16" or "",
    layout.flattened(tensor, text.reach(tensor), true),
    images and tensor.shape.height * tensor.shape.width or 1, images and tensor.shape.channels or tensor.count,
    images and "n" or "1", name)
end

-- Also whether one of them is of bf16.
local function suspects(graph)
  local list, is_narrow = {}, false
  for i, tensor in ipairs(graph.suspects) do list[i], is_narrow = suspect(tensor), is_narrow or tensor.type == "bf16" end
  return list, is_narrow
end

function tensors.values(graph)
  local trainable, frozen = tensors.parameters(graph)
  local lines, is_narrow = suspects(graph)
  return {
    tap_maps = tensors.tap_maps(graph), tensors = rows_of(graph), moving_counters = select(2, context.counters(graph)),
    suspects = lines, suspects_bf16 = is_narrow, trainable = trainable, frozen = frozen, has_dirac = has_init(graph, "dirac"),
  }
end

return tensors
