-- Words of a spec: what they record, and what they say of a wrong spec.
local harness = require "harness"
local nearest = require "nearest"
local ops = require "ops"
local schedules = require "schedules"
local spec = require "spec"
local words = require "words"
local test, equal, same_list = harness.test, harness.equal, harness.same_list

for _, path in ipairs(harness.files("tests/specs/wrong", ".lua")) do
  test(path, function()
    local full = harness.root .. "/" .. path
    local ok, problem = pcall(spec.load, full)
    equal(ok, false, "loads")
    equal(problem:sub(1, #full), full, "path in the message")
    equal("SPEC" .. problem:sub(#full + 1), harness.expected_error(full), "message")
  end)
end

local function load(path, settings) return spec.load(harness.root .. "/" .. path, settings) end

local function body(text, settings)
  local record, message = harness.load_body(text, settings)
  return record or error(message, 2)
end

local function find(record, name)
  for _, node in ipairs(record.nodes) do
    if node.name == name then return node end
  end
  error("no node " .. name, 2)
end

local function shape_text(node)
  return string.format("%dx%dx%d", node.shape.height, node.shape.width, node.shape.channels)
end

local function parameters_of(node)
  local shapes = {}
  for i, input in ipairs(node.inputs) do shapes[i] = input.shape end
  local rule = ops[node.op].parameters
  return rule and rule(node, shapes) or {}
end

-- Trainable values of the whole network.
local function count_parameters(record)
  local total = 0
  for _, node in ipairs(record.nodes) do
    for _, parameter in ipairs(parameters_of(node)) do
      local count = 1
      for _, dim in ipairs(parameter.dims) do count = count * dim end
      if not parameter.buffer then total = total + count end
    end
  end
  return total
end

-- Parameters as torchvision's and PyTorch's own networks count them.
local shipped = {
  { "gen/specs/resnet18.lua", 11181642, "layer4.1", "1x1x512" },
  { "gen/specs/resnet18_cifar100.lua", 11227812, "layer4.1", "1x1x512" },
  { "gen/specs/resnet18_cifar.lua", 11173962, "layer4.1", "4x4x512" },
  { "gen/specs/resnet18_cifar_onecycle.lua", 11173962, "layer4.1", "4x4x512" },
  { "gen/specs/resnet8_tiny.lua", 19954, "layer3.0", "8x8x32" },
  { "gen/specs/resnet8_mcu.lua", 19954, "layer3.0", "4x4x32" },
  { "tests/specs/resnet34.lua", 21289802, "layer4.2", "1x1x512" },
  { "tests/specs/resnet50.lua", 23712932, "layer4.2", "1x1x2048" },
  { "tests/specs/resnet9.lua", 6573130, "pool4", "1x1x512" },
  { "tests/specs/plain_cnn.lua", 131570, "flatten", "1x1x1024" },
  { "gen/specs/resnet20_cifar.lua", 269722, "layer3.2", "8x8x64" },
  { "gen/specs/cnn_94.lua", 1972792, "layers.2", "3x3x256" },
  { "tests/specs/se_resnet20.lua", 274490, "layer3.2", "8x8x64" },
  { "tests/specs/wide_resnet16_4.lua", 2748890, "block3.layer.1", "8x8x256" },
  { "tests/specs/densenet_bc40.lua", 176122, "block3.layer.5", "8x8x132" },
  { "tests/specs/mobilenet_v2_cifar.lua", 2236682, "features.16", "4x4x160" },
}

for _, expected in ipairs(shipped) do
  local path, parameters, name, shape = table.unpack(expected)
  test(path, function()
    local record = load(path)
    equal(count_parameters(record), parameters, "parameters")
    equal(shape_text(find(record, name)), shape, name)
    equal(record.nodes[1].op, "input")
    equal(record.nodes[#record.nodes].op, "cross_entropy")
    equal(record.name, path:match("([^/]*)%.lua$"), "name")
    equal(record.file, path:match("[^/]*$"), "file")
  end)
end

test("every file in gen/specs is tested", function()
  local tested = {}
  for _, entry in ipairs(shipped) do tested[entry[1]] = true end
  for _, path in ipairs(harness.files("gen/specs", ".lua")) do equal(tested[path], true, path) end
end)

test("resnet18_cifar: names, scopes, lines", function()
  local record = load "gen/specs/resnet18_cifar.lua"
  local names = {}
  for _, node in ipairs(record.nodes) do
    if node.scope == "layer2.0" then names[#names + 1] = node.op .. " " .. node.name .. " " .. shape_text(node) end
  end
  same_list(names, {
    "conv layer2.0.downsample.0 16x16x128", "bn layer2.0.downsample.1 16x16x128",
    "conv layer2.0.conv1 16x16x128", "bn layer2.0.bn1 16x16x128", "relu layer2.0.relu1 16x16x128",
    "conv layer2.0.conv2 16x16x128", "bn layer2.0.bn2 16x16x128", "add layer2.0.add1 16x16x128",
    "relu layer2.0 16x16x128",
  })
  equal(#record.scopes, 8, "scopes")
  equal(record.scopes[3].name, "layer2.0")
  equal(record.scopes[3].text, "basic(layer1.1, out 128, stride 2)")
  local line, number = record.scopes[3].line, 0
  for text in harness.read(record.path):gmatch("([^\n]*)\n") do
    number = number + 1
    if number == line then equal(text:match("x = (basic)%("), "basic", "line of the block") end
    if number == find(record, "fc").line then equal(text:match("return (net.linear)"), "net.linear", "line of fc") end
  end
  equal(find(record, "layer2.0.conv1").attributes.init, "kaiming_normal_fan_out")
end)

test("resnet18_cifar: the whole record", function()
  local record = load("gen/specs/resnet18_cifar.lua", { batch = 16 })
  equal(record.input.batch, 16)
  equal(record.input.height, 32)
  equal(record.input.channels, 3)
  equal(record.classes, 10)
  same_list(record.mean, { 0.4914, 0.4822, 0.4465 })
  same_list(record.std, { 0.2470, 0.2435, 0.2616 })
  local train = record.train
  equal(train.epochs, 20)
  equal(train.optimizer.kind, "adam")
  equal(train.optimizer.lr, 1e-3)
  equal(train.optimizer.beta2, 0.999)
  equal(train.optimizer.nesterov, false)
  equal(train.schedule.kind, "constant")
  equal(#train.schedule.parts, 1)
  equal(train.schedule.parts[1].step_size, 0)
  equal(train.augment.crop_padding, 4)
  equal(train.augment.flip, 0.5)
end)

test("data: CIFAR-10's files where a spec says nothing, of any number of classes", function()
  local data = body('return net.linear(net.flatten(image), "fc", { out = 7 })').data
  equal(data.name, "CIFAR-10")
  equal(data.classes, 7)
  equal(data.records, 10000)
  equal(data.label, 1)
  equal(data.variable, "CIFAR10_DIR")
  equal(data.folder, "build/data")
  equal(#data.train, 5)
  same_list(data.test, { "test_batch.bin" })
  equal(data.class_names, "batches.meta.txt")
end)

test("data: more than 256 classes are two bytes, the last two where a spec says nothing", function()
  local function of(classes, more)
    local record = harness.load_text(string.format([[
      return net.model { name = "t", loss = net.cross_entropy {}, train = { optimizer = net.adam {}, epochs = 1 },
        input = { batch = 8, height = 4, width = 4, channels = 1 },
        forward = function(image) return net.linear(net.flatten(image), "fc", { out = %d }) end,
        data = { name = "S", classes = %d, train = { "a" }, test = { "b" } %s } }]], classes, classes, more))
    return record.data
  end
  local byte, two = of(256, ""), of(257, "")
  local last, first = of(257, ", label_bytes = 5"), of(65536, ", label_bytes = 3, label = 1")
  equal(byte.label_bytes .. " " .. byte.label .. " " .. byte.label_size, "1 1 1")
  equal(two.label_bytes .. " " .. two.label .. " " .. two.label_size, "2 1 2")
  equal(last.label_bytes .. " " .. last.label .. " " .. last.label_size, "5 4 2")
  equal(first.label_bytes .. " " .. first.label .. " " .. first.label_size, "3 1 2")
end)

test("data: CIFAR-100 by its fine labels", function()
  local data = load("gen/specs/resnet18_cifar100.lua").data
  equal(data.variable, "CIFAR100_DIR")
  equal(data.folder, "build/data/cifar100")
  equal(data.label_bytes, 2)
  equal(data.label, 2)
  equal(data.records, 0)
  same_list(data.train, { "train.bin" })
end)

test("a batch that is none is refused", function()
  for _, batch in ipairs { 0, -1, 2.5, 65537, "8" } do
    local ok, message = pcall(load, "gen/specs/resnet8_tiny.lua", { batch = batch })
    equal(ok, false)
    equal(message:match("^batch must be an integer from 1 to 65536, not ") ~= nil, true, message)
  end
end)

local function deep_text(value, indent)
  if type(value) ~= "table" then return tostring(value) end
  local keys, parts = {}, {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for _, key in ipairs(keys) do
    local item = value[key]
    if key == "inputs" then
      local inputs = {}
      for i, input in ipairs(item) do inputs[i] = input.name end
      item = table.concat(inputs, " ")
    end
    parts[#parts + 1] = indent .. tostring(key) .. " = " .. deep_text(item, indent .. "  ")
  end
  return "\n" .. table.concat(parts, "\n")
end

test("the same spec gives the same record, and nothing in it is a function or a proxy", function()
  local first = deep_text(load "gen/specs/resnet18.lua", "")
  equal(deep_text(load "gen/specs/resnet18.lua", ""), first)
  equal(first:find("function: ", 1, true), nil)
  equal(first:find("table: ", 1, true), nil)
end)

test("defaults of conv are PyTorch's but for the bias", function()
  local record = body [[
    local x = net.conv(image, "a", { out = 6, kernel = { 3, 5 }, groups = 3 })
    x = net.conv(x, "b", { out = 4, kernel = 2, stride = 2.0, bias = true, init = "xavier_uniform" })
    return net.linear(net.mean_pool(x), "fc", { out = 2 })]]
  local a, b = find(record, "a"), find(record, "b")
  same_list(a.attributes.kernel, { 3, 5 })
  same_list(a.attributes.stride, { 1, 1 })
  same_list(a.attributes.padding, { 0, 0 })
  equal(a.attributes.bias, false)
  equal(a.attributes.init, "pytorch")
  equal(shape_text(a), "30x28x6")
  equal(math.type(b.attributes.stride[1]), "integer")
  equal(shape_text(b), "15x14x4")
  local weight, bias = table.unpack(parameters_of(b))
  same_list(weight.dims, { 4, 6, 2, 2 })
  equal(weight.scale, math.sqrt(6 / (24 + 16)))
  equal(bias.scale, math.sqrt(1 / 24))
  same_list(parameters_of(a)[1].dims, { 6, 1, 3, 5 })
  equal(#parameters_of(a), 1)
end)

test("padding that leaves an image as it is: what is odd goes below and right", function()
  local record = body [[
    local x = net.conv(image, "a", { out = 2, kernel = 2, padding = "same" })
    x = net.conv(x, "b", { out = 2, kernel = { 4, 3 }, padding = "same" })
    x = net.conv(x, "c", { out = 2, kernel = 2, padding = "same", dilation = 3 })
    x = net.conv(x, "d", { out = 2, kernel = { 1, 6 }, padding = "same", dilation = { 3, 1 } })
    return net.linear(net.mean_pool(x), "fc", { out = 2 })]]
  for name, sides in pairs { a = { 0, 0, 1, 1 }, b = { 1, 1, 2, 1 }, c = { 1, 1, 2, 2 }, d = { 0, 2, 0, 3 } } do
    same_list(find(record, name).attributes.padding, sides, "top, left, bottom and right of " .. name)
    equal(shape_text(find(record, name)), "32x32x2")
  end
end)

test("sizes of windows are PyTorch's, rounded down", function()
  local record = body [[
    local x = net.conv(image, "a", { out = 4, kernel = 7, stride = 2, padding = 3 })  -- 16
    x = net.max_pool(x, { kernel = 3, stride = 2, padding = 1 })  -- 8
    x = net.avg_pool(x, { kernel = 3 })  -- 2
    x = net.max_pool(x, { kernel = { 2, 1 } })
    return net.linear(net.flatten(x), "fc", { out = 2 })]]
  equal(shape_text(find(record, "a")), "16x16x4")
  equal(shape_text(find(record, "maxpool")), "8x8x4")
  equal(shape_text(find(record, "avgpool")), "2x2x4")
  same_list(find(record, "avgpool").attributes.stride, { 3, 3 })
  equal(shape_text(find(record, "maxpool2")), "1x2x4")
  equal(shape_text(find(record, "flatten")), "1x1x8")
end)

test("batch norm has weights, statistics and a counter", function()
  local list = parameters_of(find(body [[
    return net.linear(net.mean_pool(net.bn(image, "bn1", { momentum = 0.5 })), "fc", { out = 2 })]], "bn1"))
  local texts = {}
  for i, parameter in ipairs(list) do
    texts[i] = string.format("%s %s %s %s", parameter.name, table.concat(parameter.dims, "x"), parameter.init,
      parameter.buffer and "buffer" or "trainable")
  end
  same_list(texts, {
    "weight 3 ones trainable", "bias 3 zeros trainable", "running_mean 3 zeros buffer",
    "running_var 3 ones buffer", "num_batches_tracked  zeros buffer",
  })
end)

-- "a.weight normal 0.5", ... of all parameters of the layers that have some.
local function starts_of(text)
  local list = {}
  for _, node in ipairs(body(text).nodes) do
    for _, p in ipairs(parameters_of(node)) do
      if not p.buffer then list[#list + 1] = string.format("%s.%s %s %.6g", node.name, p.name, p.init, p.scale or 0) end
    end
  end
  return list
end

test("how parameters start", function()
  same_list(starts_of [[
    local x = net.conv(image, "a", { out = 4, kernel = 2, bias = true, bias_init = "zeros", init = net.whitening { eps = 0.1 } })
    x = net.conv(x, "b", { out = 8, kernel = 2, bias = true, init = net.normal { std = 0.5 }, bias_init = net.uniform { bound = 2 } })
    x = net.conv(x, "c", { out = 9, kernel = 2, init = net.dirac {} })
    x = net.conv(x, "d", { out = 9, kernel = 2, init = net.dirac { rest = "pytorch" }, bias = true, bias_init = "pytorch" })
    x = net.bn(x, "bn1", { init = "zeros", bias_init = net.normal { std = 3 } })
    x = net.group_norm(net.bn(x, "bn2"), "gn", { groups = 3, init = net.uniform { bound = 4 } })
    return net.linear(net.mean_pool(x), "fc", { out = 2, init = "zeros", bias_init = net.normal { std = 5 } })]], {
    "a.weight uniform 0.288675", "a.bias zeros 0", "b.weight normal 0.5", "b.bias uniform 2", "c.weight dirac 0",
    "d.weight dirac 0.166667", "d.bias uniform 0.166667", "bn1.weight zeros 0", "bn1.bias normal 3", "bn2.weight ones 0",
    "bn2.bias zeros 0", "gn.weight uniform 4", "gn.bias zeros 0", "fc.weight zeros 0", "fc.bias normal 5",
  })
end)

test("convolutions start as the model says", function()
  local record = harness.load_text [[
    return net.model {
      name = "test", loss = net.cross_entropy {}, init = net.dirac {}, input = { batch = 8, height = 8, width = 8, channels = 3 },
      train = { optimizer = net.adam {}, epochs = 1 },
      forward = function(image)
        return net.linear(net.mean_pool(net.conv(image, "a", { out = 4, kernel = 1 })), "fc", { out = 2 })
      end,
    }]]
  equal(parameters_of(find(record, "a"))[1].init, "dirac")
  equal(parameters_of(find(record, "fc"))[1].init, "uniform")
end)

test("automatic names", function()
  local record = body [[
    local two = net.block(function(x, ...)
      local y = net.relu(net.bn(x, "bn1"))
      return net.relu(net.bn(y, "bn2")), ...
    end)
    local outer = net.block(function(x) return net.relu(two(two(x, "0"), "1")) end)
    local x = net.relu(net.relu(image))
    x = net.mean_pool(outer(net.dropout(x), "stage"))
    return net.linear(net.dropout(x), "fc", { out = 2 })]]
  local names = {}
  for i, node in ipairs(record.nodes) do names[i] = node.name end
  same_list(names, {
    "image", "relu", "relu2", "dropout", "stage.0.bn1", "stage.0.relu1", "stage.0.bn2", "stage.0",
    "stage.1.bn1", "stage.1.relu1", "stage.1.bn2", "stage.1", "stage", "mean", "dropout2", "fc", "loss",
  })
end)

test("a block that ends with a named layer keeps that name", function()
  local record = body [[
    local plain = net.block(function(x) return net.bn(x, "bn1") end)
    local same = net.block(function(x) return x end)
    return net.linear(net.mean_pool(same(plain(image, "a"), "b")), "fc", { out = 2 })]]
  equal(find(record, "a.bn1").op, "bn")
  equal(find(record, "mean").inputs[1].name, "a.bn1")
end)

test("text of a block", function()
  local record = body [[
    local widen = net.block(function(x, out, deep, mode, other, none, list, f)
      return net.relu(net.conv(x, "c", { out = out, kernel = 1 }))
    end)
    local x = widen(image, "a", 4, true, "fast */ #", image, nil, {}, widen)
    return net.linear(net.mean_pool(widen(x, "b", 4.5 // 1)), "fc", { out = 2 })]]
  equal(record.scopes[1].text, "widen(image, out 4, deep true, mode fast ?? ?, other image, list table, f function)")
  equal(record.scopes[2].text, "widen(a, out 4)")
end)

test("values know their shape while forward runs", function()
  body [[
    local x = net.conv(image, "a", { out = 5, kernel = 3, stride = 2 })
    assert(image.channels == 3 and x.channels == 5 and x.height == 15 and x.width == 15)
    return net.linear(net.mean_pool(x), "fc", { out = x.width // 3 })]]
end)

test("one image and batch norm go together where the image is larger than one pixel", function()
  local record = body([[return net.linear(net.mean_pool(net.bn(image, "bn1")), "fc", { out = 2 })]], { batch = 1 })
  equal(record.input.batch, 1)
end)

local function train_of(text)
  local record, message = harness.load_text(string.format([[
    return net.model { name = "t", loss = net.cross_entropy { label_smoothing = 0.1 },
      input = { batch = 8, height = 4, width = 4, channels = 1 }, train = { epochs = 10, %s },
      forward = function(image) return net.linear(net.flatten(image), "fc", { out = 2 }) end }]], text))
  return record and record.train or error(message, 2), record
end

test("optimisers and schedules", function()
  local train, record = train_of [[
    optimizer = net.sgd { lr = 0.1, momentum = 0.9, nesterov = true }, schedule = net.one_cycle {}]]
  equal(train.optimizer.kind, "sgd")
  equal(train.optimizer.nesterov, true)
  equal(train.optimizer.beta1, 0.0)
  equal(train.schedule.parts[1].per, "step")
  equal(train.schedule.parts[1].cycle_momentum, true)
  equal(train.schedule.parts[1].final_div_factor, 1e4)
  equal(train.augment.crop_padding, 0)
  equal(train.augment.flip, 0.0)
  same_list(record.mean, { 0.0 })
  same_list(record.std, { 1.0 })
  equal(record.nodes[#record.nodes].attributes.label_smoothing, 0.1)
  train = train_of [[
    optimizer = net.adamw {}, schedule = net.step { step_size = 3, warmup = 1.5 }, augment = { flip = 0.25 }]]
  equal(train.optimizer.weight_decay, 1e-2)
  equal(train.schedule.parts[1].per, "epoch")
  equal(train.schedule.parts[1].gamma, 0.1)
  equal(train.schedule.warmup, 1.5)
  equal(train.augment.flip, 0.25)
  train = train_of 'optimizer = net.adam {}, augment = { flip = "alternating", cutout = 8, mixup = 0.2 }'
  equal(train.augment.flip, "alternating")
  equal(train.augment.border, "black")
  equal(train.augment.cutout, 8)
  equal(train.augment.mixup, 0.2)
  equal(train.augment.trivial_augment, false)
  equal(train.augment.color_jitter, nil)
  same_list(train.augment.erasing_scale, { 0.02, 0.33 })
  train = train_of [[optimizer = net.adam {}, augment = { trivial_augment = true, color_jitter = { brightness = 0.4, hue = 0.1 },
    random_erasing = 0.25, erasing_ratio = { 1, 1 }, cutmix = 1 }]]
  equal(train.augment.trivial_augment, true)
  equal(train.augment.color_jitter.brightness, 0.4)
  equal(train.augment.color_jitter.saturation, 0.0)
  equal(train.augment.random_erasing, 0.25)
  same_list(train.augment.erasing_ratio, { 1.0, 1.0 })
  equal(train.augment.cutmix, 1.0)
  train = train_of 'optimizer = net.adam {}, schedule = net.cosine { per = "step", lr_min = 1e-5 }'
  equal(train.schedule.parts[1].lr_min, 1e-5)
  equal(train.schedule.parts[1].per, "step")
end)

test("a schedule of several parts", function()
  local schedule = train_of([[optimizer = net.adam {}, epochs = 9, schedule = net.sequential { warmup = 1, milestones = { 2.5, 4 },
    parts = { net.linear_lr { start_factor = 0.1, end_factor = 1 }, net.multi_step { milestones = { 1, 3 } }, net.cosine {} } }]]).schedule
  equal(schedule.kind, "sequential")
  equal(schedule.warmup, 1.0)
  equal(#schedule.parts, 3)
  equal(schedule.parts[2].begins, 2.5)
  equal(schedule.parts[2].kind, "multi_step")
  same_list(schedule.parts[2].milestones, { 1, 3 })
  equal(schedules.describe(schedule), "linear lr (start factor 0.1, end factor 1, total iters 0) each epoch, "
    .. "after 2.5 epochs multi step at 1, 3 (gamma 0.1) each epoch, after 4 epochs cosine (lr min 0) each epoch")
  same_list(schedules.lines(schedule), {
    "from epoch 0      a straight line from 0 each step",
    "from epoch 1      linear lr (start factor 0.1, end factor 1, total iters 0) each epoch",
    "from epoch 3.5    multi step at 1, 3 (gamma 0.1) each epoch", "from epoch 5      cosine (lr min 0) each epoch",
  })
end)

test("nearest word", function()
  equal(nearest.find("kernal", { "out", "kernel" }), "kernel")
  equal(nearest.find("pading", { "kernel", "padding" }), "padding")
  equal(nearest.find("stirde", { "stride", "steps" }), "stride")
  equal(nearest.find("colour", { "out", "kernel" }), nil)
  equal(nearest.find(("x"):rep(100000), { "x" }), nil)
end)

test("every word is in words.lua with types that exist", function()
  local options = require "options"
  for _, word in ipairs(words.list) do
    for _, option in ipairs(word.options) do
      equal(type(options.noun(option)), "string", word.word .. "." .. option.name)
      equal(type(option.about), "string", word.word .. "." .. option.name)
    end
  end
end)

test("the reference has every word and option", function()
  local text = require("reference").markdown()
  for _, word in ipairs(words.list) do
    equal(text:find("`net." .. word.word, 1, true) ~= nil, true, word.word)
    for _, option in ipairs(word.options) do
      equal(text:find("  - `" .. option.name .. "`", 1, true) ~= nil, true, option.name)
    end
  end
end)

local function hint_of(call)
  local _, message = harness.load_body(call)
  return message:match("; (did you mean [^?]*%?)") or message:match("; (gen/README.md says how to add an op); words are: model, ")
    or message:match("; (options are): ")
end

test("an unknown word leads to ours where it means the same or is a slip, and only there", function()
  for word, ours in pairs {
    batch_norm = "bn", BatchNorm2d = "bn", global_avg_pool = "mean_pool", AdaptiveAvgPool2d = "adaptive_avg_pool", conv2d = "conv",
    MaxPool2d = "max_pool", maxpool = "max_pool", ReLU = "relu", Linear = "linear", dense = "linear", StepLR = "step",
    MultiStepLR = "multi_step", LinearLR = "linear_lr", SequentialLR = "sequential", SGDR = "cosine_restarts",
    CrossEntropyLoss = "cross_entropy", AdamW = "adamw", rleu = "relu", rel = "relu", cat = "concat",
    swish = "silu", SiLU = "silu", GELU = "gelu", LeakyReLU = "leaky_relu", ReLU6 = "relu6", flaten = "flatten", convv = "conv",
  } do
    equal(hint_of("return net." .. word .. "(image)"), "did you mean " .. ours .. "?", word)
  end
  for word in ([[celu prelu PReLU selu elu mish conv1d Conv3d max_pool3d dropout3d bilinear nadam adamax
    layer_norm ln sub div unflatten ConstantLR]]):gmatch("%S+") do
    equal(hint_of("return net." .. word .. "(image)"), "gen/README.md says how to add an op", word)
  end
end)

test("an unknown option leads to ours where it means the same or is a slip, and only there", function()
  for option, ours in pairs { out_channels = "out", kernel_size = "kernel", pad = "padding", kernal = "kernel", paddin = "padding" } do
    equal(hint_of("return net.conv(image, 'c', { " .. option .. " = 3 })"), "did you mean " .. ours .. "?", option)
  end
  for option in ("padding_mode in_channels"):gmatch("%S+") do
    equal(hint_of("return net.conv(image, 'c', { " .. option .. " = 3 })"), "options are", option)
  end
  equal(hint_of("net.cosine { eta_min = 0.1 }"), "did you mean lr_min?")
  equal(hint_of("net.cosine { lr_max = 0.1 }"), "options are")
end)
