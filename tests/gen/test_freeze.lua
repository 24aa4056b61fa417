-- Frozen layers: which a name means, and what the program leaves out for them.
local check = require "check"
local compile = require "compile"
local context = require "context"
local freeze = require "freeze"
local harness = require "harness"
local spec = require "spec"
local tensors = require "emit.tensors"
local update = require "emit.update"
local test, equal, same_list = harness.test, harness.equal, harness.same_list

local tiny = "gen/specs/resnet8_tiny.lua"

local function find(graph, op, name, phase)
  for _, node in ipairs(graph.nodes) do
    if node.op == op and node.name == name and node.phase == phase then return node end
  end
end

test("a name is a layer's, or what stands before a dot in it", function()
  for _, case in ipairs {
    { "layer1", "layer1", true }, { "layer1", "layer1.0.conv1", true }, { "layer1.0", "layer1.0.conv1", true },
    { "layer1", "layer10.conv", false }, { "layer1.0.conv", "layer1.0.conv1", false }, { "layer1.0.conv1", "layer1", false },
  } do equal(freeze.has({ case[1], [case[1]] = true }, case[2]), case[3], case[1] .. " " .. case[2]) end
end)

test("ten thousand names of twenty thousand layers are found at once", function()
  local nodes, names = {}, {}
  local inputs = { { op = "input", shape = { height = 1, width = 1, channels = 1 } } }
  local attributes = { out = 1, kernel = { 1, 1 }, groups = 1, init = "zeros" }
  for i = 1, 20000 do nodes[i] = { op = "conv", attributes = attributes, name = "layer" .. i, inputs = inputs } end
  for i = 1, 10000 do names[i] = nodes[2 * i].name end
  local start = os.clock()
  same_list(freeze.resolve(nodes, names), names)
  equal(os.clock() - start < 2, true, "seconds")
end)

test("names come in the network's order, each layer under one", function()
  local nodes = spec.load(harness.root .. "/" .. tiny).nodes
  same_list(freeze.resolve(nodes, { "fc", "layer1.0.bn1", "layer1", "conv1", "fc" }), { "conv1", "layer1", "fc" })
  same_list(freeze.resolve(nodes, {}), {})
end)

test("a parameter's name freezes it alone", function()
  local nodes = spec.load(harness.root .. "/" .. tiny).nodes
  same_list(freeze.resolve(nodes, { "fc.bias", "conv1.weight", "layer1.0.bn1.bias", "layer1" }), { "conv1.weight", "layer1", "fc.bias" })
  local _, fault = freeze.resolve(nodes, { "bn1.running_mean" })
  equal(fault:match("^[^;]*"), "no layer and no parameter is called \"bn1.running_mean\"")
  _, fault = freeze.resolve(nodes, { "conv1.bias" }) -- it has none
  equal(fault:match("^[^;]*"), "no layer and no parameter is called \"conv1.bias\"")
  _, fault = freeze.resolve(nodes, { "conv1", "bn1", "layer1", "layer2", "layer3", "fc.weight", "fc.bias" })
  equal(fault, "nothing is left to train")
end)

-- Each of these stays as it is; nothing else is frozen.
local function check_frozen(graph)
  for _, entry in ipairs(graph.parameters) do
    local is_frozen = freeze.has(graph.freeze, entry.name)
    equal(entry.trainable, entry.is_parameter and not is_frozen, entry.name)
    equal(entry.gradient ~= nil, entry.trainable, "gradient of " .. entry.name)
    equal(entry.states ~= nil, entry.trainable, "states of " .. entry.name)
    for _, node in ipairs(is_frozen and graph.nodes or {}) do
      for _, tensor in ipairs(node:writes()) do equal(tensor ~= entry.tensor, true, node.op .. " writes " .. entry.name) end
    end
  end
end

