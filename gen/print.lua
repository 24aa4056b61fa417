-- The graph as text: one line a node, results on the left; for eyes and golden files.
local fields = require "fields"
local graph_module = require "graph"

local function describe(argument)
  local tensor = argument.tensor
  local text = argument.key .. "=" .. tensor.name
  if argument.mode == "rw" then text = text .. "(+)" end
  return text
end

local function results(node)
  local list = {}
  for _, argument in ipairs(node.arguments) do
    if argument.mode ~= "r" then
      list[#list + 1] = string.format("%s [%s]", describe(argument), graph_module.extent(argument.tensor))
    end
  end
  return table.concat(list, ", ")
end

local function inputs(node)
  local list = {}
  for _, argument in ipairs(node.arguments) do
    if argument.mode == "r" then list[#list + 1] = describe(argument) end
  end
  return table.concat(list, ", ")
end

local shown = { "kernel", "stride", "padding", "dilation", "ceil_mode", "groups", "activation", "p", "label_smoothing", "eps",
  "momentum", "slope", "approximate", "affine", "factor", "first", "size", "before", "after" }

local function attributes(node)
  local list = {}
  for _, key in ipairs(shown) do
    local value = fields.get(node.attributes, key)
    if type(value) == "table" then value = table.concat(value, "x") end
    if key == "dilation" and value == "1x1" or key == "affine" and value then value = nil end
    if key == "affine" and value == false then value = "no" end
    if value ~= nil and value ~= false then list[#list + 1] = key .. " " .. tostring(value) end
  end
  if node.taps then list[#list + 1] = #node.taps .. " taps" end
  if node.instance then list[#list + 1] = "kernel " .. node.instance.name end
  return #list > 0 and " {" .. table.concat(list, ", ") .. "}" or ""
end

local function node_line(node)
  if node.phase == "update" then
    local line = string.format("  %s: %d tensors", node.op, #node.arguments)
    for _, note in ipairs(node.notes) do line = line .. ", " .. note end
    return line
  end
  local line = string.format("  %s = %s(%s)%s", results(node), node.op, inputs(node), attributes(node))
  if node.stage then line = line .. " until stage " .. node.stage end
  if node.loads then line = line .. " loads " .. node.loads.name end
  for _, fused in ipairs(node.fused or {}) do line = line .. " + " .. fused end
  return line
end

local function place(tensor)
  if not tensor.offset then return "" end
  return string.format(" at %d", tensor.offset)
end

local function gathering_line(gathering)
  local keys = {}
  for i, member in ipairs(gathering.members) do keys[i] = member.key end
  return string.format("gathers %s of %s: %s [%d]", gathering.struct, gathering.layer, table.concat(keys, " "), gathering.count)
end

return function(graph)
  local out = { string.format("graph %s batch %d target %s", graph.name, graph.batch, graph.target.name) }
  local phase
  for _, node in ipairs(graph.nodes) do
    if node.phase ~= phase then
      phase = node.phase
      out[#out + 1] = phase
    end
    out[#out + 1] = node_line(node)
  end
  if graph.least_images then out[#out + 1] = string.format("least images %d", graph.least_images) end
  for _, number in ipairs(graph.numbers or {}) do
    out[#out + 1] = string.format("offers %s: %s", number.name, number.takes)
  end
  out[#out + 1] = "tensors"
  for _, tensor in ipairs(graph.tensors) do
    local fixed = tensor.is_fixed and "fixed " or ""
    local type = tensor.type == "bf16" and " bf16" or ""
    out[#out + 1] = string.format("  %s%s %s [%s]%s%s%s", fixed, tensor.role, tensor.name, graph_module.extent(tensor), type, place(tensor),
      tensor.symbol and " " .. (tensor.struct and tensor.struct .. "." or "") .. tensor.symbol or "")
  end
  for _, gathering in ipairs(graph.gatherings or {}) do out[#out + 1] = gathering_line(gathering) end
  for _, f in ipairs(graph.functions or {}) do
    out[#out + 1] = string.format("function %s: %d calls", f.name, #f.nodes)
  end
  return table.concat(out, "\n") .. "\n"
end
