-- taps.lua against brute force, and the counts that follow for the shipped networks.
local compile = require "compile"
local harness = require "harness"
local report = require "emit.report"
local taps = require "taps"
local tensors = require "emit.tensors"
local window = require "window"
local test, equal, same_list = harness.test, harness.equal, harness.same_list

-- Along one axis: for each output and tap, whether the tap meets the input.
local function meets(output, k, stride, padding, size)
  local at = output * stride + k - padding
  return at >= 0 and at < size
end

-- All cases of one axis that have an output at all.
local function axis_cases()
  local list = {}
  for size = 1, 7 do
    for kernel = 1, 6 do
      for stride = 1, 4 do
        for padding = 0, 4 do
          local outputs = window.count(size, kernel, stride, 2 * padding)
          if outputs > 0 then
            list[#list + 1] = { size = size, kernel = kernel, stride = stride, padding = padding, outputs = outputs }
          end
        end
      end
    end
  end
  return list
end

local function analyse(y, x)
  local attributes = { kernel = { y.kernel, x.kernel }, stride = { y.stride, x.stride }, padding = { y.padding, x.padding } }
  return taps.analyse(attributes, { height = y.size, width = x.size }, { height = y.outputs, width = x.outputs })
end

local function case_text(c)
  return string.format("size %d kernel %d stride %d padding %d", c.size, c.kernel, c.stride, c.padding)
end

-- Compares the range [first, last) of outputs with those that the tap meets.
local function check_range(c, k, first, last)
  for output = 0, c.outputs - 1 do
    if meets(output, k, c.stride, c.padding, c.size) ~= (first <= output and output < last) then
      error(string.format("%s: tap %d reaches [%d, %d), wrong at %d", case_text(c), k, first, last, output))
    end
  end
  if first < 0 or last < first or first < last and last > c.outputs then error(case_text(c) .. ": range out of bounds") end
end

test("ranges of outputs, both axes, against brute force", function()
  local cases = axis_cases()
  equal(#cases > 500, true, "enough cases")
  for i, y in ipairs(cases) do
    local x = cases[(i * 263) % #cases + 1] -- another axis that differs in all
    local list = analyse(y, x)
    equal(#list, y.kernel * x.kernel, "taps")
    for j, tap in ipairs(list) do
      local ky, kx = (j - 1) // x.kernel, (j - 1) % x.kernel
      equal(tap.dy, ky - y.padding, "dy")
      equal(tap.dx, kx - x.padding, "dx")
      check_range(y, ky, tap.y0, tap.y1)
      check_range(x, kx, tap.x0, tap.x1)
      equal(tap.dead or false, tap.y0 == tap.y1 or tap.x0 == tap.x1, "dead")
    end
  end
end)

-- The same counts, one (tap, output) pair at a time.
local function brute_pairs(y, x)
  local pairs_live, taps_live = 0, 0
  for ky = 0, y.kernel - 1 do
    for kx = 0, x.kernel - 1 do
      local count = 0
      for oy = 0, y.outputs - 1 do
        for ox = 0, x.outputs - 1 do
          if meets(oy, ky, y.stride, y.padding, y.size) and meets(ox, kx, x.stride, x.padding, x.size) then
            count = count + 1
          end
        end
      end
      pairs_live = pairs_live + count
      taps_live = taps_live + (count > 0 and 1 or 0)
    end
  end
  return pairs_live, taps_live
end

local function covers_all(tap, y, x)
  return tap.y1 - tap.y0 == y.outputs and tap.x1 - tap.x0 == x.outputs
end

test("live pairs, and the order of computation", function()
  local cases = axis_cases()
  for i, y in ipairs(cases) do
    local x = cases[(i * 101) % #cases + 1]
    local list = analyse(y, x)
    local ordered = taps.order(list, { height = y.outputs, width = x.outputs })
    local pairs_live, taps_live = brute_pairs(y, x)
    equal(taps.pairs(list), pairs_live, "pairs of " .. case_text(y))
    equal(taps.pairs(ordered), pairs_live, "pairs of the live taps")
    equal(#ordered, taps_live, "live taps of " .. case_text(y))
    local seen, any_covers = {}, false
    for _, tap in ipairs(ordered) do
      equal(tap.dead, nil, "dead")
      local key = tap.dy .. "," .. tap.dx
      equal(seen[key], nil, "twice")
      seen[key] = true
      any_covers = any_covers or covers_all(tap, y, x)
    end
    if any_covers then equal(covers_all(ordered[1], y, x), true, "a tap that reaches all comes first") end
  end
end)

test("the middle tap comes first, the rest in the order of the kernel", function()
  local axis = { size = 8, kernel = 3, stride = 1, padding = 1, outputs = 8 }
  local order = {}
  for i, tap in ipairs(taps.order(analyse(axis, axis), { height = 8, width = 8 })) do order[i] = (tap.dy + 1) * 3 + tap.dx + 1 end
  same_list(order, { 4, 0, 1, 2, 3, 5, 6, 7, 8 })
end)

test("places of live taps, by axes, are those of the map", function()
  local cases = axis_cases()
  for i, y in ipairs(cases) do
    local x = cases[(i * 151) % #cases + 1]
    local all = analyse(y, x)
    local map, live, dead = taps.map(all)
    local places, counts = {}, { 0, 0 } -- by offset, of those that live and of the dead ones
    for j, tap in ipairs(all) do
      local kind = tap.dead and 2 or 1
      equal(map[j], tap.dead and ~counts[2] or counts[1], "map of " .. case_text(y))
      places[tap.dy .. "," .. tap.dx] = counts[kind]
      counts[kind] = counts[kind] + 1
    end
    same_list({ live, dead }, counts, "counts of " .. case_text(y))
    local ordered = taps.order(all, { height = y.outputs, width = x.outputs })
    for _, tap in ipairs(ordered) do equal(tap.place, places[tap.dy .. "," .. tap.dx], "place in " .. case_text(y)) end
    ordered.name = "taps"
    for j, tap in ipairs(taps.by_place(ordered)) do equal(tap.place, j - 1, "by place") end
  end
end)

local function find(graph, name)
  for _, node in ipairs(graph:phase("forward")) do
    if node.name == name then return node end
  end
end

local function entry_of(graph, name)
  for _, entry in ipairs(graph.parameters) do
    if entry.name == name then return entry end
  end
end

test("resnet18 at 32x32: dead taps of layer4", function()
  local graph = compile("gen/specs/resnet18.lua", "prune_dead")
  local live = { ["layer4.0.conv1"] = 4, ["layer4.0.conv2"] = 1, ["layer4.1.conv1"] = 1, ["layer4.1.conv2"] = 1 }
  for _, node in ipairs(graph:phase("forward")) do
    if node.op == "conv" then
      local kernel = node.attributes.kernel
      local expected = live[node.name] or kernel[1] * kernel[2]
      equal(#node.taps, expected, "live taps of " .. node.name)
    end
  end
  same_list(entry_of(graph, "layer4.0.conv1.weight").taps, { -1, -2, -3, -4, 0, 1, -5, 2, 3 }, "layer4.0.conv1")
  same_list(entry_of(graph, "layer4.1.conv2.weight").taps, { -1, -2, -3, -4, 0, -5, -6, -7, -8 }, "layer4.1.conv2")
  equal(entry_of(graph, "layer4.0.conv1.weight").dead.count, 5 * 256 * 512)
  equal(entry_of(graph, "layer4.0.conv1.weight").tensor.count, 4 * 256 * 512)
  equal(entry_of(graph, "layer3.0.conv1.weight").dead, nil)
end)

test("resnet18 at 32x32: parameters that can never matter", function()
  local graph = compile("gen/specs/resnet18.lua", "prune_dead")
  equal(tensors.parameters(graph), 11181642, "parameters")
  equal(graph.pruned.parameters, 6946816, "dead parameters")
  equal(graph.pruned.parameters, 5 * 256 * 512 + 3 * 8 * 512 * 512)
  equal(graph.pruned.bytes, 6946816 * 4 * 3, "a gradient and Adam's two states of each")
  graph = compile("gen/specs/resnet18_cifar.lua", "prune_dead")
  equal(tensors.parameters(graph), 11173962, "parameters")
  equal(graph.pruned.parameters, 0, "dead parameters")
end)

-- Multiply-adds of one direction of a convolution, counted one by one: all, of live taps, live.
local function brute_flop(node, batch)
  local a, x, out = node.attributes, node:tensor("x").shape, node:tensor("out").shape
  local y_axis = { size = x.height, kernel = a.kernel[1], stride = a.stride[1], padding = a.padding[1], outputs = out.height }
  local x_axis = { size = x.width, kernel = a.kernel[2], stride = a.stride[2], padding = a.padding[2], outputs = out.width }
  local pairs_live, taps_live = brute_pairs(y_axis, x_axis)
  local each = 2 * batch * x.channels * out.channels / 1e9
  local outputs = out.height * out.width
  return each * a.kernel[1] * a.kernel[2] * outputs, each * taps_live * outputs, each * pairs_live
end

local function round1(value) return string.format("%.1f", value) end

-- Three directions of every convolution; the gradient of the image, which the pruning leaves out, is
-- in the first three figures, for that is how a step is usually counted.
test("resnet18 at 32x32: GFLOP of a step", function()
  local graph = compile("gen/specs/resnet18.lua", "prune_dead")
  local all, live_taps, live_pairs = 0, 0, 0
  for _, node in ipairs(graph:phase("forward")) do
    if node.op == "conv" then
      local a, b, c = brute_flop(node, 128)
      all, live_taps, live_pairs = all + 3 * a, live_taps + 3 * b, live_pairs + 3 * c
    end
  end
  local _, _, stem = brute_flop(find(graph, "conv1"), 128)
  local reported = { report.step_gflop(graph) }
  for i, value in ipairs { all, live_taps, live_pairs, live_pairs - stem } do
    equal(math.abs(reported[i] - value) < 1e-9, true, "figure " .. i)
  end
  same_list({ round1(all), round1(live_taps), round1(live_pairs), round1(live_pairs - stem) },
    { "28.4", "23.1", "16.6", "16.1" }, "GFLOP")
end)

test("plan.txt says so", function()
  local graph = compile("gen/specs/resnet18.lua")
  local plan = report.plan(graph, "/* header */")
  for _, line in ipairs {
    "  6946816 of 11181642 parameters can never matter: no gradient, no optimiser state, 79.5 MiB saved\n",
    "  GFLOP of a step's convolutions: 28.42 with every padded product, 23.09 without dead taps,\n"
      .. "    16.64 without any padded pair of tap and output, 16.08 without gradients that nobody reads either\n",
    "  not computed: conv_grad_input conv1\n",
  } do
    equal(plan:find(line, 1, true) ~= nil, true, line)
  end
end)
