-- Writes random small specs, the same for the same seed: all ops, odd sizes, strides, paddings, groups,
-- kernels from 1 to 7, batches from 1 to 9, tensors (the image too) with several readers, x + f(x) of every op f,
-- all optimisers, frozen layers.
--
--   lua5.4 tests/generated/random_specs.lua SEED COUNT DIR
local seed, count, dir = math.tointeger(arg[1]), math.tointeger(arg[2]), arg[3]

local max_products = 1500000  -- multiply-adds of one convolution, to keep the reference quick

local function pick(list) return list[math.random(#list)] end
local function chance(percent) return math.random(100) <= percent end

-- padding: on both sides, or before; after: behind it.
local function windows(size, kernel, stride, padding, after)
  return (size + padding + (after or padding) - kernel) // stride + 1
end

-- The same where a last window that only partly fits counts, unless it begins in the padding behind.
local function ceil_windows(size, kernel, stride, padding)
  local full = -(-(size + 2 * padding - kernel) // stride) + 1
  return (full - 1) * stride >= size + padding and full - 1 or full
end

-- One spec being written: lines of text, and x = {name, h, w, c}, the tensor at the end of the chain.
local Spec = {}
Spec.__index = Spec

function Spec:line(format, ...)
  self.lines[#self.lines + 1] = "    " .. string.format(format, ...)
end

-- A fresh name: conv1, conv2, ...
function Spec:name(base)
  self.counts[base] = (self.counts[base] or 0) + 1
  return base .. self.counts[base]
end

-- Writes `local NAME = CALL` and returns the new tensor.
function Spec:make(call, h, w, c)
  local tensor = { name = self:name "x", h = h, w = w, c = c }
  self:line("local %s = %s", tensor.name, call)
  return tensor
end

-- An axis of a convolution: {kernel, stride, dilation, before, after}, the last two padding; spread: pixels of a window.
local function spread(a) return (a.kernel - 1) * a.dilation + 1 end
local function outputs_of(size, a) return windows(size, spread(a), a.stride, a.before, a.after) end

-- Whether any window reads any value that is not padding.
local function meets(size, a)
  for i = 0, outputs_of(size, a) - 1 do
    for tap = 0, a.kernel - 1 do
      local at = i * a.stride - a.before + tap * a.dilation
      if at >= 0 and at < size then return true end
    end
  end
  return false
end

local function axis(size, most_kernel, most_stride)
  local a
  repeat
    a = { kernel = math.random(most_kernel), stride = math.random(most_stride), dilation = chance(15) and math.random(2, 3) or 1 }
    a.before = chance(60) and spread(a) // 2 or math.random(0, 3)
    a.after = chance(15) and math.random(0, 4) or a.before
  until size + a.before + a.after >= spread(a) and meets(size, a)
  return a
end

-- One that keeps the size; with `any` an even kernel may, which takes more padding behind.
local function same_axis(kernels, any)
  local a = { kernel = any and math.random(5) or pick(kernels), stride = 1, dilation = chance(15) and 2 or 1 }
  a.before = (spread(a) - 1) // 2
  a.after = spread(a) - 1 - a.before
  return a
end

local function axes_text(y, x, padding)
  if not padding and y.before == y.after and x.before == x.after then
    padding = string.format("{ %d, %d }", y.before, x.before)
  end
  padding = padding or string.format("{ top = %d, bottom = %d, left = %d, right = %d }", y.before, y.after, x.before, x.after)
  return string.format("kernel = { %d, %d }, stride = { %d, %d }, dilation = { %d, %d }, padding = %s", y.kernel, x.kernel,
    y.stride, x.stride, y.dilation, x.dilation, padding)
end

local function window_text(kh, kw, sh, sw, ph, pw)
  return string.format("kernel = { %d, %d }, stride = { %d, %d }, padding = { %d, %d }", kh, kw, sh, sw, ph, pw)
end

-- Now and then how a convolution starts.
local function conv_start()
  return chance(80) and "" or ", init = " .. pick {
    '"zeros"', '"xavier_normal"', "net.normal { std = 0.3 }", "net.uniform { bound = 0.3 }", "net.dirac {}",
    'net.dirac { rest = "pytorch" }',
  }
end

-- Groups that divide the channels, and a number of outputs for them.
local function groups_for(channels)
  local groups = 1
  if chance(30) then
    repeat groups = math.random(channels) until channels % groups == 0
  end
  return groups, groups * math.random(math.max(1, 20 // groups))
end

-- `same` keeps height and width, so that the result can be added to x; `out` may be fixed.
function Spec:conv(x, same, out)
  for _ = 1, 50 do
    local down, across, padding = axis(x.h, 7, 3), axis(x.w, 7, 3), nil
    local groups, outputs = groups_for(x.c)
    if same then
      padding = chance(30) and '"same"' or nil
      down, across = same_axis({ 1, 3, 5 }, padding), same_axis({ 1, 3, 7 }, padding)
    end
    if out then groups, outputs = 1, out end
    local h, w = outputs_of(x.h, down), outputs_of(x.w, across)
    if h * w * outputs * (x.c // groups) * down.kernel * across.kernel * self.batch <= max_products then
      return self:make(string.format('net.conv(%s, "%s", { out = %d, %s, groups = %d, bias = %s%s })',
        x.name, self:name "conv", outputs, axes_text(down, across, padding), groups, tostring(chance(40)), conv_start()),
        h, w, outputs)
    end
  end
  return x
end

-- Groups of two values at least.
function Spec:group_norm(x)
  local groups
  repeat groups = math.random(x.c) until x.c % groups == 0 and x.c // groups * x.h * x.w > 1
  return self:make(string.format('net.group_norm(%s, "%s", { groups = %d, eps = %s, affine = %s })', x.name, self:name "gn",
    groups, pick { "1e-5", "1e-3", "0.1" }, tostring(chance(70))), x.h, x.w, x.c)
end

-- Batch norm needs two values a channel.
function Spec:bn(x)
  if chance(15) and x.c * x.h * x.w > 1 then return self:group_norm(x) end
  if self.batch * x.h * x.w < 2 then return x end
  return self:make(string.format('net.bn(%s, "%s", { eps = %s, momentum = %s%s })', x.name, self:name "bn",
    pick { "1e-5", "1e-3", "0.1" }, pick { "0.1", "0.5" }, pick { "", "", "", ", affine = false", ", scale = false" }),
    x.h, x.w, x.c)
end

-- `last`: one more argument, as text.
function Spec:same(word, x, y, last)
  local arguments = table.concat({ x.name, y and y.name or last, y and last }, ", ")
  return self:make(string.format("net.%s(%s)", word, arguments), x.h, x.w, x.c)
end

function Spec:plus(x, y)
  if chance(50) then return self:make(x.name .. " + " .. y.name, x.h, x.w, x.c) end
  return self:same("add", x, y)
end

-- A window of three that keeps the shape.
function Spec:window_of(word, x)
  return self:same(word, x, nil, "{ kernel = 3, stride = 1, padding = 1 }")
end

-- A function of each value.
function Spec:relu(x)
  if chance(60) then return self:same("relu", x) end
  local word, options = table.unpack(pick {
    { "relu6" }, { "leaky_relu" }, { "leaky_relu", "{ slope = 0.3 }" }, { "sigmoid" }, { "silu" }, { "gelu" },
    { "gelu", '{ approximate = "tanh" }' }, { "scale", "-0.7" },
  })
  return self:same(word, x, nil, options)
end

-- Times a factor for each channel, made of x itself.
function Spec:squeeze_and_excite(x)
  local s = self:linear(self:make(string.format("net.mean_pool(%s)", x.name), 1, 1, x.c), x.c)
  s = self:same("sigmoid", s)
  if chance(50) then return self:same("mul", x, s) end
  return self:make(s.name .. " * " .. x.name, x.h, x.w, x.c)
end

-- Channels of x, of what is made of it, and perhaps of both again.
function Spec:dense(x)
  if x.c > 20 then return x end
  local y = self:relu(self:bn(self:conv(x, true)))
  local parts = chance(50) and { x, y } or { y, self:conv(y, true), x, chance(50) and y or nil }
  local list, channels = {}, 0
  for i, t in ipairs(parts) do
    list[i], channels = t.name, channels + t.c
  end
  return self:make(string.format("net.concat(%s)", table.concat(list, ", ")), x.h, x.w, channels)
end

function Spec:pool(x)
  local kh, kw, ph, pw
  local most = chance(15) and 24 or 4 -- with padding on both sides a window may be wider than the image
  repeat
    kh, kw = math.random(most), math.random(most)
    ph, pw = math.random(0, kh // 2), math.random(0, kw // 2)
  until x.h + 2 * ph >= kh and x.w + 2 * pw >= kw
  local sh, sw = math.random(3), math.random(3)
  local ceil = chance(50)
  local counted = ceil and ceil_windows or windows
  return self:make(string.format("net.%s(%s, { %s%s })", pick { "max_pool", "avg_pool" }, x.name,
    window_text(kh, kw, sh, sw, ph, pw), ceil and ", ceil_mode = true" or ""), counted(x.h, kh, sh, ph), counted(x.w, kw, sw, pw), x.c)
end

-- Parts of the image.
function Spec:adaptive(x)
  local h, w = math.random(5), math.random(5)
  return self:make(string.format("net.adaptive_%s_pool(%s, { size = { %d, %d } })", pick { "avg", "max" }, x.name, h, w), h, w, x.c)
end

function Spec:pad_channels(x)
  local before, after, sh, sw = math.random(0, 3), math.random(0, 3), math.random(2), math.random(2)
  return self:make(string.format("net.pad_channels(%s, { before = %d, after = %d, stride = { %d, %d } })", x.name, before, after,
    sh, sw), -(-x.h // sh), -(-x.w // sw), before + x.c + after)
end

function Spec:conv_bn_relu(x) return self:relu(self:bn(self:conv(x))) end

-- Of channels that make whole vectors: what is between two such convolutions may be applied on load.
function Spec:convs_of_vectors(x)
  for _ = 1, math.random(2, 3) do
    if x.h * x.w * x.c * 16 * 9 * self.batch > max_products then return x end
    x = self:make(string.format('net.conv(%s, "%s", { out = 16, kernel = 3, padding = 1, bias = false })', x.name, self:name "conv"),
      x.h, x.w, 16)
    x = self:same("relu", self:bn(x))
  end
  return x
end

-- Around a few layers of the same shape, with or without a batch norm and a relu before and after the sum.
function Spec:residual(x)
  local y = self:conv(x, true)
  if chance(60) then y = self:bn(y) end
  if chance(60) then y = self:relu(y) end
  y = self:conv(y, true, x.c)
  if y.c ~= x.c then return x end
  if chance(60) then y = self:bn(y) end
  local sum = chance(50) and self:same("add", x, y) or self:same("add", y, x)
  return chance(60) and self:relu(sum) or sum
end

-- Two ways with one shape, both computed.
function Spec:fork(x)
  local out = math.random(12)
  local left, right = self:bn(self:conv(x, true, out)), self:conv(x, true, out)
  if left.c ~= right.c then return x end
  if chance(50) then right = self:bn(right) end
  if chance(30) then right = self:relu(right) end
  local sum = self:same("add", left, right)
  return chance(50) and self:relu(sum) or self:same("add", sum, left)
end

-- Every op that can keep x's shape, by what it may be given: flat_keepers need 1x1. A dropout drops nothing,
-- since the reference would draw other numbers.
local keepers = {
  function(s, x) return s:conv(x, true, x.c) end, Spec.bn, Spec.relu,
  function(s, x) return s:window_of("max_pool", x) end, function(s, x) return s:window_of("avg_pool", x) end,
  function(s, x) return s:same("add", x, x) end, function(s, x) return s:same("mul", x, x) end, Spec.squeeze_and_excite,
  function(s, x) return s:same(pick { "dropout", "dropout2d", "drop_path" }, x, nil, "{ p = 0 }") end,
}
local flat_keepers = {
  function(s, x) return s:same("mean_pool", x) end, function(s, x) return s:same("flatten", x) end,
  function(s, x) return s:linear(x, x.c) end,
}

-- A tensor and one made of it, in either order; y may be made in two steps.
function Spec:with_itself(x)
  local list = table.move(keepers, 1, #keepers, 1, {})
  if x.h == 1 and x.w == 1 then table.move(flat_keepers, 1, #flat_keepers, #list + 1, list) end
  local y = pick(list)(self, x)
  if chance(30) then y = pick(list)(self, y) end
  if chance(30) then y = self:relu(y) end
  local sum = chance(50) and self:plus(x, y) or self:plus(y, x)
  return chance(50) and self:relu(sum) or sum
end

-- A tensor read several times.
function Spec:read_often(x)
  local sum = x
  for _ = 1, math.random(2, 4) do
    local y = pick(keepers)(self, x)
    sum = chance(50) and self:plus(sum, y) or self:plus(y, sum)
  end
  return sum
end

function Spec:grow(x)
  local steps = {
    self.conv_bn_relu, self.conv_bn_relu, self.conv, self.residual, self.residual, self.fork, self.pool, self.pool, self.relu,
    self.bn, function(s, t) return s:same("add", t, t) end, function(s, t) return s:relu(s:conv(t)) end,
    self.squeeze_and_excite, self.dense, self.dense, self.adaptive, self.pad_channels,
    function(s, t) return s:same("add", t, t, t.name) end,
    self.with_itself, self.with_itself, self.read_often, self.convs_of_vectors, self.convs_of_vectors,
  }
  if chance(30) then x = pick { self.with_itself, self.read_often }(self, x) end -- of the image itself
  for _ = 1, math.random(5) do x = pick(steps)(self, x) end
  return x
end

function Spec:linear(x, out)
  return self:make(string.format('net.linear(%s, "%s", { out = %d, bias = %s })', x.name, self:name "fc", out,
    tostring(chance(70))), 1, 1, out)
end

function Spec:finish(x, classes)
  if x.h * x.w * x.c <= 600 and chance(50) then
    x = self:make(string.format("net.flatten(%s)", x.name), 1, 1, x.h * x.w * x.c)
  else
    x = self:make(string.format("net.mean_pool(%s)", x.name), 1, 1, x.c)
  end
  if chance(40) then
    x = self:linear(x, math.random(40))
    if chance(30) then x = self:bn(x) end
    if chance(70) then x = self:relu(x) end
  end
  self:line("return %s", self:linear(x, classes).name)
end

local optimizers = {
  function() return "adam { lr = 1e-3 }" end,
  function() return "adam { lr = 1e-2, beta1 = 0.8, beta2 = 0.99, eps = 1e-6, weight_decay = 0.05 }" end,
  function() return "adamw { lr = 1e-2, weight_decay = 0.1 }" end,
  function() return "sgd { lr = 0.05 }" end,
  function() return "sgd { lr = 0.05, weight_decay = 0.02 }" end,
  function() return "sgd { lr = 0.02, momentum = 0.9, dampening = 0.2, weight_decay = 0.02 }" end,
  function() return "sgd { lr = 0.02, momentum = 0.9, nesterov = true, weight_decay = 0.02 }" end,
  function() return "adamw { lr = 1e-2, beta2 = 0.9, eps = 1e-4, weight_decay = 0.1, amsgrad = true }" end,
  function() return "lion { lr = 1e-3, weight_decay = 0.1 }" end,
  function() return "rmsprop { lr = 1e-3, eps = 1e-3, weight_decay = 0.02 }" end,
  function() return "rmsprop { lr = 1e-3, alpha = 0.9, eps = 1e-2, momentum = 0.9, centered = true, weight_decay = 0.02 }" end,
}

local muons = {
  "muon { lr = 0.02 }", "muon { lr = 0.02, momentum = 0, nesterov = false, weight_decay = 0.1, ns_steps = 3 }",
  'muon { lr = 0.05, momentum = 0.6, ns_steps = 3, normalize_weights = true, adjust_lr = "original" }',
}

-- A group: factors, where the optimiser has something to multiply, and optimisers of their own.
-- lines: of the network.
local function groups(optimizer, lines)
  local weights = pick { "fc1.weight", "fc*.weight", "*.weight", lines:find("net.conv", 1, true) and "conv*.weight" or nil }
  if chance(50) then
    local factors = "lr_factor = " .. pick { "0", "0.5", "4" }
    if optimizer:find("weight_decay") then factors = factors .. ", weight_decay_factor = " .. pick { "0", "3" } end
    if optimizer:find("momentum =") or optimizer:find("adam") then factors = factors .. ", momentum_factor = 0.5" end
    return string.format('groups = { net.group { parameters = { "%s" }, %s } }', weights, factors)
  end
  local own = weights ~= "*.weight" and chance(60) and pick(muons) or pick(optimizers)()
  return string.format('groups = { net.group { parameters = { "%s" }, optimizer = net.%s } }', weights, own)
end

-- Words that change the update beside the optimiser.
local function training_words(optimizer, lines)
  local words = {}
  if chance(20) then words[#words + 1] = "clip_norm = " .. pick { "0.1", "1", "10" } end
  if chance(20) then words[#words + 1] = "ema_decay = " .. pick { "0.3", "0.9", "0.999" } end
  if chance(20) then
    words[#words + 1] = pick {
      "lookahead = net.lookahead { every = 2 }", "lookahead = net.lookahead { every = 3, alpha = 0.3, power = 3, statistics = false }",
    }
  end
  if chance(40) then words[#words + 1] = groups(optimizer, lines) end
  if optimizer:find("weight_decay") and chance(30) then
    optimizer = optimizer:gsub(" }$", ', decay = "weights" }')
  end
  table.insert(words, 1, "optimizer = net." .. optimizer)
  return table.concat(words, ", ")
end

-- Some of the layers, never all: from the image on, or here and there.
-- Endings of the names of the parameters of a layer; one is "" where it has none.
local function parameters_of(text, layer)
  local options = text:match('"' .. layer .. '", (%b{})') or ""
  if options:find "affine = false" then return { "" } end
  local has_bias = options:find "bias = true" or layer:find "^[bg]n" or layer:find "^fc" and not options:find "bias = false"
  return has_bias and { ".weight", ".bias" } or { ".weight" }
end

function Spec:frozen()
  local layers, text = {}, table.concat(self.lines)
  for layer in text:gmatch('net%.%w+%(%w+, "(%w+)"') do layers[#layers + 1] = layer end
  local list, first, from_image = {}, math.random(#layers), chance(50)
  for i, layer in ipairs(layers) do
    if from_image and i < first or not from_image and i ~= first and chance(50) then
      local parameter = chance(30) and pick(parameters_of(text, layer)) or ""
      list[#list + 1] = string.format('"%s%s"', layer, parameter)
    end
  end
  return table.concat(list, ", ")
end

-- A weight that is frozen once the steps are over that are compared: a group of its own, and calls that could be left out.
function Spec:frozen_later(freeze)
  local layers = {}
  for layer in table.concat(self.lines):gmatch('net%.%w+%(%w+, "([cf][oc]%w+)"') do
    if not freeze:find('"' .. layer .. '[".]') then layers[#layers + 1] = layer end
  end
  return #layers > 0 and chance(20) and string.format('\n  freeze_after = { ["%s.weight"] = 1 },', pick(layers)) or ""
end

local form = [[
-- Random spec %d of seed %d.
return net.model {
  name = "random_%d_%d",
  input = { batch = %d, height = %d, width = %d, channels = %d },
  forward = function(image)
%s
  end,
  freeze = { %s },%s
  loss = net.cross_entropy { label_smoothing = %s%s },
  train = { %s, epochs = 1 },
}
]]

local function class_weights(classes)
  if chance(60) then return "" end
  local list = {}
  for i = 1, classes do list[i] = math.random(1, 40) / 8 end
  return string.format(", class_weights = { %s }", table.concat(list, ", "))
end

local function write_spec(number)
  math.randomseed(seed, number)
  local spec = setmetatable({ lines = {}, counts = {}, batch = math.random(9) }, Spec)
  local image = { name = "image", h = math.random(12), w = math.random(12), c = math.random(6) }
  local classes = math.random(2, 11)
  spec:finish(spec:grow(image), classes)
  local smoothing, optimizer = pick { "0", "0", "0.1" }, pick(optimizers)()
  local freeze = chance(40) and spec:frozen() or ""
  local text = string.format(form, number, seed, seed, number, spec.batch, image.h, image.w, image.c,
    table.concat(spec.lines, "\n"), freeze, spec:frozen_later(freeze), smoothing, class_weights(classes),
    training_words(optimizer, table.concat(spec.lines)))
  local file = assert(io.open(string.format("%s/random_%d_%d.lua", dir, seed, number), "w"))
  file:write(text)
  file:close()
end

for number = 1, count do write_spec(number) end
