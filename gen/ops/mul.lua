-- The product of two tensors, value by value: of one shape, or one of them 1x1, which is a factor for each image and
-- channel (squeeze-and-excite).
local mul = {}

local function is_point(shape) return shape.height == 1 and shape.width == 1 end
local function is_same(a, b) return a.height == b.height and a.width == b.width end

function mul.shape(node, inputs)
  local a, b = inputs[1], inputs[2]
  if a.channels == b.channels and (is_same(a, b) or is_point(a) or is_point(b)) then
    return is_point(a) and b or a
  end
  return nil, string.format("left is %dx%dx%d (%s), right is %dx%dx%d (%s); they must be alike, or one of them 1x1",
    a.height, a.width, a.channels, node.inputs[1].name,
    b.height, b.width, b.channels, node.inputs[2].name)
end

-- `left` has the shape of the result.
function mul.arguments(_, output, inputs)
  local left, right = inputs[1], inputs[2]
  if not is_same(left.shape, output.shape) then left, right = right, left end
  return { { "out", output, "w" }, { "left", left, "r" }, { "right", right, "r" } }
end

-- Each side gets the gradient times the other; a factor of all positions the sum over them.
function mul.backward(node, tape)
  local d_out = tape:gradient(node:tensor("out"))
  local left, right = node:tensor("left"), node:tensor("right")
  local d_left, left_mode = tape:into(left)
  tape:emit("mul_backward", { { "d_x", d_left, left_mode }, { "d_out", d_out, "r" }, { "other", right, "r" } })
  local d_right, right_mode = tape:into(right)
  tape:emit(is_same(left.shape, right.shape) and "mul_backward" or "mul_sum_backward", {
    { "d_x", d_right, right_mode }, { "d_out", d_out, "r" }, { "other", left, "r" },
  })
end

return mul
