-- Writes the record of a spec as a C table, for the reference library to run.
--
--   lua5.4 tests/oracle/emit_oracle.lua SPEC.lua [BATCH] >oracle.c      (from the top folder)
--
-- From the compiler this takes the record alone: what the spec said, before graph and passes. Shapes,
-- gradients, names and updates follow from it a second time, in tests/reference/network.c.
package.path = "gen/?.lua;gen/?/init.lua;" .. package.path
local spec = require "spec"

local function pair(values)
  return string.format("{%d, %d}", values[1], values[2])
end

-- The window of a convolution or pool; the size of what an adaptive pool makes stands as its kernel.
local function window(a)
  local kernel = a.kernel or a.size
  if not kernel and not a.stride then return "" end
  local padding = a.padding or { 0, 0 }
  local below, right = (padding[3] or padding[1]) - padding[1], (padding[4] or padding[2]) - padding[2]
  return string.format(", .window = {%s, %s, %s, {%d, %d}, %s, %d}", pair(kernel or { 0, 0 }), pair(a.stride or { 0, 0 }),
    pair(padding), below, right, pair(a.dilation or { 1, 1 }), a.ceil_mode and 1 or 0)
end

-- The shorter of two texts that keeps every bit of a double.
local function digits(value)
  local short = string.format("%.15g", value)
  return tonumber(short) == value and short or string.format("%.17g", value)
end

local function number(field, value)
  return value and string.format(", .%s = %s", field, digits(value)) or ""
end

