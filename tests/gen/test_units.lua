-- Convolutions by bilinear algorithms, most of the work, and gradients of weights are cut into units for 64 threads: counted in
-- the C that comes out. Where images are so small that there are fewer, a unit is as few channels as it may be. Parts of a
-- weight's gradient, which are added up afterwards, take 16 MiB at most.
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
        if name:find "_[fp]%d_" or is_gradient then
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
