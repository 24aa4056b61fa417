-- The table of weights as the outside sees it: PyTorch's names and shapes.
local text = require "emit.text"

local tensors = {}

local inits = { zeros = "MODEL_ZEROS", ones = "MODEL_ONES", normal = "MODEL_NORMAL", uniform = "MODEL_UNIFORM" }

-- One initialiser a tensor, with the map of taps it needs, if any.
function tensors.rows(graph)
  local rows = {}
  for i, entry in ipairs(graph.parameters) do
    local dims = {}
    for j = 1, 4 do dims[j] = entry.dims[j] or (#entry.dims == 0 and 0 or 1) end
    local conv = entry.layout == "conv"
    rows[i] = {
      entry = entry, taps = conv and table.concat(entry.taps, ", ") or nil,
      text = string.format('{"%s", %d, %d, %d, {%s}, %s, %s, %s, %d, %s, 0, 0, 0}', entry.name, entry.counter and 1 or 0,
        entry.trainable and 1 or 0, #entry.dims, table.concat(dims, ", "), inits[entry.init],
        text.f32(entry.scale), conv and "MODEL_CONV" or "MODEL_PLAIN", entry.groups,
        conv and "taps_" .. i or "0"),
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

-- What may be looked at when a loss is not finite: parameters, then the activations that are whole then.
function tensors.suspects(graph)
  local list, loss_time = {}, 0
  for time, node in ipairs(graph.nodes) do
    if node.phase == "forward" then loss_time = time end
  end
  for _, entry in ipairs(graph.parameters) do
    if entry.tensor then
      list[#list + 1] = string.format('if (!all_finite((const float *)%s, 1, %d, 1)) return "%s";', entry.tensor.symbol,
        entry.tensor.count, entry.name)
    end
  end
  for _, tensor in ipairs(graph.tensors) do
    if tensor.shape and tensor.type == "float" and tensor.first and tensor.first <= loss_time and tensor.last >= loss_time
      and (tensor.role == "activation" or tensor.role == "image") then
      list[#list + 1] = string.format('if (!all_finite((const float *)%s, %d, %d, n)) return "%s";', tensor.symbol,
        tensor.shape.height * tensor.shape.width, tensor.shape.channels, tensor.name)
    end
  end
  return list
end

return tensors