local function inputs(node, index)
  local list = {}
  for i, input in ipairs(node.inputs) do list[i] = index[input] end
  if #list == 0 then return "" end
  return string.format(", .inputs = {%s}", table.concat(list, ", "))
    .. (node.op == "concat" and string.format(", .input_count = %d", #list) or "")
end

local functions = {
  relu = "RELU", relu6 = "RELU6", leaky_relu = "LEAKY_RELU", sigmoid = "SIGMOID", silu = "SILU", gelu = "GELU", scale = "SCALE",
}

local drops = { dropout = "DROP_VALUES", dropout2d = "DROP_CHANNELS", drop_path = "DROP_IMAGES" }

-- The node's kind, and which function it is where it is one of a single value.
local function kind(node)
  local name = functions[node.op]
  if drops[node.op] then return "DROPOUT, .drop = " .. drops[node.op] end
  if not name then return node.op:upper() end
  if rawget(node.attributes, "approximate") == "tanh" then name = "GELU_TANH" end
  return "FUNCTION, .function = " .. name
end

-- Whether the spec freezes the layer or parameter: by its name, or by what stands before a dot in it.
local function is_frozen(name, freeze)
  for _, frozen in ipairs(freeze) do
    if (name .. "."):find(frozen .. ".", 1, true) == 1 then return true end
  end
  return false
end

-- A frozen dropout drops nothing.
local function emit_node(node, index, freeze)
  local a = {} -- what it has; the rest is nil
  for key, value in pairs(node.attributes) do a[key] = value end
  local frozen = is_frozen(node.name, freeze)
  local bias = a.bias and ", .bias = 1" or a.affine == false and ", .has_no_affine = 1" or ""
  if node.op == "bn" and not a.scale or is_frozen(node.name .. ".weight", freeze) then bias = bias .. ", .has_fixed_weight = 1" end
  if is_frozen(node.name .. ".bias", freeze) then bias = bias .. ", .has_fixed_bias = 1" end
  return string.format('    {.op = NETWORK_%s, .name = "%s"%s%s%s%s%s%s%s%s%s%s%s%s%s%s},\n',
    kind(node), node.name or node.op, inputs(node, index), window(a), number("out", a.out),
    number("groups", a.groups), bias, number("eps", a.eps), number("momentum", a.momentum),
    number("p", a.p and frozen and 0 or a.p), number("label_smoothing", a.label_smoothing), number("number", a.slope or a.factor),
    a.class_weights and ", .class_weights = class_weights" or "", number("before", a.before), number("after", a.after),
    frozen and ", .is_frozen = 1" or "")
end

local function emit_nodes(nodes, freeze)
  local index, lines = {}, {}
  for i, node in ipairs(nodes) do
    index[node] = i - 1
    lines[i] = emit_node(node, index, freeze)
  end
  return table.concat(lines)
end

local function emit_channels(values)
  local list = {}
  for i, value in ipairs(values) do list[i] = digits(value) end
  return table.concat(list, ", ")
end

-- The numbers of an optimiser as the members that its kind has.
local numbers = {
  sgd = function(o)
    return string.format(".sgd = {%s, %s, %s, %s, %d}", digits(o.lr), digits(o.momentum), digits(o.dampening),
      digits(o.weight_decay), o.nesterov and 1 or 0)
  end,
  adam = function(o)
    return string.format(".adam = {%s, %s, %s, %s, %s, %d}", digits(o.lr), digits(o.beta1), digits(o.beta2), digits(o.eps),
      digits(o.weight_decay), o.amsgrad and 1 or 0)
  end,
  lion = function(o)
    return string.format(".lion = {%s, %s, %s, %s}", digits(o.lr), digits(o.beta1), digits(o.beta2), digits(o.weight_decay))
  end,
  muon = function(o)
    local adjusts = { none = 0, original = 1, match_rms_adamw = 2 }
    return string.format(".muon = {%s, %s, %s, %s, %d, %d, %d, %d}", digits(o.lr), digits(o.momentum), digits(o.eps),
      digits(o.weight_decay), o.nesterov and 1 or 0, o.ns_steps, o.normalize_weights and 1 or 0, adjusts[o.adjust_lr])
  end,
  rmsprop = function(o)
    return string.format(".rmsprop = {%s, %s, %s, %s, %s, %d}", digits(o.lr), digits(o.alpha), digits(o.eps), digits(o.momentum),
      digits(o.weight_decay), o.centered and 1 or 0)
  end,
}
numbers.adamw = numbers.adam

local function emit_optimizer(o)
  return string.format("{NETWORK_%s, %s, .decay_weights_only = %d}", o.kind:upper(), numbers[o.kind](o),
    o.decay == "weights" and 1 or 0)
end

-- Groups of parameters: their names and optimisers as arrays, then the table.
local function emit_groups(groups)
  local arrays, rows = {}, {}
  for i, group in ipairs(groups) do
    arrays[#arrays + 1] = string.format('static const char *const names_%d[] = {"%s"};\n', i, table.concat(group.parameters, '", "'))
    if group.optimizer then
      arrays[#arrays + 1] = string.format("static const struct network_optimizer optimizer_%d = %s;\n", i,
        emit_optimizer(group.optimizer))
    end
    rows[i] = string.format("    {names_%d, %d, %s, %s, %s, %s},\n", i, #group.parameters, digits(group.lr_factor),
      digits(group.weight_decay_factor), digits(group.momentum_factor), group.optimizer and "&optimizer_" .. i or "NULL")
  end
  if #rows == 0 then return "" end
  return table.concat(arrays) .. "static const struct network_group groups[] = {\n" .. table.concat(rows) .. "};\n\n"
end

-- The table of the loss's weights, if it has them.
local function emit_weights(loss)
  if not loss.class_weights then return "" end
  return string.format("static const double class_weights[] = {%s};\n", emit_channels(loss.class_weights))
end

local form = [[
/* %s as its spec records it. */
#include "network.h"

#include <stddef.h>

%s%sstatic const struct network_node nodes[] = {
%s};

static const double mean[] = {%s};
static const double std[] = {%s};

const struct network oracle = {
    .name = "%s",
    .batch = %d,
    .channels = %d,
    .height = %d,
    .width = %d,
    .classes = %d,
    .mean = mean,
    .std = std,
    .nodes = nodes,
    .count = sizeof nodes / sizeof *nodes,
    .optimizer = %s,
    .groups = %s,
    .group_count = %d,
    .clip_norm = %s,
    .ema_decay = %s,
    .lookahead = %d,
    .alpha = %s,
    .power = %s,
};
]]

local path, batch = arg[1], math.tointeger(tonumber(arg[2]))
local record = spec.load(path, { batch = batch })
local input, lookahead = record.input, record.train.lookahead or { every = 0, alpha = 0, power = 0 }
io.write(string.format(form, record.name, emit_weights(record.nodes[#record.nodes].attributes),
  emit_groups(record.train.groups),
  emit_nodes(record.nodes, record.freeze), emit_channels(record.mean),
  emit_channels(record.std), record.name, input.batch, input.channels, input.height, input.width,
  record.classes, emit_optimizer(record.train.optimizer),
  #record.train.groups > 0 and "groups" or "NULL", #record.train.groups, digits(record.train.clip_norm or 0),
  digits(record.train.ema_decay or 0), lookahead.every, digits(lookahead.alpha), digits(lookahead.power)))
