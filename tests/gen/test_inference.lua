-- What an output that only infers takes and does: bounds on its memory, what folds and what doesn't.
local compile = require "compile"
local harness = require "harness"
local packing = require "emit.packing"
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

test("packed weights know their network by what it computes", function()
  local function fingerprint(spec, target, batch)
    return packing.values(compile(spec, nil, { as = "inference", target = target or "portable", batch = batch })).fingerprint
  end
  local edited = os.tmpname()
  local function tiny(from, to)
    local text, count = harness.read(harness.root .. "/gen/specs/resnet8_tiny.lua"):gsub(from, to)
    equal(count > 0, true, from)
    local file <close> = assert(io.open(edited, "w"))
    assert(file:write(text) and file:flush())
    return fingerprint(edited)
  end
  local first = fingerprint "gen/specs/resnet8_tiny.lua"
  equal(fingerprint("gen/specs/resnet8_tiny.lua", "portable", 5), first, "at another batch")
  equal(fingerprint("gen/specs/resnet8_tiny.lua", "aarch64"), fingerprint("gen/specs/resnet8_tiny.lua", "avx2"), "laid alike")
  equal(tiny("lr = 1e%-3", "lr = 1e-2"), first, "trained otherwise")
  equal(tiny('"resnet8_tiny"', '"other"'), first, "by another name")
  equal(fingerprint "gen/specs/resnet8_mcu.lua" ~= first, true, "of the same weights, and a stem of stride 2")
  equal(tiny("relu%(add%(y, short%)%)", "add(relu(y), short)") ~= first, true, "read elsewhere")
  os.remove(edited)
end)

test("an output that infers takes no BLAS", function()
  local ok, message = pcall(compile, "gen/specs/resnet8_tiny.lua", nil, { as = "inference", blas = true })
  equal(ok, false)
  equal(tostring(message):find("%-%-blas: the output inference") ~= nil, true, tostring(message))
end)
