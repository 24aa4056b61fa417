-- Record -> forward program: every node gets its tensors, every tensor its shape, every parameter its dims.
local fields = require "fields"
local graph_module = require "graph"
local layout = require "layout"
local ops = require "ops"

local function role_of(op)
  return op == "input" and "image" or "activation"
end

local function role_of_parameter(p)
  return p.buffer and "buffer" or p.frozen and "frozen" or "parameter"
end

-- Adds the parameter or buffer `p` (as the op's `parameters` rule describes it) of node `name`.
local function declare(graph, name, p, groups)
  local full = name .. "." .. p.name
  local entry = graph_module.entry {
    name = full, dims = p.dims, init = p.init, scale = p.scale or 0,
    is_parameter = not p.buffer, trainable = not p.buffer and not p.frozen, frozen = p.frozen,
    layer = name, counter = p.counter, type = "i64",
  }
  if not p.counter then
    if #p.dims == 4 then entry.groups = groups end
    entry.tensor = graph:tensor {
      name = full, dims = layout.parameter_dims(p.dims, entry.groups), role = role_of_parameter(p), entry = entry,
    }
    entry.type = entry.tensor.type
  end
  graph.parameters[#graph.parameters + 1] = entry
  return entry.tensor
end

-- Two batches, as bytes and targets: one that a step works on and one that is being made ready.
local function declare_batches(graph)
  local record = graph.record
  graph.batches = {}
  for i = 1, 2 do
    graph.batches[i] = {
      images = graph:tensor {
        name = "batch.images." .. i - 1, role = "data", type = "u8",
        dims = { "BATCH", record.input.channels, record.input.height, record.input.width },
      },
      targets = graph:tensor {
        name = "batch.targets." .. i - 1, role = "data", dims = { "BATCH", record.classes },
      },
    }
  end
end

return function(graph)
  local record = graph.record
  local made = {}
  graph.parameters = {}
  graph.targets = graph:tensor { name = "targets", role = "batch", dims = { graph.batch, record.classes } }
  graph.images = graph:tensor {
    name = "images", role = "batch", type = "u8",
    dims = { graph.batch, record.input.channels, record.input.height, record.input.width },
  }
  graph.label_type = layout.unsigned(record.classes - 1)
  graph.result = graph:tensor { name = "result", role = "result", dims = { 1 } }
  declare_batches(graph)
  for _, recorded in ipairs(record.nodes) do
    local op = ops[recorded.op]
    local inputs, shapes = {}, {}
    for i, input in ipairs(recorded.inputs) do
      inputs[i] = made[input]
      shapes[i] = made[input].shape
    end
    local shape, fault = op.shape(recorded, shapes)
    if not shape then
      error(string.format("%s:%d: %s: %s", record.path, recorded.line, recorded.op, fault), 0)
    end
    local parameters = {}
    for _, p in ipairs(op.parameters and op.parameters(recorded, shapes) or {}) do
      parameters[p.name] = declare(graph, recorded.name, p, fields.get(recorded.attributes, "groups"))
    end
    if recorded.op == "cross_entropy" then graph.logits = inputs[1] end
    if op.evaluate == "skip" and fields.get(recorded.attributes, "p") == 0 then -- drops nothing
      made[recorded] = inputs[1]
    else
      made[recorded] = graph:tensor { name = recorded.name, role = role_of(recorded.op), shape = shape }
      graph:append {
        op = recorded.op, phase = "forward", name = recorded.name, scope = recorded.scope or "", line = recorded.line,
        attributes = recorded.attributes, arguments = op.arguments(graph, made[recorded], inputs, parameters, recorded.attributes),
      }
    end
  end
end
