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

-- Units of n things for each of `others`, as share_of_unit of base.h has it.
local function blocks_of(others, n, most, slice)
  local slices = most // slice
  while slices > 1 and others * -(-n // (slices * slice)) < threads do slices = (slices + 1) // 2 end
  return -(-n // (slices * slice))
end

-- Units of each job that the function starts, of a whole batch, and whether they are as small as they get.
local function jobs_of(text, name)
  local body = text:match("\nvoid " .. name .. "%(.-\n}\n")
  local others, n, most, slice = body:match "share_of_unit%(host, (%d+), (%w+), (%d+), (%d+)%)"
  local integer = math.tointeger
  local blocks = others and blocks_of(integer(others), n == "n" and 128 or integer(n), integer(most), integer(slice))
  local jobs = {}
  for count, unit in body:gmatch("run[%a_]*%(host, ([^,]+), " .. name .. "_(%l+), ") do
    local factor = count:match("^(%d+) %* blocks$") or count == "blocks" and 1
    jobs[unit] = factor and integer(factor) * blocks or integer(count)
  end
  return jobs, blocks and blocks * integer(slice) >= (n == "n" and 128 or integer(n))
end

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
          local jobs, are_least = jobs_of(text, name)
          for unit, count in pairs(jobs) do
            local is_main = unit == "unit" or unit == "product" or unit == "transform"
            local is_enough = count >= threads or is_gradient and are_least
            if is_main and not is_enough then harness.fail("%s: %d units of %s_%s", node.name, count, name, unit) end
            seen = seen + (is_main and 1 or 0)
          end
        end
        local parts = node.op == "conv_grad_weight" and node:tensor "workspace"
        if parts and parts.bytes > 1 << 24 then harness.fail("%s: parts of %d bytes", node.name, parts.bytes) end
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

local least_floats = 16384

for path, least in pairs { ["gen/specs/cnn_94.lua"] = 8, ["tests/specs/vgg11_bn.lua"] = 8, ["tests/specs/ops/images_cut.lua"] = 30 } do
  test(path .. " has units for 64 threads, position by position", function()
    local text, seen = kernels_of(path, "avx512", "float32"), 0
    local graph = compile(path, nil, { target = "avx512" })
    for _, node in ipairs(graph.nodes) do
      if by_position[node.op] and node.instance then
        local name, shape = node.instance.name, cut_tensor(node).shape
        local floats = graph.batch * shape.height * shape.width * shape.channels
        for unit, count in pairs(jobs_of(text, name)) do
          local is_main = unit == "unit" or unit == "sums"
          if is_main and count < threads and floats // count >= 2 * least_floats then
            harness.fail("%s: %d units of %s_%s, of %d floats", node.name, count, name, unit, floats // count)
          end
          seen = seen + (is_main and 1 or 0)
        end
      end
    end
    if seen < least then harness.fail("%d kernels seen", seen) end
  end)
end
