-- castnet export SPEC.lua --weights FILE.safetensors --onnx FILE: a trained network as ONNX, opset 17. Images are bytes, as the
-- data set has them; the normalisation is part of it. Parameters keep their names, those with a norm in them (--fold), too.
local compiler = require "compiler"
local fail = require "convert.fail"
local fields = require "fields"
local floats = require "convert.floats"
local fold = require "export.fold"
local input = require "convert.input"
local ops = require "export.onnx_ops"
local output = require "convert.output"
local prefixes = require "convert.prefixes"
local protobuf = require "export.protobuf"
local safetensors = require "convert.safetensors"
local version = require "version"

local export = {}

local FLOAT, UINT8, INT64 = 1, 2, 7 -- of TensorProto.DataType

local Builder = {}
Builder.__index = Builder

local function tensor_proto(name, type, dims, bytes)
  return protobuf.ints(1, dims) .. protobuf.int(2, type) .. protobuf.text(8, name) .. protobuf.text(9, bytes)
end

local attribute_types = { float = 1, integer = 2, table = 7 }

local function attribute(name, value)
  local kind = math.type(value) or type(value)
  local body = kind == "float" and protobuf.float(2, value) or kind == "integer" and protobuf.int(3, value) or protobuf.ints(8, value)
  return protobuf.text(5, protobuf.text(1, name) .. body .. protobuf.int(20, attribute_types[kind]))
end

function Builder:name()
  self.count = self.count + 1
  return "v" .. self.count
end

