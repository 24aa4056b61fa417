-- 3x3 convolution with 16 multiplications for four outputs in place of 36: Winograd's F(2x2, 3x3), as
-- Lavin and Gray (2016) put it. A tile of 4x4 inputs and the kernel are transformed, multiplied as one
-- product for each of the 16 places, and what comes out is transformed back to 2x2 outputs.
local positions = require "kernels.positions"
local products = require "kernels.products"
local shared = require "kernels.conv.shared"

local function is_pair(list, value) return list[1] == value and list[2] == value end

local function takes(node)
  local a = node.attributes
  local input, output = positions.ends(node)
  return is_pair(a.kernel, 3) and is_pair(a.stride, 1) and is_pair(a.padding, 1) and #a.padding == 2
    and is_pair(a.dilation, 1) and a.groups == 1
    and not node:tensor("bias") and #node.taps == 9 and input.height % 2 == 0 and input.width % 2 == 0
    and input.height >= 8 and input.width >= 8
    and input.channels >= 64 and output.channels >= 64
end

-- Of the products alone; padding is multiplied too.
local function flop(node) return node.flop_unpruned * 16 // 36 end

-- The transforms stream what the products no longer multiply.
local function cost(node, target) return flop(node) * target.costs.winograd end

local function values(from, to, images)
  local v = {
    height = from.height, width = from.width, from_channels = from.channels, to_channels = to.channels,
    tiles = math.min(4, from.width // 2), images = math.min(16, images),
  }
  while (from.width // 2) % v.tiles ~= 0 do v.tiles = v.tiles - 1 end
  v.blocks = from.width // 2 // v.tiles
  v.image_blocks = -(-images // v.images)
  v.units = from.height // 2 * v.blocks * v.image_blocks
  return v
end

local function workspace(_, v, graph)
  return { { key = "kernel", dims = { 16, products.panels(graph.target, v.from_channels, v.to_channels) } } }
end

-- Of each thread: tiles and products.
local function scratch(v) return 16 * v.tiles * v.images * (v.from_channels + v.to_channels) end

local function kernel(op, turned)
  return {
    op = op, template = "kernels/conv_winograd.c", takes = takes, cost = cost, flop = flop, name = shared.name "winograd",
    workspace = workspace, scratch = scratch,
    values = function(node, graph)
      local input, output = positions.ends(node)
      local v = turned and values(output, input, graph.batch) or values(input, output, graph.batch)
      v.turned, v.panel = turned, products.width(graph.target, v.to_channels)
      v.from, v.to = turned and "d_out" or "x", turned and "d_x" or "out"
      return v
    end,
  }
end

return { kernel("conv", false), kernel("conv_grad_input", true) }
