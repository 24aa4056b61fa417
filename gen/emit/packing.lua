-- What of the state_dict fixed weights are packed of, as rows of C.
local crc32 = require "crc32"
local graph_module = require "graph"
local layout = require "layout"
local tensors = require "emit.tensors"
local text = require "emit.text"

local packing = {}

local none = graph_module.norm { eps = 0 }

-- The tensors of a file that are read, in the spec's order: { row }, and the place of each in that list.
local function sources(graph)
  local wanted, rows, place = {}, {}, {}
  local function want(entry) if entry then wanted[entry] = true end end
  for _, packed in ipairs(graph.packed) do
    want(packed.weight)
    want(packed.bias)
    for _, key in ipairs(packed.norm and { "gamma", "beta", "mean", "variance" } or {}) do want(packed.norm[key]) end
  end
  for _, entry in ipairs(graph.parameters) do
    if wanted[entry] then
      local dims = {}
      for i = 1, 4 do dims[i] = entry.dims[i] or 1 end
      place[entry] = #rows
      rows[#rows + 1] = string.format('{"%s", %d, {%s}}', entry.name, #entry.dims, table.concat(dims, ", "))
    end
  end
  return rows, place
end

local function layers(graph, place)
  local rows = {}
  local function of(entry) return entry and place[entry] or -1 end
  for i, packed in ipairs(graph.packed) do
    local outputs, groups, inputs, taps = layout.weight_extents(packed.weight.dims, packed.weight.groups)
    local norm = packed.norm or none
    rows[i] = string.format("{%d, %d, %d, %d, %d, %d, %s, %d, %d, %d, %d, %s, %s, %d, %d}", of(packed.weight), of(packed.bias),
      of(norm.gamma), of(norm.beta), of(norm.mean), of(norm.variance), text.f32(norm.eps), outputs, groups, inputs, taps,
      packed.weight.map or "0", table.concat(packed.strides, ", "), packed.to_weight.offset,
      packed.to_bias and packed.to_bias.offset or 0)
  end
  return rows
end

-- Attributes that only training asks for.
local of_training = { init = true, momentum = true, p = true }

-- A value as text that is the same each time.
local function told(value)
  if type(value) ~= "table" then return tostring(value) end
  local keys, parts = {}, {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for i, key in ipairs(keys) do parts[i] = of_training[key] and "" or key .. "=" .. told(value[key]) end
  return "{" .. table.concat(parts, " ") .. "}"
end

-- What the network computes, whatever it is called and compiled for: its ops, what they are told, what each reads and makes.
local function computed(graph)
  local record, number, count = graph.record, {}, 0
  local lines = { told { record.mean, record.std } }
  for _, node in ipairs(graph.nodes) do
    local parts = { node.op, told(node.attributes) }
    for _, argument in ipairs(node.arguments) do
      local tensor = argument.tensor
      if not number[tensor] then
        number[tensor], count = count, count + 1
      end
      local shape = tensor.shape and told { tensor.shape.height, tensor.shape.width, tensor.shape.channels } or ""
      parts[#parts + 1] = string.format("%s %d %s", argument.key, number[tensor], shape)
    end
    lines[#lines + 1] = table.concat(parts, " ")
  end
  return table.concat(lines, "\n")
end

function packing.values(graph)
  local rows, place = sources(graph)
  local list, maps = layers(graph, place), tensors.tap_maps(graph)
  local all = table.concat(rows, "\n") .. table.concat(list, "\n") .. computed(graph)
  for _, map in ipairs(maps) do all = all .. map.text end
  return {
    sources_of_weights = rows, layers_of_weights = list, tap_maps = maps,
    -- Packed weights of another network have another, and those of a target or castnet that lays them differently.
    fingerprint = string.format("0x%08xu", crc32(all, 0)),
  }
end

return packing