test("a frozen prefix: no backward, nothing kept, kernels of evaluation", function()
  local graph = compile("tests/specs/ops/freeze_prefix.lua")
  check_frozen(graph)
  for _, node in ipairs(graph:phase("backward")) do
    equal(freeze.has(graph.freeze, node.name), false, node.op .. " " .. node.name)
    for _, tensor in ipairs(node:reads()) do equal(not tensor.is_fixed or tensor.name == "conv2", true, tensor.name) end
  end
  equal(find(graph, "bn_backward", "bn2", "backward"):tensor("d_x"), nil, "d_x below what is trained")
  equal(find(graph, "max_pool", "maxpool", "forward"):tensor("choice"), nil, "choice")
  local bn, evaluated = find(graph, "bn_evaluate", "bn1", "forward"), find(graph, "bn_evaluate", "bn1", "evaluate")
  equal(bn.instance, evaluated.instance, "kernel")
  equal(bn:tensor("out").offset, bn:tensor("x").offset, "in place")
  equal(find(graph, "conv", "conv1", "forward"):tensor("partial"), nil, "statistics")
end)

test("a frozen middle: the gradient goes through, and no further than what is trained", function()
  local graph = compile("tests/specs/ops/freeze_middle.lua")
  check_frozen(graph)
  equal(find(graph, "conv_grad_weight", "b.conv", "backward"), nil)
  equal(find(graph, "conv_grad_input", "b.conv", "backward") ~= nil, true)
  equal(find(graph, "bn_backward", "b.bn", "backward"), nil)
  equal(find(graph, "bn_evaluate_backward", "b.bn", "backward"):tensor("d_residual") ~= nil, true)
  equal(find(graph, "max_pool", "maxpool", "forward"):tensor("choice") ~= nil, true, "choice")
end)

test("a frozen parameter alone: no gradient of it, and the layer is trained on", function()
  local graph = compile("tests/specs/ops/freeze_parameters.lua")
  check_frozen(graph)
  equal(find(graph, "conv_grad_weight", "w", "backward"), nil)
  equal(find(graph, "channel_sum", "w", "backward") ~= nil, true)
  equal(find(graph, "conv_grad_weight", "a", "backward") ~= nil, true)
  equal(find(graph, "channel_sum", "a", "backward"), nil)
  local bn = find(graph, "bn_backward", "r", "backward")
  equal(bn:tensor("d_gamma") or bn:tensor("d_beta"), nil)
  equal(find(graph, "bn", "r", "forward") ~= nil, true, "by the batch's statistics")
end)

test("frozen to the last layer, its gradients are all that backward makes", function()
  local graph = compile("gen/specs/resnet18.lua", nil, { freeze = { "conv1", "bn1", "layer1", "layer2", "layer3", "layer4" } })
  local ops = {}
  for i, node in ipairs(graph:phase("backward")) do ops[i] = node.op end
  same_list(ops, { "cross_entropy_backward", "linear_grad_weight", "channel_sum" })
  local trainable, frozen = tensors.parameters(graph)
  equal(trainable, 5130)
  equal(frozen, 11181642 - 5130)
  equal(select(2, context.counters(graph)), 0)
  equal(graph.plan.total * 3 < compile("gen/specs/resnet18.lua").plan.total * 2, true, "memory")
end)

