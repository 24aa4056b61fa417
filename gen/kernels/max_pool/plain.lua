local windows = require "kernels.windows"

-- What flows back through windows that overlap is added up in place, which would round each time.
local function narrow(node, key)
  local a = node.attributes
  return key == "d_out" or a.kernel[1] <= a.stride[1] and a.kernel[2] <= a.stride[2]
end

return {
  {
    op = "max_pool", template = "kernels/max_pool_forward.c", name = windows.name("max_pool", "x"),
    values = windows.values, narrow = true, optional = { "choice" },
  },
  {
    op = "max_pool_backward", template = "kernels/max_pool_backward.c", name = windows.name("max_pool", "d_x"),
    values = windows.values, narrow = narrow,
  },
}
