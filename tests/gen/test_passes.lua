-- Passes: what is fused, how gradients add up, what is pruned, how good the memory plan is; and that
-- check.lua notices a broken graph.
local check = require "check"
local compile = require "compile"
local harness = require "harness"
local print_graph = require "print"
local test, equal, same_list = harness.test, harness.equal, harness.same_list

-- The graph of a model on 3x8x8 images, batch 4, whose forward has `body`, after the pass `last`. options: those of
-- compile, and `words`, further options of the model.
local function graph_of(body, last, options)
  local path = os.tmpname()
  local file = assert(io.open(path, "w"))
  file:write([[
    local conv, bn, relu, add, linear, mean_pool = net.conv, net.bn, net.relu, net.add, net.linear, net.mean_pool
    local three = { out = 6, kernel = 3, padding = 1 }
    return net.model { name = "t", loss = net.cross_entropy {}, train = { optimizer = net.adam {}, epochs = 1 },
      input = { batch = 4, height = 8, width = 8, channels = 3 }, ]], options and options.words or "",
    "forward = function(image) ", body, " end }")
  file:close()
  local ok, result = pcall(compile, path, last, options)
  os.remove(path)
  if not ok then error(result, 2) end
  return result
end

-- "op out" of each node of a phase, with the ops fused into it: "bn+add+relu x".
local function nodes_of(graph, phase)
  local list = {}
  for _, node in ipairs(graph:phase(phase)) do
    local text = node.op
    for _, fused in ipairs(node.fused or {}) do text = text .. "+" .. fused:match("^%S+") end
    local out = node:tensor("out") or node:tensor("d_x") or node:tensor("d_weight") or node:tensor("sum")
    list[#list + 1] = text .. " " .. out.name
  end
  return list
end

local function find(graph, op, name, phase)
  for _, node in ipairs(graph.nodes) do
    if node.op == op and node.name == name and (not phase or node.phase == phase) then return node end
  end
  error(string.format("no node %s %s", op, name), 2)
end

local function tensor_of(graph, name)
  for _, tensor in ipairs(graph.tensors) do
    if tensor.name == name then return tensor end
  end
end

-- Algorithms.

local function algorithms(words, exact)
  local graph = graph_of([[
    return linear(mean_pool(conv(conv(image, 'a', { out = 64, kernel = 1 }), 'b', { out = 64, kernel = 3, padding = 1 })), 'fc',
      { out = 5 })]], "choose_kernels", { words = words, exact = exact })
  local list = {}
  for _, node in ipairs(graph.nodes) do
    if node.name == "b" and node.phase ~= "update" then list[#list + 1] = node.instance.kernel.template:match("conv_(%a+)") end
  end
  return list
end

test("algorithms of fewer products do a 3x3 convolution, but none that a spec or the command line wants exact", function()
  same_list(algorithms(""), { "winograd", "winograd", "winograd", "winograd" })
  same_list(algorithms "exact = true,", { "taps", "taps", "taps", "taps" })
  same_list(algorithms("", true), { "taps", "taps", "taps", "taps" })
end)

-- What does the convolution b of images of `size`, forward.
local function form_of(size, options)
  local graph = graph_of(string.format([[
    local x = conv(net.adaptive_avg_pool(image, { size = %d }), 'a', { out = 64, kernel = 1 })
    return linear(mean_pool(conv(x, 'b', { out = 64, %s })), 'fc', { out = 5 })]], size, options), "choose_kernels", { batch = 128 })
  return find(graph, "conv", "b", "forward").instance.name:match "_(%w+)_forward$"
end

test("images and kernels have the form that is for them", function()
  equal(form_of(2, "kernel = 3, padding = 1"), "t2")
  equal(form_of(3, "kernel = 3, padding = 1"), "t3")
  equal(form_of(3, "kernel = 3, padding = 2"), "taps")
  equal(form_of(8, "kernel = 3, padding = 1"), "f4")
  equal(form_of(8, "kernel = 5, padding = 2"), "f2r5")
  equal(form_of(8, "kernel = 5, padding = 0"), "f2r5")
  equal(form_of(3, "kernel = 5, padding = 2"), "taps")
  equal(form_of(8, "kernel = 5, padding = 2, stride = 2"), "taps")
  equal(form_of(8, "kernel = 5, padding = 4, dilation = 2"), "taps")
  equal(form_of(8, "kernel = 5, padding = 2, bias = true"), "taps")
  equal(form_of(8, "kernel = { 1, 5 }, padding = 2"), "taps")
end)

-- Algorithm and direction of the convolutions a to d, of stride 2 and 1, the last of which has an odd number of inputs.
local function forms(words, precision)
  local graph = graph_of([[
    local x = conv(conv(image, 'a', { out = 64, kernel = 1 }), 'b', { out = 64, kernel = 3, stride = 2, padding = 1 })
    x = conv(conv(x, 'c', { out = 57, kernel = 3, padding = 1 }), 'd', { out = 256, kernel = 3, padding = 1 })
    return linear(mean_pool(x), 'fc', { out = 5 })]], "choose_kernels", { words = words, precision = precision, batch = 128 })
  local list = {}
  for _, node in ipairs(graph.nodes) do
    local form = node.instance and node.phase ~= "evaluate" and node.instance.name:match "_([fp]%d[%w_]*)$"
    if form then list[#list + 1] = node.name .. " " .. form end
  end
  return list
end

test("products of bf16 are there where a spec or the command line says so, and where channels make pairs", function()
  local all = { "b p4_bf16_forward", "c f4_bf16_forward", "d f4_forward", "d f4_bf16_grad_weight", "d f4_bf16_grad_input",
    "c f4_bf16_grad_weight", "c f4_grad_input", "b p4_bf16_grad_weight", "b p4_bf16_grad_input" }
  same_list(forms 'precision = "bf16_4x4",', all)
  same_list(forms("", "bf16_4x4"), all)
  local floats, tiles = {}, {}
  for i, form in ipairs(all) do
    if not form:find "p4" then floats[#floats + 1] = form:gsub("_bf16", "") end -- of floats taps are cheaper
    tiles[i] = form:gsub("f4_bf16", "f2_bf16")
  end
  same_list(forms 'precision = "bf16",', tiles)
  same_list(forms('precision = "bf16",', "float32"), floats)
end)

-- Names of the tensors that are kept in bf16, in the order of the graph.
local function narrow(body, precision)
  local graph, list = graph_of(body, "narrow_tensors", { precision = precision, batch = 128 }), {}
  for _, tensor in ipairs(graph.tensors) do
    if tensor.type == "bf16" then
      list[#list + 1] = tensor.name
      equal(tensor.bytes, 2 * tensor.count)
    end
  end
  return list
end

test("what layers make and its gradients are kept in bf16 where all that touch them take it, sums and logits never", function()
  local body = [[
    local x = relu(net.bn(conv(image, 'a', { out = 64, kernel = 3, padding = 1 }), 'norm'))
    return linear(net.flatten(net.max_pool(conv(x, 'b', { out = 64, kernel = 1 }), { kernel = 2 })), 'fc', { out = 5 })]]
  same_list(narrow(body, "bf16"), { "a", "relu", "b", "d.b", "d.relu", "d.a", "eval.a", "eval.relu", "eval.b" })
  same_list(narrow(body, "float32"), {})
  -- Products of several taps are added in what they make, and windows that overlap in what flows back through them.
  same_list(narrow([[
    local x = conv(conv(image, 'a', { out = 16, kernel = 1 }), 'b', { out = 16, kernel = 5, padding = 2 })
    return linear(net.flatten(net.max_pool(x, { kernel = 3, stride = 1 })), 'fc', { out = 5 })]], "bf16"), { "a", "eval.a" })
  same_list(narrow("return linear(mean_pool(conv(image, 'a', three)), 'fc', { out = 5 })", "bf16"), {})
end)

test("bf16 goes neither with exact nor with a BLAS", function()
  for _, case in ipairs {
    { 'precision = "bf16", exact = true,', {}, 'model: exact = true and precision = "bf16" exclude each other; leave one out' },
    { "", { precision = "bf16", exact = true }, "exact: products of bf16 round; leave it out, or give --precision float32" },
    { "", { precision = "bf16_4x4", blas = true }, "--blas: a BLAS multiplies no bf16_4x4; leave it out, or give --precision float32" },
    { "", { precision = "bf16", as = "inference" }, "--precision: the output inference multiplies floats; leave one of the two out" },
  } do
    case[2].words = case[1]
    local ok, message = pcall(graph_of, "return linear(mean_pool(conv(image, 'a', three)), 'fc', { out = 5 })", "choose_kernels", case[2])
    equal(ok, false)
    equal(tostring(message):find(case[3], 1, true) ~= nil, true, message)
  end
end)

test("what a batch norm has is gathered, for training and evaluation, and kernels take it as one", function()
  local graph = graph_of("return linear(mean_pool(bn(conv(image, 'a', three), 'b')), 'fc', { out = 5 })", "name_symbols")
  equal(#graph.gatherings, 1)
  local list = {}
  for i, member in ipairs(graph.gatherings[1].members) do list[i] = member.key .. " " .. member.tensor.name end
  same_list(list, {
    "gamma b.weight", "beta b.bias", "running_mean b.running_mean", "running_var b.running_var", "mean b.mean",
    "inv_std b.inv_std", "d_gamma d.b.weight", "d_beta d.b.bias",
  })
  equal(find(graph, "bn", "b"):tensor("mean").symbol, "bn.b.mean")
end)

-- Fusion.

local function fused(body)
  local list = nodes_of(graph_of(body .. " return linear(mean_pool(x), 'fc', { out = 5 })", "fuse_ops"), "forward")
  return table.move(list, 2, #list - 3, 1, {}) -- without image and head
end

test("fusion: bn, relu", function()
  same_list(fused "local x = relu(bn(conv(image, 'a', three), 'b'))", { "conv a", "bn+relu relu" })
end)

test("fusion: bn, add, relu", function()
  same_list(fused [[local short = conv(image, 's', three)
    local x = relu(add(bn(conv(image, 'a', three), 'b'), short))]], { "conv s", "conv a", "bn+add+relu relu" })
end)

test("fusion: bn, add without relu, from either side", function()
  same_list(fused [[local short = conv(image, 's', three) local x = add(short, bn(conv(image, 'a', three), 'b'))]],
    { "conv s", "conv a", "bn+add add" })
end)

test("fusion: of two batch norms the later one takes the sum", function()
  local joined = { "conv p", "bn pb", "conv q", "bn+add+relu relu" }
  for _, sum in ipairs { "add(p, q)", "add(q, p)" } do
    same_list(fused("local p = bn(conv(image, 'p', three), 'pb') local q = bn(conv(image, 'q', three), 'qb')"
      .. " local x = relu(" .. sum .. ")"), joined, sum)
  end
end)

test("fusion: the residual of a joined node exists before it", function()
  local graph = graph_of([[local p = bn(conv(image, 'p', three), 'pb') local q = bn(conv(image, 'q', three), 'qb')
    local x = relu(add(q, p)) return linear(mean_pool(x), 'fc', { out = 5 })]], "fuse_ops")
  equal(find(graph, "bn", "qb"):tensor("residual").name, "pb")
  equal(find(graph, "bn", "qb"):tensor("out").name, "relu")
end)

test("fusion: add, relu", function()
  same_list(fused "local a = conv(image, 'a', three) local x = relu(add(a, conv(image, 'b', three)))",
    { "conv a", "conv b", "add+relu relu" })
end)

test("fusion: other functions of each value", function()
  for word, called in pairs { relu6 = "relu6", leaky_relu = "leaky_relu", sigmoid = "sigmoid", silu = "silu", gelu = "gelu" } do
    local made = string.format("local x = net.%s(bn(conv(image, 'a', three), 'b'))", word)
    same_list(fused(made), { "conv a", "bn+" .. called .. " " .. called }, word)
  end
  for _, word in ipairs { "relu6", "leaky_relu", "sigmoid" } do
    same_list(fused(string.format("local s = conv(image, 's', three) local x = net.%s(bn(conv(image, 'a', three), 'b') + s)", word)),
      { "conv s", "conv a", "bn+add+" .. word .. " " .. word }, word)
    same_list(fused(string.format("local s = conv(image, 's', three) local x = net.%s(s + conv(s, 'a', three))", word)),
      { "conv s", "conv a", "add+" .. word .. " " .. word }, word)
  end
  for _, word in ipairs { "silu", "gelu" } do -- their way back needs the sum
    same_list(fused(string.format("local s = conv(image, 's', three) local x = net.%s(bn(conv(image, 'a', three), 'b') + s)", word)),
      { "conv s", "conv a", "bn+add add", word .. " " .. word }, word)
  end
end)

test("fusion: a relu on the way to the sum stays the batch norm's", function()
  same_list(fused [[local a = conv(image, 'a', three) local x = add(relu(bn(conv(image, 'b', three), 'bb')), a)]],
    { "conv a", "conv b", "bn+relu relu", "add add" })
end)

test("no fusion of a tensor with two readers", function()
  same_list(fused "local b = bn(conv(image, 'a', three), 'b') local x = add(relu(b), conv(b, 'c', three))",
    { "conv a", "bn b", "relu relu", "conv c", "add add" }, "bn, relu")
  same_list(fused "local b = bn(conv(image, 'a', three), 'b') local x = add(b, conv(b, 'c', three))",
    { "conv a", "bn b", "conv c", "add add" }, "bn, add")
  same_list(fused [[local s = add(conv(image, 'a', three), conv(image, 'b', three))
    local x = add(relu(s), conv(s, 'c', three))]],
    { "conv a", "conv b", "add add", "relu relu", "conv c", "add add2" }, "add, relu")
end)

test("no fusion of a batch norm added to itself, nor of two relus", function()
  same_list(fused "local b = bn(conv(image, 'a', three), 'b') local x = relu(add(b, b))",
    { "conv a", "bn b", "add+relu relu" })
  same_list(fused "local x = relu(relu(bn(conv(image, 'a', three), 'b')))",
    { "conv a", "bn+relu relu", "relu relu2" })
end)

test("fusion: a convolution leaves statistics for one batch norm", function()
  local graph = graph_of([[local a = conv(image, 'a', three) local x = add(bn(a, 'b'), bn(a, 'c'))
    return linear(mean_pool(x), 'fc', { out = 5 })]], "fuse_ops")
  equal(find(graph, "conv", "a"):tensor("statistics").name, "b.statistics")
  equal(find(graph, "bn", "b"):tensor("statistics").name, "b.statistics")
  equal(find(graph, "bn", "c"):tensor("statistics"), nil)
end)

-- Gradients.

-- Modes in which backward nodes write the gradient, in their order: "w rw rw".
local function writes(graph, name)
  local modes = {}
  for _, node in ipairs(graph:phase("backward")) do
    for _, argument in ipairs(node.arguments) do
      if argument.tensor.name == name and argument.mode ~= "r" then modes[#modes + 1] = argument.mode end
    end
  end
  return table.concat(modes, " ")
end

test("gradients: the first reader's is written, the others' are added", function()
  local graph = graph_of([[local a = conv(image, 'a', three)
    local x = add(add(relu(a), conv(a, 'b', three)), conv(a, 'c', three))
    return linear(mean_pool(x), 'fc', { out = 5 })]])
  equal(writes(graph, "d.a"), "w rw rw")
  equal(writes(graph, "d.relu"), "w")
  equal(writes(graph, "d.a.weight"), "w")
end)

test("gradients: a tensor added to itself gets both shares", function()
  local graph = graph_of("local a = conv(image, 'a', three) return linear(mean_pool(add(a, a)), 'fc', { out = 5 })")
  equal(writes(graph, "d.a"), "w rw")
end)

test("gradients: a shared tensor's is complete before it is read", function()
  for _, path in ipairs { "tests/specs/ops/add_twice.lua", "tests/specs/ops/bn_shared.lua", "gen/specs/resnet18.lua" } do
    local graph = compile(path)
    local read = {}
    for _, node in ipairs(graph:phase("backward")) do
      for _, argument in ipairs(node.arguments) do
        local tensor = argument.tensor
        if tensor.role == "gradient" and argument.mode == "r" then read[tensor] = true end
        if tensor.role == "gradient" and argument.mode ~= "r" then equal(read[tensor], nil, "read before " .. tensor.name) end
      end
    end
  end
end)

test("gradients: every parameter has one, written once, and is updated once", function()
  for _, path in ipairs(harness.files("gen/specs", ".lua")) do
    local graph = compile(path)
    local updated = {}
    for _, entry in ipairs(graph.update_order) do
      equal(updated[entry], nil, entry.name)
      updated[entry] = true
    end
    for _, entry in ipairs(graph.parameters) do
      equal(updated[entry] or false, entry.trainable, entry.name)
      if entry.trainable then equal(writes(graph, "d." .. entry.name), "w", entry.name) end
    end
  end
end)

test("gradients: backward goes forward's way back", function()
  local graph = compile("gen/specs/resnet8_tiny.lua", "grow_backward")
  local place = {}
  for i, node in ipairs(graph:phase("forward")) do place[node] = i end
  local last = math.huge
  for _, node in ipairs(graph:phase("backward")) do
    equal(place[node.forward] <= last, true, node.op .. " " .. node.name)
    last = place[node.forward]
  end
end)

-- Evaluation.

test("evaluation: running statistics, no dropout, nothing kept for backward", function()
  local graph = graph_of([[local x = net.max_pool(relu(bn(conv(image, 'a', three), 'b')), { kernel = 2 })
    return linear(net.dropout(net.flatten(x), { p = 0.5 }), 'fc', { out = 5 })]])
  same_list(nodes_of(graph, "evaluate"), {
    "input eval.image", "conv eval.a", "bn_evaluate eval.relu", "max_pool eval.maxpool", "flatten eval.flatten",
    "linear eval.fc", "cross_entropy eval.loss",
  })
  for _, node in ipairs(graph:phase("evaluate")) do
    equal(node:tensor("choice"), nil, "choice of " .. node.op)
    for _, tensor in ipairs(node:writes()) do
      equal(tensor.role ~= "buffer" and tensor.role ~= "parameter", true, node.op .. " writes " .. tensor.name)
    end
  end
end)

-- Pruning.

test("pruning: no gradient of the image", function()
  local graph = graph_of("return linear(mean_pool(relu(conv(image, 'a', three))), 'fc', { out = 5 })")
  equal(tensor_of(graph, "d.image"), nil, "d.image")
  equal(#graph.pruned.nodes, 1)
  equal(graph.pruned.nodes[1].op, "conv_grad_input")
end)

test("pruning: nothing flows back beyond the first parameter", function()
  local graph = graph_of([[local x = net.avg_pool(relu(image), { kernel = 2 })
    return linear(mean_pool(add(conv(x, 'a', three), conv(x, 'b', three))), 'fc', { out = 5 })]])
  for _, name in ipairs { "d.image", "d.relu", "d.avgpool" } do equal(tensor_of(graph, name), nil, name) end
  equal(tensor_of(graph, "d.a") ~= nil, true, "d.a")
end)

test("pruning: a residual's gradient that nobody reads is no argument", function()
  local graph = graph_of([[local x = relu(add(bn(conv(image, 'a', { out = 3, kernel = 1 }), 'b'), image))
    return linear(mean_pool(x), 'fc', { out = 5 })]])
  equal(find(graph, "bn_backward", "b"):tensor("d_residual"), nil)
  equal(find(graph, "bn", "b"):tensor("residual").name, "image")
end)

test("pruning: a branch that misses the loss goes, and its parameters rest", function()
  local graph = graph_of("return linear(mean_pool(relu(conv(image, 'a', three))), 'fc', { out = 5 })", "grow_evaluation")
  local branch = graph:tensor { name = "branch", role = "activation", shape = tensor_of(graph, "a").shape }
  local at = #graph:phase("forward")
  local relu = find(graph, "relu", "relu", "forward")
  table.insert(graph.nodes, at, setmetatable({
    op = "relu", phase = "forward", name = "branch", scope = "", line = 1, attributes = {},
    arguments = { { key = "out", tensor = branch, mode = "w" }, { key = "x", tensor = tensor_of(graph, "a"), mode = "r" } },
  }, getmetatable(relu)))
  check.run(graph, "the test")
  require("passes.prune_dead")(graph)
  check.run(graph, "prune_dead")
  equal(tensor_of(graph, "branch"), nil)
  equal(graph.pruned.nodes[#graph.pruned.nodes].name, "branch")
end)

test("pruning: every tensor is touched by a node, or persistent", function()
  local graph = compile("gen/specs/resnet18.lua", "prune_dead")
  local touched = {}
  for _, node in ipairs(graph.nodes) do
    for _, argument in ipairs(node.arguments) do touched[argument.tensor] = true end
  end
  for _, tensor in ipairs(graph.tensors) do
    equal(touched[tensor] or tensor:is("persistent"), true, tensor.name)
  end
end)

test("pruning: a convolution that only ever meets padding is refused", function()
  local ok, message = pcall(graph_of, [[local x = conv(image, 'a', { out = 4, kernel = 1, stride = 100, padding = 50 })
    return linear(mean_pool(x), 'fc', { out = 5 })]])
  equal(ok, false)
  equal(message:match("conv: no tap of a ever meets its input; use less padding") ~= nil, true, message)
end)

-- Memory plan.

test("plan: within a tenth of the lower bound", function()
  local list = harness.files("gen/specs", ".lua")
  for _, path in ipairs(harness.files("tests/specs", ".lua")) do list[#list + 1] = path end
  for _, path in ipairs(list) do
    for _, target in ipairs { "avx512", "avx2", "portable" } do
      for _, batch in ipairs { 2, 32, 128 } do
        local plan = compile(path, nil, { target = target, batch = batch }).plan
        local what = string.format("%s --target %s --batch %d: %d bytes, bound %d", path, target, batch, plan.total,
          plan.lower_bound)
        equal(plan.total >= plan.lower_bound, true, what)
        equal(plan.total <= 1.1 * plan.lower_bound, true, what)
      end
    end
  end
end)

local function overlap(a, b)
  return a.offset < b.offset + b.bytes and b.offset < a.offset + a.bytes
end

local function lives_with(a, b)
  return a:is("persistent") or b:is("persistent") or a.first <= b.last and b.first <= a.last
end

-- Two tensors meet in time and place only where a node writes over its own input, which ends there.
test("plan: no two living tensors overlap", function()
  for _, path in ipairs(harness.files("tests/specs/ops", ".lua")) do
    local graph = compile(path)
    local placed = {}
    for _, tensor in ipairs(graph.tensors) do
      if tensor.offset then placed[#placed + 1] = tensor end
    end
    for i, a in ipairs(placed) do
      equal(a.offset % 64, 0, "alignment of " .. a.name)
      equal(a.offset + a.bytes <= graph.plan.total, true, "end of " .. a.name)
      for j = i + 1, #placed do
        local b = placed[j]
        if overlap(a, b) and lives_with(a, b) then
          local before, after = a, b
          if not a:is("persistent") and b.last == a.first then before, after = b, a end
          local node = graph.nodes[after.first]
          equal(before.last, after.first, path .. ": " .. a.name .. " and " .. b.name .. " overlap")
          equal(node:tensor(node.shared[1]) == after and node:tensor(node.shared[2]) == before, true, "shared")
        end
      end
    end
  end
end)

test("plan: every tensor that a call takes has a place and a name", function()
  local graph = compile("gen/specs/resnet18.lua")
  for _, node in ipairs(graph.nodes) do
    for _, argument in ipairs(node.arguments) do
      local tensor = argument.tensor
      equal(type(tensor.symbol), "string", "symbol of " .. tensor.name)
      if tensor.role ~= "batch" and tensor.role ~= "result" then
        equal(math.type(tensor.offset), "integer", "offset of " .. tensor.name)
      end
    end
  end
end)

test("names: no two tensors of one name in C", function()
  for _, path in ipairs { "gen/specs/resnet18.lua", "tests/specs/golden/every_op.lua" } do
    for _, memory in ipairs { "plan", "separate" } do
      local seen = {}
      for _, tensor in ipairs(compile(path, nil, { memory = memory }).tensors) do
        local symbol = (tensor.struct or "") .. "." .. tensor.symbol
        equal(seen[symbol], nil, symbol)
        seen[symbol] = true
      end
    end
  end
end)

-- Printing.

test("the same spec gives the same text, in this process and in others", function()
  local path = "gen/specs/resnet8_tiny.lua"
  local here = print_graph(compile(path))
  equal(print_graph(compile(path)), here, "second time")
  local command = string.format("lua5.4 -E '%s/gen/main.lua' '%s/%s' --target avx2 --print offer_numbers", harness.root,
    harness.root, path)
  for _ = 1, 4 do
    local pipe = assert(io.popen(command))
    local text = pipe:read("a")
    pipe:close()
    equal(text == here, true, "another process prints the same")
  end
end)

-- check.lua: for each invariant, a graph broken by hand.

local function small_graph(last)
  return graph_of("return linear(mean_pool(relu(bn(conv(image, 'a', three), 'b'))), 'fc', { out = 5 })", last)
end

-- Breaks a sound graph and expects the complaint.
local function breaks(what, expected, damage, last)
  test("check: " .. what, function()
    local graph = small_graph(last)
    check.run(graph, "test")
    damage(graph)
    local ok, message = pcall(check.run, graph, "test")
    equal(ok, false, "check passes")
    equal(message, "internal error after test: " .. expected)
  end)
end

breaks("an argument that is no tensor of the graph", "conv a uses stray, which is not a tensor of the graph", function(graph)
  graph.nodes[2].arguments[2].tensor = { name = "stray", role = "activation", count = 1 }
end)

breaks("a tensor dropped that a node still reads", "conv a uses image, which is not a tensor of the graph", function(graph)
  -- The input node writes it first, so that one goes as well.
  local image = tensor_of(graph, "image")
  for i, tensor in ipairs(graph.tensors) do
    if tensor == image then table.remove(graph.tensors, i) break end
  end
  table.remove(graph.nodes, 1)
end)

breaks("a tensor read before it is written", "conv a reads image before anything wrote it", function(graph)
  graph.nodes[1], graph.nodes[2] = graph.nodes[2], graph.nodes[1]
end)

breaks("a gradient added to before it is written", "conv_grad_input a reads d.image before anything wrote it", function(graph)
  for _, argument in ipairs(find(graph, "conv_grad_input", "a").arguments) do
    if argument.key == "d_x" then argument.mode = "rw" end
  end
end, "grow_backward")

breaks("a tensor that one node writes and reads", "bn b writes b.running_mean and has it as another argument, too", function(graph)
  local node = find(graph, "bn", "b", "forward")
  table.insert(node.arguments, { key = "again", tensor = node:tensor("running_mean"), mode = "r" })
end)

breaks("a tensor written twice", "bn b writes a again", function(graph)
  find(graph, "bn", "b", "forward").arguments[1].tensor = tensor_of(graph, "a")
end)

breaks("a node without a phase", "a has no phase", function(graph)
  find(graph, "conv", "a", "forward").phase = nil
end)

breaks("a node of a phase that is none", "a has no phase", function(graph)
  find(graph, "conv", "a", "forward").phase = "later"
end)

breaks("a node in the wrong phase", "conv a stands in the wrong phase", function(graph)
  graph.nodes[1].phase = "backward"
end)

breaks("a tensor of no elements", "a has 0 elements", function(graph)
  tensor_of(graph, "a").count = 0
end)

breaks("a count that is no integer", "a has 1.5 elements", function(graph)
  tensor_of(graph, "a").count = 1.5
end)

breaks("a block that is not aligned", "block 1 is not aligned", function(graph)
  graph.blocks[1].offset = graph.blocks[1].offset + 4
end)

-- Two blocks that live together, moved to one place.
test("check: blocks that overlap", function()
  local graph = small_graph()
  local a, b = graph.blocks[1], graph.blocks[2]
  equal(a.first <= b.last and b.first <= a.last, true, "they live together")
  b.offset = a.offset
  local ok, message = pcall(check.run, graph, "test")
  equal(ok, false, "check passes")
  equal(message, string.format("internal error after test: %s and %s overlap", a.tensors[1].name, b.tensors[1].name))
end)

test("what a node leaves dead is buried once, but for logits; only where that is asked for", function()
  local graph, times, all = compile("gen/specs/resnet8_tiny.lua", "plan_memory", { memory = "poison" }), {}, 0
  for _, node in ipairs(graph.nodes) do
    for _, block in ipairs(node.dead or {}) do
      times[block], all = (times[block] or 0) + 1, all + 1
      equal(graph.nodes[block.last] == node, true, block.tensors[1].name)
    end
  end
  for _, block in ipairs(graph.blocks) do
    local first = block.tensors[1]
    equal(times[block], first ~= graph.logits and first ~= graph.evaluated_logits and 1 or nil, first.name)
  end
  equal(all > 0, true)
  for _, node in ipairs(small_graph().nodes) do equal(node.dead, nil, node.name) end
end)

test("gaps: behind each tensor of an arena whose weights lie apart", function()
  local graph = compile("gen/specs/resnet8_tiny.lua", nil, { memory = "separate", as = "inference" })
  equal(#graph.gaps > 0, true)
  for _, gap in ipairs(graph.gaps) do equal(gap.from + gap.bytes <= graph.plan.total, true, tostring(gap.from)) end
end)

-- Fields and roles that nobody declared ------------------------------------------------------------

for _, case in ipairs {
  { "graph", function(graph) return graph end }, { "node", function(graph) return graph.nodes[1] end },
  { "tensor", function(graph) return graph.tensors[1] end }, { "entry", function(graph) return graph.parameters[1] end },
  { "instance", function(graph) return graph.instances[1] end }, { "block", function(graph) return graph.blocks[1] end },
  { "gathering", function(graph) return graph.gatherings[1] end }, { "recorded block", function(graph) return graph.record.scopes[1] end },
  { "conv with attributes", function(graph) return find(graph, "conv", "conv1", "forward").attributes end },
  { "conv with attributes", function(graph) return find(graph, "conv_grad_weight", "conv1").attributes end },
  { "bn with attributes", function(graph) return find(graph, "bn_evaluate", "bn1").attributes end },
  { "kernel of bn with values", function(graph) return find(graph, "bn", "bn1").instance.values end },
} do
  test("a " .. case[1] .. " has the fields it declares", function()
    local object = case[2](compile("gen/specs/resnet8_tiny.lua", "plan_memory"))
    local read, read_fault = pcall(function() return object.stray end)
    local write, write_fault = pcall(function() object.stray = 1 end)
    equal(read or write, false)
    local expected = "internal error: a " .. case[1] .. " has no field stray"
    equal(read_fault:sub(-#expected), expected)
    equal(write_fault:sub(-#expected), expected)
  end)
end

test("a tensor has one of the roles", function()
  local graph = compile("gen/specs/resnet8_tiny.lua", "build_graph")
  local ok, fault = pcall(function()
    return graph:tensor({ name = "x", role = "guess", dims = { 1 } }):is("persistent")
  end)
  equal(ok, false)
  equal(fault:match("internal error.*"), "internal error: no tensor has the role guess")
end)
