-- The recorder without the text of a spec, as the reader of another format would drive it: calls alone make the C
-- that a spec makes.
local check = require "check"
local compiler = require "compiler"
local harness = require "harness"
local model = require "spec.model"
local options = require "options"
local passes = require "passes"
local spec = require "spec"
local test, equal = harness.test, harness.equal

local path = harness.root .. "/gen/specs/resnet8_tiny.lua"
local text = harness.read(path)

-- The line of the spec that holds `words`, the last of several.
local function line_of(words)
  local number, found = 0, nil
  for line in text:gmatch("([^\n]*)\n") do
    number = number + 1
    if line:find(words, 1, true) then found = number end
  end
  return found
end

local function basic(r, x, name, out, stride)
  local y
  r:enter("basic", name, string.format("basic(%s, out %d, stride %d)", x.name, out, stride), line_of "basic(x")
  local short = x
  if stride ~= 1 or x.shape.channels ~= out then
    local line = line_of "downsample.0"
    short = r:add("conv", "downsample.0", { x }, { out = out, kernel = 1, stride = stride }, line)
    short = r:add("bn", "downsample.1", { short }, nil, line)
  end
  local line = line_of '(x, "conv1"'
  y = r:add("conv", "conv1", { x }, { out = out, kernel = 3, stride = stride, padding = 1 }, line)
  y = r:add("relu", nil, { r:add("bn", "bn1", { y }, nil, line) }, nil, line)
  line = line_of "conv2"
  y = r:add("conv", "conv2", { y }, { out = out, kernel = 3, padding = 1 }, line)
  y = r:add("bn", "bn2", { y }, nil, line)
  line = line_of "add(y, short)"
  return r:leave(r:add("relu", nil, { r:add("add", nil, { y, short }, nil, line) }, nil, line))
end

local function forward(r, image)
  local line = line_of "(image, "
  local x = r:add("conv", "conv1", { image }, { out = 8, kernel = 3, padding = 1 }, line)
  x = r:add("relu", nil, { r:add("bn", "bn1", { x }, nil, line) }, nil, line)
  for stage, width in ipairs { 8, 16, 32 } do x = basic(r, x, "layer" .. stage .. ".0", width, stage > 1 and 2 or 1) end
  line = line_of "net.linear"
  return r:add("linear", "fc", { r:add("mean_pool", nil, { x }, nil, line) }, { out = 10 }, line)
end

local function given()
  return {
    name = "resnet8_tiny", input = { batch = 128, height = 32, width = 32, channels = 3 },
    init = "kaiming_normal_fan_out", loss = options.make("cross_entropy", {}, line_of "net.cross_entropy"),
    train = {
      optimizer = options.make("adam", { lr = 1e-3 }), epochs = 20, augment = { crop_padding = 4, flip = true },
    },
    forward = forward,
  }
end

local function source() return { path = path, file = "resnet8_tiny.lua", text = text, line = line_of "return net.model" } end

local function files_of(record, as)
  local graph = compiler.start_record(record, { target = "avx2", memory = "plan", as = as })
  for _, name in ipairs(graph.output.passes) do
    passes[name](graph)
    check.run(graph, name)
  end
  return compiler.files(graph, harness.root .. "/templates")
end

test("calls of the recorder make the same files as the spec", function()
  for _, as in ipairs { "trainer", "evaluator" } do
    local ours, theirs = files_of(model.record(given(), source()), as), files_of(spec.load(path), as)
    equal(#ours, #theirs)
    for i, file in ipairs(theirs) do
      equal(ours[i][1], file[1])
      equal(table.concat(ours[i][2]), table.concat(file[2]), file[1])
    end
  end
end)

local function refused(change)
  local options_given = given()
  change(options_given)
  local ok, problem = pcall(model.record, options_given, source())
  equal(ok, false)
  return tostring(problem), problem.line
end

test("what is wrong is told to whoever calls, with the line that was given", function()
  equal(refused(function(g) g.init = "kaiming" end):match("^model: init must be"), "model: init must be")
  local message, line = refused(function(g)
    g.forward = function(r, image) return r:add("linear", "fc", { image }, { out = 10 }, 77) end
  end)
  equal(message, "linear fc: input is 32x32x3 (image), not 1x1; use flatten or mean_pool first")
  equal(line, 77)
  message, line = refused(function(g)
    g.forward = function(r, image)
      r:add("bn", "left", { image }, nil, 78)
      return forward(r, image)
    end
  end)
  equal(message, "bn left: nothing that forward returns depends on it")
  equal(line, 78)
end)