test("dead taps of frozen weights neither decay nor count as saved", function()
  local graph = compile("tests/specs/ops/freeze_dead_taps.lua")
  local dead = update.dead(graph)
  equal(#dead, 1)
  equal(dead[1].weight, "(float *)c->b_weight_dead")
  equal(graph.pruned.parameters, 16 * 6 * 6)
  graph = compile("tests/specs/ops/freeze_dead_taps.lua", nil, { freeze = { "a", "b", "c" } })
  for _, group in ipairs(graph.update.groups) do equal(group.dead, "none") end
  equal(graph.pruned.parameters, 0)
end)

test("what a checkpoint holds has frozen values in it", function()
  for _, memory in ipairs { "plan", "separate" } do
    local graph = compile(tiny, nil, { freeze = { "layer1" }, memory = memory })
    local held = 0
    for _, entry in ipairs(update.states(graph)) do held = held + (tonumber(entry.bytes) or 0) end
    local needed = 0
    for _, tensor in ipairs(graph.tensors) do
      if tensor.role == "frozen" or tensor.role == "parameter" or tensor.role == "state" or tensor.role == "buffer" then
        needed = needed + tensor.bytes
      end
    end
    equal(held >= needed, true, memory)
  end
end)

test("check: writing what is frozen, or a gradient of it", function()
  for _, case in ipairs {
    { "conv1.weight", "input", "conv conv1 writes conv1.weight, which is frozen" },
    { "d", "gradient", "conv conv1 makes a gradient of conv1.weight, which nothing trained has a part in" },
  } do
    local graph = compile(tiny, "freeze_layers", { freeze = { "conv1" } })
    local conv = find(graph, "conv", "conv1", "forward")
    local written = conv:tensor("weight")
    if case[2] == "gradient" then written = graph:tensor { name = case[1], role = "gradient", dims = { 1 }, of = written } end
    table.insert(conv.arguments, { key = "extra", tensor = written, mode = "w" })
    local ok, message = pcall(check.run, graph, "the test")
    equal(ok, false)
    equal(message, "internal error after the test: " .. case[3])
  end
end)

-- "conv_grad_weight conv1", ... of the backward nodes that are idle from this stage on.
local function idle(graph, stage)
  local list = {}
  for _, node in ipairs(graph:phase("backward")) do
    if node.stage == stage then list[#list + 1] = node.op .. " " .. node.name end
  end
  return list
end

test("frozen later: each node is idle once nothing that it serves is trained", function()
  local graph = compile("tests/specs/torch/freeze_later.lua")
  local texts = {}
  for i, stage in ipairs(graph.freezes) do
    local names = {}
    for j, entry in ipairs(stage.entries) do names[j] = entry.name end
    texts[i] = string.format("%.14g: %s", stage.epochs, table.concat(names, " "))
  end
  same_list(texts, {
    "4: conv1.weight bn1.weight bn1.bias", "8: layer2.0.conv1.weight fc.bias",
    "12: layer1.0.conv1.weight layer1.0.bn1.weight layer1.0.bn1.bias layer1.0.conv2.weight layer1.0.bn2.weight layer1.0.bn2.bias",
  })
  same_list(idle(graph, 1), { "conv_grad_input layer1.0.conv1", "bn_backward bn1", "conv_grad_weight conv1" })
  same_list(idle(graph, 2), { "channel_sum fc", "conv_grad_weight layer2.0.conv1" })
  same_list(idle(graph, 3), {
    "conv_grad_input layer2.0.conv1", "conv_grad_input layer2.0.downsample.0", "bn_backward layer1.0.bn2",
    "conv_grad_weight layer1.0.conv2", "conv_grad_input layer1.0.conv2", "bn_backward layer1.0.bn1",
    "conv_grad_weight layer1.0.conv1",
  })
end)

test("frozen later: a bias behind a frozen weight takes its input's gradient with it", function()
  local graph = compile("gen/specs/cnn_94.lua")
  same_list(idle(graph, 1), { "conv_grad_input layers.0.conv1", "gelu_backward gelu", "channel_sum whiten" })
end)

test("frozen later: groups of their own, in the order of stages; what --freeze names is frozen from the start", function()
  local graph = compile("tests/specs/torch/freeze_later.lua", nil, { freeze = { "conv1", "bn1" } })
  equal(#graph.freezes, 2)
  for _, group in ipairs(graph.update.groups) do
    for _, entry in ipairs(group.entries) do equal(entry.stage, group.stage, entry.name) end
  end
  same_list(idle(graph, 1), { "channel_sum fc", "conv_grad_weight layer2.0.conv1" })
  equal(find(graph, "conv_grad_input", "layer1.0.conv1", "backward"), nil)
end)
