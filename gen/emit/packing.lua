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

-- { outputs of a group, groups, inputs, taps } of a weight, as PyTorch has it.
local function extents(entry)
  local d, groups = entry.dims, entry.groups or 1
  return d[1] // groups, groups, d[2] or 1, (d[3] or 1) * (d[4] or 1)
end

-- How the packed weight lies: columns of a panel, and floats from one panel, group, input and tap to the next; outputs of a
-- panel lie side by side where it is one, else `output` floats apart.
local function strides(packed)
  local outputs = extents(packed.weight)
  local panel = packed.panel
  if panel then
    local _, _, inputs = extents(packed.weight)
    return { panel.width, 1, panel.rows * panel.width, -(-panel.columns // panel.width) * panel.rows * panel.width, panel.width,
      inputs * panel.width }
  end
  local s = layout.parameter_strides(packed.weight.dims, packed.weight.groups)
  return { outputs, s[1], 0, s[2], s[3], s[4] }
end

local function layers(graph, place)
  local rows = {}
  local function of(entry) return entry and place[entry] or -1 end
  for i, packed in ipairs(graph.packed) do
    local outputs, groups, inputs, taps = extents(packed.weight)
    local norm = packed.norm or none
    rows[i] = string.format("{%d, %d, %d, %d, %d, %d, %s, %d, %d, %d, %d, %s, %s, %d, %d}", of(packed.weight), of(packed.bias),
      of(norm.gamma), of(norm.beta), of(norm.mean), of(norm.variance), text.f32(norm.eps), outputs, groups, inputs, taps,
      packed.weight.map or "0", table.concat(strides(packed), ", "), packed.to_weight.offset,
      packed.to_bias and packed.to_bias.offset or 0)
  end
  return rows
end

function packing.values(graph)
  local rows, place = sources(graph)
  local list, maps = layers(graph, place), tensors.tap_maps(graph)
  local all = table.concat(rows, "\n") .. table.concat(list, "\n")
  for _, map in ipairs(maps) do all = all .. map.text end
  return {
    sources_of_weights = rows, layers_of_weights = list, tap_maps = maps,
    -- Packed weights of another network, target or castnet that lays them differently have another.
    fingerprint = string.format("0x%08xu", crc32(all, 0)),
    logits_count = graph.logits.shape.channels,
  }
end

return packing
