-- Convolutions by bilinear algorithms, most of the work, and gradients of weights and inputs are cut into units for 64 threads:
-- counted in the C that comes out. Where images are so small that there are fewer, a unit is as few channels as it may be. Parts of
-- a weight's gradient, which are added up afterwards, take 16 MiB at most. What goes position by position has as many units, too,
-- or units that are too small to be worth cutting.
local compile = require "compile"
local harness = require "harness"
local test, equal = harness.test, harness.equal

local threads = 64

local function kernels_of(path, target, precision)
  local folder = os.tmpname()
  os.remove(folder)
  assert(os.execute(string.format("'%s/gen/castnet' '%s/%s' --target %s --precision %s -o %s >/dev/null", harness.root, harness.root, path,
    target, precision, folder)))
  local text = harness.read(folder .. "/kernels.c")
  os.execute("rm -r " .. folder)
  return text
end

-- share_among_threads and share_of_unit of base.h, for so many threads.
local function share_among_threads(_, each, others, n, most, slice)
  local slices = most // slice
  while slices > 1 and others * -(-n // (slices * slice)) < (threads > 1 and each * threads or 1) do slices = (slices + 1) // 2 end
  return slices * slice
end

local function share_of_unit(host, ...) return share_among_threads(host, 1, ...) end

-- Sets in `seen` what a declaration of C says, "int a = 1, b = a / 2", of names that seen has; sees no commas but in parentheses.
local function declare(text, seen)
  local list = (text .. ","):gsub("%b()", function(inner) return (inner:gsub(",", "\0")) end)
  for name, value in list:gmatch "%s*([%w_]+) = ([^,]+)," do
    seen[name] = load("return " .. value:gsub("%z", ","):gsub("/", "//"), name, "t", seen)()
  end
end

-- Units of each job that the function starts, of a whole batch.
local function jobs_of(text, name, batch)
  local body = text:match("\nvoid " .. name .. "%(.-\n}\n"):gsub("%s+", " ")
  local seen, jobs = { host = 0, n = batch, share_of_unit = share_of_unit, share_among_threads = share_among_threads }, {}
  for line in body:gmatch "const int (.-);" do declare(line, seen) end
  for call, unit in body:gmatch("run[%a_]*%(host, ([^;]-), " .. name .. "_(%l+), ") do
    jobs[unit] = load("return " .. call:gsub("/", "//"), name, "t", seen)()
  end
  return jobs, seen
end

-- Whether the units of a weight's gradient are of as few channels as they may be.
local function are_least(seen) return seen.channels and seen.channels <= 16 end

for _, path in ipairs { "gen/specs/resnet18.lua", "gen/specs/resnet18_cifar.lua" } do
  for _, case in ipairs { { "avx512", "float32" }, { "avx2", "float32" }, { "avx512", "bf16_4x4" } } do
    local target, precision = table.unpack(case)
    test(path .. " has units for 64 threads, " .. target .. ", " .. precision, function()
      local text = kernels_of(path, target, precision)
      local graph = compile(path, nil, { target = target, precision = precision })
      local seen = 0
      for _, node in ipairs(graph.nodes) do
        local name = node.instance and node.instance.name or ""
        local is_gradient = node.op == "conv_grad_weight" and not name:find "_lowered_"
        if name:find "_[fp]%d_" or is_gradient or node.op == "conv_grad_input" then
          local jobs, values = jobs_of(text, name, graph.batch)
          for unit, count in pairs(jobs) do
            local is_main = unit == "unit" or unit == "product" or unit == "transform"
            local is_enough = count >= threads or is_gradient and are_least(values)
            if is_main and not is_enough then harness.fail("%s: %d units of %s_%s", node.name, count, name, unit) end
            seen = seen + (is_main and 1 or 0)
          end
        end
      end
      equal(seen > 10, true)
    end)
  end
end

-- The tensor whose positions the units of a node are.
local function cut_tensor(node)
  return node:tensor "out" or node:tensor "d_x" or node:tensor "d_residual" or node:tensor "x"
end

local by_position = {}
for name in ([[input relu gelu sigmoid scale add mul concat pad_channels dropout dropout2d drop_path max_pool avg_pool mean_pool
  adaptive_avg_pool adaptive_max_pool bn]]):gmatch "%S+" do
  by_position[name], by_position[name .. "_backward"] = true, true
end
by_position.mean_pool = nil -- image by image
by_position.channel_sum = true

local least_floats, least_products = 16384, 1 << 18

-- Fails where a job that handles so many of `what` has fewer units than threads, and not because they are small.
local function expect_units(node, job, count, total, least, what)
  if total and count < threads and total // count >= 2 * least then
    harness.fail("%s: %d units of %s, of %d %s", node.name, count, job, total // count, what)
  end
end

for path, least in pairs { ["gen/specs/cnn_94.lua"] = 8, ["tests/specs/vgg11_bn.lua"] = 8, ["tests/specs/ops/images_cut.lua"] = 30 } do
  test(path .. " has units for 64 threads, position by position", function()
    local text, seen = kernels_of(path, "avx512", "float32"), 0
    local graph = compile(path, nil, { target = "avx512" })
    for _, node in ipairs(graph.nodes) do
      if by_position[node.op] and node.instance then
        local name, shape = node.instance.name, cut_tensor(node).shape
        local floats = graph.batch * shape.height * shape.width * shape.channels
        for unit, count in pairs(jobs_of(text, name, graph.batch)) do
          local is_main = unit == "unit" or unit == "sums" or unit == "statistics"
          if is_main then expect_units(node, name .. "_" .. unit, count, floats, least_floats, "floats") end
          seen = seen + (is_main and 1 or 0)
        end
      end
    end
    if seen < least then harness.fail("%d kernels seen", seen) end
  end)
end

-- What a job of a layer that multiplies reads or makes, in floats; nil: one that is not counted, such as the products themselves.
local function floats_of(node, unit, batch)
  local function size(key)
    local tensor = node:tensor(key)
    return tensor and tensor.bytes // 4 or 0
  end
  if unit == "turn" then return size "weight" end
  if unit == "add" then return size "workspace" end
  if unit ~= "statistics" then return nil end
  local out = node:tensor("out").shape
  return batch * out.height * out.width * out.channels
end

-- Of layers that multiply, without the bilinear algorithms, which have a test of their own.
local multiplies = { conv = true, conv_grad_input = true, conv_grad_weight = true, linear = true, linear_grad_input = true,
  linear_grad_weight = true }

local function products_of(node, batch)
  if node.flop then return node.flop // 2 end
  local input, output = (node:tensor "x" or node:tensor "d_x").shape, (node:tensor "out" or node:tensor "d_out").shape
  return batch * input.channels * output.channels
end

local networks = { ["gen/specs/resnet18.lua"] = 20, ["tests/specs/mobilenet_v2_cifar.lua"] = 150, ["tests/specs/many_threads.lua"] = 20 }

for path, least in pairs(networks) do
  for _, target in ipairs { "avx512", "avx2" } do
    test(path .. " has units for 64 threads, or such as are small, for " .. target, function()
      local text, seen = kernels_of(path, target, "float32"), 0
      local graph = compile(path, nil, { target = target })
      for _, node in ipairs(graph.nodes) do
        local name = multiplies[node.op] and node.instance.name
        if name and not name:find "_[fpt]%d_" then
          for unit, count in pairs(jobs_of(text, name, graph.batch)) do
            local floats, products = floats_of(node, unit, graph.batch), unit == "unit" and products_of(node, graph.batch) or nil
            expect_units(node, name .. "_" .. unit, count, floats, least_floats, "floats")
            expect_units(node, name .. "_" .. unit, count, products, least_products, "products")
            seen = seen + (products and 1 or 0)
          end
        end
      end
      if seen < least then harness.fail("%d kernels seen", seen) end
    end)
  end
end

-- A stem and groups of as many weights as make 64 parts of them too much memory.
local wide = [[
return net.model {
  name = "wide",
  input = { batch = 64, height = 16, width = 16, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "stem", { out = 4096, kernel = 7, stride = 4, padding = 3 })
    x = net.conv(x, "grouped", { out = 4096, kernel = 3, padding = 1, groups = 128 })
    return net.linear(net.mean_pool(net.conv(x, "last", { out = 512, kernel = 3, padding = 1 })), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}]]

test("parts of a weight's gradient are bounded", function()
  local path = os.tmpname()
  local file = assert(io.open(path, "w"))
  file:write(wide)
  file:close()
  for _, spec in ipairs { path, "gen/specs/resnet18.lua", "gen/specs/resnet18_cifar.lua", "tests/specs/mobilenet_v2_cifar.lua" } do
    for _, node in ipairs(compile(spec, nil, { target = "avx512" }).nodes) do
      local parts = node.op == "conv_grad_weight" and node:tensor "workspace"
      if parts and parts.bytes > 1 << 24 then harness.fail("%s: parts of %d bytes", node.name, parts.bytes) end
    end
  end
  os.remove(path)
end)
