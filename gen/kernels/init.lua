-- The algorithms by the op they do: kernels.of[op] is a list, in the order of the list below.
-- OP/ALGORITHM.lua returns what an algorithm does, one kernel or a list of them, all directions of one op:
--
--   op         the node it does                        template   its file in templates/kernels
--   takes      (node, target) -> whether it can        cost       (node, target) -> to be compared
--   values     (node, graph) -> what the template sees beside the standard values; `outside`, where it is there: how many zeros it
--              reads from the array of that name (templates/kernels.c), in place of what lies beside an image
--   algorithm  what it is called beside others of the op, in the C function's name and in files of choices (tuning.lua)
--   workspace  (node, values, graph) -> {{key, dims} ...}    inplace    { {out key, in key} ... } may share memory
--   around     key of an argument that is read around each output, too: nothing may share its memory, whatever else it is
--   scratch    (values) -> floats that each running thread needs, in no order
--   name       (node) -> name of the C function
--   flop       (node) -> what it computes, where that is not one product a live pair of tap and output
--   optional   { key ... }  arguments that not all its nodes have: the template sees `has.KEY` of these
--   may_lack   { key ... }  those of them that a call may leave out (NULL), so that such nodes share one C function
--   may_add    key of an argument that it writes or, told so by a parameter `add`, adds to, for the same end
--   struct     of structs.lua: which of its arguments come as one
--   parts      { template ... } in templates/kernels/parts: functions that it calls, once in support.h
--   serial     true: it calls nothing in units
--   stores     of layers of fixed weights, what it does where its outputs are at hand: { sums, functions }, as fuse_stores
--              has them
--   panel      (node, graph) -> { rows, columns, groups, width }, of layers of fixed weights: the matrices of a group's
--              weight lie in panels of so many columns; none: the weight lies as layout.lua has it
--   narrow     which of the activations and gradients that are its arguments may be of bf16: true: all; or (node, key) -> whether
--              that one
--   loads      (node, key, target) -> how often it loads each value of that argument, if it can apply a batch norm and relu
--              as it does, else false: such a node has (passes/load_norms.lua) factors, [2][channels], as an argument of that
--              name, which other nodes lack
--   extra      further C parameters, of the step: a list of names that emit/text.lua knows
--
-- The C function's name has the algorithm's, before the direction; "plain", where an op has one algorithm alone, is left
-- out.
local fields = require "fields"

local files = {
  "input/plain", "conv/taps", "conv/lowered", "conv/winograd", "conv/depthwise", "conv/grouped",
  "channel_sum/plain", "bn/plain", "group_norm/plain",
  "pointwise/plain", "add/plain", "mul/plain", "concat/plain", "pad_channels/plain", "max_pool/plain", "avg_pool/plain", "mean_pool/plain",
  "adaptive_pool/plain", "flatten/plain", "linear/plain", "dropout/plain", "cross_entropy/plain", "conv_fixed/gathered",
  "conv_fixed/depthwise", "conv_fixed/grouped",
}

local kernels = { of = {} }

local make, fault = fields.declare("kernel", [[op! template! name! algorithm takes cost values workspace scratch inplace around flop
  optional may_lack may_add struct parts serial stores panel narrow loads extra]])
kernels.fault = fault

function kernels.add(kernel)
  kernel.algorithm = kernel.algorithm or "plain"
  kernels.of[kernel.op] = kernels.of[kernel.op] or {}
  table.insert(kernels.of[kernel.op], make(kernel))
end

for _, file in ipairs(files) do
  local entry = require("kernels." .. (file:gsub("/", ".")))
  for _, kernel in ipairs(entry.op and { entry } or entry) do kernels.add(kernel) end
end

-- Those that take the node on the target, in the order of the list.
function kernels.takers(node, target)
  local list = {}
  for _, kernel in ipairs(kernels.of[node.op] or {}) do
    if not kernel.takes or kernel.takes(node, target) then list[#list + 1] = kernel end
  end
  return list
end

function kernels.cost(kernel, node, target) return kernel.cost and kernel.cost(node, target) or 0 end

-- Which of a file's choices is about the node: the name of its C function without the algorithm's, whichever does it.
function kernels.choice(kernel, node)
  local name, part = kernel.name(node), "_" .. kernel.algorithm
  local first, last = (name .. "_"):find(part .. "_", 1, true)
  return first and name:sub(1, first - 1) .. name:sub(last) or name
end

-- The one that does the node: what a file chose for it (target.choices), else that of least cost; nil: none takes it.
function kernels.chosen(node, target)
  for _, kernel in ipairs(target.choices and kernels.takers(node, target) or {}) do
    if target.choices[kernels.choice(kernel, node)] == kernel.algorithm then return kernel end
  end
  return kernels.cheapest(node, target)
end

-- That of least cost.
function kernels.cheapest(node, target)
  local best, best_cost
  for _, kernel in ipairs(kernels.takers(node, target)) do
    local cost = kernels.cost(kernel, node, target)
    if not best or cost < best_cost then best, best_cost = kernel, cost end
  end
  return best
end

-- What that one does on store.
function kernels.stores(node, target) return kernels.chosen(node, target).stores or {} end

local texts = setmetatable({}, { __mode = "k" }) -- of lists within values, which many nodes share

-- A table of numbers, strings, booleans and lists as text, keys sorted: equal text, equal values. A list that has
-- a `name` is known by it.
function kernels.serialise(values)
  local keys = {}
  for key in pairs(values) do keys[#keys + 1] = key end
  if #keys == #values then
    for i = 1, #keys do keys[i] = i end
  else
    table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  end
  local out = {}
  for i, key in ipairs(keys) do
    local value = values[key]
    if type(value) == "table" then
      texts[value] = texts[value] or value.name or kernels.serialise(value)
      value = texts[value]
    end
    out[i] = tostring(key) .. "=" .. tostring(value)
  end
  return "{" .. table.concat(out, ",") .. "}"
end

return kernels
