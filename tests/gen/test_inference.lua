-- What an output that only infers takes and does: bounds on its memory, what folds and what doesn't.
local compile = require "compile"
local harness = require "harness"
local test, equal = harness.test, harness.equal

local bounds = { resnet18_cifar = 640 << 10, resnet8_tiny = 80 << 10 }

for name, bound in pairs(bounds) do
  for _, target in ipairs { "portable", "avx2", "avx512", "aarch64" } do
    test(string.format("activations and scratch of %s, %s", name, target), function()
      local plan = compile(string.format("gen/specs/%s.lua", name), nil, { target = target, as = "inference" }).plan
      equal(plan.total - plan.context <= bound, true, string.format("%d of %d bytes", plan.total - plan.context, bound))
      equal(plan.total, plan.lower_bound, "what any plan needs")
    end)
  end
end

local function ops_of(graph)
  local list = {}
  for _, node in ipairs(graph.nodes) do list[#list + 1] = node.op end
  return table.concat(list, " ")
end

test("norms fold into the layer that they alone read, sums and functions go into its store", function()
  local graph = compile("gen/specs/resnet8_tiny.lua", nil, { as = "inference" })
  equal(ops_of(graph), "input " .. string.rep("conv_fixed ", 9) .. "mean_pool linear_fixed")
end)

test("a norm of what others read, too, stays", function()
  local graph = compile("tests/specs/ops/fixed_stores.lua", nil, { as = "inference" })
  equal(select(2, ops_of(graph):gsub("bn_evaluate", "")), 3)
end)

test("weights lie apart and are read only", function()
  local graph = compile("gen/specs/resnet8_tiny.lua", nil, { as = "inference" })
  for _, tensor in ipairs(graph.tensors) do
    equal(tensor:is("persistent"), tensor:is("apart"), tensor.name)
    if tensor:is("apart") then equal(tensor:is("constant"), true, tensor.name) end
  end
end)

test("an output that infers takes no BLAS", function()
  local ok, message = pcall(compile, "gen/specs/resnet8_tiny.lua", nil, { as = "inference", blas = true })
  equal(ok, false)
  equal(tostring(message):find("%-%-blas: the output inference") ~= nil, true, tostring(message))
end)