function Builder:node(kind, inputs, attributes, result)
  result = result or self:name()
  local parts, names = {}, {}
  for i = 1, 8 do
    if inputs[i] then parts[#parts + 1] = protobuf.text(1, inputs[i]) end
  end
  parts[#parts + 1] = protobuf.text(2, result) .. protobuf.text(3, result) .. protobuf.text(4, kind)
  for key in pairs(attributes or {}) do names[#names + 1] = key end
  table.sort(names)
  for _, key in ipairs(names) do parts[#parts + 1] = attribute(key, attributes[key]) end
  self.nodes[#self.nodes + 1] = protobuf.text(1, table.concat(parts))
  return result
end

function Builder:constant(type, dims, bytes)
  local name = self:name()
  self.constants[#self.constants + 1] = protobuf.text(5, tensor_proto(name, type, dims, bytes))
  return name
end

function Builder:floats(dims, list) return self:constant(FLOAT, dims, string.pack("<" .. ("f"):rep(#list), table.unpack(list))) end
function Builder:ints(list) return self:constant(INT64, { #list }, string.pack("<" .. ("i8"):rep(#list), table.unpack(list))) end

-- A parameter or buffer under its own name, a norm in it where one was folded into it.
function Builder:weight(tensor, dims)
  local entry, name = tensor.entry, tensor.name
  if not self.seen[name] then
    local made = self.folded[tensor]
    local values = made and made() or self.read(entry)
    self.seen[name] = true
    self.constants[#self.constants + 1] = protobuf.text(5, tensor_proto(name, FLOAT, dims or entry and entry.dims or tensor.dims, values))
  end
  return name
end

-- What was made of a tensor of the spec.
function Builder:value(tensor) return self.made[tensor] end

-- A function that reads the values of an entry from a file of weights of a network.
local function reader_of(path, graph)
  local file = input.open(path)
  local by_name, network = {}, {}
  for _, entry in ipairs(graph.parameters) do network[entry.name] = true end
  local list, note = prefixes.strip(safetensors.read(file), network)
  if note then io.stderr:write("castnet: ", path, ": ", note, "\n") end
  floats.of(file, list)
  for _, tensor in ipairs(list) do by_name[tensor.name] = tensor end
  return function(entry)
    local pieces = {}
    for piece in floats.entry(by_name, entry).pieces() do pieces[#pieces + 1] = piece end
    return table.concat(pieces)
  end
end

local function value_info(field, name, type, dims)
  local shape = {}
  for i, dim in ipairs(dims) do
    shape[i] = protobuf.text(1, math.type(dim) and protobuf.int(1, dim) or protobuf.text(2, dim))
  end
  local of_tensor = protobuf.int(1, type) .. protobuf.text(2, table.concat(shape))
  return protobuf.text(field, protobuf.text(1, name) .. protobuf.text(2, protobuf.text(1, of_tensor)))
end

local function normalised(b, record)
  local scale, shift, dims = {}, {}, { 1, record.input.channels, 1, 1 }
  for c = 1, record.input.channels do
    scale[c], shift[c] = 1 / (255 * record.std[c]), -record.mean[c] / record.std[c]
  end
  local x = b:node("Mul", { b:node("Cast", { "images" }, { to = FLOAT }), b:floats(dims, scale) })
  return b:node("Add", { x, b:floats(dims, shift) })
end

-- What passes let a node do to what it makes itself: add a residual, then apply a function of each value.
local function finished(b, node, y)
  local residual, activation = node:tensor("residual"), fields.get(node.attributes, "activation")
  if residual then y = b:node("Add", { y, b:value(residual) }) end
  return activation and ops[activation](b, node, y) or y
end

local function model(graph, read, batch)
  local b = setmetatable({
    count = 0, nodes = {}, constants = {}, seen = {}, made = {}, read = read, folded = fold.values(graph.packed or {}, read),
  }, Builder)
  local record = graph.record
  for _, node in ipairs(graph.nodes) do
    local x = node:tensor("x")
    if node.op == "input" then
      b.made[node:tensor("out")] = normalised(b, record)
    elseif node.op ~= "cross_entropy" then
      local op = ops[node.op] or error(string.format("castnet: ONNX has no form for %s %s here", node.op, node.name), 0)
      b.made[node:tensor("out")] = finished(b, node, op(b, node, x and b.made[x]))
    end
  end
  b:node("Reshape", { b.made[graph.logits], b:ints { 0, record.classes } }, nil, "logits")
  local input_dims = { batch, record.input.channels, record.input.height, record.input.width }
  local body = table.concat(b.nodes) .. protobuf.text(2, graph.name) .. table.concat(b.constants)
    .. value_info(11, "images", UINT8, input_dims) .. value_info(12, "logits", FLOAT, { batch, record.classes })
  return protobuf.int(1, 8) .. protobuf.text(2, "castnet") .. protobuf.text(3, version) .. protobuf.text(7, body)
    .. protobuf.text(8, protobuf.text(1, "") .. protobuf.int(2, 17))
end

local function run(graph, arguments)
  output.whole(arguments.onnx, model(graph, reader_of(arguments.weights, graph), arguments.batch or "N"))
end

-- The command; `words` are those after `export`. spec_is(path) is told which spec messages are about.
function export.main(argparse, words, spec_is)
  local parser = argparse("castnet export", "Writes a trained network in another format.")
  parser:argument("spec", "The spec, a Lua file.")
  parser:option("--weights", "Its weights, a .safetensors; castnet convert makes one of a .pth."):argname("FILE"):count(1)
  parser:option("--onnx", "The file to write: ONNX, opset 17."):argname("FILE"):count(1)
  parser:flag("--fold", "Batch norms go into the weights and biases of the layers before them, where those alone read what the layer"
    .. " makes, as the output inference has it; others stay.")
  parser:option("--batch", "Images of a run; without it, any number."):argname("N"):convert(function(text)
    local number = math.tointeger(tonumber(text))
    if not number or number < 1 or number > 65536 then return nil, "'" .. text .. "' is not a whole number from 1 to 65536" end
    return number
  end)
  local ok, arguments = parser:pparse(words)
  if not ok then error("castnet: " .. arguments .. "; castnet export --help lists the options", 0) end
  spec_is(arguments.spec)
  local graph = compiler.network(arguments.spec, arguments.fold and "fold_batch_norms" or "build_graph")
  local done, problem = pcall(run, graph, arguments)
  if done then return end
  local text, path = fail.text(problem)
  error(text and string.format("castnet: %s: %s", path or arguments.weights, text) or problem, 0)
end

return export
