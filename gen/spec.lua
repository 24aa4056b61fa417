-- The words of a spec, net.*: they check what they are given and record it. Nothing is decided here.
-- spec.load returns the record that graph building starts from:
--
--   name, file (without folder), path (as given), input = {batch, height, width, channels}, classes,
--   mean, std (a number a channel), data (as data_set.lua describes it)
--   nodes   in order of recording, each {op, name, scope, line, inputs = {node...}, attributes,
--           shape = {height, width, channels}}; the first is the image, the last the loss
--   scopes  blocks in the order in which they were entered, each {name, text, line}
--   freeze  names of frozen layers as freeze.lua has them, none of which covers another
--   train   {epochs, optimizer = {kind, ...}, schedule = {kind, ...}, augment,
--           clip_norm and ema_decay: numbers, or nil where the spec hasn't the word};
--           optimizer and schedule have every field of every kind, those that do not apply being 0 or false
--
-- While a spec runs, strings have no methods (sandbox.lua), hence string.format(...) and the like.
local data_set = require "data_set"
local freeze = require "freeze"
local names = require "names"
local nearest = require "nearest"
local ops = require "ops"
local options = require "options"
local sandbox = require "sandbox"
local words = require "words"

local spec = {}
local fail, show = sandbox.fail, sandbox.show

local max_elements = 2 ^ 31 - 1  -- of one tensor: kernels count them in int
local max_nodes = 10000

-- How nodes without a name of their own are called; within a block always with a number.
local automatic = {
  relu = "relu", add = "add", max_pool = "maxpool", avg_pool = "avgpool", mean_pool = "mean",
  flatten = "flatten", dropout = "dropout",
}

local function shape_text(shape)
  return string.format("%dx%dx%d", shape.height, shape.width, shape.channels)
end

local function is_too_large(dims)
  local count = 1.0
  for _, dim in ipairs(dims) do count = count * dim end
  return count > max_elements
end

-- Recording ---------------------------------------------------------------------------------------

local Recorder = {}
Recorder.__index = Recorder

local function new_recorder(batch, init)
  return setmetatable({
    batch = batch, init = init, nodes = {}, scopes = {}, scope = "", taken = names.register(), counts = {},
  }, Recorder)
end

function Recorder:full_name(name)
  return self.scope == "" and name or self.scope .. "." .. tostring(name)
end

function Recorder:automatic_name(op)
  local base = self:full_name(automatic[op])
  local number = self.counts[base] or 0
  local name
  repeat
    number = number + 1
    name = (number > 1 or self.scope ~= "") and base .. number or base
  until self.taken.is_free(name)
  self.counts[base] = number
  return name
end

local function label(op, name)
  return name and op .. " " .. name or op
end

function Recorder:check_size(where, shape)
  if is_too_large { self.batch, shape.height, shape.width, shape.channels } then
    fail("%s: %d x %s is 2^31 values or more", where, self.batch, shape_text(shape))
  end
end

-- Names of parameters must not meet those of layers either.
function Recorder:take_parameters(node, shapes, where)
  local rule = ops[node.op].parameters
  for _, parameter in ipairs(rule and rule(node, shapes) or {}) do
    self.taken.take("parameter", node.name .. "." .. parameter.name, node.line)
    if is_too_large(parameter.dims) then
      fail("%s: %s of %s is 2^31 values or more", where, parameter.name, table.concat(parameter.dims, "x"))
    end
  end
end

-- Adds a node. `name` is the full name if the spec gave one, else nil.
function Recorder:record(op, name, inputs, attributes)
  local where = label(op, name)
  if #self.nodes >= max_nodes then fail("%s: a model has at most %d nodes", where, max_nodes) end
  local node = {
    op = op, name = name, scope = self.scope, line = sandbox.line(), inputs = inputs, attributes = attributes,
    is_automatic = not name,
  }
  local shapes = {}
  for i, input in ipairs(inputs) do shapes[i] = input.shape end
  local shape, message = ops[op].shape(node, shapes)
  if not shape then fail("%s: %s", where, message) end
  if op == "bn" and self.batch * shape.height * shape.width == 1 then
    fail("%s: batch 1 of %s leaves one value a channel, which has no variance", where, shape_text(shape))
  end
  self:check_size(where, shape)
  node.shape = { height = shape.height, width = shape.width, channels = shape.channels }
  node.name = name or self:automatic_name(op)
  self.taken.take(op, node.name, node.line)
  self:take_parameters(node, shapes, where)
  self.nodes[#self.nodes + 1] = node
  return node
end

-- The result of a block bears the block's name, unless it has a name of its own.
function Recorder:name_result(node, scope, first, line)
  if not node.is_automatic then return end
  for i = first, #self.nodes do
    if self.nodes[i] == node then
      self.taken.release(node.name)
      self.taken.release(scope)
      node.name, node.is_automatic = scope, false
      self.taken.take("block", scope, line)
      return
    end
  end
end

-- A node that leads nowhere would never be trained.
function Recorder:refuse_unused(result)
  local used = { [result] = true }
  for i = #self.nodes, 1, -1 do
    local node = self.nodes[i]
    if used[node] then
      for _, input in ipairs(node.inputs) do used[input] = true end
    else
      sandbox.set_line(node.line)
      fail("%s: nothing that forward returns depends on it", label(node.op, node.name))
    end
  end
end

function Recorder:refuse_untrainable()
  for _, node in ipairs(self.nodes) do
    if ops[node.op].parameters then return end
  end
  fail("model: there is nothing to train; forward has no conv, bn or linear")
end

-- Text of blocks ----------------------------------------------------------------------------------

-- The name of the variable that a block is given, from the start of the line that makes it: the pattern's time grows
-- with the third power of what it is given.
local function block_name(source_line)
  return string.match(string.sub(source_line or "", 1, 200), "([%a_][%w_]*)%s*=%s*[%w_.]*block%f[^%w_]") or "block"
end

-- An argument of a block as text that may stand in a C comment.
local function argument_text(value, made)
  local kind, content = made(value)
  if kind == "value" then return content.name end
  if kind then return kind end
  kind = type(value)
  if kind == "number" or kind == "boolean" then return show(value) end
  if kind == "string" then return (string.gsub(string.sub(value, 1, 40), "[^%w_. -]", "?")) end
  return kind
end

-- basic(layer1.1, out 128, stride 2): arguments with the names of the parameters of `body`.
local function block_text(word, body, x, made, ...)
  local parts = { x.name }
  for i = 1, math.min(select("#", ...), 20) do -- more would not fit on its line
    local value = select(i, ...)
    if value ~= nil then
      local parameter = debug.getlocal(body, i + 1)
      local text = argument_text(value, made)
      parts[#parts + 1] = parameter and parameter .. " " .. text or text
    end
  end
  return sandbox.one_line(string.format("%s(%s)", word, table.concat(parts, ", ")))
end

-- Train table -------------------------------------------------------------------------------------

local optimizer_fields = {
  lr = 0.0, momentum = 0.0, beta1 = 0.0, beta2 = 0.0, eps = 0.0, weight_decay = 0.0, dampening = 0.0,
  nesterov = false, decay = "all",
}
local schedule_fields = {
  per = "step", warmup = 0.0, step_size = 0, gamma = 0.0, lr_min = 0.0, pct_start = 0.0, div_factor = 0.0,
  final_div_factor = 0.0, cycle_momentum = false, base_momentum = 0.0, max_momentum = 0.0,
}

local function with_all_fields(fields, content)
  local result = { kind = content.kind }
  for name, default in next, fields do  -- the order does not reach the result
    if content[name] ~= nil then result[name] = content[name] else result[name] = default end
  end
  return result
end

local function check_decay(attributes)
  if attributes.decay == "weights" and attributes.weight_decay == 0 then
    fail('%s: decay = "weights" says what weight_decay applies to, but that is 0; set it, or leave decay out', attributes.kind)
  end
end

local function check_sgd(attributes)
  check_decay(attributes)
  if attributes.nesterov and (attributes.momentum == 0 or attributes.dampening ~= 0) then
    fail("sgd: nesterov needs momentum above 0 and dampening 0")
  end
end

local function check_one_cycle(attributes)
  if attributes.base_momentum > attributes.max_momentum then
    fail("one_cycle: base_momentum %s is above max_momentum %s", show(attributes.base_momentum), show(attributes.max_momentum))
  end
end

local function check_train(train)
  local optimizer, schedule = train.optimizer, train.schedule
  if schedule.warmup > train.epochs then
    fail("%s: warmup of %s epochs is longer than the training, %d epochs", schedule.kind,
      show(schedule.warmup), train.epochs)
  end
  if schedule.cycle_momentum and optimizer.kind == "sgd" and optimizer.momentum == 0 then
    fail("one_cycle: moves the momentum, but sgd has none; give it momentum or say cycle_momentum = false")
  end
  if schedule.kind == "cosine" and schedule.lr_min > optimizer.lr then
    fail("cosine: lr_min %s is above lr %s", show(schedule.lr_min), show(optimizer.lr))
  end
end

local function check_augment(augment, input)
  local narrowest = math.min(input.height, input.width)
  if augment.border == "reflect" and augment.crop_padding >= narrowest then
    fail("model train augment: a border that reflects must be narrower than the image: crop_padding %d, %d pixels",
      augment.crop_padding, narrowest)
  end
end

local extra_checks = { sgd = check_sgd, adam = check_decay, adamw = check_decay, one_cycle = check_one_cycle }

-- Words -------------------------------------------------------------------------------------------

-- Things that a spec holds but cannot look into or change: values of the model and what words make.
-- made(thing) returns the kind and the content, or nil for anything else.
-- `add(a, b)` is what + does.
local function new_things(add)
  local contents = setmetatable({}, { __mode = "k" })
  local readable = { channels = true, height = true, width = true }

  local function index(thing, key)
    local entry = contents[thing]
    if entry.kind == "value" and readable[key] then return entry.content.shape[key] end
    if entry.kind == "value" then
      fail("%s has channels, height and width, but no %s", entry.content.name, show(key))
    end
    fail("what net.%s makes has nothing to read, no %s", entry.kind, show(key))
  end

  local metatable = {
    __metatable = false,
    __index = index,
    __add = add,
    __newindex = function() fail("values of the model and what net.* makes cannot be changed") end,
  }

  for _, event in ipairs {
    "sub", "mul", "div", "mod", "pow", "unm", "idiv", "band", "bor", "bxor", "bnot", "shl", "shr", "concat", "len", "lt",
    "le", "call",
  } do
    metatable["__" .. event] = function()
      fail("values of the model can be added, a + b, and given to words of net; Lua can do nothing else with them")
    end
  end

  local function wrap(kind, content)
    local thing = setmetatable({}, metatable)
    contents[thing] = { kind = kind, content = content }
    return thing
  end

  local function made(thing)
    local entry = thing ~= nil and contents[thing]
    if entry then return entry.kind, entry.content end
  end

  return wrap, made
end

local function default_channels(given, input, name, default)
  if given then
    if #given ~= input.channels then
      fail("model input: %s has %d numbers, channels is %d", name, #given, input.channels)
    end
    return given
  end
  if input.channels == 3 then return { table.unpack(words.cifar10[name]) } end
  local list = {}
  for i = 1, input.channels do list[i] = default end
  return list
end

-- The table `net` of one spec.
local function new_net(file, source_lines, batch_override)
  local net = {}
  local recorder  -- of the model whose forward runs, else nil
  local wrap, made = new_things(function(a, b) return net.add(a, b) end)
  local owners = setmetatable({}, { __mode = "k" })  -- node -> its recorder

  local function value(node)
    owners[node] = recorder
    node.value = node.value or wrap("value", node)
    return node.value
  end

  local function input_node(where, thing, which)
    if not recorder then fail("%s: layers belong inside forward", where) end
    local kind, node = made(thing)
    if kind ~= "value" then
      fail("%s: %s must be a value of the model, not %s", where, which,
        kind and "what net." .. kind .. " made" or show(thing))
    end
    if owners[node] ~= recorder then fail("%s: %s is a value of another model", where, which) end
    return node
  end

  local function refuse_rest(where, count, ...)
    if select("#", ...) > 0 then
      fail("%s: takes %d argument%s, %s is one too many", where, count, count == 1 and "" or "s", show((...)))
    end
  end

  -- What a function of the spec returns, which must be one value. The hook has its line still.
  local function only_one(where, which, result, ...)
    local more = select("#", ...)
    if more > 0 then
      fail("%s returns %d values; it must return one, %s", where, more + 1, which)
    end
    return result
  end

  -- net.conv(x, "name", options) and the like
  local function named_word(op)
    local list = words.by_name[op].options
    net[op] = function(x, name, given, ...)
      local node = input_node(op, x, "x")
      local full = recorder:full_name(name)
      names.check(op, name, full)
      refuse_rest(label(op, full), 3, ...)
      local attributes = options.check(label(op, full), list, given, made)
      if op == "conv" then attributes.init = attributes.init or recorder.init end
      return value(recorder:record(op, full, { node }, attributes))
    end
  end

  -- net.relu(x), net.max_pool(x, options) and the like
  local function unnamed_word(op)
    local list = words.by_name[op].options
    net[op] = function(x, given, ...)
      local node = input_node(op, x, "x")
      refuse_rest(op, #list > 0 and 2 or 1, ...)
      if #list == 0 and given ~= nil then refuse_rest(op, 1, given) end
      local attributes = options.check(op, list, given, made)
      local kernel = attributes.kernel
      if kernel and not attributes.stride then attributes.stride = { kernel[1], kernel[2] } end
      return value(recorder:record(op, nil, { node }, attributes))
    end
  end

  -- net.adam(options) and the like: content for net.model
  local function making_word(kind)
    local list = words.by_name[kind].options
    net[kind] = function(given, ...)
      refuse_rest(kind, 1, ...)
      local content = options.check(kind, list, given, made)
      content.kind, content.line = kind, sandbox.line()
      if extra_checks[kind] then extra_checks[kind](content) end
      return wrap(kind, content)
    end
  end

  function net.add(a, b, ...)
    local left, right = input_node("add", a, "a"), input_node("add", b, "b")
    refuse_rest("add", 2, ...)
    return value(recorder:record("add", nil, { left, right }, {}))
  end

  function net.block(body, ...)
    if type(body) ~= "function" then fail("block: needs a function, not %s", show(body)) end
    refuse_rest("block", 1, ...)
    local word = block_name(source_lines[sandbox.line()])
    local takes = debug.getinfo(body, "u")
    if takes.nparams == 0 and not takes.isvararg then fail("block: its function must take a value, as in function(x)") end
    return function(x, name, ...)
      local node = input_node(word, x, "x")
      local scope = recorder:full_name(name)
      names.check(word, name, scope)
      if not takes.isvararg then
        refuse_rest(label(word, scope), takes.nparams + 1, select(takes.nparams, ...))
      end
      local line, outer = sandbox.line(), recorder.scope
      recorder.taken.take(word, scope, line)
      recorder.scopes[#recorder.scopes + 1] =
        { name = scope, text = block_text(word, body, node, made, ...), line = line }
      local first = #recorder.nodes + 1
      recorder.scope = scope
      local result = only_one(word .. " " .. scope .. ":", "its result", body(x, ...))
      local result_node = input_node(word .. " " .. scope, result, "what it returns")
      recorder.scope = outer
      recorder:name_result(result_node, scope, first, line)
      return result
    end
  end

  -- Runs forward and adds the loss. Returns the recorder and the logits' node.
  local function record_model(attributes)
    local input, loss = attributes.input, attributes.loss
    local takes = debug.getinfo(attributes.forward, "u")
    if takes.nparams == 0 and not takes.isvararg then fail("model: forward must take the image, as in function(image)") end
    recorder = new_recorder(input.batch, attributes.init)
    local image = recorder:record("input", "image", {},
      { height = input.height, width = input.width, channels = input.channels })
    local result = only_one("model: forward", "the logits", attributes.forward(value(image)))
    if result == nil then fail("model: forward returns nothing; it must return the logits") end
    local logits = input_node("model", result, "what forward returns")
    recorder:refuse_unused(logits)
    recorder:refuse_untrainable()
    sandbox.set_line(loss.line)
    recorder:record("cross_entropy", "loss", { logits }, { label_smoothing = loss.label_smoothing })
    local finished = recorder
    recorder = nil
    return finished, logits
  end

  function net.model(given, ...)
    local line = sandbox.line()
    if recorder then fail("model: forward cannot hold another model") end
    refuse_rest("model", 1, ...)
    local attributes = options.check("model", words.by_name.model.options, given, made)
    local input, train = attributes.input, attributes.train
    input.batch = batch_override or input.batch
    local mean = default_channels(input.mean, input, "mean", 0.0)
    local std = default_channels(input.std, input, "std", 1.0)
    train.optimizer = with_all_fields(optimizer_fields, train.optimizer)
    train.schedule = with_all_fields(schedule_fields, train.schedule or { kind = "constant" })
    check_train(train)
    check_augment(train.augment, input)
    names.check_model(attributes.name)
    local finished, logits = record_model(attributes)
    sandbox.set_line(line)
    local frozen, fault = freeze.resolve(finished.nodes, attributes.freeze or {})
    if not frozen then fail("model freeze: %s", fault) end
    return wrap("model", {
      name = attributes.name, file = file, classes = logits.shape.channels, mean = mean, std = std,
      input = { batch = input.batch, height = input.height, width = input.width, channels = input.channels },
      nodes = finished.nodes, scopes = finished.scopes, freeze = frozen, train = train,
      data = data_set.describe(attributes.data, logits.shape.channels),
    })
  end

  for _, op in ipairs { "conv", "bn", "linear" } do named_word(op) end
  for _, op in ipairs { "relu", "max_pool", "avg_pool", "mean_pool", "flatten", "dropout" } do unnamed_word(op) end
  for _, kind in ipairs { "cross_entropy", "adam", "adamw", "sgd", "constant", "step", "cosine", "one_cycle" } do
    making_word(kind)
  end

  local guarded = setmetatable({}, {
    __metatable = false,
    __index = function(_, word)
      if net[word] then return net[word] end
      fail("unknown word net.%s%s", sandbox.one_line(tostring(word)),
        nearest.hint(tostring(word), words.names, "gen/README.md says how to add an op; words are", words.elsewhere))
    end,
    __newindex = function() fail("net cannot be changed") end,
  })
  return guarded, made
end

local function split_lines(text)
  local lines = {}
  for line in string.gmatch(text .. "\n", "([^\n]*)\n") do lines[#lines + 1] = line end
  return lines
end

local function check_batch(batch)
  local option = words.batch
  if math.type(batch) ~= "integer" or batch < option.min or batch > option.max then
    error(string.format("batch must be %s, not %s", options.noun(option), show(batch)), 0)
  end
end

local function replace_frozen(record, list)
  local frozen, fault = freeze.resolve(record.nodes, list)
  if not frozen then error("--freeze: " .. sandbox.one_line(fault), 0) end
  record.freeze = frozen
end

-- Reads the spec at `path` and returns its record. settings.batch and settings.freeze (a list of names), if
-- given, replace the spec's.
-- What is wrong with the spec is raised as one line, "PATH:LINE: what is wrong".
function spec.load(path, settings)
  local batch = settings and settings.batch
  if batch ~= nil then check_batch(batch) end
  local shown = sandbox.one_line(path)
  local text, message = sandbox.read(path)
  if not text then error(string.format("%s: %s", shown, message), 0) end
  local file = string.match(shown, "([^/]*)$")
  local net, made = new_net(file, split_lines(text), batch)
  local ok, result, line, count = sandbox.run(text, { net = net })
  if ok and count > 1 then
    result, line = string.format("a spec must return one thing, what net.model makes, not %d", count), sandbox.line()
  elseif ok then
    local kind, record = made(result)
    if kind == "model" then
      record.path = path
      if settings and settings.freeze then replace_frozen(record, settings.freeze) end
      for _, node in ipairs(record.nodes) do node.value, node.is_automatic = nil, nil end
      return record
    end
    result = "a spec must return what net.model makes, not " .. (kind and "net." .. kind or show(result))
    line = sandbox.line()
  end
  error(string.format("%s:%d: %s", shown, line, sandbox.one_line(result)), 0)
end

return spec
