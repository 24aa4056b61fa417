-- Ops that make each value of one alone, by name: relu and others like it. What they compute stands in
-- gen/kernels/functions.lua; `keeps` is what the way back needs: out (then it may lie over x), x or neither.
local keeps = {
  relu = "out", relu6 = "out", leaky_relu = "out", sigmoid = "out", silu = "x", gelu = "x", scale = false,
}

local pointwise = {}

local function op_of(name, kept)
  local op = {}

  function op.shape(_, inputs)
    return inputs[1]
  end

  function op.arguments(_, output, inputs)
    return { { "out", output, "w" }, { "x", inputs[1], "r" } }
  end

  function op.backward(node, tape)
    local d_x, mode = tape:into(node:tensor("x"))
    tape:emit(name .. "_backward", {
      { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" }, kept and { kept, node:tensor(kept), "r" },
    })
  end

  return op
end

for name, kept in pairs(keeps) do pointwise[name] = op_of(name, kept) end

return pointwise
