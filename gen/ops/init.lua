-- All ops by name. An op's file says what the op means; see conv.lua for a full one.
--   name          as in the list below; the file need not say it
--   shape(node, inputs) -> {height, width, channels} of one image, or nil and what is wrong
--   refuse(shape, batch) -> what is wrong with making that of so many images, or nil
--   parameters(node, inputs) -> ordered list of {name, dims, init, scale, buffer, counter, frozen}, if it may have any;
--     `name` is the suffix that PyTorch's state_dict uses, `buffer` marks what no gradient reaches, `frozen` what is not
--     trained, `counter` the count of batches, an int64 that has no tensor
--   arguments(graph, output, inputs, parameters, attributes) -> {key, tensor, mode} of the forward node, in the order
--     of its C function
--   backward(node, tape) emits the nodes that carry the gradient of `out` to the inputs and parameters:
--     tape:gradient(t) is what has arrived, tape:into(t) where to put a share, tape:parameter(p) where p's goes
--   evaluate: "skip" (evaluation passes x on), or a function -> op and {key = mode} of evaluation's node;
--     absent: the forward node itself serves
--   frozen: the rules of evaluation's node, where a frozen layer runs it in training
--   attributes: names of those that its nodes may have beside the options of its word
local fields = require "fields"
local dropouts = require "ops.dropouts"
local pointwise = require "ops.pointwise"
local words = require "words"

local names = {
  "input", "conv", "bn", "group_norm", "relu", "relu6", "leaky_relu", "sigmoid", "silu", "gelu", "scale", "add", "mul",
  "concat", "pad_channels", "max_pool", "avg_pool", "mean_pool", "adaptive_avg_pool", "adaptive_max_pool", "flatten",
  "linear", "dropout", "dropout2d", "drop_path", "cross_entropy",
}

local ops = { names = names }

local make, fault = fields.declare("op", "name! shape! arguments! refuse parameters backward evaluate frozen attributes")
local make_frozen = fields.declare("frozen op", "backward! parameters evaluate")
ops.fault = fault

function ops.register(op) ops[op.name] = make(op) end

for _, name in ipairs(names) do
  local op = pointwise[name] or dropouts[name] or require("ops." .. name)
  op.name = name
  ops.register(op)
end
ops.bn_evaluate = make_frozen(ops.bn.frozen)

local constructors = {}

-- The attributes of a node of that op: a table that has the options of its word, what its file says, and no others.
function ops.attributes(name, values)
  if not constructors[name] then
    local list = { ops[name].attributes or "" }
    for _, option in ipairs(words.by_name[name] and words.by_name[name].options or {}) do list[#list + 1] = option.name end
    constructors[name] = fields.declare(name .. " with attributes", table.concat(list, " "))
  end
  return constructors[name](values)
end

-- Whether a node has parameters to train: all of those that may have any but norms that are not affine.
function ops.trains(node)
  return ops[node.op].parameters ~= nil and fields.get(node.attributes, "affine") ~= false
end

-- The parameters of a recorded node in order, buffers left out, each {name: the full one, dims, trains}.
function ops.parameters_of(node)
  local rule, shapes, list = ops[node.op].parameters, {}, {}
  for i, input in ipairs(node.inputs) do shapes[i] = input.shape end
  for _, p in ipairs(rule and rule(node, shapes) or {}) do
    if not p.buffer then list[#list + 1] = { name = node.name .. "." .. p.name, dims = p.dims, trains = not p.frozen } end
  end
  return list
end

-- Results that a node can do without, by the op that makes them.
ops.optional = { bn_backward = { d_residual = true }, bn_evaluate_backward = { d_residual = true } }

return ops
