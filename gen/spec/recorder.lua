-- Records a network, layer by layer, for whoever reads one: the words of a spec (net.lua) or the reader of another
-- format. What it is given is checked here, against words.lua, the ops' rules and the names in use; nothing is decided.
--
--   local r = recorder.new { batch = 8, init = "pytorch" }
--   local image = r:image({ height = 32, width = 32, channels = 3 }, line)
--   r:enter("block", "stem", "what the comment above its function says", line)
--   local x = r:add("conv", "conv1", { image }, { out = 16, kernel = 3 }, line)  -- "stem.conv1"
--   x = r:leave(r:add("relu", nil, { x }, nil, line))                            -- "stem", the block's result
--
-- Lines are places in the file that is read. What is wrong is raised as sandbox.fail does.
local fields = require "fields"
local names = require "names"
local ops = require "ops"
local options = require "options"
local sandbox = require "sandbox"
local words = require "words"

local recorder = {}
local fail_at = sandbox.fail_at

local max_elements = 2 ^ 31 - 1  -- of one tensor: kernels count them in int
local max_nodes = 10000

local make_scope = fields.declare("recorded block", "name! text! line!")
local make_node = fields.declare("recorded node", "op! name scope! line! inputs! attributes! shape")

local Recorder = {}
Recorder.__index = Recorder

-- model: {batch, and what options have from_model}. made: as options.check takes it, by default options.plain.
function recorder.new(model, made)
  return setmetatable({
    model = model, made = made or options.plain, nodes = {}, scopes = {}, open = {}, scope = "",
    taken = names.register(), counts = {}, is_automatic = {},
  }, Recorder)
end

-- A word and the name of its layer or block, for messages.
function recorder.label(word, name) return name and word .. " " .. name or word end
local label = recorder.label

local function shape_text(shape)
  return string.format("%dx%dx%d", shape.height, shape.width, shape.channels)
end

local function is_too_large(dims)
  local count = 1.0
  for _, dim in ipairs(dims) do count = count * dim end
  return count > max_elements
end

-- `name` with the names of the blocks around it in front, checked.
function Recorder:full_name(word, name)
  local full = self.scope == "" and name or self.scope .. "." .. tostring(name)
  names.check(word, name, full)
  return full
end

function Recorder:automatic_name(op)
  local word = words.by_name[op].called or op
  local base = self.scope == "" and word or self.scope .. "." .. word
  local number = self.counts[base] or 0
  local name
  repeat
    number = number + 1
    name = (number > 1 or self.scope ~= "") and base .. number or base
  until self.taken.is_free(name)
  self.counts[base] = number
  return name
end

-- Names of parameters must not meet those of layers either.
local function take_parameters(self, node, shapes, where)
  local rule = ops[node.op].parameters
  for _, parameter in ipairs(rule and rule(node, shapes) or {}) do
    self.taken.take("parameter", node.name .. "." .. parameter.name, node.line)
    if is_too_large(parameter.dims) then
      fail_at(node.line, "%s: %s of %s is 2^31 values or more", where, parameter.name, table.concat(parameter.dims, "x"))
    end
  end
end

-- The shape of what the node makes, once that is right.
local function checked_shape(self, node, shapes, where)
  local batch = self.model.batch
  local shape, fault = ops[node.op].shape(node, shapes)
  if shape and ops[node.op].refuse and not self.model.infers then fault = ops[node.op].refuse(shape, batch) end
  if fault then fail_at(node.line, "%s: %s", where, fault) end
  if is_too_large { batch, shape.height, shape.width, shape.channels } then
    fail_at(node.line, "%s: %d x %s is 2^31 values or more", where, batch, shape_text(shape))
  end
  return { height = shape.height, width = shape.width, channels = shape.channels }
end

