-- The table of weights as the outside sees it: PyTorch's names and shapes.
local text = require "emit.text"

local tensors = {}

local inits = { zeros = "MODEL_ZEROS", ones = "MODEL_ONES", normal = "MODEL_NORMAL", uniform = "MODEL_UNIFORM" }

-- Maps of taps, each once: {symbol, text} ..., and a convolution's symbol by the text of its map. A map is
-- called after the first convolution that has it.
local function tap_maps(graph)
  local maps, by_text = {}, {}
  for _, entry in ipairs(graph.parameters) do
    local map = entry.layout == "conv" and table.concat(entry.taps, ", ")
    if map and not by_text[map] then
      by_text[map] = "taps_" .. entry.name:gsub("%.weight$", ""):gsub("%.", "_")
      maps[#maps + 1] = { symbol = by_text[map], text = map }
    end
  end
  return maps, by_text
end

function tensors.tap_maps(graph) return (tap_maps(graph)) end

-- One initialiser a tensor.
function tensors.rows(graph)
  local rows, _, symbols = {}, tap_maps(graph)
  for i, entry in ipairs(graph.parameters) do
    local dims = {}
    for j = 1, 4 do dims[j] = entry.dims[j] or (#entry.dims == 0 and 0 or 1) end
    local conv = entry.layout == "conv"
    rows[i] = {
      entry = entry,
      text = string.format('{"%s", %d, %d, %d, {%s}, %s, %s, %s, %d, %s, 0, 0, 0}', entry.name, entry.counter and 1 or 0,
        entry.trainable and 1 or 0, #entry.dims, table.concat(dims, ", "), inits[entry.init],
        text.f32(entry.scale), conv and "MODEL_CONV" or "MODEL_PLAIN", entry.groups,
        conv and symbols[table.concat(entry.taps, ", ")] or "0"),
    }
  end
  return rows
end

-- Statements that tell the table where each tensor lies.
function tensors.bindings(graph)
  local out, moving, still = {}, 0, tensors.moving_counters(graph)
  for i, entry in ipairs(graph.parameters) do
    if entry.counter then
      out[#out + 1] = string.format("tensors[%d].value = &num_batches_tracked[%d];", i - 1, entry.frozen and still or moving)
      if entry.frozen then still = still + 1 else moving = moving + 1 end
    else
      out[#out + 1] = string.format("tensors[%d].value = %s;", i - 1, entry.tensor.symbol)
    end
    if entry.dead then out[#out + 1] = string.format("tensors[%d].dead = (float *)%s;", i - 1, entry.dead.symbol) end
    if entry.gradient then
      out[#out + 1] = string.format("tensors[%d].gradient = (float *)%s;", i - 1, entry.gradient.symbol)
    end
  end
  return out
end

function tensors.counters(graph)
  local count = 0
  for _, entry in ipairs(graph.parameters) do count = count + (entry.counter and 1 or 0) end
  return count
end

-- Those that a step moves; they lie before those of frozen layers.
function tensors.moving_counters(graph)
  local count = 0
  for _, entry in ipairs(graph.parameters) do count = count + (entry.counter and not entry.frozen and 1 or 0) end
  return count
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

local function suspect(tensor, images, name)
  return string.format('if (!all_finite((const float *)%s, %d, %d, %s)) return "%s";', tensor.symbol,
    images and tensor.shape.height * tensor.shape.width or 1, images and tensor.shape.channels or tensor.count,
    images and "n" or "1", name)
end

-- What may be looked at when a loss is not finite, causes before consequences: parameters, the activations
-- that are whole then, running statistics.
function tensors.suspects(graph)
  local list, statistics, loss_time = {}, {}, 0
  for time, node in ipairs(graph.nodes) do
    if node.phase == "forward" then loss_time = time end
  end
  for _, entry in ipairs(graph.parameters) do
    if entry.tensor then
      table.insert(entry.is_parameter and list or statistics, suspect(entry.tensor, false, entry.name))
    end
  end
  for _, tensor in ipairs(graph.tensors) do
    if tensor.first and tensor.first <= loss_time and tensor.last >= loss_time and tensor:is("value") then
      list[#list + 1] = suspect(tensor, true, tensor.name)
    end
  end
  return table.move(statistics, 1, #statistics, #list + 1, list)
end

return tensors