-- Adds a node that is checked already; `name` is the full one, nil: an automatic one.
local function record(self, op, name, inputs, attributes, line)
  local where = label(op, name)
  if #self.nodes >= max_nodes then fail_at(line, "%s: a model has at most %d nodes", where, max_nodes) end
  local node = make_node {
    op = op, name = name, scope = self.scope, line = line or 0, inputs = inputs, attributes = ops.attributes(op, attributes),
  }
  local shapes = {}
  for i, input in ipairs(inputs) do shapes[i] = input.shape end
  node.shape = checked_shape(self, node, shapes, where)
  node.name = name or self:automatic_name(op)
  self.is_automatic[node] = not name
  self.taken.take(op, node.name, node.line)
  take_parameters(self, node, shapes, where)
  self.nodes[#self.nodes + 1] = node
  return node
end

-- The image, {height, width, channels}: the first node of all.
function Recorder:image(shape, line)
  return record(self, "input", "image", {},
    { height = shape.height, width = shape.width, channels = shape.channels }, line)
end

-- Adds the node that the word `op` makes of `inputs` (a list of nodes) and returns it. `name`: within its block, where
-- the word takes one; `given`: its options, by name. A word that folds takes two at a time: add(a, b, c) is
-- add(add(a, b), c).
function Recorder:add(op, name, inputs, given, line)
  local word = words.by_name[op]
  if word.folds and #inputs > 2 then
    local first = self:add(op, name, table.move(inputs, 1, #inputs - 1, 1, {}), given, line)
    return self:add(op, name, { first, inputs[#inputs] }, given, line)
  end
  local full = word.kind == "layer" and self:full_name(op, name) or nil
  local attributes = options.check(label(op, full), word.options, given, self.made)
  local fault = word.complete and word.complete(attributes)
  if fault then fail_at(line, "%s: %s", label(op, full), fault) end
  for _, option in ipairs(word.options) do
    if option.from_model and attributes[option.name] == nil then
      attributes[option.name] = self.model[option.from_model]
    end
  end
  return record(self, op, full, inputs, attributes, line)
end

-- Opens a block of that name; `word` is what messages call it, `text` what the C says of it.
function Recorder:enter(word, name, text, line)
  local scope = self:full_name(word, name)
  self.taken.take(word, scope, line)
  self.scopes[#self.scopes + 1] = make_scope { name = scope, text = text, line = line or 0 }
  self.open[#self.open + 1] = { outer = self.scope, line = line, first = #self.nodes + 1 }
  self.scope = scope
end

-- Closes the innermost block. Its result bears the block's name, unless that has a name of its own.
function Recorder:leave(node)
  local block, scope = table.remove(self.open), self.scope
  self.scope = block.outer
  for i = block.first, #self.nodes do
    if self.nodes[i] == node and self.is_automatic[node] then
      self.taken.release(node.name)
      self.taken.release(scope)
      node.name, self.is_automatic[node] = scope, false
      self.taken.take("block", scope, block.line)
    end
  end
  return node
end

-- A node that leads nowhere would never be trained.
local function refuse_unused(self, result)
  local used = { [result] = true }
  for i = #self.nodes, 1, -1 do
    local node = self.nodes[i]
    if used[node] then
      for _, input in ipairs(node.inputs) do used[input] = true end
    else
      fail_at(node.line, "%s: nothing that forward returns depends on it", label(node.op, node.name))
    end
  end
end

local function refuse_untrainable(self)
  for _, node in ipairs(self.nodes) do
    if ops.trains(node) then return end
  end
  sandbox.fail("model: there is nothing to train; forward has no conv, no linear and no norm with parameters")
end

-- Ends the network: these are its logits, and this is its loss, made by a word. Nothing is added after it.
function Recorder:finish(logits, loss)
  refuse_unused(self, logits)
  refuse_untrainable(self)
  local attributes = {}
  for _, option in ipairs(words.by_name[loss.kind].options) do attributes[option.name] = loss[option.name] end
  record(self, loss.kind, "loss", { logits }, attributes, loss.line)
end

return recorder
